import type { ReactNode } from 'react';
import { useMotsDesChamps } from './mots-des-champs.ts';
import type { Example } from './types.ts';

/** What must not be missed. */
export const WarningText = ({ children }: { children: ReactNode }) => (
  <div className="govuk-warning-text">
    <span className="govuk-warning-text__icon" aria-hidden="true">
      !
    </span>
    <strong className="govuk-warning-text__text">
      <span className="govuk-visually-hidden">{useMotsDesChamps().attention}</span>
      {children}
    </strong>
  </div>
);

export const examples: Example[] = [
  { nom: 'Avertissement', rendu: <WarningText>En danger immédiat, appelez le 17 ou le 112, ou envoyez un SMS au 114.</WarningText> },
];
