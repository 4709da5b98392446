import type { Ligne } from '../../core/base/database.ts';

export type Crise = Pick<
  Ligne<'crises'>,
  | 'id'
  | 'type'
  | 'titre'
  | 'territoireId'
  | 'lieu'
  | 'fiche'
  | 'exercice'
  | 'etat'
  | 'commandement'
  | 'commandementLe'
  | 'ouverteLe'
  | 'closeLe'
  | 'archiveeLe'
  | 'jointeA'
  | 'pourLeConseil'
  | 'version'
>;
export type ActeurDeCrise = Pick<Ligne<'criseActeurs'>, 'organisationId' | 'territoireId' | 'entite' | 'entreeLe' | 'entreePar'>;
