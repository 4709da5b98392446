import type { ReactNode } from 'react';
import type { Example } from './types.ts';

/** The end of a journey: it worked, and here is the reference. */
export const Panel = ({ titre, children }: { titre: ReactNode; children?: ReactNode }) => (
  <div className="govuk-panel govuk-panel--confirmation">
    <h1 className="govuk-panel__title">{titre}</h1>
    {children && <div className="govuk-panel__body">{children}</div>}
  </div>
);

export const examples: Example[] = [
  { nom: 'Confirmation', rendu: <Panel titre="Votre signalement est enregistré">Votre numéro de suivi : <strong>S-2026-0412</strong></Panel> },
];
