/** Of a term that ended long ago, who held it is forgotten: the role, the place and the dates stay, so that coverage still says since when. */
import { sql } from 'kysely';
import type { Regle } from '../../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'referents',
    table: 'referents',
    libelle: 'Référents dont le terme a fini depuis plus d’un an',
    fondement: 'Un an sert à retrouver qui suivait un dossier. Le rôle, le lieu et les dates restent ; le nom et les coordonnées s’effacent.',
    jours: 365,
    age: 'fin',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
  },
];
