/** What reports keep for a time only: the day is the circuit’s, written with the answer that ended it. */
import { sql } from 'kysely';
import type { Regle } from '../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'adresses-de-suivi',
    table: 'demande_suiveurs',
    libelle: 'Adresses de ceux qui ont signalé, une fois la réponse donnée et le délai du circuit passé',
    fondement: 'L’adresse ne sert qu’à répondre ; le délai laisse contester la réponse. Le code, qui ne dit pas à qui il est, ouvre encore le suivi.',
    jours: 1,
    age: 'effacer_le',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'mots-des-demandes',
    table: 'demandes',
    libelle: 'Textes et lieux exacts des demandes closes, une fois le délai du circuit passé',
    fondement: 'Le quartier, l’objet et les dates suffisent aux comptes ; les mots et le point ne servaient qu’à agir.',
    jours: 1,
    age: 'efface_apres',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'adresses-des-lieux-suivis',
    table: 'recurrence_suiveurs',
    libelle: 'Adresses de ceux qui suivent un lieu, une fois son suivi clos et le délai du circuit passé',
    fondement: 'L’adresse ne sert qu’à dire ce qui se passe au lieu ; un retour avant ce jour la garde.',
    jours: 1,
    age: 'effacer_le',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'lieux-suivis',
    table: 'recurrences',
    libelle: 'Lieux exacts dont le suivi est clos, une fois le délai du circuit passé',
    fondement: 'Le quartier, l’objet et les dates suffisent ; le lieu exact ne servait qu’à reconnaître un retour.',
    jours: 1,
    age: 'efface_apres',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
];
