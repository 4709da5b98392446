/** Cells copied from a spreadsheet, as a file that nothing can misread. Pure. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const ENCODAGE = 'texte collé';

/**
 * Spreadsheets copy with a tab between cells, and quotes around those that hold several lines; a quote that nothing closes is one that
 * was typed. Text without a tab is left as it is: it may be a CSV. `lu`: how it was read, for who looks at the preview.
 */
export function enTable(colle: string): { texte: string; lu: { encodage: string; separateur?: string } } {
  const texte = colle.replace(/^(?:[ \t]*\r?\n)+/, '').replace(/\s+$/, '\n');
  if (!texte.includes('\t')) return { texte, lu: { encodage: ENCODAGE } };
  return { texte: stringify(cellules(texte), { delimiter: ';', record_delimiter: 'windows', quoted: true }), lu: { encodage: ENCODAGE, separateur: '\t' } };
}

function cellules(texte: string): string[][] {
  try {
    return parse(texte, { delimiter: '\t', relax_quotes: true, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] }) as string[][];
  } catch {
    return texte.split(/\r\n|\n|\r/).map((l) => l.split('\t'));
  }
}
