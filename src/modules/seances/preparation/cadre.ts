/**
 * What people say of a session besides its title, date and length: one declaration, from which come both forms, their checks, the
 * comparison of two people's changes, the columns written and read. A new one is a migration, `npm run types`, an entry here (its name is
 * that of the column), and the page where members read it.
 */
import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';

interface Mot {
  libelle: string;
  aide?: string;
  /** What it is called in letters and invitations; not told there, beside the place and the hour, without it. */
  dit?: string;
  /** How it is typed. */
  saisie: 'ligne' | 'adresse' | 'paragraphe';
  schema: z.ZodType<string, string>;
  /** Longest, for a paragraph. */
  max?: number;
  /** Once members are convoked, changing it moves the session: they are told and answer again. */
  deplace?: true;
  /** Of the form that makes the session, only of the one that changes it otherwise. */
  aLaCreation?: true;
}

export const MOTS_DU_CADRE = {
  lieu: { libelle: 'Lieu', dit: 'Lieu', saisie: 'ligne', schema: ligne('Le lieu'), deplace: true, aLaCreation: true },
  acces: {
    libelle: 'Comment entrer',
    dit: 'Pour entrer',
    aide: 'L’entrée, l’étage, un badge à retirer.',
    saisie: 'ligne',
    schema: ligne('L’accès', 300),
    aLaCreation: true,
  },
  visio: {
    libelle: 'Lien de visioconférence',
    dit: 'À distance',
    saisie: 'adresse',
    schema: z.union([z.literal(''), z.url({ protocol: /^https$/, error: 'Le lien de visioconférence commence par https://.' })]),
    deplace: true,
    aLaCreation: true,
  },
  mot: {
    libelle: 'Mot d’accompagnement',
    aide: 'Il ouvre la convocation.',
    saisie: 'paragraphe',
    schema: paragraphe('Le mot d’accompagnement', 2000),
    max: 2000,
  },
} satisfies Record<string, Mot>;

export type NomDeMot = keyof typeof MOTS_DU_CADRE;
export type MotsDuCadre = Record<NomDeMot, string>;
export const NOMS_DES_MOTS = Object.keys(MOTS_DU_CADRE) as NomDeMot[];
export const listMots = (): [NomDeMot, Mot][] => NOMS_DES_MOTS.map((nom) => [nom, MOTS_DU_CADRE[nom]]);

const pourChacun = <V>(valeur: (nom: NomDeMot) => V): Record<NomDeMot, V> =>
  Object.fromEntries(NOMS_DES_MOTS.map((nom) => [nom, valeur(nom)])) as Record<NomDeMot, V>;

/** These words alone, out of a session or of what a form gave. */
export const motsDe = (s: MotsDuCadre): MotsDuCadre => pourChacun((nom) => s[nom]);
/** As a change gives them, and as a creation does, which may leave them out. */
export const schemasDesMots = (): Record<NomDeMot, z.ZodType<string, string>> => pourChacun((nom) => MOTS_DU_CADRE[nom].schema);
export const schemasALaCreation = (): Record<NomDeMot, z.ZodDefault<z.ZodType<string, string>>> => pourChacun((nom) => MOTS_DU_CADRE[nom].schema.default(''));
/** A session that has neither place nor link, and that was convoked so on purpose. */
export const LIEU_A_PRECISER = 'Lieu : à préciser, il vous sera communiqué.';
/** « Lieu : Hôtel de Ville »: those that say how to come, and are not empty. */
export const direMots = (s: MotsDuCadre): string[] => listMots().flatMap(([nom, { dit }]) => (dit && s[nom] ? [`${dit} : ${s[nom]}`] : []));
/** Do these words move a session that members know of? */
export const deplacent = (avant: MotsDuCadre, apres: MotsDuCadre): boolean => listMots().some(([nom, mot]) => mot.deplace && avant[nom] !== apres[nom]);
