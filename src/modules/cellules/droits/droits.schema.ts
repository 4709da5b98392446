import { z } from 'zod';
import { DROITS_DES_PERSONNES, type Charte } from '../charte/charte.schema.ts';
import type { DroitDePersonne } from './droits.rules.ts';

export const demandeSchema = (o: { aujourdhui: string; creeeLe: string }) =>
  z.object({
    droit: z.enum(DROITS_DES_PERSONNES, 'Choisissez ce qui est demandé.'),
    demandeur: z.enum(['personne', 'parents'], 'Choisissez qui demande.'),
    recueLe: z.iso
      .date('Indiquez le jour où la demande est arrivée.')
      .refine((j) => j <= o.aujourdhui && j >= o.creeeLe, 'Entre l’entrée de la situation et aujourd’hui.'),
  });
export const reponseSchema = (c: Charte, droit: DroitDePersonne) => {
  const motifs = new Set(c.refus.filter((r) => r.droits.includes(droit)).map((r) => r.code));
  return z
    .object({ reponse: z.enum(['accueillie', 'refusee'], 'Choisissez la réponse.'), motif: z.string() })
    .refine((r) => r.reponse === 'accueillie' || motifs.has(r.motif), {
      path: ['motif'],
      message: 'Un refus dit son fondement : choisissez-le dans la liste.',
    });
};
