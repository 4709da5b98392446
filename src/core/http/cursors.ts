/**
 * Where a list goes on: the key and the id of the last row already shown, as an address carries them. An address is typed, cut and
 * kept for years: what no row could have given is no cursor, and never reaches the database.
 */
import { estUuid } from '../base/id.ts';

const relu = (v: string, t: Date): boolean => !Number.isNaN(t.getTime()) && t.toISOString().startsWith(v) && !v.startsWith('0000');
/** As `toISOString` writes it. */
export const estInstant = (v: string): boolean => /^\d{4}-.{15,}Z$/.test(v) && relu(v, new Date(v));

export interface Curseur {
  cle: string;
  id: string;
}
/** `<clé>_<uuid>`; null for the beginning of the list. */
export function lireCurseur(v: string, estCle: (cle: string) => boolean): Curseur | null {
  const coupe = v.lastIndexOf('_');
  const [cle, id] = [v.slice(0, Math.max(0, coupe)), v.slice(coupe + 1)];
  return estUuid(id) && estCle(cle) ? { cle, id } : null;
}
