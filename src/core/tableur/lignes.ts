/** Rows of text, as every format gives them. */
import { estConvertiDeuxFois } from '../encodages.ts';
import { invalide, tropLourd } from '../errors.ts';
import { ecrivable } from '../couper.ts';
import { COLONNES_MAX, LIGNE_MAX, TEXTE_MAX } from './limites.ts';

/**
 * `numero`: row of the file, from 1. `fautes`: by index of cell, the error that a formula left there (`#N/A`). `defaut`: what keeps the
 * whole row from being read, as a sentence (a quote that nothing closes); its cells are what could be told apart.
 */
export interface Ligne {
  numero: number;
  cellules: string[];
  /** By index of cell, when asked for: what its text does not say of it. */
  signes?: Record<number, Signe>;
  fautes?: Record<number, string>;
  defaut?: string;
}

/** Computed by a formula; part of cells merged together. */
export type Signe = 'formule' | 'fusion';

/** A row before it is measured. */
export type Brute = Omit<Ligne, 'fautes'>;

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
export const sansApostrophe = (c: string): string => (/^'+[=+\-@＝＋－＠\t\r]/.test(c) ? c.slice(1) : c);

/** A formula that no spreadsheet computed: files made by programs hold such. */
export const SANS_VALEUR = '#SANS-RÉSULTAT';
/** What spreadsheets show in place of a value, in English and in French. */
const MOTS = 'REF|DIV/0|VALUE|VALEUR|NAME|NOM|NUM|NOMBRE|NULL|NUL|CALC|SPILL|PROPAGATION|FIELD|CHAMP|BLOCKED|UNKNOWN|INCONNU|CONNECT|BUSY|PYTHON|ERROR|ERREUR';
const FAUTE = new RegExp(String.raw`^\s*(#N/[AD]|Err\s?:\s?\d{3}|#(${MOTS})\s?[!?]|#GETTING_DATA|${SANS_VALEUR})\s*$`);
const ILLISIBLE = 'Elle contient des caractères illisibles (�) : l’encodage de cette ligne n’est pas celui du fichier. Enregistrez-le de nouveau en UTF-8.';
const DEUX_FOIS = 'Ses accents ont été convertis deux fois (« Ã© » pour « é ») avant de nous parvenir. Repartez du fichier d’origine, ou récrivez ces mots.';
const NUL = 'Elle contient un caractère nul, que rien n’affiche. Enregistrez de nouveau le fichier, ou récrivez la ligne.';

/** Passes rows on as they come: empty ones left out, errors of formulas set apart, size added up. Throws `trop-lourd`. */
export function* mesurer(lignes: Iterable<Brute>, nom: string): Generator<Ligne> {
  let total = 0;
  for (const { numero, cellules: ecrites, defaut: sien, signes } of lignes) {
    const derniere = ecrites.findLastIndex((c) => c.trim() !== '');
    if (derniere < 0) continue;
    if (derniere >= COLONNES_MAX)
      throw tropLourd(`« ${nom} » a plus de ${COLONNES_MAX} colonnes remplies à la ligne ${numero}. Gardez les colonnes du modèle, puis recommencez.`);
    const longueur = ecrites.reduce((n, c) => n + c.length, 0);
    if (longueur > LIGNE_MAX)
      throw tropLourd(`La ligne ${numero} de « ${nom} » contient plus de 200 000 caractères : vérifiez ses guillemets, ou raccourcissez-la.`);
    total += longueur;
    if (total > TEXTE_MAX)
      throw tropLourd(`« ${nom} » contient plus de ${TEXTE_MAX / 1_048_576} millions de caractères, à la ligne ${numero}. Découpez-le en plusieurs fichiers.`);
    const defaut = sien ?? defautDe(ecrites);
    const cellules = ecrites.slice(0, COLONNES_MAX).map((c) => ecrivable(c));
    const fautes = Object.fromEntries(cellules.flatMap((c, i) => (FAUTE.test(c) ? [[i, c.trim()] as const] : [])));
    yield { numero, cellules, ...(signes ? { signes } : {}), ...(Object.keys(fautes).length > 0 ? { fautes } : {}), ...(defaut ? { defaut } : {}) };
  }
}

function defautDe(cellules: readonly string[]): string | undefined {
  if (cellules.some((c) => c.includes('\0'))) return NUL;
  if (cellules.some((c) => c.includes('\ufffd'))) return ILLISIBLE;
  return cellules.some((c) => estConvertiDeuxFois(c)) ? DEUX_FOIS : undefined;
}

export const illisible = (nom: string) =>
  invalide(`Le classeur « ${nom} » ne peut pas être lu. Ouvrez-le, enregistrez-le de nouveau au format .xlsx ou CSV, puis recommencez.`);
