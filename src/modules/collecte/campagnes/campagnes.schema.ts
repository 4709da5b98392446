import { z } from 'zod';
import { courriel, ligne, paragraphe } from '../../../core/http/fields.ts';

/** `aujourdhui`: nobody is asked for yesterday. */
export const buildCampagneSchema = (aujourdhui: string) =>
  z.object({
    titre: ligne('Le titre').min(3, 'Donnez un titre à la campagne : « Bilan 2026 ».'),
    message: paragraphe('Le message', 2000),
    due_le: z
      .string()
      .trim()
      .pipe(z.iso.date('Écrivez une date, par exemple 2027-02-15.'))
      .refine((j) => j > aujourdhui, 'Laissez au moins un jour pour répondre : choisissez une date à venir.'),
  });

export const repondantSchema = z.object({ nom: ligne('Le nom', 120).min(2, 'Écrivez le nom de la personne.'), courriel });
