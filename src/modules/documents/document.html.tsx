/** A paper of a session as a web page in one file: it carries its style and its font, needs nothing else and prints. */
import { enSuite } from '../../ui/enSuite.tsx';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { morceaux } from './ecritures.rules.ts';
import { type Bloc, type DocumentEcrit, type Logo, marqueDe } from './document.modele.ts';

export function ecrireHtml(d: DocumentEcrit): Buffer {
  const titre = renderToStaticMarkup(<title>{d.titre}</title>);
  const corps = renderToStaticMarkup(<DocumentCorps document={d} />);
  return Buffer.from(
    `<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${titre}<style>${style(d)}</style></head><body><main>${corps}</main></body></html>\n`,
  );
}

/** Read from the sources, as the build of the stylesheet does. */
function style(d: DocumentEcrit): string {
  const lire = (chemin: string) => readFileSync(join(process.cwd(), chemin));
  const police = lire('node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2');
  return [
    `@font-face{font-family:"Atkinson Hyperlegible Next";font-weight:200 800;src:url(data:font/woff2;base64,${police.toString('base64')}) format("woff2")}`,
    lire('src/ui/tokens.css').toString(),
    lire('src/modules/documents/document.css').toString(),
    // A printed sheet that is lost still says what it is.
    `@page{@bottom-center{content:"${[marqueDe(d), d.demonstration ? 'Données fictives' : ''].filter(Boolean).join(' · ')}"}}`,
  ]
    .join('\n')
    .replace(/<\//g, '<\\/');
}

function DocumentCorps({ document: d }: { document: DocumentEcrit }) {
  return (
    <article className="c-doc">
      <div className="c-doc__entete">
        {d.entete.logo && <img src={adresseDe(d.entete.logo)} alt={d.entete.logo.alt} />}
        <p>
          <strong>{d.entete.nom}</strong>
          {d.entete.lignes.map((l) => (
            <span key={l}>
              <Mots t={l} />
            </span>
          ))}
        </p>
      </div>
      <header>
        <p className="c-doc__contrat">{d.contrat}</p>
        <p className="c-doc__instance">
          <Mots t={d.instance} />
        </p>
        <h1>{d.genre}</h1>
        {d.seance !== '' && (
          <p className="c-doc__seance">
            <Mots t={d.seance} />
          </p>
        )}
        {marqueDe(d) !== '' && <p className="c-doc__projet">{marqueDe(d)}</p>}
        {d.demonstration && <p className="c-doc__fictif">Données fictives</p>}
      </header>
      {d.destinataire.length > 0 && (
        <p className="c-doc__destinataire">
          <Lignes lignes={d.destinataire} />
        </p>
      )}
      {d.reperes.length > 0 && (
        <dl className="c-doc__reperes">
          {d.reperes.map((r) => (
            <div key={r.cle}>
              <dt>{r.cle}</dt>
              <dd>
                <Mots t={r.valeur} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Blocs blocs={d.blocs} />
      <footer>
        {d.pied}
        {d.demonstration && ' · Données fictives'}
      </footer>
    </article>
  );
}

const TYPES = { png: 'image/png', jpg: 'image/jpeg', svg: 'image/svg+xml' } as const;
const adresseDe = (l: Logo): string => `data:${TYPES[l.type]};base64,${l.contenu.toString('base64')}`;

/** Words of another writing system say their language, and keep their direction to themselves. */
const Mots = ({ t }: { t: string }) => {
  const m = morceaux(t);
  if (m.every((x) => x.langue === '')) return t;
  return enSuite(m, (x) =>
    x.langue === '' ? (
      x.texte
    ) : (
      <bdi lang={x.langue} dir={x.rtl ? 'rtl' : undefined}>
        {x.texte}
      </bdi>
    ),
  );
};

const Lignes = ({ lignes }: { lignes: readonly string[] }) =>
  enSuite(lignes, (l, rang) => (
    <>
      {rang > 0 && <br />}
      <Mots t={l} />
    </>
  ));

const Blocs = ({ blocs }: { blocs: readonly Bloc[] }) => enSuite(blocs, (b) => <UnBloc bloc={b} />);

function UnBloc({ bloc: b }: { bloc: Bloc }) {
  switch (b.type) {
    case 'titre': {
      const Titre = ({ 1: 'h2', 2: 'h3', 3: 'h4' } as const)[b.niveau];
      return (
        <Titre>
          <Mots t={b.texte} />
        </Titre>
      );
    }
    case 'para':
      return (
        <p className={b.ton === 'discret' ? 'c-doc__discret' : undefined}>
          <Lignes lignes={b.lignes} />
        </p>
      );
    case 'liste':
      return (
        <ul>
          {b.puces.map((p, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bullets never move
            <li key={i}>
              <Mots t={p} />
            </li>
          ))}
        </ul>
      );
    case 'signatures':
      return (
        <div className="c-doc__signatures">
          <p>
            {b.fait} {b.date || '…………………………'}
          </p>
          <div>
            {b.signataires.map((s) => (
              <p key={`${s.fonction}${s.nom}`}>
                <strong>{s.fonction}</strong>
                <span>
                  <Mots t={s.nom} />
                </span>
              </p>
            ))}
          </div>
        </div>
      );
    case 'encart':
      return (
        <p className="c-doc__encart">
          <Mots t={b.texte} />
        </p>
      );
    case 'fiche':
      return (
        <div className="c-doc__fiche">
          <h4>
            <Mots t={b.titre} />
          </h4>
          <Blocs blocs={b.blocs} />
        </div>
      );
    case 'tableau':
      return <Tableau t={b} />;
  }
}

/** Wider than a phone: it scrolls inside its frame, which the keyboard can reach. */
function Tableau({ t }: { t: Extract<Bloc, { type: 'tableau' }> }) {
  const classe = (i: number) => (t.colonnes[i]?.droite ? 'c-doc__nombre' : undefined);
  return (
    <div className="c-doc__cadre" role="group" aria-label={t.legende} tabIndex={0}>
      <table className={t.signer ? 'c-doc__signer' : undefined}>
        <caption>{t.legende}</caption>
        <colgroup>
          {t.colonnes.map((c) => (
            <col key={c.titre} width={`${c.part}%`} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {t.colonnes.map((c, i) => (
              <th key={c.titre} scope="col" className={classe(i)}>
                {c.titre}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {t.lignes.map((l, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={n}>
              {l.map((c, i) => {
                const Case = i === 0 ? 'th' : 'td';
                return (
                  <Case key={t.colonnes[i]?.titre} scope={i === 0 ? 'row' : undefined} className={classe(i)}>
                    {c.fort ? (
                      <strong>
                        <Mots t={c.texte} />
                      </strong>
                    ) : (
                      <Mots t={c.texte} />
                    )}
                    {c.precision && (
                      <span className="c-doc__precision">
                        <Mots t={c.precision} />
                      </span>
                    )}
                  </Case>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
