import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';

export const noteSchema = z.object({
  texte: paragraphe('La note', 1200).min(3, 'Écrivez ce que les mairies doivent savoir.'),
  origine: ligne('D’où vient l’information', 60).min(1, 'Dites d’où vient l’information.'),
  corrige: z.coerce.number().int().min(0).max(9999).default(0),
});
export const RETOURS = { '': 'Vu', rien: 'Vu, rien chez nous', besoin: 'Vu, nous avons besoin de…' } as const;
export const retourSchema = z
  .object({
    retour: z.enum(['', 'rien', 'besoin'], { error: 'Choisissez une réponse.' }),
    besoin: paragraphe('Le besoin', 300).default(''),
  })
  .refine((v) => v.retour !== 'besoin' || v.besoin.length >= 3, { path: ['besoin'], message: 'Dites de quoi vous avez besoin.' });
