import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';

export const exerciceSchema = z
  .object({
    scenario: ligne('Le scénario', 60).min(1, 'Choisissez le scénario.'),
    /** Empty where nobody is invited. */
    population: z
      .string()
      .trim()
      .default('')
      .refine((v) => /^\d{0,5}$/.test(v) && Number(v) <= 20_000, 'Indiquez un nombre, 20 000 au plus.')
      .transform((v) => Number(v)),
    population_ou: ligne('Le lieu').default(''),
    etablissement: ligne('L’établissement', 60)
      .default('')
      .transform((v) => v || null),
    /** Words of its name, or its code. */
    cherche: ligne('La recherche', 120).default(''),
  })
  .refine((e) => e.population === 0 || e.population_ou.length >= 2, {
    path: ['population_ou'],
    message: 'Dites dans quel quartier les habitants sont invités.',
  })
  .refine((e) => e.population > 0 || e.population_ou === '', { path: ['population'], message: 'Dites combien d’habitants sont invités.' });
export const horlogeSchema = z.object({
  acte: z.enum(['demarrer', 'suspendre', 'reprendre', 'finir'], 'Choisissez : démarrer, suspendre, reprendre ou finir.'),
});
export const suiteSchema = z.object({ suite: paragraphe('Ce qui a été fait', 1000).min(2, 'Dites ce que vous avez fait.') });
