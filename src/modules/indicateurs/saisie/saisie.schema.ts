import { z } from 'zod';
import { lirePeriode } from '../periode.rules.ts';

const periodeSchema = z.string().refine((p) => lirePeriode(p) !== null, 'Choisissez une période, par exemple 2026 ou 2026-S1.');

/** The fields are those of the version that it replaces, where they do not come in. What the value may be is the measure's to say (valeur.rules.ts). */
export const saisieSchema = z
  .object({
    periode: periodeSchema,
    territoire: z.string().min(1, 'Choisissez un territoire.'),
    etat: z.enum(['valeur', 'secret', 'sans_objet'], 'Dites si le chiffre est connu, secret ou sans objet.'),
    valeur: z.string().trim(),
    texte: z.string().trim().max(20_000, 'Le texte est trop long : 20 000 caractères au plus.'),
    source: z.string().trim().min(3, 'Dites d’où vient le chiffre : un logiciel, un service, un comptage.').max(500),
    commentaire: z.string().trim().max(2000, 'Le commentaire est trop long : 2 000 caractères au plus.'),
  })
  .superRefine((s, ctx) => {
    if (s.etat !== 'valeur') return;
    if (s.valeur === '' && s.texte === '')
      ctx.addIssue({ code: 'custom', path: ['valeur'], message: 'Écrivez le chiffre, ou dites qu’il est secret ou sans objet.' });
  });

export type Saisie = z.output<typeof saisieSchema>;
