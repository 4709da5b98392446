/** Rights on cells. A seat opens nothing by itself: the mandate is in force, the charter signed, the cell opened by a phrase. */
import { acces, type Contient, type Droit, permis, type Utilisateur } from '../../core/authorize.ts';

type Personne = Utilisateur | null;

/** Who finds a door here at all. */
export const accesCellules = acces.role('membre_cellule', 'coordination', 'dpo');
/** Numbers of all the cells, none below five. */
export const accesTableau = acces.role('membre_cellule', 'coordination', 'dpo', 'signataire', 'pilote');
export const accesMembres = acces.role('membre_cellule');

/** Makes cells, names and excludes members; reads no situation. */
export const peutComposer = (u: Personne): boolean => permis(u, ['coordination'], {});
/** Decides how long situations are kept; reads who read, and what was destroyed; reads no situation. */
export const peutControler = (u: Personne): boolean => permis(u, ['dpo'], {});

/** What a seat is worth on that day. */
export interface Siege {
  debut: string;
  fin: string | null;
  excluLe: Date | null;
  organisationId: string;
}
/** The seat counts today, and the person still has a mandate for that place. */
export const siege = (u: Personne, s: Siege | null, territoireId: string, aujourdhui: string, contient: Contient): boolean =>
  s !== null &&
  s.excluLe === null &&
  s.debut <= aujourdhui &&
  (s.fin === null || s.fin >= aujourdhui) &&
  u?.session?.forte === true &&
  // Who changed institution speaks for the former one no more.
  u.organisationId === s.organisationId &&
  permis(u, ['membre_cellule'], { territoireId }, contient);

export const DROITS: readonly Droit[] = [
  { objet: 'Cellules', action: 'créer, composer, joindre le règlement', permis: (u) => peutComposer(u) },
  { objet: 'Cellules', action: 'fixer les durées, contrôler', permis: (u) => peutControler(u) },
  {
    objet: 'Situations',
    action: 'lire, avec un siège, la charte signée et la phrase',
    permis: (u, s) => permis(u, ['membre_cellule'], { territoireId: s.territoireId }),
  },
];
