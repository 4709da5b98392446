import { z } from 'zod';

export const conseilSchema = z.object({
  instance: z.string().trim().max(60).default(''),
  texte: z.string().trim().min(10, 'Dites en quelques phrases ce que le conseil doit savoir.').max(2000, 'Tient en 2 000 caractères.'),
});
