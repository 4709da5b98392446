/** What crises keep for a time only. Copies of what was said go with it: the database removes them in the same act. Numbers stay. */
import { sql } from 'kysely';
import type { Regle } from '../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'avis-de-crise',
    table: 'crise_avis',
    libelle: 'Ce que des mairies ont appris il y a plus de 3 ans, transmis ou non',
    fondement: 'Le temps mis à prévenir la salle de commandement se suit sur la durée du contrat, puis ne sert plus.',
    jours: 1096,
    age: 'appris_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'correspondants-de-crise',
    table: 'crise_correspondants',
    libelle: 'Correspondants désignés pour une crise il y a plus d’un an',
    fondement: 'Le nom et le numéro servent pendant la crise ; l’archivage les ôte, et une salle qui ne s’archive pas ne les garde pas non plus.',
    jours: 365,
    age: 'designe_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'envois-des-notes',
    table: 'crise_note_envois',
    libelle: 'À qui une note aux mairies fut envoyée, il y a plus d’un an',
    fondement: 'Savoir qui de la liste a eu la lettre sert tant que l’on en discute ; ensuite la mairie, l’heure et la fonction suffisent.',
    jours: 365,
    age: 'envoye_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'mains-courantes',
    table: 'crises',
    libelle: 'Mains courantes, points de situation, moyens, services et retours d’expérience, dix ans après la clôture',
    fondement:
      'Dix ans laissent répondre de ce qui a été su et décidé. Les nombres restent, et la tête de la chaîne : un fichier gardé ailleurs se reconnaît encore.',
    // Ten years hold two or three leap days: never a day less.
    jours: 3653,
    age: { fin: 'close_le', sinon: 'ouverte_le', recours: 366 },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
];
