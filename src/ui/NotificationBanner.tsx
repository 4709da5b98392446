import type { ReactNode } from 'react';
import { useMotsDesChamps } from './mots-des-champs.ts';
import { cx, type Example, motDe } from './types.ts';

export interface NotificationBannerProps {
  ton?: 'information' | 'succes' | 'alerte';
  titre?: string;
  id?: string;
  children: ReactNode;
}

const TITRES = { information: 'À savoir', succes: null, alerte: 'Attention' };

/** What has just happened, or what one must know now. */
export function NotificationBanner({ ton = 'information', titre, id = 'banniere', children }: NotificationBannerProps) {
  const mots = useMotsDesChamps();
  return (
    <div
      className={cx('govuk-notification-banner', ton === 'succes' && 'govuk-notification-banner--success', ton === 'alerte' && 'c-banniere--alerte')}
      role={ton === 'information' ? 'region' : 'alert'}
      aria-labelledby={`${id}-titre`}
      data-module="govuk-notification-banner"
    >
      <div className="govuk-notification-banner__header">
        <h2 className="govuk-notification-banner__title" id={`${id}-titre`}>
          {titre ?? TITRES[ton] ?? mots.cEstFait}
        </h2>
      </div>
      <div className="govuk-notification-banner__content">{typeof children === 'string' ? <p className="govuk-body">{children}</p> : children}</div>
    </div>
  );
}

/** What was just done, by the code that the address brings back after it; nothing for any other text. */
export function Fait({ code, mots }: { code: string; mots: Readonly<Record<string, string>> }) {
  const dit = motDe(mots, code);
  return dit === null ? null : <NotificationBanner ton="succes">{dit}</NotificationBanner>;
}

export const examples: Example[] = [
  { nom: 'Information', rendu: <NotificationBanner id="ex-b1">La campagne du 1er semestre 2026 ferme le 31 juillet.</NotificationBanner> },
  {
    nom: 'Succès',
    rendu: (
      <NotificationBanner id="ex-b2" ton="succes">
        L’intervention est enregistrée. Elle compte pour deux fiches.
      </NotificationBanner>
    ),
  },
  {
    nom: 'Alerte',
    rendu: (
      <NotificationBanner id="ex-b3" ton="alerte">
        Trois décisions ont dépassé leur échéance.
      </NotificationBanner>
    ),
  },
];
