/** Rows of text, as every format gives them. */
import { invalide, tropLourd } from '../errors.ts';
import { COLONNES_MAX, LIGNE_MAX, TEXTE_MAX } from './limites.ts';

/**
 * `numero`: row of the file, from 1. `fautes`: by index of cell, the error that a formula left there (`#N/A`). `defaut`: what keeps the
 * whole row from being read, as a sentence (a quote that nothing closes); its cells are what could be told apart.
 */
export interface Ligne {
  numero: number;
  cellules: string[];
  fautes?: Record<number, string>;
  defaut?: string;
}

/** What was found in a file, without its rows. */
export interface Trouve {
  format: 'csv' | 'xlsx' | 'ods' | 'xls';
  /** Sheet that was read, and all those that are shown; none in a CSV. */
  feuille: string | null;
  feuilles: string[];
  /** Of a text: how it was written, in words (`UTF-8`, `Windows-1252`), and what is between its cells (`;`, `,`, `|`, a tab); none in a workbook. */
  encodage: string | null;
  separateur: string | null;
  /** Row of the file that holds the headings, from 1; what was above it was left out. */
  ligneDesTitres: number;
}

/** Our exports put `'` before a cell that a spreadsheet could run as a formula; a file that comes back loses it. */
export const sansApostrophe = (c: string): string => (/^'[=+\-@\t\r]/.test(c) ? c.slice(1) : c);

const FAUTE = /^(#N\/A|#REF!|#DIV\/0!|#VALUE!|#VALEUR!|#NAME\?|#NOM\?|#NUM!|#NOMBRE!|#NULL!|#NUL!|Err:\d{3})$/;

/** Passes rows on as they come: empty ones left out, errors of formulas set apart, size added up. Throws `trop-lourd`. */
export function* mesurer(lignes: Iterable<{ numero: number; cellules: string[] }>, nom: string): Generator<Ligne> {
  let total = 0;
  for (const { numero, cellules } of lignes) {
    let longueur = 0;
    let derniere = -1;
    const fautes: Record<number, string> = {};
    for (const [i, c] of cellules.entries()) {
      longueur += c.length;
      if (c.trim() !== '') derniere = i;
      if (FAUTE.test(c)) fautes[i] = c;
    }
    if (derniere < 0) continue;
    if (derniere >= COLONNES_MAX)
      throw tropLourd(`« ${nom} » a plus de ${COLONNES_MAX} colonnes remplies à la ligne ${numero}. Gardez les colonnes du modèle, puis recommencez.`);
    if (longueur > LIGNE_MAX)
      throw tropLourd(`La ligne ${numero} de « ${nom} » contient plus de 200 000 caractères : vérifiez ses guillemets, ou raccourcissez-la.`);
    total += longueur;
    if (total > TEXTE_MAX)
      throw tropLourd(`« ${nom} » contient plus de ${TEXTE_MAX / 1_048_576} millions de caractères, à la ligne ${numero}. Découpez-le en plusieurs fichiers.`);
    const ligne: Ligne = { numero, cellules: cellules.slice(0, COLONNES_MAX) };
    if (Object.keys(fautes).length > 0) ligne.fautes = fautes;
    yield ligne;
  }
}

export const illisible = (nom: string) =>
  invalide(`Le classeur « ${nom} » ne peut pas être lu. Ouvrez-le, enregistrez-le de nouveau au format .xlsx ou CSV, puis recommencez.`);
