/** What is kept for how long: a rule is data, declared by the module that owns the table and applied by the data protection desk. */
import { type RawBuilder, sql } from 'kysely';

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
  /** Column that tells the age: what is before the limit is removed. */
  age: string;
  /** What must be true besides; `true` when age is enough. */
  condition: RawBuilder<unknown>;
  acte: 'supprimer' | 'anonymiser';
  /** Applied each night by the platform itself: nothing here needs a person's judgement. */
  seule?: true;
}

/** Of the tables that every module writes through core. */
export const CONSERVATION_DU_SOCLE: readonly Regle[] = [
  {
    code: 'courriels',
    table: 'courriels',
    libelle: 'Traces de courriels de plus de 90 jours',
    fondement: 'Le texte est effacé à l’envoi ; la trace sert à retrouver un message qui n’est pas arrivé.',
    jours: 90,
    age: 'cree_le',
    condition: sql`etat <> 'attente'`,
    acte: 'supprimer',
  },
  {
    code: 'courriels-recus',
    table: 'courriels_recus',
    libelle: 'Traces de courriels reçus depuis plus de 90 jours',
    fondement: 'Le contenu est effacé dès qu’il est traité ; la trace sert à reconnaître un message déjà reçu et à dire ce qu’il est devenu.',
    jours: 90,
    age: 'recu_le',
    condition: sql`etat <> 'recu'`,
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
    libelle: 'Travaux finis depuis plus de 90 jours',
    fondement: 'Le compte rendu d’un bilan ou d’un import sert dans les semaines qui suivent ; l’import lui-même reste décrit par son lot.',
    jours: 90,
    age: 'fini_le',
    condition: sql`etat in ('fait', 'echec')`,
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
