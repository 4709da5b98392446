import type { Example } from './types.ts';

export interface Raccourci {
  /** « / », « g puis j »… */
  touche: string;
  libelle: string;
  /** Where the keys lead: sequences of two letters are handled by the island. */
  href?: string;
}

const BASE: readonly Raccourci[] = [
  { touche: '?', libelle: 'Afficher cette aide' },
  { touche: 'Échap', libelle: 'Fermer' },
];

/** The keys of the page, in a dialog opened by `?`. Drawn only for who asked for shortcuts: without it no key does anything. */
export function KeyboardHelp({ raccourcis = [] }: { raccourcis?: readonly Raccourci[] }) {
  return (
    <dialog className="c-raccourcis" data-raccourcis="" aria-labelledby="raccourcis-titre">
      <form method="dialog">
        <h2 className="govuk-heading-m" id="raccourcis-titre">
          Raccourcis du clavier
        </h2>
        <dl className="c-raccourcis__liste">
          {[...raccourcis, ...BASE].map((r) => (
            <div key={r.touche} className="c-raccourcis__ligne" data-touche={r.href ? r.touche : undefined} data-vers={r.href}>
              <dt>
                {r.touche.split(' ').map((t, i) =>
                  // A word between two keys (« puis ») is not a key.
                  i % 2 === 1 ? ` ${t} ` : <kbd key={t}>{t}</kbd>,
                )}
              </dt>
              <dd>{r.libelle}</dd>
            </div>
          ))}
        </dl>
        <button className="govuk-button govuk-button--secondary c-button--petit" type="submit">
          Fermer
        </button>
      </form>
    </dialog>
  );
}

export const examples: Example[] = [
  { nom: 'Raccourcis (fermé : appuyez sur ?)', rendu: <KeyboardHelp raccourcis={[{ touche: 'g puis j', libelle: 'Ma journée', href: '/ma-journee' }]} /> },
];
