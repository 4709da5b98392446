import { z } from 'zod';
import { CONFIDENTIALITES, type Confidentialite } from '../../instances/instances.rules.ts';

export const motifSchema = z
  .string('Dites pourquoi.')
  .trim()
  .min(10, 'Dites pourquoi en une phrase : le journal d’audit la garde.')
  .max(1000, 'Le motif : 1 000 caractères au plus.');
export const confidentialiteSchema = z.object({
  confidentialite: z.enum(Object.keys(CONFIDENTIALITES) as [Confidentialite, ...Confidentialite[]], 'Dites qui pourra lire cette séance.'),
  motif: motifSchema,
  confirme: z.literal('oui', 'Cochez la case qui confirme : ce qui est lu ne se reprend pas.'),
});
