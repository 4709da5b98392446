import type { ReactNode } from 'react';
import type { Example } from './types.ts';

/** The end of a journey: it worked, and here is the reference. @public */
export function Panel({ titre, niveau = 1, children }: { titre: ReactNode; niveau?: 1 | 2; children?: ReactNode }) {
  const Titre = niveau === 1 ? 'h1' : 'h2';
  return (
    <div className="govuk-panel govuk-panel--confirmation">
      <Titre className="govuk-panel__title">{titre}</Titre>
      {children && <div className="govuk-panel__body">{children}</div>}
    </div>
  );
}

export const examples: Example[] = [
  {
    nom: 'Confirmation',
    rendu: (
      <Panel niveau={2} titre="Votre signalement est enregistré">
        Votre numéro de suivi est <strong>S-2026-0412</strong>
      </Panel>
    ),
  },
];
