/** Where the table of a file begins: its headings, told from what is written above them by the words that are known. Pure. */
import { cleTexte } from '../mots.ts';
import type { Ligne } from './lignes.ts';

/** Rows among which headings are looked for. */
export const EXAMINEES = 30;

/** Known headings, as they are compared. */
export type Titres = ReadonlySet<string>;
export const enTitres = (mots: readonly string[]): Titres => new Set(mots.map(cleTexte).filter((t) => t !== ''));

/** How many different known headings a row holds. */
export const reconnus = (cellules: readonly string[], titres: Titres): number => new Set(cellules.map(cleTexte).filter((t) => titres.has(t))).size;

/** The first row of those that hold the most known headings; the very first one when none holds two. */
function trouverTitres(premieres: readonly Ligne[], titres: Titres): number {
  const notes = premieres.map((l) => reconnus(l.cellules, titres));
  const meilleure = Math.max(0, ...notes);
  return meilleure < 2 ? 0 : notes.indexOf(meilleure);
}

/** The headings, then the rows under them. Headings said again further down (one page of a printed table after another) are passed over. */
export function depuisLesTitres(lignes: Iterable<Ligne>, titres: Titres): { ligneDesTitres: number; lignes: Generator<Ligne> } {
  const suite = lignes[Symbol.iterator]();
  const premieres: Ligne[] = [];
  while (premieres.length < EXAMINEES) {
    const n = suite.next();
    if (n.done) break;
    premieres.push(n.value);
  }
  const ou = trouverTitres(premieres, titres);
  const entete = premieres[ou];
  const cles = (l: Ligne) => l.cellules.map(cleTexte);
  const siennes = entete ? cles(entete) : [];
  // A first row that nobody knows may be data: the same again is data too.
  const sontDesTitres = entete !== undefined && reconnus(entete.cellules, titres) > 1;
  const repete = (l: Ligne): boolean => sontDesTitres && cles(l).every((c, i) => c === (siennes[i] ?? ''));
  function* depuis(): Generator<Ligne> {
    for (const [i, l] of premieres.entries()) if (i === ou || (i > ou && !repete(l))) yield l;
    for (let n = suite.next(); !n.done; n = suite.next()) if (!repete(n.value)) yield n.value;
  }
  return { ligneDesTitres: entete?.numero ?? 1, lignes: depuis() };
}
