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

/** Without what XML, and so a feed or a workbook, has no way to write: control characters, halves of a pair, what is no character. */
export const sansInterdits = (t: string): string => t.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '');
