import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';
import { type EtatProbleme, ETATS_PROBLEME } from './problemes.rules.ts';

const jourOuVide = (message: string) => z.union([z.literal('').transform(() => null), z.string().trim().pipe(z.iso.date(message))]);
const fiche = {
  titre: ligne('Le problème').min(5, 'Dites le problème en une phrase.'),
  lieu: ligne('Le lieu'),
  territoire: z.string().trim().min(1, 'Choisissez l’arrondissement.'),
  constat: paragraphe('Le constat', 4000).min(10, 'Écrivez ce qui est constaté : quoi, quand, depuis quand.'),
  reponse: paragraphe('La réponse', 4000),
  organisation: z
    .string()
    .trim()
    .transform((v) => v || null),
  qui: ligne('Qui s’en occupe'),
  echeance: jourOuVide('L’échéance n’est pas une date.'),
  critere: paragraphe('Comment on en jugera', 1000),
};
/** What does not come in at creation is empty; a change leaves it as it is. */
export const problemeSchema = z.object(fiche);
export const nouveauProblemeSchema = z.object({
  ...fiche,
  lieu: fiche.lieu.default(''),
  reponse: fiche.reponse.default(''),
  organisation: fiche.organisation.default(null),
  qui: fiche.qui.default(''),
  echeance: fiche.echeance.default(null),
  critere: fiche.critere.default(''),
});
export type SaisieProbleme = z.output<typeof problemeSchema>;

const etats = Object.keys(ETATS_PROBLEME) as [EtatProbleme, ...EtatProbleme[]];
export const suiviSchema = z
  .object({ etat: z.enum(etats, 'Dites où en est le problème.'), texte: paragraphe('Ce qui s’est passé', 4000) })
  .refine((s) => s.texte.length >= 5, {
    path: ['texte'],
    message: 'Écrivez en une phrase ce qui s’est passé. S’il est résolu, dites le résultat ; s’il est abandonné, pourquoi.',
  });

export const publicSchema = z.object({ public_phrase: ligne('La phrase', 400) });
