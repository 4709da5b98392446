/**
 * The bilan as a web page: the same body inside the application's page (styled by its stylesheet, where no inline style is
 * allowed) or alone in one file that carries its style and font and needs nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { Fiche } from './BilanFiche.tsx';
import { Annexes, Essentiel, Lire, Rectificatifs, Reperes, SeancesEtDecisions } from './BilanParties.tsx';
import { type BilanContenu, parle, titreBilan } from './bilan.modele.ts';
import { mentions } from './bilan.phrases.ts';

export function ecrireHtml(c: BilanContenu): Buffer {
  const corps = renderToStaticMarkup(<BilanCorps c={c} />);
  const titre = renderToStaticMarkup(
    <>
      <title>{`${titreBilan(c)} · ${c.contrat.sigle}`}</title>
      <meta name="dcterms.license" content={c.contrat.licence.adresse} />
    </>,
  );
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

/** Title, whose it is, for whom and when. */
export function Couverture({ c }: { c: BilanContenu }) {
  return (
    <header className="c-bilan__couverture">
      <p className="c-bilan__contrat">{c.contrat.titre}</p>
      <h1>
        Bilan {c.annee} <span>{c.territoire.nom}</span>
      </h1>
      {c.demonstration && (
        <p>
          <strong className="c-bilan__fictif">Données fictives</strong>
        </p>
      )}
      {mentions(c).map((t) => (
        <p key={t} className="c-bilan__contrat">
          {t}
        </p>
      ))}
    </header>
  );
}

/** The whole document on one page: for the file that is kept or sent. */
function BilanCorps({ c }: { c: BilanContenu }) {
  const fiches = c.fiches.filter(parle);
  return (
    <div className="c-bilan">
      <Couverture c={c} />
      <nav aria-label="Sommaire du bilan" className="c-bilan__sommaire">
        <h2>Sommaire</h2>
        <ul>
          <li>
            <a href="#essentiel">L’essentiel</a>
          </li>
          <li>
            <a href="#chiffres">Les chiffres qui comptent</a>
          </li>
          <li>
            <a href="#seances">Séances et décisions</a>
          </li>
          {c.rectificatifs.total > 0 && (
            <li>
              <a href="#rectificatifs">Rectificatifs</a>
            </li>
          )}
          {fiches.map((f) => (
            <li key={f.numero}>
              <a href={`#fiche-${f.numero}`}>
                {f.numero} · {f.titre}
              </a>
            </li>
          ))}
          {c.annexes && (
            <li>
              <a href="#annexe">Annexe{'\u202f'}: toutes les mesures</a>
            </li>
          )}
        </ul>
      </nav>
      <Essentiel c={c} />
      <Reperes c={c} />
      <SeancesEtDecisions c={c} />
      <Rectificatifs c={c} />
      {fiches.map((f) => (
        <Fiche key={f.numero} f={f} c={c} />
      ))}
      <Lire c={c} />
      {c.annexes && <Annexes c={c} />}
    </div>
  );
}
