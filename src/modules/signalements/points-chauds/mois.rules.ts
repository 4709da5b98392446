import { type Masque, masquerParts } from '../../../core/petits-nombres.ts';
/**
 * Months and quarters of the same places, published one after the other. What was received is said when its month ends, so that its masking looks at nothing
 * else; a quarter is only the sum of months that are said, so that it tells nothing more, to whoever knows the rule either. Pure.
 */

/** Of one month, by place: nothing of it when its total is small. */
export const masquerMois = (parts: readonly number[]): Masque => masquerParts(parts);

const sommer = (dits: readonly (number | null)[]): number | null => dits.reduce<number | null>((n, x) => (n === null || x === null ? null : n + x), 0);
/** `mois`: months of one quarter, each by place, in the same order of places. Null: not said. The total is that of all places. */
export function direTrimestre(mois: readonly (readonly number[])[]): Masque {
  const masques = mois.map(masquerMois);
  return { parts: (mois[0] ?? []).map((_, l) => sommer(masques.map((k) => k.parts[l] ?? null))), total: sommer(masques.map((k) => k.total)) };
}
