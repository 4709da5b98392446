import { z } from 'zod';
import { champTexte } from './texte.rules.ts';

export const ETAPES_MAX = 4000;
export const RESERVE_MAX = 2000;
const [NOMBRE, LONGUEUR] = [12, 400];

/** A correction of the steps, one line each (empty: the contract's own come back), and what only professionals read. */
export const correctionSchema = z.strictObject({
  etapes: champTexte
    .refine((t) => t.split('\n').length <= NOMBRE, `Ce que lit le public : écrivez ${NOMBRE} étapes au plus, une par ligne.`)
    .refine(
      (t) => t.split('\n').every((l) => l.length <= LONGUEUR),
      `Ce que lit le public : une étape dépasse ${LONGUEUR} caractères, coupez-la en deux lignes.`,
    )
    .refine((t) => t.length <= ETAPES_MAX, `Ce que lit le public : ${ETAPES_MAX} caractères au plus en tout.`),
  reserve: champTexte.refine((t) => t.length <= RESERVE_MAX, `Réservé aux professionnels : ${RESERVE_MAX} caractères au plus.`),
});
