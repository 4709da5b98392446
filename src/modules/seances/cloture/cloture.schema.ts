import { z } from 'zod';
import { ligne as court, paragraphe } from '../../../core/http/fields.ts';

export const amendementSchema = z.object({
  point: z.string().trim().default(''),
  texte: paragraphe('L’amendement', 4000).min(5, 'Écrivez la correction que vous proposez.'),
});
export const ecartSchema = z.object({ reponse: paragraphe('La réponse', 1000).min(3, 'Dites pourquoi : la personne qui l’a proposé le lira.') });
export const texteSchema = z.object({
  version: z.coerce.number('La version manque : rechargez la page.').int().min(0),
  texte: z.string('Le texte manque.').max(20_000, 'Le texte d’un point tient en 20 000 caractères.'),
});
export const buildRelectureSchema = (aujourdhui: string, max: string) =>
  z.object({
    acte: z.enum(['prolonger', 'clore'], 'Choisissez de prolonger ou de clore la relecture.'),
    jusqu_a: z
      .union([z.literal('').transform(() => null), z.string().trim().pipe(z.iso.date('Cette date n’est pas une date.'))])
      .refine((j) => j === null || j >= aujourdhui, 'Cette date est passée.')
      .refine((j) => j === null || j <= max, 'La relecture dure deux mois au plus.'),
  });
const moment = (quoi: string) => ({
  jour: z
    .string('Donnez le jour.')
    .trim()
    .pipe(z.iso.date(`${quoi} : écrivez un jour.`)),
  heure: z
    .string('Donnez l’heure.')
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, `${quoi} : écrivez une heure, par exemple 09:05.`),
});
const ouverture = moment('L’ouverture');
const levee = moment('La levée');
export const heuresSchema = z.object({ ouverte_jour: ouverture.jour, ouverte_heure: ouverture.heure, levee_jour: levee.jour, levee_heure: levee.heure });

export const pieceSchema = z.object({
  participant: z.string().trim(),
  piece: court('La pièce', 300).min(5, 'Citez le courrier ou le message reçu, avec sa date : c’est la preuve de l’approbation.'),
});
export const contestationSchema = z.object({
  contestation: court('La raison', 500).min(5, 'Dites en une phrase pourquoi vous contestez : qui l’a notée le lira.'),
});
export const classementSchema = z.object({
  classement: court('La raison', 500).min(5, 'Dites en une phrase pourquoi vous classez cette contestation : le relevé le dira.'),
});
export const rectificationSchema = z.object({
  motif: paragraphe('Le motif', 1000).min(5, 'Dites ce qui est à corriger et pourquoi : le rectificatif le portera.'),
});
export const publicationSchema = z.object({
  suspects: z.union([z.array(z.string()), z.string().transform((s) => [s])]),
  /** Absent: those taken out before. */
  passages: paragraphe('Les passages', 10_000).optional(),
});
