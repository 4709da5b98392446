/** One fiche of the bilan as a web page. */
import type { ReactNode } from 'react';
import { nombre, pluriel } from '../../../ui/typographie.ts';
import type { ActionBilan, ChiffreEcrit, FicheBilan } from './bilan.modele.ts';
import { direEvolution, jugerEvolution } from './bilan.rules.ts';
import { dessinerCarte, dessinerSeries, type Image, PALETTE_ECRAN } from './bilan.svg.ts';

export function Tableau({ legende, titres, children }: { legende: string; titres: readonly (string | [string])[]; children: ReactNode }) {
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

export function Fiche({ f, annee }: { f: FicheBilan; annee: number }) {
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
