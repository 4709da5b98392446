/** What fictive records are drawn with: a number, a choice, an identifier that depend on their words alone. */
import { createHash } from 'node:crypto';

type Mots = readonly (string | number)[];
const empreinte = (mots: Mots) => createHash('sha256').update(mots.join('|')).digest();
/** A number in [0, 1) that depends only on its words. */
export const hasard = (...mots: Mots): number => empreinte(mots).readUInt32BE(0) / 2 ** 32;
export const parmi = <T>(choix: readonly T[], ...mots: Mots): T | undefined => choix[Math.floor(hasard(...mots) * choix.length)];
export function uuidDe(...mots: Mots): string {
  const h = empreinte(mots).toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(12, 15)}-8${h.slice(15, 18)}-${h.slice(18, 30)}`;
}
