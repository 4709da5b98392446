/** Of a term that ended long ago, who held it is forgotten: the role, the place and the dates stay, so that coverage still says since when. Whoever kept a place no longer is, too. */
import { sql } from 'kysely';
import type { Regle } from '../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'referents',
    table: 'referents',
    libelle: 'Référents dont le terme a fini depuis plus d’un an',
    fondement:
      'Un an sert à retrouver qui suivait un dossier. Le rôle, le lieu et les dates restent ; le nom et les coordonnées s’effacent, dans les sièges et les séances aussi. La présence à une séance tenue garde le nom : elle est celle de son relevé.',
    jours: 365,
    age: { fin: 'fin', tantQue: 'le référent est en fonction' },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
  },
  {
    code: 'correspondants',
    table: 'structure_acces',
    libelle: 'Correspondants qui ne tiennent plus leur lieu d’aide depuis plus d’un an',
    fondement: 'Un an sert à retrouver qui a corrigé une fiche par son lien. L’historique de la fiche reste, sans son nom.',
    jours: 365,
    age: { fin: 'ferme_le', tantQue: 'le correspondant tient encore ce lieu' },
    condition: sql`true`,
    acte: 'supprimer',
  },
];
