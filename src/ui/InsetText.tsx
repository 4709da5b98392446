import type { ReactNode } from 'react';
import type { Example } from './types.ts';

/** A sentence set apart. */
export const InsetText = ({ children }: { children: ReactNode }) => <div className="govuk-inset-text">{children}</div>;

export const examples: Example[] = [
  {
    nom: 'Texte en retrait',
    rendu: <InsetText>Le contrat ne fixe pas de cible : Concorde montre le niveau et la tendance, jamais un taux d’avancement inventé.</InsetText>,
  },
];
