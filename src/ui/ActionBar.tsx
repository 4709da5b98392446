import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import type { Example } from './types.ts';

export interface ActionBarProps {
  /** Counts the rows selected in the table of the same form. */
  selection?: boolean;
  children: ReactNode;
}

/** Actions that stay in sight at the foot of a form or of a list. */
export const ActionBar = ({ selection = false, children }: ActionBarProps) => (
  <div className="c-actions">
    {selection && <span data-selection-compte="" aria-live="polite" />}
    {children}
  </div>
);

export const examples: Example[] = [
  {
    nom: 'Actions d’un formulaire',
    rendu: (
      <ActionBar>
        <Button>Enregistrer</Button>
        <Button variante="secondaire">Enregistrer et ajouter une autre</Button>
      </ActionBar>
    ),
  },
];
