/**
 * Months and quarters of the same places, published one after the other. A month is said when it ends and never taken back, so that its masking looks at nothing
 * else; a quarter is said afterwards, place by place, only where it gives back no small number with all that was said before. Pure.
 */
import { type Masque, masquer, PETIT } from '../points-chauds/masquage.rules.ts';

/** `v` less what these equations, each reduced by those before it, already say. */
function reduire(base: readonly (readonly number[])[], v: readonly number[]): number[] {
  let reste = [...v];
  for (const b of base) {
    const pivot = b.findIndex((x) => x !== 0);
    const q = (reste[pivot] ?? 0) / (b[pivot] ?? 1);
    if (q !== 0) reste = reste.map((x, i) => x - q * (b[i] ?? 0));
  }
  return reste.map((x) => (Math.abs(x) < 1e-9 ? 0 : x));
}
const estNul = (v: readonly number[]): boolean => v.every((x) => x === 0);

/** Of one month, by place: nothing of it when its total is small. */
export const masquerMois = (parts: readonly number[]): Masque => masquer(parts);

/**
 * `mois`: months of one quarter, each by place, in the same order of places. Null: not said. The total is that of all places.
 */
export function direTrimestre(mois: readonly (readonly number[])[]): Masque {
  const masques = mois.map(masquerMois);
  const lieux = mois[0]?.map((_, l) => l) ?? [];
  /** What an attacker does not know, one by one. */
  const inconnues = masques.flatMap((k, m) => k.parts.flatMap((p, l) => (p === null ? [{ m, l, vaut: mois[m]?.[l] ?? 0 }] : [])));
  const vecteur = (garder: (x: { m: number; l: number }) => boolean): number[] => inconnues.map((x) => (garder(x) ? 1 : 0));
  const somme = (v: readonly number[]): number => inconnues.reduce((n, x, i) => n + (v[i] === 1 ? x.vaut : 0), 0);
  const base: number[][] = [];
  const retenir = (v: readonly number[]) => {
    const r = reduire(base, v);
    if (!estNul(r)) base.push(r);
  };
  for (const [m, k] of masques.entries()) if (k.total !== null) retenir(vecteur((x) => x.m === m));
  // Months in a row of one place, or all of it, whose sum is small.
  const suites = mois.flatMap((_, de) => mois.slice(de).map((_x, n) => [de, de + n] as const));
  const cibles = suites
    .flatMap(([de, a]) => [
      ...lieux.map((l) => vecteur((x) => x.l === l && x.m >= de && x.m <= a)),
      // A month of which nothing is said.
      vecteur((x) => x.m >= de && x.m <= a),
    ])
    .filter((v) => somme(v) > 0 && somme(v) < PETIT);
  /** Said if nothing small comes back with it; then it stays said. */
  const peutDire = (v: readonly number[]): boolean => {
    if (estNul(v)) return true;
    if (somme(v) < PETIT) return false;
    const r = reduire(base, v);
    if (estNul(r)) return true;
    const avec = [...base, r];
    if (cibles.some((c) => estNul(reduire(avec, c)))) return false;
    base.push(r);
    return true;
  };
  const total = mois.reduce((n, parts) => n + parts.reduce((a, b) => a + b, 0), 0);
  const dit = peutDire(inconnues.map(() => 1));
  const parts = lieux.map((l) => (peutDire(vecteur((x) => x.l === l)) ? mois.reduce((n, p) => n + (p[l] ?? 0), 0) : null));
  return { parts, total: dit ? total : null };
}
