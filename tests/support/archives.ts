/** Archives made at run time, honest or not: a part may be one block repeated thousands of times, and claim any size. */
import { constants, crc32, deflateRawSync } from 'node:zlib';

export interface Partie {
  nom: string;
  /** Text of the part, or a start, a block written so many times, and an end. */
  contenu: string | { debut: string; bloc: string; fois: number; fin: string };
  /** Inflated size written in the archive instead of the real one. */
  annonce?: number;
}

/** Blocks flushed on their own have no memory of what came before: one compressed block can be repeated as it is. */
const bloc = (texte: string): Buffer => deflateRawSync(texte, { finishFlush: constants.Z_FULL_FLUSH });
const FIN = deflateRawSync('');

function deflater(c: Partie['contenu']): { donnees: Buffer; taille: number; crc: number } {
  if (typeof c === 'string') return { donnees: deflateRawSync(c), taille: Buffer.byteLength(c), crc: crc32(c) };
  const repete = bloc(c.bloc);
  const donnees = Buffer.concat([bloc(c.debut), ...Array.from({ length: c.fois }, () => repete), bloc(c.fin), FIN]);
  // Nobody checks the sum of what is refused, nor of what is read here.
  return { donnees, taille: Buffer.byteLength(c.debut) + Buffer.byteLength(c.bloc) * c.fois + Buffer.byteLength(c.fin), crc: 0 };
}

export function archive(parties: readonly Partie[]): Buffer {
  const morceaux: Buffer[] = [];
  const annuaire: Buffer[] = [];
  let ou = 0;
  for (const p of parties) {
    const { donnees, taille, crc } = deflater(p.contenu);
    const nom = Buffer.from(p.nom);
    const annonce = Math.min(p.annonce ?? taille, 0xff_ff_ff_fe);
    const commun = Buffer.alloc(26);
    commun.writeUInt16LE(20, 0);
    commun.writeUInt16LE(8, 4);
    commun.writeUInt32LE(crc, 10);
    commun.writeUInt32LE(donnees.length, 14);
    commun.writeUInt32LE(annonce, 18);
    commun.writeUInt16LE(nom.length, 22);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02_01_4b_50, 0);
    central.writeUInt16LE(20, 4);
    commun.copy(central, 6);
    central.writeUInt32LE(ou, 42);
    annuaire.push(central, nom);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), commun, nom, donnees]);
    morceaux.push(local);
    ou += local.length;
  }
  const liste = Buffer.concat(annuaire);
  const fin = Buffer.alloc(22);
  fin.writeUInt32LE(0x06_05_4b_50, 0);
  fin.writeUInt16LE(parties.length, 8);
  fin.writeUInt16LE(parties.length, 10);
  fin.writeUInt32LE(liste.length, 12);
  fin.writeUInt32LE(ou, 16);
  return Buffer.concat([...morceaux, liste, fin]);
}

const OOXML = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const feuilleVide = `<worksheet xmlns="${NS}"><sheetData/></worksheet>`;

export interface Livre {
  /** Sheets in tab order: their XML, or a bomb of it. */
  feuilles: { nom: string; etat?: 'hidden' | 'veryHidden'; contenu?: Partie['contenu']; annonce?: number }[];
  chaines?: Partial<Partie>;
  styles?: Partial<Partie>;
  /** `1` or `true`: dates count from 1904. */
  de1904?: '1' | 'true';
  autres?: Partie[];
}

/** A minimal .xlsx. */
export function classeur(l: Livre): Buffer {
  const n = l.feuilles.length;
  const type = (chemin: string, quoi: string) => `<Override PartName="/${chemin}" ContentType="${OOXML}.${quoi}+xml"/>`;
  const rel = (id: number, quoi: string, cible: string) => `<Relationship Id="rId${id}" Type="${REL}/${quoi}" Target="${cible}"/>`;
  const rels = (corps: string) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${corps}</Relationships>`;
  const parties: Partie[] = [
    {
      nom: '[Content_Types].xml',
      contenu: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${type('xl/workbook.xml', 'sheet.main')}${type('xl/sharedStrings.xml', 'sharedStrings')}${type('xl/styles.xml', 'styles')}${l.feuilles.map((_, i) => type(`xl/worksheets/sheet${i + 1}.xml`, 'worksheet')).join('')}</Types>`,
    },
    { nom: '_rels/.rels', contenu: rels(rel(1, 'officeDocument', 'xl/workbook.xml')) },
    {
      nom: 'xl/workbook.xml',
      contenu: `<workbook xmlns="${NS}" xmlns:r="${REL}">${l.de1904 ? `<workbookPr date1904="${l.de1904}"/>` : ''}<sheets>${l.feuilles.map((f, i) => `<sheet name="${f.nom}" sheetId="${i + 1}" ${f.etat ? `state="${f.etat}"` : ''} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      nom: 'xl/_rels/workbook.xml.rels',
      contenu: rels(
        l.feuilles.map((_, i) => rel(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('') +
          rel(n + 1, 'sharedStrings', 'sharedStrings.xml') +
          rel(n + 2, 'styles', 'styles.xml'),
      ),
    },
    { nom: 'xl/sharedStrings.xml', contenu: `<sst xmlns="${NS}"/>`, ...l.chaines },
    {
      nom: 'xl/styles.xml',
      contenu: `<styleSheet xmlns="${NS}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
      ...l.styles,
    },
    ...l.feuilles.map((f, i): Partie => {
      const p: Partie = { nom: `xl/worksheets/sheet${i + 1}.xml`, contenu: f.contenu ?? feuilleVide };
      return f.annonce === undefined ? p : { ...p, annonce: f.annonce };
    }),
    ...(l.autres ?? []),
  ];
  return archive(parties);
}

/** A sheet of texts, numbers (as they are in the file: `{ n: 46095, s: 1 }` is a day) and raw cells. */
export type Cellule = string | { n: number; s?: number } | { brut: string };
export function feuille(lignes: readonly (readonly Cellule[])[]): string {
  const cellule = (c: Cellule) => {
    if (typeof c === 'string') return `<c t="inlineStr"><is><t>${c}</t></is></c>`;
    return 'brut' in c ? c.brut : `<c${c.s === undefined ? '' : ` s="${c.s}"`}><v>${c.n}</v></c>`;
  };
  return `<worksheet xmlns="${NS}"><sheetData>${lignes.map((l, i) => `<row r="${i + 1}">${l.map(cellule).join('')}</row>`).join('')}</sheetData></worksheet>`;
}

/** A minimal .ods around the rows of one table. */
export function ods(lignes: Partie['contenu'], plus: Partie[] = []): Buffer {
  const debut =
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Saisie">';
  const fin = '</table:table></office:spreadsheet></office:body></office:document-content>';
  return archive([
    { nom: 'mimetype', contenu: 'application/vnd.oasis.opendocument.spreadsheet' },
    { nom: 'META-INF/manifest.xml', contenu: '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>' },
    {
      nom: 'content.xml',
      contenu: typeof lignes === 'string' ? debut + lignes + fin : { ...lignes, debut: debut + lignes.debut, fin: lignes.fin + fin },
    },
    ...plus,
  ]);
}
