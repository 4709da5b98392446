import { z } from 'zod';
import { type Presence, PRESENCES } from '../seances.rules.ts';
import { echeanceMax, NOTES_MAX } from './tenue.rules.ts';
import { courrielFacultatif, ligne as court, paragraphe } from '../../../core/http/fields.ts';
import { NATURES, type Nature } from '../../decisions/index.ts';

const cles = <K extends string>(o: Record<K, unknown>) => Object.keys(o) as [K, ...K[]];
/** Given by the browser or by the form, so that what is sent twice is written once. */
const idClient = z.uuid().optional().catch(undefined);
/** Seconds between an act and its sending. */
export const ageSchema = z.coerce.number().min(0).catch(0);

export const notesSchema = z.object({
  version: z.coerce.number('La version manque : rechargez la page.').int().min(0),
  // Read as typed: the limit counts what will be kept.
  texte: z
    .string('Les notes manquent.')
    .transform((v) => v.replace(/\r\n?/g, '\n'))
    .refine((v) => v.length <= NOTES_MAX, {
      error: (e) =>
        `Les notes d’un point tiennent en 20 000 caractères : il y en a ${String(e.input).length - NOTES_MAX} de trop. Raccourcissez, ou joignez un document.`,
    }),
});

export const presenceSchema = z.object({
  presence: z.union([z.literal('').transform(() => null), z.enum(cles<Presence>(PRESENCES))], 'Choisissez une présence.'),
  represente_par: court('Le nom du représentant'),
  /** Who sat in a seat without a name. */
  nom: court('Le nom'),
});

export const inviteSchema = z.object({
  id: idClient,
  nom: court('Le nom')
    .default('')
    .refine((v) => v !== '', 'Écrivez le nom de cette personne : seules des personnes nommées sont présentes.'),
  fonction: court('La fonction').default(''),
  organisation: z.string().trim().min(1, 'Choisissez l’organisation de cette personne.'),
});

export const nouveauPointSchema = z.object({ id: idClient, titre: court('Le point', 300).min(3, 'Dites en quelques mots de quoi il s’agit.') });

const voix = z.coerce.number('Écrivez un nombre de voix.').int('Un nombre entier de voix.').min(0, 'Zéro au moins.').max(999, '999 au plus.');
export const voteSchema = z
  .object({ id: idClient, objet: court('L’objet du vote', 600).min(3, 'Dites sur quoi porte le vote.'), pour: voix, contre: voix, abstention: voix })
  .refine((v) => v.pour + v.contre + v.abstention > 0, { path: ['pour'], message: 'Comptez au moins une voix.' });

/** Nothing is filled in here: what does not come in is filled at creation, and left as it is by a correction. */
const champsDecision = (seance: string) => ({
  nature: z.enum(cles<Nature>(NATURES), 'Dites si c’est une décision ou une action.'),
  libelle: paragraphe('Le texte', 2000).min(3, 'Écrivez ce qui a été décidé.'),
  responsable: z.string('Choisissez qui en est chargé.').trim().min(1, 'Choisissez qui en est chargé.'),
  responsable_nom: court('La personne ou la fonction'),
  responsable_courriel: courrielFacultatif,
  echeance: z
    .union([z.literal('').transform(() => null), z.string().trim().pipe(z.iso.date('Cette échéance n’est pas une date.'))])
    .refine((j) => j === null || j >= seance, 'L’échéance vient après la séance.')
    .refine((j) => j === null || j <= echeanceMax(seance), 'Cette échéance est trop lointaine : vérifiez l’année.'),
  engagement: court('L’engagement', 900),
});
const datee = (d: { nature: Nature; echeance: string | null }) => d.nature === 'decision' || d.echeance !== null;
const SANS_DATE = { path: ['echeance'], message: 'Donnez une échéance : sans date, personne n’est relancé.' };

/** `seance`: day of the session; nothing is due before. */
export const buildCorrectionSchema = (seance: string) => z.object(champsDecision(seance)).refine(datee, SANS_DATE);
export function buildNouvelleDecisionSchema(seance: string) {
  const c = champsDecision(seance);
  return z
    .object({
      ...c,
      id: idClient,
      responsable_nom: c.responsable_nom.default(''),
      responsable_courriel: c.responsable_courriel.default(''),
      echeance: c.echeance.default(null),
      engagement: c.engagement.default(''),
    })
    .refine(datee, SANS_DATE);
}
export type DecisionSaisie = z.output<ReturnType<typeof buildCorrectionSchema>>;
