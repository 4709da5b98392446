import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';

/** `rang`: the text that the form showed as in force, 0 for none. */
export const reglementSchema = (aujourdhui: string) =>
  z.object({
    reference: ligne('La référence', 200).min(3, 'Indiquez la référence de l’acte : son titre, son numéro.'),
    adopteLe: z.iso
      .date('Indiquez le jour de son adoption.')
      .refine((j) => j <= aujourdhui, 'Un règlement se joint une fois adopté : ce jour n’est pas passé.'),
    rang: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .catch(-1),
  });
