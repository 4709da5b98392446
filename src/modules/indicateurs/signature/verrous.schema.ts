/** What the forms of locks say. Pure. */
import { z } from 'zod';
import type { Catalogue } from '../../contrats/index.ts';
import { decoupages, periode } from '../periode.rules.ts';

/** A reason of a sentence, which others will read. */
export const motifSchema = z.string().trim().min(10, 'Dites pourquoi en une phrase (10 caractères au moins).').max(2000, '2 000 caractères au plus.');
export const verrouSchema = z.object({ periode: z.string(), fiche: z.string().default(''), motif: motifSchema });
export const exceptionSchema = z.object({
  mesure: z.string(),
  debiteur: z.string().default(''),
  jusqu_au: z.iso.date('Écrivez la date comme 2026-03-31.'),
  motif: motifSchema,
});
/** An exception ends by itself, and soon. */
export const JOURS_DEXCEPTION = 92;

/** Periods of the contract that are over, the latest year first: nobody signs off what still runs. */
export function periodesAFiger(c: Pick<Catalogue, 'contrat'>, aujourdhui: string): string[] {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  return Array.from({ length: derniere - premiere + 1 }, (_, i) => String(derniere - i))
    .flatMap((a) => [a, ...decoupages(a).flat()])
    .filter((p) => periode(p).fin <= aujourdhui);
}
