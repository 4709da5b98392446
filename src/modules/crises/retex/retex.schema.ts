import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';
import { CODES_TEMPS } from './retex.rules.ts';

const texte = paragraphe('Le constat', 1000).min(3, 'Écrivez le constat.');
const temps = z.enum(CODES_TEMPS, 'Choisissez : à chaud ou à froid.');
export const constatSchema = z.discriminatedUnion(
  'nature',
  [
    z.object({ nature: z.literal('fort'), temps, texte }),
    // What is to be better is a decision: who, and by when.
    z.object({
      nature: z.literal('ameliorer'),
      temps,
      texte,
      decision: paragraphe('La décision', 2000).min(3, 'Écrivez ce qui est décidé.'),
      responsable: ligne('L’organisation', 60).min(1, 'Choisissez qui en est chargé.'),
      echeance: z.iso.date('Fixez une échéance.'),
      fiche: ligne('La fiche', 10).default(''),
    }),
  ],
  { error: 'Dites si cela a bien marché ou s’il faut mieux faire.' },
);
export const retexSchema = z.object({
  temps,
  synthese: paragraphe('La synthèse', 6000).min(10, 'Écrivez la synthèse.'),
  participants: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, 'Indiquez combien de personnes y ont pris part.')
    .transform(Number)
    .refine((n) => n >= 1 && n <= 2000, 'Entre 1 et 2 000 personnes.'),
  tenu_le: z.iso.date('Indiquez le jour où il s’est tenu.'),
});
