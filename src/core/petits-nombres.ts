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
