import { z } from 'zod';
import { type Confidentialite, CONFIDENTIALITES, type Qualite, QUALITES } from '../instances.rules.ts';
import { courrielFacultatif as courriel, ligne as court, paragraphe } from '../../../core/http/fields.ts';

const cles = <K extends string>(o: Record<K, unknown>) => Object.keys(o) as [K, ...K[]];
const jour = (message: string) => z.string().trim().pipe(z.iso.date(message));
/** Empty, or `HH:MM`. */
export const heureSchema = z
  .string()
  .trim()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Écrivez l’heure comme 14:30.');
export const minutesSchema = (quoi: string) =>
  z.coerce
    .number(`${quoi} en minutes, en chiffres.`)
    .int(`${quoi} en minutes entières.`)
    .min(5, `${quoi} : 5 minutes au moins.`)
    .max(1440, `${quoi} : un jour au plus.`);

/** Nothing is filled in here: what does not come in is filled at creation, and left as it is by a change. */
const reglages = {
  nom: court('Le nom').min(3, 'Donnez un nom à cette instance.'),
  nom_entier: court('Le nom en toutes lettres', 300),
  objet: paragraphe('L’objet', 1000),
  confidentialite: z.enum(cles<Confidentialite>(CONFIDENTIALITES), 'Dites qui peut voir cette instance.'),
  cadence_mois: z.union([
    z.literal('').transform(() => null),
    z.coerce.number('Écrivez un nombre de mois.').int('Un nombre entier de mois.').min(1, 'Au moins 1 mois.').max(60, 'Au plus 60 mois.'),
  ]),
  vote: z.enum(['', 'oui'], 'Cochez la case, ou non.').transform((v) => v === 'oui'),
  lieu: court('Le lieu'),
  heure: heureSchema,
  duree_minutes: minutesSchema('La durée'),
};
export const reglagesSchema = z.object(reglages);
export type ReglagesInstance = z.output<typeof reglagesSchema>;

export const creationSchema = z.object({
  ...reglages,
  nom_entier: reglages.nom_entier.default(''),
  objet: reglages.objet.default(''),
  cadence_mois: reglages.cadence_mois.default(null),
  vote: z
    .string()
    .optional()
    .transform((v) => v === 'oui'),
  lieu: reglages.lieu.default(''),
  heure: reglages.heure.default('10:00'),
  duree_minutes: reglages.duree_minutes.default(120),
  territoire: z.string().trim().min(1, 'Choisissez un territoire.'),
  porteur: z.string().trim().min(1, 'Choisissez l’organisation qui tient le secrétariat.'),
  type: z.string().trim().default(''),
});

const membre = {
  qualite: z.enum(cles<Qualite>(QUALITES), 'Choisissez la place de ce membre.'),
  fonction: court('La fonction').min(2, 'Écrivez la fonction, par exemple « Commissaire central ».'),
  organisation: z.string().trim().min(1, 'Choisissez une organisation.'),
  nom: court('Le nom'),
  courriel,
  suppleant_nom: court('Le nom'),
  suppleant_courriel: courriel,
  /** « The referents of this role »: nobody is named in that seat. */
  referents: court('Le rôle', 60),
  debut: jour('Indiquez depuis quand.'),
  fin: z.union([z.literal('').transform(() => null), jour('La date de fin n’est pas une date.')]),
};
const finApresDebut = (m: { debut: string; fin: string | null }) => m.fin === null || m.fin >= m.debut;
const FIN_AVANT = { path: ['fin'], message: 'La fin précède le début.' };
const sansPersonne = (m: { referents: string; nom: string; courriel: string }) => m.referents === '' || (m.nom === '' && m.courriel === '');
const REFERENTS = { path: ['referents'], message: 'Une personne, ou les référents d’un rôle : effacez le nom et l’adresse, ou choisissez « une personne ».' };
export const membreModifieSchema = z.object(membre).refine(finApresDebut, FIN_AVANT).refine(sansPersonne, REFERENTS);
export const nouveauMembreSchema = z
  .object({
    ...membre,
    nom: membre.nom.default(''),
    courriel: membre.courriel.default(''),
    suppleant_nom: membre.suppleant_nom.default(''),
    suppleant_courriel: membre.suppleant_courriel.default(''),
    referents: membre.referents.default(''),
    fin: membre.fin.default(null),
  })
  .refine(finApresDebut, FIN_AVANT)
  .refine(sansPersonne, REFERENTS);
export type SaisieMembre = z.output<typeof membreModifieSchema>;

export const demandeSchema = z.object({
  titre: court('Le point').min(5, 'Dites en une phrase ce que vous voulez mettre à l’ordre du jour.'),
  expose: paragraphe('L’exposé', 4000).default(''),
});
export const reponseSchema = z.object({ reponse: paragraphe('La réponse', 1000).min(3, 'Dites pourquoi : la personne qui a demandé le lira.') });

export const motifSchema = z.string('Dites pourquoi.').trim().min(10, 'Dites pourquoi en une phrase.').max(1000, 'Le motif : 1 000 caractères au plus.');
