/** Words compared as people read them. Pure. */

/** Comparison key: without accents, case, punctuation or doubled spaces. */
export const cleTexte = (t: string): string =>
  t
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
