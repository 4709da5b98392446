/** Words as they are compared: no accent, no capital, no plural. Pure. */
import { sansAccents } from '../../../core/mots.ts';

/** « L’Équipe-relais » -> « l equipe relais ». Numbers of the contract stay whole: « 1.6-10b ». */
export const normaliser = (t: string): string =>
  sansAccents(t)
    .replace(/(?<!\d)[.,](?=\d)|(?<=\d)[.,](?!\d)|[^\p{L}\p{N}.,]+|(?<!\d)[.,](?!\d)/gu, ' ')
    .replace(/(?<=\d),(?=\d)/g, '.')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Words that ask and name nothing. */
const VIDES = new Set(
  `a ai ainsi au aux avec avoir c ca ce cela ces cet cette chez combien comment d dans de des du elle en est et etes etre eu faire fait faut il ils j je l la le les
  leur m ma me mes mettre moi mon n ne nos notre nous on ou par pas peut peux pour pourquoi pres qu quand que quel quelle quelles quels qui quoi s sa sans se ses
  si son sont suis sur t ta te tes toi ton tu un une vos votre vous y ya`.split(/\s+/),
);

/** « victimes » and « victime », « sexistes » and « sexiste » are one. */
export function racine(mot: string): string {
  const un = mot.length > 3 ? mot.replace(/[sx]$/, '') : mot;
  return un.length > 3 ? un.replace(/e$/, '') : un;
}

export const motsDe = (t: string): string[] => normaliser(t).split(' ').filter(Boolean);
/** What the words name; all of them when they name nothing. */
export function motsPleins(t: string): string[] {
  const tous = motsDe(t);
  const pleins = tous.filter((m) => !VIDES.has(m));
  return pleins.length > 0 ? pleins : tous;
}

/** One letter more, less, other, or two exchanged: how people mistype. */
export function presque(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  let j = 0;
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  const [ra, rb] = [a.length - i - j, b.length - i - j];
  if (Math.max(ra, rb) <= 1) return true;
  return ra === 2 && rb === 2 && a[i] === b[i + 1] && a[i + 1] === b[i];
}

/** A text cut where it holds these words, so that they are marked. */
export function reperer(texte: string, mots: readonly string[]): { texte: string; dit: boolean }[] {
  const cherches = mots.map(racine).filter((m) => m.length > 1);
  const morceaux: { texte: string; dit: boolean }[] = [];
  for (const m of texte.match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu) ?? []) {
    const mot = normaliser(m);
    const dit = /^[\p{L}\p{N}]/u.test(mot) && cherches.some((c) => (c.length > 3 ? mot.startsWith(c) : racine(mot) === c));
    const dernier = morceaux.at(-1);
    if (dernier && dernier.dit === dit) dernier.texte += m;
    else morceaux.push({ texte: m, dit });
  }
  return morceaux;
}
