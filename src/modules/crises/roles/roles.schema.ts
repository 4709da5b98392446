import { z } from 'zod';

export const avisSchema = z.object({
  territoire: z.string().trim().max(60).default(''),
  provenance: z.string().trim().max(60).default(''),
  heure: z.string().trim().max(20).default(''),
  objet: z.string().trim().min(3, 'Dites ce qui se passe et où.').max(300, 'Tient en 300 caractères.'),
  exercice: z.enum(['', 'oui']).default(''),
});
