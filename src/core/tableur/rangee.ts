/**
 * One row of a text file, as its quotes say. A row whose quotes say nothing ends where its line does, so that the rows after it are
 * read: no library at hand gives up on one row only. Pure.
 */
import { LIGNE_MAX } from './limites.ts';

export interface Rangee {
  cellules: string[];
  /** Where the next row begins, and how many lines of the file this one took. */
  suite: number;
  lignes: number;
  /** What is wrong with its quotes. */
  defaut?: string;
}

const FIN_DE_LIGNE = /\r\n|\r|\n/g;
const OUVERT =
  'Un guillemet y est ouvert et jamais refermé, ou refermé au milieu du texte : on ne sait pas où finissent ses cellules. Ôtez ce guillemet ou doublez-le.';

/** `largeur`: how many cells the rows before it have. A quote that swallowed rows of that many cells is one that nobody closed. */
export function lireRangee(texte: string, debut: number, separateur: string, largeur: number): Rangee {
  const cellules: string[] = [];
  let i = debut;
  let citees = 0;
  for (;;) {
    let c = i;
    while (texte[c] === ' ') c++;
    if (texte[c] === '"') {
      const citee = lireCitee(texte, c);
      if (!citee || avale(citee.valeur, separateur, largeur)) return abandonner(texte, debut, separateur);
      citees += compter(citee.valeur);
      cellules.push(citee.valeur);
      i = citee.fin;
      while (texte[i] === ' ') i++;
      if (i < texte.length && texte[i] !== separateur && texte[i] !== '\n' && texte[i] !== '\r') return abandonner(texte, debut, separateur);
    } else {
      const fin = finDeCellule(texte, i, separateur);
      const cellule = texte.slice(i, fin);
      if (cellule.split('"').length % 2 === 0) return abandonner(texte, debut, separateur);
      cellules.push(cellule);
      i = fin;
    }
    if (texte[i] === separateur) {
      i++;
      continue;
    }
    // Several lines, and yet fewer cells than the others: they are not one row.
    if (citees > 0 && cellules.length < largeur && cellules.some((x) => /[\r\n]/.test(x) && x.includes(separateur)))
      return abandonner(texte, debut, separateur);
    return { cellules, suite: apresLaLigne(texte, i), lignes: 1 + citees };
  }
}

/** The text between quotes from `debut`, and where it ends; null when nothing closes it. */
function lireCitee(texte: string, debut: number): { valeur: string; fin: number } | null {
  let valeur = '';
  for (let i = debut + 1; ; ) {
    const q = texte.indexOf('"', i);
    if (q < 0 || q - debut > LIGNE_MAX) return null;
    valeur += texte.slice(i, q);
    if (texte[q + 1] !== '"') return { valeur, fin: q + 1 };
    valeur += '"';
    i = q + 2;
  }
}

function avale(valeur: string, separateur: string, largeur: number): boolean {
  if (largeur < 4 || !valeur.includes(separateur)) return false;
  return valeur
    .split(/\r\n|\r|\n/)
    .slice(1, -1)
    .some((l) => l.split(separateur).length === largeur);
}

function finDeCellule(texte: string, debut: number, separateur: string): number {
  for (let i = debut; i < texte.length; i++) {
    const c = texte[i];
    if (c === separateur || c === '\n' || c === '\r') return i;
  }
  return texte.length;
}

const compter = (valeur: string): number => (/[\r\n]/.test(valeur) ? (valeur.match(FIN_DE_LIGNE)?.length ?? 0) : 0);
const apresLaLigne = (texte: string, fin: number): number => (texte[fin] === '\r' && texte[fin + 1] === '\n' ? fin + 2 : fin + 1);

function abandonner(texte: string, debut: number, separateur: string): Rangee {
  const fin = finDeCellule(texte, debut, '\n');
  return { cellules: texte.slice(debut, fin).split(separateur), suite: apresLaLigne(texte, fin), lignes: 1, defaut: OUVERT };
}
