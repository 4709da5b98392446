import { z } from 'zod';

export const motifSchema = (motifs: ReadonlySet<string>) => z.string().refine((m) => motifs.has(m), 'Choisissez le motif.');
export const secoursSchema = (motifs: ReadonlySet<string>) =>
  z.object({
    numero: z
      .string()
      .regex(/^\d{1,6}$/, 'Indiquez le numéro de la situation, comme 12.')
      .transform(Number),
    motif: motifSchema(motifs),
  });
export const avisSchema = z.object({ avis: z.enum(['fonde', 'infonde']) });
