/** The name of who signed for a party goes after five years; the act, its parties and their dates stay. */
import { sql } from 'kysely';
import type { Regle } from '../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'signataires-d-actes',
    table: 'convention_signataires',
    libelle: 'Noms des signataires d’actes, écrits il y a plus de cinq ans',
    fondement: 'Le nom sert à savoir qui a engagé l’organisation pendant la vie de l’acte. La partie et la date de signature restent.',
    jours: 1826,
    age: 'cree_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
];
