import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import { CODES_ETATS_MOYEN } from './moyens.rules.ts';

const entier = (min: number, max: number, dire: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, dire)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `Entre ${min} et ${max.toLocaleString('fr-FR')}.`);

export const demandeDeMoyenSchema = z.object({
  moyen: ligne('Le moyen', 60).min(1, 'Choisissez le moyen.'),
  nombre: entier(1, 200, 'Indiquez combien il en faut, en chiffres.'),
  lieu: ligne('Le lieu').min(2, 'Dites où l’envoyer.'),
});
export const passageSchema = z
  .object({
    /** As shown: someone may have moved it on meanwhile. */
    de: z.enum(CODES_ETATS_MOYEN, 'Rechargez la page.'),
    vers: z.enum(CODES_ETATS_MOYEN, 'Choisissez ce qui change.'),
    motif: ligne('Le motif', 300).default(''),
  })
  .refine((p) => p.vers !== 'refuse' || p.motif.length >= 3, { path: ['motif'], message: 'Dites pourquoi c’est refusé : le demandeur le lira.' });
export const stockSchema = z.object({ moyen: ligne('Le moyen', 60).min(1), total: entier(0, 1000, 'Indiquez combien il y en a, en chiffres.') });
