import { z } from 'zod';

/** Items that come back at each session of a kind of body, or at each so many (`tous_les`); `id` names one on agendas. */
export const pointsDInstanceSchema = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{1,60}$/, 'un code en minuscules sans accent, chiffres et tirets est attendu'),
      titre: z.string().trim().min(3, 'un titre est attendu').max(300),
      minutes: z.number().int().min(1).max(480).default(10),
      tous_les: z.number().int().min(1).max(24).default(1),
    }),
  )
  .default([]);
