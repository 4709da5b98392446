/** What is typed, cleaned; and telephone numbers that have nothing to do on a public page. Pure. */
import { z } from 'zod';
import { sansBlancs } from '../secours.schema.ts';

/** One thing by line, no blank line, no space around. */
export const champTexte = z.string().transform((t) =>
  t
    .split(/\r?\n/)
    .map((l) => l.trim())
    .filter((l) => l !== '')
    .join('\n'),
);

/** Digits in a row, whatever stands between them: `+33 (0)1 …`, `0033 1 …`, `01/23/…`, `01 23 456 789`. */
const CHIFFRES = /(?:\+|\b)\d(?:[\s.\-/()]{0,2}\d){1,15}\b/g;
const COURRIEL = /[^\s<>()@]+@[^\s<>()@]+\.[a-z]{2,}/gi;
/** As dialled in France; null when it is no telephone number: a year, a day, a post code, an article of law. */
function numeroDit(ecrit: string): string | null {
  const n = ecrit.replace(/\(0\)/, '').replace(/\D/g, '');
  const national = ecrit.startsWith('+') ? n.replace(/^33/, '0') : n.replace(/^0033/, '0');
  if (/^0\d{9}$/.test(national)) return national;
  return null;
}
/** Short numbers of France; an article, a page, a price, a length of time is none. */
const COURT =
  /(?<!(?:articles?|art\.|[LRD]\.|n°|pages?|p\.|[\d-])\s?)\b(?:3\d\s?\d{2}|1[0-9]{2}|11[68]\s?\d{3})\b(?!\s*(?:%|€|[/-]\d|euros?|h\b|heures?|minutes?|jours?|mois|ans)|[\s.]\d)/gi;

/** Numbers and addresses of mail written here that help does not publish: a direct line would be read by everybody. */
export function lignesDirectes(texte: string, publies: readonly string[]): string[] {
  const connus = new Set(publies.map(sansBlancs));
  const longs = [...texte.matchAll(CHIFFRES)].flatMap(([ecrit]) => {
    const n = numeroDit(ecrit);
    return n !== null && !connus.has(n) ? [ecrit] : [];
  });
  const courts = [...texte.matchAll(COURT)].map(([ecrit]) => ecrit).filter((ecrit) => !connus.has(sansBlancs(ecrit)));
  return [...longs, ...courts, ...[...texte.matchAll(COURRIEL)].map(([x]) => x)];
}
