import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import { CODES_ETATS_DE_SERVICE } from './continuite.rules.ts';

export const etatDeServiceSchema = z.object({
  service: ligne('Le service', 60).min(1, 'Choisissez le service.'),
  lieu: ligne('Le lieu', 120).default(''),
  territoire: ligne('Le territoire', 80).min(1, 'Choisissez le territoire.'),
  etat: z.enum(CODES_ETATS_DE_SERVICE, 'Choisissez l’état.'),
  /** « 14:30 », today; empty: now. */
  depuis: z
    .string()
    .trim()
    .default('')
    .refine((v) => v === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(v), 'Écrivez l’heure ainsi : 14:30.'),
  dit_par: ligne('L’organisation', 60).min(1, 'Choisissez qui l’a dit.'),
  note: ligne('La précision', 300).default(''),
});
