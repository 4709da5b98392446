import { z } from 'zod';
import { FORMATS } from './bilan.modele.ts';

export const demandeSchema = z.object({
  annee: z.coerce.number('Choisissez une année.').int().min(2000).max(2100),
  territoire: z.string().min(1, 'Choisissez un territoire.'),
  format: z.enum(FORMATS, 'Choisissez un format.'),
});
