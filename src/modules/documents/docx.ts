/** Pieces of Word documents: styles, headings, lists, tables with repeated header rows, foot of the page. */
import {
  AlignmentType,
  BorderStyle,
  Footer,
  HeadingLevel,
  HeightRule,
  LevelFormat,
  PageNumber,
  Paragraph,
  ShadingType,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import JSZip from 'jszip';
import { estRtl, morceaux } from './ecritures.rules.ts';
import { sansControles } from './glyphes.ts';

export interface StyleDeTexte {
  bold?: boolean;
  italics?: boolean;
  /** RRGGBB. */
  color?: string;
  /** Half-points. */
  size?: number;
}
export const texte = (t: string, o: StyleDeTexte = {}) => new TextRun({ text: sansControles(t), ...o });
/** By writing system: each run says its language, and its direction where it is read from right to left. */
export const textes = (t: string, o: StyleDeTexte = {}): TextRun[] =>
  morceaux(sansControles(t)).map(({ texte: text, langue, rtl }) => {
    if (langue === '') return new TextRun({ text, ...o });
    const language =
      rtl || INDIENNES.includes(langue) ? { bidirectional: langue } : ['zh', 'ja', 'ko'].includes(langue) ? { eastAsia: langue } : { value: langue };
    return new TextRun({ text, ...o, language, ...(rtl ? { rightToLeft: true } : {}) });
  });
/** Scripts that Word calls complex, besides those read from right to left. */
const INDIENNES = ['hi', 'bn', 'ta', 'th'];
/** Direction of a paragraph that begins in a script read from right to left. */
export const sensDe = (t: string) => (estRtl(t) ? { bidirectional: true } : {});
export const para = (t: string, o: StyleDeTexte = {}) => new Paragraph({ ...sensDe(t), children: textes(t, o) });
export const titre = (niveau: 1 | 2 | 3, t: string, nouvellePage = false) =>
  new Paragraph({
    heading: ({ 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const)[niveau],
    pageBreakBefore: nouvellePage,
    keepNext: true,
    ...sensDe(t),
    children: textes(t),
  });

const TIRETS = 'tirets';
/** A bullet; its text may be made of several runs. */
export const puce = (enfants: TextRun[], niveau: 0 | 1 | 2 = 0) =>
  new Paragraph({ numbering: { reference: TIRETS, level: niveau }, spacing: { after: 40 }, children: enfants });
/** To be given to a document that has bullets. */
export const NUMEROTATION = {
  config: [
    {
      reference: TIRETS,
      levels: [0, 1, 2].map((level) => ({
        level,
        format: LevelFormat.BULLET,
        text: '–',
        alignment: AlignmentType.LEFT,
        style: { paragraph: { indent: { left: 360 * (level + 1), hanging: 240 } } },
      })),
    },
  ],
};

/** Twips. */
export const MARGE = { top: 1000, bottom: 1000, left: 1130, right: 1130 };
export const piedDePage = (t: string) =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          texte(`${t} · page `, { size: 16, color: '5B6270' }),
          new TextRun({ size: 16, color: '5B6270', children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });

export interface Colonne {
  titre: string;
  /** Share of the width, in hundredths. */
  part: number;
  droite?: boolean;
}
/** `precision`: second line, smaller. */
export interface Cellule {
  texte: string;
  precision?: string;
  fort?: boolean;
}

/** `hauteur`: least height of a row (twips), for what is filled in by hand. */
export function tableau(
  colonnes: readonly Colonne[],
  lignes: readonly (readonly (string | Cellule)[])[],
  { largeur = 9600, hauteur = 0 }: { largeur?: number; hauteur?: number } = {},
): Table {
  const bord = { style: BorderStyle.SINGLE, size: 4, color: 'CFC9BB' };
  const dxa = colonnes.map((c) => Math.round((c.part * largeur) / 100));
  const paragraphe = (i: number, t: string, o: StyleDeTexte) =>
    new Paragraph({ ...sensDe(t), alignment: colonnes[i]?.droite ? AlignmentType.RIGHT : AlignmentType.LEFT, spacing: { after: 0 }, children: textes(t, o) });
  const cellule = (c: string | Cellule, i: number, entete: boolean) => {
    const { texte: t, precision = '', fort = false } = typeof c === 'string' ? { texte: c } : c;
    return new TableCell({
      width: { size: dxa[i] ?? 1000, type: WidthType.DXA },
      margins: { top: 50, bottom: 50, left: 80, right: 80 },
      ...(entete ? { shading: { type: ShadingType.CLEAR, fill: '13294B', color: 'auto' } } : {}),
      children: [
        paragraphe(i, t, entete ? { bold: true, color: 'FFFFFF', size: 17 } : { size: 18, ...(fort ? { bold: true } : {}) }),
        ...(precision === '' ? [] : [paragraphe(i, precision, { size: 16, color: '5B6270' })]),
      ],
    });
  };
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: largeur, type: WidthType.DXA },
    columnWidths: dxa,
    borders: { top: bord, bottom: bord, left: bord, right: bord, insideHorizontal: bord, insideVertical: bord },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: colonnes.map((c, i) => cellule(c.titre, i, true)) }),
      ...lignes.map(
        (l) =>
          new TableRow({
            cantSplit: true,
            ...(hauteur > 0 ? { height: { value: hauteur, rule: HeightRule.ATLEAST } } : {}),
            children: l.map((t, i) => cellule(t, i, false)),
          }),
      ),
    ],
  });
}

/** Columns of one line, by tabulations: a table would be read as data. */
export const enColonnes = (colonnes: readonly string[], apres: number, style: StyleDeTexte = {}): Paragraph =>
  new Paragraph({
    keepNext: true,
    spacing: { after: apres },
    tabStops: colonnes.slice(1).map((_, i) => ({ type: TabStopType.LEFT, position: Math.round((9600 * (i + 1)) / colonnes.length) })),
    children: colonnes.flatMap((t, i) => [...(i > 0 ? [new TextRun({ children: [new Tab()] })] : []), ...textes(t, style)]),
  });

const police = { ascii: 'Atkinson Hyperlegible Next', hAnsi: 'Atkinson Hyperlegible Next', cs: 'Verdana', eastAsia: 'Verdana' };
const enTete = (size: number, color: string, before: number) => ({
  run: { size, bold: true, color, font: police },
  paragraph: { spacing: { before, after: 120 } },
});
export const STYLES = {
  default: {
    document: { run: { size: 20, color: '1B2333', font: police, language: { value: 'fr-FR' } }, paragraph: { spacing: { after: 120 } } },
    title: { run: { size: 72, bold: true, color: '13294B', font: police } },
    heading1: enTete(38, '13294B', 360),
    heading2: enTete(28, '13294B', 240),
    heading3: enTete(22, '8A6412', 200),
  },
};

/**
 * The library writes the hour at which it works in the file: it is replaced by the document's own day, so that the same content
 * gives the same bytes whenever it is written. `jour`: `YYYY-MM-DD`.
 */
export async function dater(fichier: Buffer, jour: string): Promise<Buffer> {
  const date = new Date(`${jour}T00:00:00Z`);
  const zip = await JSZip.loadAsync(fichier);
  const sortie = new JSZip();
  for (const [nom, f] of Object.entries(zip.files)) {
    if (f.dir) continue;
    const contenu = await f.async('nodebuffer');
    const propre =
      nom === 'docProps/core.xml'
        ? contenu.toString('utf8').replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${date.toISOString().slice(0, 19)}Z`)
        : contenu;
    sortie.file(nom, propre, { date, createFolders: false });
  }
  return sortie.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
