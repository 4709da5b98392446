/** Words compared as people read them. Pure. */

/** Without accents nor case: « Œuvre à Évry » is « oeuvre a evry ». */
export const sansAccents = (t: string): string => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae');

/** Comparison key: without accents, case, punctuation or doubled spaces. */
export const cleTexte = (t: string): string =>
  sansAccents(t)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Does it hold every word typed, wherever each begins? Nothing typed holds everywhere. */
export function contientMots(texte: string, tape: string): boolean {
  const plat = (t: string) => sansAccents(t).replace(/[’']/g, ' ');
  const ou = plat(texte);
  return plat(tape)
    .split(/\s+/)
    .every((mot) => ou.includes(mot));
}

/** With lines ended by `\n`, whoever wrote them: a browser sends two characters, and counts one. */
export const enLignes = (t: string): string => t.replace(/\r\n?/g, '\n');
/** Without what XML, and so a feed or a workbook, has no way to write: control characters, halves of a pair, what is no character. */
export const sansInterdits = (t: string): string => t.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '');
