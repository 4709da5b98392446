import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';

/** Where a session or a decision is read, with what may follow it in an address. */
const ACTE = /\/(seances|decisions)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f-])/;
export const lireActe = (acte: string): { genre: string; id: string } | null => {
  const [, genre, id] = ACTE.exec(acte) ?? [];
  return genre && id ? { genre, id } : null;
};

/** `acte`: empty, or the path of what adopted it; `ancien`: it is older than the text that it replaces, and that is meant. `rang`: the text that the form showed as in force, 0 for none. */
export const reglementSchema = (aujourdhui: string) =>
  z.object({
    reference: ligne('La référence', 200).min(3, 'Indiquez la référence de l’acte : son titre, son numéro.'),
    adopteLe: z.iso
      .date('Indiquez le jour de son adoption.')
      .refine((j) => j <= aujourdhui, 'Un règlement se joint une fois adopté : ce jour n’est pas passé.'),
    acte: z
      .string()
      .trim()
      .max(500)
      .default('')
      .refine((v) => v === '' || lireActe(v) !== null, 'Collez l’adresse de la page de la séance ou de la décision.')
      .transform((v) => {
        const lu = lireActe(v);
        return lu ? `/${lu.genre}/${lu.id}` : '';
      }),
    ancien: z.string().default(''),
    rang: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .catch(-1),
  });
