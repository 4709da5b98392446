import type { Example } from './types.ts';

/** A neutral site that says nothing about the visit. */
const AILLEURS = 'https://www.lemonde.fr/';

/** Read by the script of the component. */
const TEXTES = {
  'data-i18n.activated': 'Vous quittez cette page.',
  'data-i18n.timed-out': 'Le raccourci pour quitter a expiré.',
  'data-i18n.press-two-more-times': 'Appuyez encore 2 fois sur Maj pour quitter.',
  'data-i18n.press-one-more-time': 'Appuyez encore 1 fois sur Maj pour quitter.',
};

/** Leaves at once (also by pressing Maj three times), for pages read by victims. A plain link without JavaScript. */
export function ExitThisPage({ href = AILLEURS }: { href?: string }) {
  return (
    <div className="govuk-exit-this-page" data-module="govuk-exit-this-page" {...TEXTES}>
      <a
        href={href}
        role="button"
        draggable="false"
        className="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
        data-module="govuk-button"
        rel="nofollow noreferrer"
      >
        <span className="govuk-visually-hidden">Urgence&nbsp;: </span>
        Quitter cette page
      </a>
    </div>
  );
}

export const examples: Example[] = [{ nom: 'Bouton de sortie', rendu: <ExitThisPage /> }];
