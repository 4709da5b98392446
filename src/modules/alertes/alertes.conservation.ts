/** What alerts keep for a time only. Counts stay: tier, quartier, day, outcome, times of answer. */
import { sql } from 'kysely';
import type { Regle } from '../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'mots-des-alertes',
    table: 'alertes',
    libelle: 'Mots, lieux exacts et auteurs des alertes closes depuis plus de 90 jours, ou jamais closes',
    fondement: 'Le lieu exact et les mots ne servent qu’à agir et à en tirer des leçons ; le palier, le quartier et l’issue suffisent aux chiffres.',
    jours: 90,
    age: { fin: 'close_le', sinon: 'ecrite_le', recours: 365 },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'fil-des-alertes',
    table: 'alerte_evenements',
    libelle: 'Fil des alertes de plus d’un an',
    fondement: 'Un an sert au retour d’expérience et au bilan annuel ; les temps de réponse restent, sans nom.',
    jours: 365,
    age: 'quand',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'prevenus-des-alertes',
    table: 'alerte_envois',
    libelle: 'Noms de ceux qui ont été prévenus il y a plus d’un an',
    fondement: 'La fonction, l’organisme et le temps de réponse suffisent aux chiffres.',
    jours: 365,
    age: 'envoye_le',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'inscrits-retires',
    table: 'alerte_inscrits',
    libelle: 'Noms et coordonnées de ceux qui ne sont plus sur une liste depuis plus d’un an',
    fondement: 'Un an laisse répondre de qui était prévenu ; au-delà, personne n’en a besoin.',
    jours: 365,
    age: { fin: 'retire_le', tantQue: 'la personne tient sa ligne : elle est encore prévenue' },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
];
