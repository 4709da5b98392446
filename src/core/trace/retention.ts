/** What is kept for how long: a rule is data, declared by the module that owns the table and applied by the data protection desk. */
import { JOUR_MS } from '../jours.ts';
import { type RawBuilder, sql } from 'kysely';

/**
 * When time begins to run. Never from an end alone: what nobody ends would be kept for ever.
 * A column that always has a value; or the end, and `recours` days after the beginning where it did not come. `tantQue`: kept, whatever its
 * age, as long as that is so; the reason is said on the page of the data protection desk.
 */
export type Age = string | { fin: string; sinon: string; recours: number } | { fin: string; tantQue: string };

export interface Regle {
  /** In the address: `/dpo/conservation/<code>`. */
  code: string;
  table: string;
  /** What is removed, as the subject of a sentence. */
  libelle: string;
  /** Why that long. */
  fondement: string;
  /** Days after `age`; the same number is in the annotation of the table (checked by a test). */
  jours: number;
  /** What tells the age: what is before the limit is removed. */
  age: Age;
  /** What must be true besides; `true` when age is enough. Never a state that may not come. */
  condition: RawBuilder<unknown>;
  acte: 'supprimer' | 'anonymiser';
  /** Applied each night by the platform itself: nothing here needs a person's judgement. */
  seule?: true;
}

/** The moment from which time runs; null only while `tantQue` holds. */
export const ageDe = ({ age }: Pick<Regle, 'age'>): RawBuilder<Date | null> => {
  if (typeof age === 'string') return sql`${sql.ref(age)}`;
  return 'sinon' in age ? sql`coalesce(${sql.ref(age.fin)}, ${sql.ref(age.sinon)} + make_interval(days => ${age.recours}))` : sql`${sql.ref(age.fin)}`;
};

/** What is older than `limite`: the same as `ageDe < limite`, in words that an index answers. */
export const plusVieuxQue = ({ age }: Pick<Regle, 'age'>, limite: Date): RawBuilder<boolean> => {
  if (typeof age === 'string') return sql`${sql.ref(age)} < ${limite}`;
  const fini = sql<boolean>`${sql.ref(age.fin)} < ${limite}`;
  if (!('sinon' in age)) return fini;
  return sql`(${fini} or (${sql.ref(age.fin)} is null and ${sql.ref(age.sinon)} < ${new Date(limite.getTime() - age.recours * JOUR_MS)}))`;
};

/** Of the tables that every module writes through core. */
export const CONSERVATION_DU_SOCLE: readonly Regle[] = [
  {
    code: 'courriels',
    table: 'courriels',
    libelle: 'Courriels de plus de 90 jours, partis ou non',
    fondement:
      'Le texte est effacé à l’envoi ; la trace sert à retrouver un message qui n’est pas arrivé. Ce qui attend depuis trois mois n’apprendrait plus rien à personne.',
    jours: 90,
    age: 'cree_le',
    condition: sql`true`,
    acte: 'supprimer',
  },
  {
    code: 'courriels-recus',
    table: 'courriels_recus',
    libelle: 'Traces de courriels reçus depuis plus de 90 jours',
    fondement: 'Le contenu est effacé dès qu’il est traité ; la trace sert à reconnaître un message déjà reçu et à dire ce qu’il est devenu.',
    jours: 90,
    age: 'recu_le',
    condition: sql`true`,
    acte: 'supprimer',
  },
  {
    code: 'soumissions',
    table: 'soumissions',
    libelle: 'Clés des formulaires envoyés depuis plus de 7 jours',
    fondement: 'Une clé sert à reconnaître un formulaire envoyé deux fois ; au bout d’une semaine, personne ne le renvoie plus par mégarde.',
    jours: 7,
    age: 'le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'travaux',
    table: 'travaux',
    libelle: 'Travaux finis depuis plus de 90 jours, et ceux qui n’ont jamais fini',
    fondement: 'Le compte rendu d’un bilan ou d’un import sert dans les semaines qui suivent ; l’import lui-même reste décrit par son lot.',
    jours: 90,
    age: { fin: 'fini_le', sinon: 'cree_le', recours: 30 },
    condition: sql`true`,
    acte: 'supprimer',
  },
  {
    code: 'fichiers',
    table: 'fichiers',
    libelle: 'Documents produits depuis plus de 90 jours',
    fondement: 'Un bilan se refait à la demande, avec les chiffres à jour. Les logos des papiers restent : un relevé arrêté garde le sien.',
    jours: 90,
    age: 'cree_le',
    condition: sql`not garde`,
    acte: 'supprimer',
  },
];
