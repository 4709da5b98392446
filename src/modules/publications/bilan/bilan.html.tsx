/**
 * The bilan as a web page: the same body inside the application's page (styled by its stylesheet, where no inline style is
 * allowed) or alone in one file that carries its style and font and needs nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { BilanContenu } from './bilan.modele.ts';
import { titreBilan } from './bilan.modele.ts';
import { direChiffre } from './bilan.rules.ts';
import { Fiche, Tableau } from './BilanFiche.tsx';

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
  return `${fonte}${lire('src/ui/tokens.css').toString()}${lire('src/modules/publications/styles/bilan.css').toString()}`.replace(/<\//g, '<\\/');
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

function Synthese({ c }: { c: BilanContenu }) {
  const { completude: k, comptes: n, parAxe, attendus } = c.synthese;
  const tuiles: [string, string][] = [
    [`${nombre(k.connus)} sur ${nombre(k.attendus)}`, 'chiffres connus'],
    [nombre(k.manquants), 'chiffres manquants'],
    [nombre(k.secrets), 'secrets'],
    [nombre(k.sansObjet), 'sans objet'],
    [`${nombre(n.lignesServies)} sur ${nombre(n.lignes)}`, 'lignes d’action servies'],
    [nombre(n.preuves), 'enregistrements comptés pour les fiches'],
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
