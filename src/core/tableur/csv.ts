/** CSV (`;` `,` or tab; UTF-8, UTF-16 or Windows-1252) as rows of text. */
import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { invalide, tropLourd } from '../errors.ts';
import { type Ligne, mesurer, sansApostrophe } from './lignes.ts';
import { LIGNE_MAX, LIGNES_MAX } from './limites.ts';

export function* lireCsv(contenu: Buffer, nom: string): Generator<Ligne> {
  const texte = decoder(contenu);
  if (texte.slice(0, 65_536).includes('\0'))
    throw invalide(`« ${nom} » n’est ni un fichier CSV ni un classeur. Choisissez un fichier .csv, .xlsx, .ods ou .xls.`);
  yield* mesurer(decouper(texte, nom), nom);
}

/** Told by the byte order mark, else UTF-8 when it is that all along. The platform's own decoder of Windows-1252 errs in some versions. */
function decoder(contenu: Buffer): string {
  if (contenu[0] === 0xff && contenu[1] === 0xfe) return iconv.decode(contenu, 'utf-16le');
  if (contenu[0] === 0xfe && contenu[1] === 0xff) return iconv.decode(contenu, 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(contenu);
  } catch {
    return iconv.decode(contenu, 'windows-1252');
  }
}

/** The separator found most often in the first line, outside quotes. */
export function separateurDe(texte: string): string {
  const fin = texte.search(/[\r\n]/);
  const premiere = (fin < 0 ? texte : texte.slice(0, fin)).slice(0, LIGNE_MAX).replace(/"[^"]*"/g, '');
  const compte = (s: string) => premiere.split(s).length - 1;
  return [';', '\t', ','].sort((a, b) => compte(b) - compte(a))[0] ?? ';';
}

/** A line is measured before it is cut: millions of separators make millions of cells. */
function exigerDesLignes(texte: string, nom: string): void {
  let debut = 0;
  for (let numero = 1; debut < texte.length; numero++) {
    let fin = texte.indexOf('\n', debut);
    if (fin < 0) fin = texte.length;
    if (fin - debut > LIGNE_MAX && !texte.slice(debut, debut + LIGNE_MAX).includes('\r'))
      throw tropLourd(
        `« ${nom} » ne peut pas être lu à partir de la ligne ${numero}, qui a plus de 200 000 caractères. Enregistrez le fichier au format .xlsx.`,
      );
    debut = fin + 1;
  }
}

function decouper(texte: string, nom: string): { numero: number; cellules: string[] }[] {
  const lignes: { numero: number; cellules: string[] }[] = [];
  let numero = 1;
  exigerDesLignes(texte, nom);
  try {
    parse(texte, {
      delimiter: separateurDe(texte),
      bom: true,
      // Files put together from several systems mix them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LIGNE_MAX,
      on_record: (record, { lines }) => {
        if (lignes.length > LIGNES_MAX) throw tropLourd(`« ${nom} » a plus de ${LIGNES_MAX} lignes. Découpez-le en plusieurs fichiers.`);
        lignes.push({ numero, cellules: record.map(sansApostrophe) });
        numero = lines + 1;
        return null;
      },
    });
  } catch (e) {
    if (e instanceof CsvError)
      throw invalide(`« ${nom} » ne peut pas être lu à partir de la ligne ${numero} : vérifiez les guillemets, ou enregistrez le fichier au format .xlsx.`);
    throw e;
  }
  return lignes;
}
