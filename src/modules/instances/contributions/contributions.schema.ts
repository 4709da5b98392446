/** What a resident writes, and what the body says of it. No text gives anybody away. */
import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';
import { detecter, direTrouvailles } from '../../signalements/index.ts';

const sansPersonne = (quoi: string) => (v: string, ctx: z.core.$RefinementCtx<string>) => {
  // A word on health that tells of nobody is a subject like another: it is read before it is published.
  const trouve = detecter(v).filter((t) => t.genre !== 'sante');
  if (trouve.length > 0)
    ctx.addIssue({ code: 'custom', message: `${quoi} semble contenir ${direTrouvailles(trouve)} : retirez-le. Dites le lieu et l’idée, jamais qui.` });
};
export const contributionSchema = z.object({
  objet: ligne('L’objet', 120).min(3, 'Dites en quelques mots de quoi il s’agit.').superRefine(sansPersonne('L’objet')),
  texte: paragraphe('Le texte', 1500).min(10, 'Écrivez ce que vous proposez, en quelques mots au moins.').superRefine(sansPersonne('Le texte')),
});
export type SaisieContribution = z.output<typeof contributionSchema>;
export const ecarterContributionSchema = z.object({
  motif: ligne('Le motif', 300).min(3, 'Dites pourquoi : la personne qui a écrit le lira.').superRefine(sansPersonne('Le motif')),
});
export const repondreContributionSchema = z.object({
  reponse: paragraphe('La réponse', 2000).min(10, 'Écrivez la réponse : elle est publiée.').superRefine(sansPersonne('La réponse')),
});
