import type { Acces } from '../../core/authorize.ts';
import { type Objet, preuve, type Sert } from '../../core/capacites.ts';
import { accesCellules, accesTableau } from './cellules.policy.ts';

/** Served for these systems alone: charters, boards and cells of other kinds are kept elsewhere, or not yet. */
const pour =
  (systemes: readonly string[], href: string, libelle: string, qui: Acces = accesCellules) =>
  ({ systeme }: Objet) =>
    systemes.includes(systeme ?? '') ? [{ href, libelle, qui }] : null;

export const SERT: Sert = {
  'charte-bloquante': preuve('CONV-02', pour(['CONV-02', 'CONV-04', 'CELL-01', 'CELL-06', 'CELL-07'], '/cellules', 'Cellules')),
  'charte-de-cellule': preuve('CONV-04', pour(['CONV-02', 'CONV-04'], '/cellules', 'Cellules')),
  'cellule-cloisonnee': preuve('CELL-01', pour(['CELL-01', 'CELL-06', 'CELL-07', 'CELL-11'], '/cellules', 'Cellules')),
  'procedure-d-urgence': preuve('CELL-16', pour(['CELL-16', 'ALERTE-02'], '/cellules', 'Cellules : le recours accéléré')),
  'cadre-de-protection': preuve('CELL-23', pour(['CELL-23'], '/cellules', 'Cellules')),
  'tableau-d-activite': preuve('GOUV-17', pour(['GOUV-17'], '/cellules/tableau', 'Tableau d’activité des cellules', accesTableau)),
};
