/** `contrats/<slug>/demonstration/signalements.yaml`: what invented reports are drawn from. */
import { z } from 'zod';

const code = z.string().regex(/^[a-z0-9-]{1,60}$/, 'un code en minuscules sans accent, chiffres et tirets est attendu');

export const profilSchema = z.strictObject({
  /** Reports the first year, and how many more each year. */
  parAn: z.number().int().positive(),
  hausse: z.number().int().min(0).default(0),
  /** Drawn from uniformly: repeat one to make it more frequent. */
  canaux: z.array(code).min(1),
  service: z.strictObject({ code, libelle: z.string().min(2) }),
  genres: z
    .array(
      z.strictObject({
        type: code,
        libelle: z.string().min(2),
        sous_type: z.string().min(2),
        theme: code,
        /** Always for the municipal police; the others one time in three. */
        police_municipale: z.boolean().default(false),
      }),
    )
    .min(1),
});
