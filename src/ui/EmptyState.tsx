import type { ReactNode } from 'react';
import { LinkButton } from './Button.tsx';
import type { Example, Lien } from './types.ts';

export interface EmptyStateProps {
  titre: string;
  /** Why there is nothing. */
  children: ReactNode;
  /** What to do next; the first is the main one. */
  actions?: readonly Lien[];
}

/** An empty list says why and offers the next act: never a dead end. */
export function EmptyState({ titre, children, actions = [] }: EmptyStateProps) {
  return (
    <div className="c-vide">
      <p className="c-vide__titre">{titre}</p>
      <div className="c-vide__raison">{children}</div>
      {actions.length > 0 && (
        <div className="govuk-button-group c-vide__actions">
          {actions.map((a, rang) => (
            <LinkButton key={a.href} href={a.href} variante={rang === 0 ? 'principal' : 'secondaire'} petit>
              {a.libelle}
            </LinkButton>
          ))}
        </div>
      )}
    </div>
  );
}

export const examples: Example[] = [
  {
    nom: 'Liste filtrée sans résultat',
    rendu: (
      <EmptyState
        titre="Aucune intervention ne correspond à ces filtres"
        actions={[
          { libelle: 'Effacer les filtres', href: '/registres/interventions' },
          { libelle: 'Ajouter une intervention', href: '/registres/interventions/nouveau' },
        ]}
      >
        Le registre contient 412 interventions en 2026, dont aucune au 12e arrondissement en août.
      </EmptyState>
    ),
  },
];
