import type { Example } from './types.ts';

/** A neutral site that says nothing about the visit. */
const AILLEURS = 'https://meteofrance.com/';

export interface MotsPourQuitter {
  quitter: string;
  urgence: string;
  chargement: string;
  encoreDeux: string;
  encoreUne: string;
  expire: string;
}
const EN_FRANCAIS: MotsPourQuitter = {
  quitter: 'Quitter cette page',
  urgence: 'Urgence :',
  chargement: 'Chargement.',
  encoreDeux: 'Appuyez encore 2 fois sur Maj pour quitter.',
  encoreUne: 'Appuyez encore 1 fois sur Maj pour quitter.',
  expire: 'Le raccourci pour quitter a expiré.',
};

/**
 * Leaves at once (also by pressing Maj three times), for pages read by victims. A plain link without JavaScript; with it, the page is
 * replaced in the history of the tab (islands/parts/quitter.ts).
 */
export function ExitThisPage({ href = AILLEURS, mots = EN_FRANCAIS }: { href?: string; mots?: MotsPourQuitter }) {
  return (
    <div className="govuk-exit-this-page" data-module="govuk-exit-this-page" {...textes(mots)}>
      <a
        href={href}
        role="button"
        draggable="false"
        className="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
        data-module="govuk-button"
        rel="nofollow noreferrer"
      >
        <span className="govuk-visually-hidden">{mots.urgence} </span>
        {mots.quitter}
      </a>
    </div>
  );
}

/** Read by the script of the component. */
const textes = (m: MotsPourQuitter) => ({
  'data-i18n.activated': m.chargement,
  'data-i18n.timed-out': m.expire,
  'data-i18n.press-two-more-times': m.encoreDeux,
  'data-i18n.press-one-more-time': m.encoreUne,
});

export const examples: Example[] = [{ nom: 'Bouton de sortie', rendu: <ExitThisPage /> }];
