/**
 * Opens an uploaded file as rows of text: CSV (`;` `,` or tab, UTF-8 or Windows-1252) or XLSX. The type is told by the
 * content, not by the name. Rows come one at a time.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { CsvError, parse } from 'csv-parse';
import type ExcelJS from 'exceljs';
import { invalide } from '../../../core/errors.ts';

export const OCTETS_MAX = 10 * 1_048_576;
export const LIGNES_MAX = 100_000;

export interface FichierOuvert {
  format: 'csv' | 'xlsx';
  /** sha-256 of the content. */
  empreinte: string;
  /** First the headings, then every row; `numero` is the row's number in the file, from 1. */
  lignes: AsyncIterable<{ numero: number; cellules: string[] }>;
}

export async function ouvrirFichier(chemin: string, nom: string): Promise<FichierOuvert> {
  const contenu = await readFile(chemin);
  const empreinte = createHash('sha256').update(contenu).digest('hex');
  if (contenu.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))) return { format: 'xlsx', empreinte, lignes: lireXlsx(chemin, nom) };
  if (contenu.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw invalide(`« ${nom} » est un classeur d’un format ancien (.xls). Enregistrez-le au format .xlsx ou CSV, puis recommencez.`);
  if (contenu.length === 0) throw invalide(`« ${nom} » est vide.`);
  if (contenu.subarray(0, 65_536).includes(0)) throw invalide(`« ${nom} » n’est ni un fichier CSV ni un classeur .xlsx. Choisissez un de ces deux formats.`);
  const texte = decoder(contenu);
  return { format: 'csv', empreinte, lignes: lireCsv(texte, nom) };
}

function decoder(contenu: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(contenu);
  } catch {
    return new TextDecoder('windows-1252').decode(contenu);
  }
}

/** The separator found most often in the first line, outside quotes. */
export function separateurDe(texte: string): string {
  const premiere = (texte.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const compte = (s: string) => premiere.split(s).length - 1;
  return [';', '\t', ','].sort((a, b) => compte(b) - compte(a))[0] ?? ';';
}

async function* lireCsv(texte: string, nom: string): AsyncGenerator<{ numero: number; cellules: string[] }> {
  const analyse = parse(texte, {
    delimiter: separateurDe(texte),
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: 200_000,
  });
  let numero = 1;
  try {
    for await (const { record, info } of analyse as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const cellules = record.map(sansApostrophe);
      if (cellules.some((c) => c.trim() !== '')) yield { numero, cellules };
      numero = info.lines + 1;
    }
  } catch (e) {
    if (e instanceof CsvError)
      throw invalide(`« ${nom} » ne peut pas être lu à partir de la ligne ${numero} : vérifiez les guillemets, ou enregistrez le fichier au format .xlsx.`);
    throw e;
  }
}

/** Our exports put `'` before a cell that a spreadsheet could run as a formula; a file that comes back loses it. */
const sansApostrophe = (c: string): string => (/^'[=+\-@\t\r]/.test(c) ? c.slice(1) : c);

async function* lireXlsx(chemin: string, nom: string): AsyncGenerator<{ numero: number; cellules: string[] }> {
  try {
    const { default: exceljs } = await import('exceljs');
    const lecteur = new exceljs.stream.xlsx.WorkbookReader(createReadStream(chemin), {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'emit',
    });
    for await (const feuille of lecteur) {
      for await (const ligne of feuille) {
        const cellules: string[] = [];
        ligne.eachCell({ includeEmpty: true }, (cellule, colonne) => {
          cellules[colonne - 1] = sansApostrophe(texteDe(cellule.value));
        });
        const pleines = Array.from(cellules, (c) => c ?? '');
        if (pleines.some((c) => c.trim() !== '')) yield { numero: ligne.number, cellules: pleines };
      }
      // Only the first sheet holds records; the template's second one holds the lists.
      break;
    }
  } catch (e) {
    if (e instanceof Error && e.name === 'ErreurConcorde') throw e;
    throw invalide(`Le classeur « ${nom} » ne peut pas être lu. Ouvrez-le, enregistrez-le de nouveau au format .xlsx ou CSV, puis recommencez.`);
  }
}

function texteDe(v: ExcelJS.CellValue): string {
  if (v === null || v === undefined) return '';
  if (v instanceof Date) return v.toISOString().slice(0, 10);
  if (typeof v === 'boolean') return v ? 'oui' : 'non';
  if (typeof v !== 'object') return String(v);
  if ('richText' in v) return v.richText.map((r) => r.text).join('');
  if ('text' in v) return String(v.text);
  if ('result' in v) return texteDe(v.result as ExcelJS.CellValue);
  return '';
}
