import type { ReactNode } from 'react';
import { useMotsDesChamps } from './mots-des-champs.ts';
import type { Example } from './types.ts';

/** What is wrong with a field and how to mend it, above the field. */
export const ErrorMessage = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p id={id} className="govuk-error-message">
    <span className="govuk-visually-hidden">{useMotsDesChamps().erreur} </span>
    {children}
  </p>
);

export const examples: Example[] = [
  { nom: 'Message sous une étiquette', rendu: <ErrorMessage id="ex-erreur">Indiquez le nombre de participants, en chiffres.</ErrorMessage> },
];
