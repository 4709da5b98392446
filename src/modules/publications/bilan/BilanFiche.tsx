/** One fiche of the bilan as a web page. */
import { RecitDit } from '../../indicateurs/index.ts';
import { enSuite } from '../../../ui/enSuite.tsx';
import type { ReactNode } from 'react';
import type { BilanContenu, ChiffreEcrit, FicheBilan, MesureBilan, TexteBilan } from './bilan.modele.ts';
import { chapoDe, lignesServies, phraseLignes, precisionDUnite, REGLE_DE_CARTE, trierMesures, uniteDeCarte } from './bilan.phrases.ts';
import { direJugement, titreEvolution } from './bilan.rules.ts';
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

/** Words of a person, as typed. */
export function Ecrit({ t }: { t: TexteBilan }) {
  return (
    <div className="c-bilan__ecrit">
      {enSuite(t.blocs, (b) =>
        b.type === 'para' ? (
          <p>
            {enSuite(b.lignes, (l, rang) => (
              <>
                {rang > 0 && <br />}
                {l}
              </>
            ))}
          </p>
        ) : (
          <ul>
            {enSuite(b.puces, (x) => (
              <li>{x}</li>
            ))}
          </ul>
        ),
      )}
      <p className="c-bilan__precision">{t.signature}</p>
    </div>
  );
}

/** Figures of this year beside the year before (the same months, while it runs) and, for a part of the contract, beside the whole. */
export function Chiffres({ mesures, c, legende }: { mesures: readonly MesureBilan[]; c: BilanContenu; legende: string }) {
  const compare = !c.territoire.contratEntier;
  return (
    <Tableau
      legende={legende}
      titres={[
        'Mesure',
        [String(c.annee)],
        ...(c.enCours ? [] : [[String(c.annee - 1)] as [string]]),
        [titreEvolution(c)],
        ...(compare ? [`Avec ${c.ensemble}`] : []),
      ]}
    >
      {mesures.map((m) => (
        <tr key={m.id}>
          <th scope="row">
            {m.libelle} <span className="c-bilan__precision">{precisionDUnite(m)}</span>
          </th>
          <td className="c-bilan__nombre">
            <Valeur c={m.annee} fort />
          </td>
          {!c.enCours && <td className="c-bilan__nombre">{m.avant ? <Valeur c={m.avant} /> : '–'}</td>}
          <td className="c-bilan__nombre">
            {m.evolution || '–'} <span className="c-bilan__precision">{direJugement(m)}</span>
          </td>
          {compare && <td className="c-bilan__precision">{m.comparaison}</td>}
        </tr>
      ))}
    </Tableau>
  );
}

/** Without `titre`, alone on its page, whose h1 names it already. */
export function Fiche({ f, c, titre = true }: { f: FicheBilan; c: BilanContenu; titre?: boolean }) {
  const SousTitre = titre ? 'h3' : 'h2';
  const { montrees, phraseZeros, dettes } = trierMesures(f);
  const phrase = phraseLignes(f);
  return (
    <section id={`fiche-${f.numero}`} className="c-bilan__fiche">
      {titre && (
        <>
          <p className="c-bilan__surtitre">Fiche {f.numero}</p>
          <h2>{f.titre}</h2>
        </>
      )}
      <p className="c-bilan__precision">{chapoDe(f)}</p>
      {f.note && <p className="c-bilan__note">{f.note}</p>}
      {f.commentaire && <Ecrit t={f.commentaire} />}
      {montrees.length > 0 && <Chiffres mesures={montrees} c={c} legende={`Fiche ${f.numero}\u202f: les chiffres de ${c.annee}`} />}
      {phraseZeros && <p className="c-bilan__precision">{phraseZeros}</p>}
      {enSuite(dettes, (x) => (
        <p className="c-bilan__precision">{x.texte}</p>
      ))}
      {f.series.length > 0 && <Figure image={dessinerSeries(f.series, PALETTE_ECRAN, `g${f.numero}`)} legende="D’une année à l’autre" />}
      {f.carte && (
        <Figure image={dessinerCarte(f.carte, PALETTE_ECRAN)} legende={`Où\u202f: ${f.carte.titre} (${uniteDeCarte(f.carte)}). ${REGLE_DE_CARTE}`} petite />
      )}
      {phrase && <p>{phrase}</p>}
      {lignesServies(f).length > 0 && (
        <ul>
          {lignesServies(f).map((l) => (
            <li key={l}>{l}</li>
          ))}
        </ul>
      )}
      {f.recits.length > 0 && (
        <>
          <SousTitre>Ce que disent les partenaires</SousTitre>
          {f.recits.map((x) => (
            <figure key={x.id} className="c-bilan__recit">
              <figcaption>
                {x.libelle}
                {x.signature !== '' && <span className="c-bilan__signature">{x.signature}</span>}
              </figcaption>
              <blockquote>
                <RecitDit texte={x.texte} />
              </blockquote>
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
