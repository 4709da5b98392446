/**
 * CSV as French spreadsheets open it by themselves: UTF-8 with its mark, `;`, CRLF, decimal comma. A text that a spreadsheet
 * would run as a formula is preceded by an apostrophe; numbers written by us are left alone.
 */
import { stringify } from 'csv-stringify/sync';
import { nombreSaisi } from './nombres.ts';

export type Cellule = string | number | null;

/** Byte order mark: what tells a spreadsheet that a file is UTF-8. */
export const MARQUE = '\ufeff';

/**
 * `=`, `+`, `-`, `@` (full-width ones too), tab and carriage return begin a formula. A text that has its own apostrophes before them is given one more:
 * read again (`sansApostrophe`), each loses one.
 */
export const protegerCellule = (t: string): string => (/^'*[=+\-@＝＋－＠\t\r]/.test(t) ? `'${t}` : t);

const ecrite = (c: Cellule): string => (typeof c === 'number' ? nombreSaisi(c) : protegerCellule(c ?? ''));

/** Lines without the mark, each ended by CRLF. */
export const lignesCsv = (lignes: readonly (readonly Cellule[])[]): string =>
  lignes.length === 0
    ? ''
    : stringify(
        lignes.map((l) => l.map(ecrite)),
        { delimiter: ';', record_delimiter: 'windows' },
      );

/** A whole file: mark, headings, lines. */
export const fichierCsv = (entete: readonly string[], lignes: readonly (readonly Cellule[])[]): string => MARQUE + lignesCsv([entete, ...lignes]);
