import { z } from 'zod';
import { lireNombre } from '../../../core/nombres.ts';
import type { Mesure } from '../../contrats/index.ts';
import { genreDe } from '../../indicateurs/index.ts';
import { SENS, type Sens } from './cibles.rules.ts';

/** A narrative, a document or an answer in words has no target. */
export const estChiffrable = (m: Mesure): boolean => m.obtention === 'calcul' || genreDe(m) === 'nombre';

const valeur = (m: Mesure) =>
  z.string('Écrivez la cible.').transform((t, x): number => {
    const lu = lireNombre(t, { entier: false, unite: m.unite });
    if (lu.ok && lu.valeur !== null && lu.valeur !== undefined) return lu.valeur;
    x.addIssue({ code: 'custom', message: lu.ok ? 'Écrivez la cible, en chiffres.' : lu.message });
    return z.NEVER;
  });

/** `decisions`: those that may set it; `annees`: of which it may speak. */
export const buildCibleSchema = (m: Mesure, o: { decisions: readonly string[]; annees: readonly string[] }) => {
  const commun = {
    territoire: z.string(),
    annee: z
      .string()
      .refine((a) => o.annees.includes(a), 'Choisissez une année du contrat.')
      .transform(Number),
    decision: z.string().refine((d) => o.decisions.includes(d), 'Choisissez la décision qui fixe la cible : sans elle, il n’y en a pas.'),
    vu: z.coerce.number().int().min(0).catch(0),
  };
  return z.discriminatedUnion(
    'acte',
    [
      z.object({
        ...commun,
        acte: z.literal('fixer'),
        valeur: valeur(m),
        sens: z.enum(Object.keys(SENS) as [Sens, ...Sens[]], 'Dites si la cible est un minimum ou un maximum.'),
      }),
      z.object({ ...commun, acte: z.literal('retirer') }),
    ],
    'Dites si la décision fixe la cible ou la retire.',
  );
};
