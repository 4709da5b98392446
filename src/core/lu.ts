/** What a reading gives: a value (null when nothing was written), or a sentence that says what to do. Pure. */
import { abreger } from './couper.ts';
export type Lu<T> = { ok: true; valeur: T | null } | { ok: false; message: string };
export const lu = <T>(valeur: T | null): Lu<T> => ({ ok: true, valeur });
export const refus = (message: string): { ok: false; message: string } => ({ ok: false, message });

export const abrege = (t: string): string => abreger(t.trim(), 40);

/** Digits and signs of any script, and any kind of space, as ASCII writes them. */
export const enAscii = (t: string): string =>
  t
    .replace(/\p{Nd}/gu, (c) => String(valeurDuChiffre(c)))
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-')
    .replace(/[\ufe62\uff0b]/g, '+')
    .replace(/[\u066b\uff0c]/g, ',')
    .replace(/\uff0e/g, '.')
    .replace(/[\u066a\uff05]/g, '%')
    .replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replace(/[\s\u066c]+/g, ' ')
    .trim();

/** Digits of a script follow each other from its zero, ten by ten. */
function valeurDuChiffre(c: string): number {
  const point = c.codePointAt(0) ?? 0;
  for (let n = 0; n < 10; n++) if (!/\p{Nd}/u.test(String.fromCodePoint(Math.max(0, point - n - 1)))) return n;
  // Mathematical digits: several alphabets side by side.
  return (point - 0x1d7ce) % 10;
}
