import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import { lireHeure } from '../main-courante/entree.rules.ts';
import { CODES_ETATS_DE_SERVICE } from './continuite.rules.ts';

export const etatDeServiceSchema = z.object({
  service: ligne('Le service', 60).min(1, 'Choisissez le service.'),
  lieu: ligne('Le lieu', 120).default(''),
  territoire: ligne('Le territoire', 80).min(1, 'Choisissez le territoire.'),
  etat: z.enum(CODES_ETATS_DE_SERVICE, 'Choisissez l’état.'),
  /** « 14h30 », the last time that it was; empty: now. */
  depuis: z
    .string()
    .trim()
    .default('')
    .transform((v, k) => {
      const lue = v === '' ? '' : lireHeure(v);
      if (lue !== null) return lue;
      k.addIssue({ code: 'custom', message: 'Écrivez l’heure ainsi : 14h30.' });
      return z.NEVER;
    }),
  dit_par: ligne('L’organisation', 60).min(1, 'Choisissez qui l’a dit.'),
  note: ligne('La précision', 300).default(''),
});
