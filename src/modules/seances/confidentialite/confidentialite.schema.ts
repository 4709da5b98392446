import { z } from 'zod';
import { type Confidentialite, CONFIDENTIALITES, motifSchema } from '../../instances/index.ts';

export const confidentialiteSchema = z.object({
  confidentialite: z.enum(Object.keys(CONFIDENTIALITES) as [Confidentialite, ...Confidentialite[]], 'Dites qui pourra lire cette séance.'),
  motif: motifSchema,
  confirme: z.literal('oui', 'Cochez la case qui confirme : ce qui est lu ne se reprend pas.'),
});
