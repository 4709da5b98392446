import { z } from 'zod';
import { paragraphe } from '../../../core/http/fields.ts';

export const rythmeSchema = z.object({
  minutes: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, 'Indiquez un nombre de minutes.')
    .transform(Number)
    .refine((n) => n >= 5 && n <= 1440, 'Entre 5 et 1 440 minutes.'),
});
export const signatureSchema = z.object({
  version: z.coerce.number('Rechargez la page.').int(),
  synthese: paragraphe('La synthèse', 4000).min(3, 'Écrivez la synthèse : une ou deux phrases suffisent.'),
});
