/**
 * The bilan as a web page: the same body inside the application's page (styled by its stylesheet, where no inline style is
 * allowed) or alone in one file that carries its style and font and needs nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { ActionBilan, BilanContenu, ChiffreEcrit, FicheBilan } from './bilan.modele.ts';
import { titreBilan } from './bilan.modele.ts';
import { direChiffre, direEvolution, jugerEvolution } from './bilan.rules.ts';
import { dessinerCarte, dessinerSeries, type Image, PALETTE_ECRAN } from './bilan.svg.ts';

export function ecrireHtml(c: BilanContenu): Buffer {
  const corps = renderToStaticMarkup(<BilanCorps contenu={c} titre />);
  const titre = renderToStaticMarkup(<title>{`${titreBilan(c)} · ${c.contrat.sigle}`}</title>);
  return Buffer.from(
    `<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${titre}<style>${style()}</style></head><body class="c-bilan-seul"><main>${corps}</main></body></html>\n`,
  );
}

/** Tokens and rules of the bilan, with the font inside; read from the sources, as the build of the stylesheet does. */
function style(): string {
  const lire = (chemin: string) => readFileSync(join(process.cwd(), chemin));
  const police = lire('node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2');
  const fonte = `@font-face{font-family:"Atkinson Hyperlegible Next";font-weight:200 800;src:url(data:font/woff2;base64,${police.toString('base64')}) format("woff2")}`;
  return `${fonte}${lire('src/ui/tokens.css').toString()}${lire('src/ui/css/bilan.css').toString()}`.replace(/<\//g, '<\\/');
}

/** `titre` adds the cover's h1: inside the application the page has its own. */
export function BilanCorps({ contenu: c, titre = false }: { contenu: BilanContenu; titre?: boolean }) {
  return (
    <div className="c-bilan">
      {titre && (
        <header className="c-bilan__couverture">
          <p className="c-bilan__contrat">{c.contrat.titre}</p>
          <h1>
            Bilan {c.annee} <span>{c.territoire.nom}</span>
          </h1>
          <p>{c.contrat.resume}</p>
          {c.demonstration && (
            <p>
              <strong className="c-bilan__fictif">Données fictives</strong>
            </p>
          )}
        </header>
      )}
      <p className="c-bilan__edition">
        Édité le {jour(c.editeLe)}
        {c.enCours && ', avant la fin de l’année'}. {c.contrat.signataires.length > 0 && `Signataires\u202f: ${c.contrat.signataires.join(', ')}.`}
      </p>
      <nav aria-label="Sommaire du bilan" className="c-bilan__sommaire">
        <h2>Sommaire</h2>
        <ul>
          <li>
            <a href="#synthese">Synthèse</a>
          </li>
          <li>
            <a href="#methode">Méthode</a>
          </li>
          {c.fiches.map((f) => (
            <li key={f.numero}>
              <a href={`#fiche-${f.numero}`}>
                {f.numero} · {f.titre}
              </a>
            </li>
          ))}
          <li>
            <a href="#annexe">Annexe{'\u202f'}: toutes les mesures</a>
          </li>
        </ul>
      </nav>
      <Synthese c={c} />
      <Methode c={c} />
      {c.fiches.map((f) => (
        <Fiche key={f.numero} f={f} annee={c.annee} />
      ))}
      <Annexe c={c} />
    </div>
  );
}

function Tableau({ legende, titres, children }: { legende: string; titres: readonly (string | [string])[]; children: ReactNode }) {
  return (
    // A wide table scrolls inside its frame, which the keyboard can reach.
    <div className="c-bilan__cadre" role="region" aria-label={legende} tabIndex={0}>
      <table>
        <caption>{legende}</caption>
        <thead>
          <tr>
            {titres.map((t) => (
              <th key={String(t)} scope="col" className={typeof t === 'string' ? undefined : 'c-bilan__nombre'}>
                {typeof t === 'string' ? t : t[0]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Synthese({ c }: { c: BilanContenu }) {
  const { completude: k, comptes: n, parAxe, attendus } = c.synthese;
  const tuiles: [string, string][] = [
    [`${nombre(k.connus)} sur ${nombre(k.attendus)}`, 'chiffres connus'],
    [nombre(k.manquants), 'chiffres manquants'],
    [nombre(k.secrets), 'secrets'],
    [nombre(k.sansObjet), 'sans objet'],
    [`${nombre(n.lignesServies)} sur ${nombre(n.lignes)}`, 'lignes d’action servies'],
    [nombre(n.preuves), 'enregistrements rattachés'],
  ];
  return (
    <section id="synthese">
      <h2>Synthèse</h2>
      <dl className="c-bilan__tuiles">
        {tuiles.map(([valeur, libelle]) => (
          <div key={libelle}>
            <dt>{libelle}</dt>
            <dd>{valeur}</dd>
          </div>
        ))}
      </dl>
      <Tableau legende="Axe par axe" titres={['Axe', ['Fiches'], ['Chiffres connus'], ['Manquants'], ['Enregistrements']]}>
        {parAxe.map((a) => (
          <tr key={a.numero}>
            <th scope="row">
              Axe {a.numero} · {a.titre}
            </th>
            <td className="c-bilan__nombre">{nombre(a.fiches)}</td>
            <td className="c-bilan__nombre">
              {nombre(a.completude.connus)} sur {nombre(a.completude.attendus)}
            </td>
            <td className="c-bilan__nombre">{nombre(a.completude.manquants)}</td>
            <td className="c-bilan__nombre">{nombre(a.preuves)}</td>
          </tr>
        ))}
      </Tableau>
      {attendus.length > 0 && (
        <Tableau legende="De qui les chiffres manquants sont attendus" titres={['Organisme', ['Chiffres attendus']]}>
          {attendus.map((a) => (
            <tr key={a.acteur}>
              <th scope="row">{a.acteur}</th>
              <td className="c-bilan__nombre">{nombre(a.nombre)}</td>
            </tr>
          ))}
        </Tableau>
      )}
    </section>
  );
}

function Methode({ c }: { c: BilanContenu }) {
  return (
    <section id="methode">
      <h2>Méthode</h2>
      {c.methode.paragraphes.map((p) => (
        <p key={p}>{p}</p>
      ))}
      <h3>Les cinq états d’un chiffre</h3>
      <dl className="c-bilan__mots">
        {c.methode.etats.map((e) => (
          <div key={e.etat}>
            <dt>{e.mot}</dt>
            <dd>{e.sens}</dd>
          </div>
        ))}
      </dl>
      <h3>D’où viennent les chiffres</h3>
      <dl className="c-bilan__mots">
        {c.methode.obtentions.map((o) => (
          <div key={o.mot}>
            <dt>
              {o.mot} ({nombre(o.nombre)})
            </dt>
            <dd>{o.sens}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Fiche({ f, annee }: { f: FicheBilan; annee: number }) {
  const servies = f.actions.flatMap((a) => a.lignes).filter((l) => l.preuves > 0).length;
  return (
    <section id={`fiche-${f.numero}`} className="c-bilan__fiche">
      <p className="c-bilan__surtitre">Fiche {f.numero}</p>
      <h2>{f.titre}</h2>
      <p className="c-bilan__chapo">{f.resume}</p>
      {f.note && <p className="c-bilan__note">{f.note}</p>}
      <dl className="c-bilan__mots">
        {(
          [
            ['Pour qui', f.public],
            ['Pilotes', f.pilotes.join(', ') || 'aucun désigné'],
            ['Partenaires', f.partenaires.join(', ') || 'aucun désigné'],
          ] as const
        ).map(([cle, v]) => (
          <div key={cle}>
            <dt>{cle}</dt>
            <dd>{v}</dd>
          </div>
        ))}
      </dl>
      {f.mesures.length > 0 && (
        <Tableau
          legende={`Fiche ${f.numero}\u202f: les chiffres de ${annee}, ${nombre(f.completude.connus)} connus sur ${nombre(f.completude.attendus)}`}
          titres={['Mesure', 'Unité', [String(annee)], [String(annee - 1)], ['Évolution']]}
        >
          {f.mesures.map((m) => (
            <tr key={m.id}>
              <th scope="row">
                {m.libelle}{' '}
                <span className="c-bilan__precision">
                  {m.id} · {m.obtention}
                </span>
              </th>
              <td>{m.unite}</td>
              <td className="c-bilan__nombre">
                <Valeur c={m.annee} fort />
              </td>
              <td className="c-bilan__nombre">{m.avant ? <Valeur c={m.avant} /> : '–'}</td>
              <td className="c-bilan__nombre">
                {direEvolution(m.evolution)} <span className="c-bilan__precision">{jugerEvolution(m.evolution, m.sens)}</span>
              </td>
            </tr>
          ))}
        </Tableau>
      )}
      {f.series.length > 0 && <Figure image={dessinerSeries(f.series, PALETTE_ECRAN, `g${f.numero}`)} legende="D’une année à l’autre" />}
      {f.carte && <Figure image={dessinerCarte(f.carte, PALETTE_ECRAN, `c${f.numero}`)} legende={`Où\u202f: ${f.carte.titre} (${f.carte.unite})`} petite />}
      {f.actions.length > 0 && (
        <>
          <h3>Les actions et leur activité</h3>
          <p>{pluriel(servies, 'ligne servie', 'lignes servies')} par au moins un enregistrement de l’année.</p>
          {f.actions.map((a) => (
            <Action key={a.id} a={a} />
          ))}
        </>
      )}
      {f.recits.length > 0 && (
        <>
          <h3>Ce que disent les partenaires</h3>
          {f.recits.map((x) => (
            <figure key={x.id} className="c-bilan__recit">
              <figcaption>{x.libelle}</figcaption>
              <blockquote>{x.texte}</blockquote>
            </figure>
          ))}
        </>
      )}
    </section>
  );
}

function Valeur({ c, fort = false }: { c: ChiffreEcrit; fort?: boolean }) {
  const contenu = fort ? <strong>{c.court}</strong> : c.court;
  return (
    <span className={`c-bilan__chiffre c-bilan__chiffre--${c.etat}`}>
      {contenu}
      {fort && c.dette !== '' && <span className="c-bilan__precision"> {c.dette}</span>}
    </span>
  );
}

/** Our own SVG: every text in it was escaped when it was drawn. */
function Figure({ image, legende, petite = false }: { image: Image; legende: string; petite?: boolean }) {
  return (
    <figure className={petite ? 'c-bilan__figure c-bilan__figure--petite' : 'c-bilan__figure'}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by bilan.svg.ts, which escapes every text. */}
      <div dangerouslySetInnerHTML={{ __html: image.svg }} />
      <figcaption>{legende}</figcaption>
    </figure>
  );
}

function Action({ a }: { a: ActionBilan }) {
  const seule = a.lignes.find((l) => l.id === a.id);
  const autres = a.lignes.filter((l) => l !== seule);
  return (
    <div className="c-bilan__action">
      <p>
        <strong>{a.libelle}</strong> {seule && <Preuves n={seule.preuves} />}
      </p>
      {autres.length > 0 && (
        <ul>
          {autres.map((l) => (
            <li key={l.id} className={l.niveau > 0 ? 'c-bilan__sous' : undefined}>
              {l.libelle} <Preuves n={l.preuves} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
const Preuves = ({ n }: { n: number }) => (
  <span className={n > 0 ? 'c-bilan__preuves' : 'c-bilan__precision'}>{n > 0 ? pluriel(n, 'enregistrement') : 'aucun enregistrement'}</span>
);

function Annexe({ c }: { c: BilanContenu }) {
  return (
    <section id="annexe" className="c-bilan__annexe">
      <h2>Annexe{'\u202f'}: toutes les mesures</h2>
      <Tableau
        legende={`${pluriel(c.annexe.length, 'mesure')} en ${c.annee}`}
        titres={['Mesure', 'Libellé', 'Unité', 'Obtention', ['Valeur'], 'État', 'Source', 'Attendu de']}
      >
        {c.annexe.map((l) => (
          <tr key={l.id}>
            <th scope="row">{l.id}</th>
            <td>{l.libelle}</td>
            <td>{l.unite}</td>
            <td>{l.obtention}</td>
            <td className="c-bilan__nombre">{l.chiffre.valeur === null ? '' : direChiffre(l.chiffre, '')}</td>
            <td>{l.chiffre.mot}</td>
            <td>{l.source}</td>
            <td>{l.attenduDe}</td>
          </tr>
        ))}
      </Tableau>
    </section>
  );
}
