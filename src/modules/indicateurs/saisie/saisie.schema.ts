import { z } from 'zod';
import { lirePeriode } from '../periode.rules.ts';

/** A French number as people type it: spaces (of any kind) in thousands, comma or dot for decimals. */
export function lireNombre(texte: string): number | null {
  const nettoye = texte.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(nettoye)) return null;
  const n = Number(nettoye);
  return Number.isFinite(n) ? n : null;
}

const periodeSchema = z.string().refine((p) => lirePeriode(p) !== null, 'Choisissez une période, par exemple 2026 ou 2026-S1.');

/** The fields are those of the version that it replaces, where they do not come in. */
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
    if (s.valeur !== '' && lireNombre(s.valeur) === null)
      ctx.addIssue({ code: 'custom', path: ['valeur'], message: `« ${s.valeur} » n’est pas un nombre. Écrivez par exemple 1 250 ou 12,5.` });
    const n = lireNombre(s.valeur);
    if (n !== null && n < 0) ctx.addIssue({ code: 'custom', path: ['valeur'], message: 'Le chiffre ne peut pas être négatif.' });
  });

export type Saisie = z.output<typeof saisieSchema>;
