/** Small numbers, which would tell of somebody: from one to four. Pure. */
export const PETIT = 5;
export const estPetit = (n: number): boolean => n !== 0 && Math.abs(n) < PETIT;

/**
 * Of numbers of one whole, some held by others, those that are not told: small ones, and those that stand at a small number of one that is told (twelve
 * received and ten receivable are two that were not). What comes first is kept first: the order says nothing of the numbers.
 */
export function masquerEmboites<C extends string>(nombres: readonly (readonly [C, number])[]): Set<C> {
  const [caches, dits]: [Set<C>, number[]] = [new Set(), []];
  for (const [c, n] of nombres) {
    if (estPetit(n) || dits.some((d) => estPetit(n - d))) caches.add(c);
    else dits.push(n);
  }
  return caches;
}

export interface Masque {
  parts: (number | null)[];
  /** Null when it is small itself. */
  total: number | null;
}
/**
 * Parts of a total. Those that are not zero stand in pairs (the last ones by three), in their order whatever they are: where one of a pair is small
 * both are hidden, so that neither the difference with the total nor the rule itself says which is which. Hidden ones add up to five at
 * least. A true zero is said: nobody is behind it.
 */
export function masquerParts(nombres: readonly number[]): Masque {
  const total = nombres.reduce((a, b) => a + b, 0);
  if (!nombres.some(estPetit)) return { parts: [...nombres], total };
  const presents = nombres.flatMap((n, i) => (n > 0 ? [i] : []));
  const paires: number[][] = [];
  for (let i = 0; i < presents.length; i += 2) paires.push(presents.slice(i, i + 2));
  const derniere = paires.at(-1);
  const avant = paires.at(-2);
  if (derniere?.length === 1 && avant) paires.splice(-2, 2, [...avant, ...derniere]);
  const caches = new Set(paires.filter((p) => p.some((i) => estPetit(nombres[i] ?? 0))).flat());
  const somme = () => [...caches].reduce((s, i) => s + (nombres[i] ?? 0), 0);
  for (const p of paires) {
    if (somme() >= PETIT) break;
    for (const i of p) caches.add(i);
  }
  return { parts: nombres.map((n, i) => (caches.has(i) ? null : n)), total: estPetit(total) ? null : total };
}
