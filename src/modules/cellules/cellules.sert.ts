import { preuve, type Sert } from '../../core/capacites.ts';
import { accesCellules } from './cellules.policy.ts';

const page = () => [{ href: '/cellules', libelle: 'Cellules', qui: accesCellules }];

/** Sessions of a cell are not held here yet: what asks for `cellule-cloisonnee` waits for them. */
export const SERT: Sert = {
  'charte-bloquante': preuve('CONV-02', page),
  'cadre-de-protection': preuve('CELL-23', page),
};
