import { z } from 'zod';

const jour = (message: string) => z.string().trim().pipe(z.iso.date(message));

/** `aujourdhui`: a meeting that is declared has taken place. */
export const buildDeclarationSchema = (aujourdhui: string) =>
  z.object({
    jour: jour('Indiquez le jour de la réunion.').refine((j) => j <= aujourdhui, 'Cette réunion n’a pas encore eu lieu : préparez-la plutôt.'),
    presents: z.coerce
      .number('Indiquez combien de personnes étaient présentes.')
      .int('Un nombre entier.')
      .min(1, 'Au moins une personne.')
      .max(2000, 'Au plus 2 000 personnes.'),
  });
