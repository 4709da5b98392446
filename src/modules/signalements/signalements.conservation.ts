/** What reports keep for a time only: the day is the circuit’s, written with the answer that ended it. */
import { sql } from 'kysely';
import type { Regle } from '../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'adresses-de-suivi',
    table: 'demande_suiveurs',
    libelle: 'Adresses de ceux qui ont signalé, une fois la réponse donnée et le délai du circuit passé, ou trois ans après une demande jamais close',
    fondement: 'L’adresse ne sert qu’à répondre ; le délai laisse contester la réponse. Le code, qui ne dit pas à qui il est, ouvre encore le suivi.',
    jours: 1,
    age: { fin: 'effacer_le', sinon: 'cree_le', recours: 1096 },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'mots-des-demandes',
    table: 'demandes',
    libelle: 'Textes, lieux exacts et noms des demandes, une fois le délai du circuit passé, ou trois ans après la réception de ce qui n’est jamais clos',
    fondement: 'Le quartier, l’objet et les dates suffisent aux comptes ; les mots et le point ne servaient qu’à agir.',
    jours: 1,
    age: { fin: 'efface_apres', sinon: 'recu_le', recours: 1096 },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'adresses-comptees',
    table: 'adresses_comptees',
    libelle: 'Lien entre une adresse et le numéro sous lequel son lieu est compté, un an après la dernière fois qu’un signalement effacé l’a dite',
    fondement:
      'Un lieu signalé deux fois dans l’année compte une fois, même quand un des signalements est effacé ; l’année finie, les signalements effacés ne disent plus où ils étaient. Le lien reste tant qu’un signalement encore gardé ou un site suivi dit l’adresse.',
    jours: 366,
    age: 'dite_le',
    condition: sql`not adresse_encore_dite(contrat_id, cle, jeton)`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'adresses-des-lieux-suivis',
    table: 'recurrence_suiveurs',
    libelle: 'Adresses de ceux qui suivent un lieu, une fois son suivi clos et le délai du circuit passé, ou cinq ans après',
    fondement: 'L’adresse ne sert qu’à dire ce qui se passe au lieu ; un retour avant ce jour la garde.',
    jours: 1,
    age: { fin: 'effacer_le', sinon: 'cree_le', recours: 1826 },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'lieux-suivis',
    table: 'recurrences',
    libelle: 'Lieux exacts et mots d’un suivi clos, une fois le délai du circuit passé, ou cinq ans après l’ouverture d’un suivi jamais clos',
    fondement: 'Le quartier, l’objet et les dates suffisent ; le lieu exact ne servait qu’à reconnaître un retour.',
    jours: 1,
    age: { fin: 'efface_apres', sinon: 'ouverte_le', recours: 1826 },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
];
