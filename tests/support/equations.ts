/** What can be worked out from totals that were all shown: each is an equation, and a target that adds nothing to their rank is known. */

/** `ligne` less what the equations of `base`, in echelon form, already say. */
export function reduire(base: number[][], ligne: readonly number[]): number[] {
  let v = [...ligne];
  for (const b of base) {
    const p = b.findIndex((x) => x !== 0);
    const q = v[p] ?? 0;
    if (q !== 0) v = v.map((x, i) => x - (q / (b[p] ?? 1)) * (b[i] ?? 0));
  }
  return v.map((x) => (Math.abs(x) < 1e-9 ? 0 : x));
}
/** In echelon form. */
export function echelonner(equations: readonly (readonly number[])[]): number[][] {
  const base: number[][] = [];
  for (const e of equations) {
    const r = reduire(base, e);
    if (r.some((x) => x !== 0)) base.push(r);
  }
  return base;
}
export const seRetrouve = (base: number[][], cible: readonly number[]): boolean => reduire(base, cible).every((x) => x === 0);
