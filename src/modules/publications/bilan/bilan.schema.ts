import { z } from 'zod';
import { FORMATS, LECTEURS } from './bilan.modele.ts';

export const demandeSchema = z.object({
  annee: z.coerce.number('Choisissez une année.').int().min(2000).max(2100),
  territoire: z.string().min(1, 'Choisissez un territoire.'),
  format: z.enum(FORMATS, 'Choisissez un format.'),
  annexes: z.preprocess((v) => v === 'oui' || v === true, z.boolean()),
  pour: z.enum(LECTEURS).default('partenaires'),
});
