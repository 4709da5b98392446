import { z } from 'zod';

export const MOTIF_MAX = 600;
const MOTIF = 'Dites pourquoi en une phrase ou deux, de 10 à 600 caractères.';

/** `aujourdhui`: what is announced is to come. */
export const buildRaisonSchema = (aujourdhui: string) =>
  z.object({
    motif: z.string().trim().min(10, MOTIF).max(MOTIF_MAX, MOTIF),
    attendu_le: z
      .union([z.literal(''), z.iso.date('Écrivez la date comme 2026-03-31.')])
      .refine((v) => v === '' || v >= aujourdhui, 'Donnez un jour à venir, ou laissez vide.'),
  });
