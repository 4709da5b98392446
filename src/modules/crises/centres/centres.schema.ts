import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import { lirePoint } from '../../signalements/index.ts';
import { QUOI } from './comptage.rules.ts';

export const centreSchema = z.object({
  genre: ligne('Le genre', 60).min(1, 'Choisissez le genre de centre.'),
  nom: ligne('Le nom du lieu', 120).min(2, 'Nommez le lieu : « Gymnase des Essais ».'),
  adresse: ligne('L’adresse').min(2, 'Écrivez l’adresse.'),
  territoire: ligne('Le territoire', 80).min(1, 'Choisissez le territoire.'),
  capacite: z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, 'Indiquez la capacité, en chiffres.')
    .transform(Number)
    .refine((n) => n >= 1 && n <= 20_000, 'Entre 1 et 20 000 personnes.'),
  /** Pasted from a map; empty, it is in the list and not on the plan. */
  point: z
    .string()
    .trim()
    .max(60, 'Un point s’écrit « 48.8872 2.3601 ».')
    .default('')
    .transform((v, ctx) => {
      if (v === '') return null;
      const lu = lirePoint(v);
      if (lu) return lu;
      ctx.addIssue({ code: 'custom', message: 'Écrivez la latitude, puis la longitude : « 48.8872 2.3601 ». Ou laissez vide.' });
      return z.NEVER;
    }),
  dans: ligne('Le centre', 60)
    .default('')
    .transform((v) => v || null),
});
export const etatDeCentreSchema = z.object({ de: z.enum(['prevu', 'ouvert', 'ferme']), vers: z.enum(['ouvert', 'ferme'], 'Choisissez : ouvrir ou fermer.') });

export const GUICHET = /^[A-Z0-9]{1,6}$/;
/** One touch, as its desk names it. Beside the number and the code, nothing: no field where a name would go. */
const toucheSchema = z.strictObject({
  id: z.uuid(),
  quoi: z.enum(QUOI),
  code: z.string().max(40).default(''),
  nombre: z.number().int().min(1).max(50),
  annule: z.uuid().optional(),
  /** Milliseconds, by the clock of the device. */
  quand: z.number().int().min(0).max(8_000_000_000_000).optional(),
});
export type Touche = z.output<typeof toucheSchema>;
/** What a device sends at once. */
export const LOT_MAX = 200;
const lotSchema = z.array(toucheSchema).min(1).max(LOT_MAX);
export function lireLot(brut: string): Touche[] | null {
  try {
    const lu = lotSchema.safeParse(JSON.parse(brut));
    return lu.success ? lu.data : null;
  } catch {
    return null;
  }
}
