import { z } from 'zod';
import { abreger } from '../../../core/couper.ts';
import { courriel } from '../../../core/http/fields.ts';
import { lire } from '../../../core/http/http.ts';
import { TIRAGES } from './vagues.rules.ts';

const jour = (quoi: string) => z.iso.date(`${quoi} : choisissez un jour.`);
/** How many were asked is known by itself where each has an invitation. */
export const vagueSchema = z
  .object({
    periode: z.string().trim(),
    pour: z.string().trim(),
    debut: jour('Premier jour'),
    fin: jour('Dernier jour'),
    acces: z.enum(['ouvert', 'invitation'], 'Dites comment on répond : par un lien ouvert ou sur invitation.'),
    tirage: z.enum(Object.keys(TIRAGES) as (keyof typeof TIRAGES)[], 'Dites comment les personnes ont été choisies.'),
    invites: z
      .string()
      .trim()
      .regex(/^\d{0,7}$/, 'Personnes sollicitées : écrivez un nombre entier, ou laissez vide.')
      .transform((v) => (Number(v) > 0 ? Number(v) : null)),
  })
  .refine((v) => v.fin >= v.debut, { path: ['fin'], message: 'Le dernier jour vient avant le premier : choisissez-en un plus tard.' })
  .refine((v) => !(v.acces === 'ouvert' && v.tirage === 'aleatoire'), {
    path: ['tirage'],
    message: 'Par un lien ouvert, répond qui le veut : un tirage au sort demande des invitations.',
  });

const INVITES_MAX = 500;
/** One address a line, or separated by commas; each once. */
export function lireAdresses(texte: string): { ok: true; adresses: string[] } | { ok: false; message: string } {
  const dites = texte.split(/[\s,;]+/).filter((a) => a !== '');
  if (dites.length === 0) return { ok: false, message: 'Écrivez une adresse électronique par ligne.' };
  if (dites.length > INVITES_MAX) return { ok: false, message: `${dites.length} adresses : ${INVITES_MAX} au plus à la fois, envoyez-les en plusieurs fois.` };
  const adresses = new Set<string>();
  for (const d of dites) {
    const lue = lire(courriel, d);
    if (!lue.ok) return { ok: false, message: `« ${abreger(d, 80)} » n’est pas une adresse électronique : corrigez-la ou retirez-la.` };
    adresses.add(lue.valeur);
  }
  return { ok: true, adresses: [...adresses] };
}
