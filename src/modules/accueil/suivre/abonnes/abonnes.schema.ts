/** What the form of subscription says. */
import { z } from 'zod';
import { courriel } from '../../../../core/http/fields.ts';
import { JOURS } from './abonnes.rules.ts';

export const abonnementSchema = z.object({
  courriel: courriel.refine((v) => v.length <= 254, 'Cette adresse est trop longue : 254 caractères au plus.'),
  jour: z.coerce
    .number('Choisissez un jour.')
    .int()
    .refine((j) => JOURS.some((x) => x.numero === j), 'Choisissez un jour de la semaine.'),
});
