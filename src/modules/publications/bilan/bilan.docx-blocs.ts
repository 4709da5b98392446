/** Building blocks of the Word document: texts, headings, tables with repeated header rows, figures, styles. */
import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  type TableOfContents,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { sansControles } from './bilan.rules.ts';
import type { Image } from './bilan.svg.ts';

export type Bloc = Paragraph | Table | TableOfContents;

/** Shown instead of the drawing by readers that know no SVG: one white dot; the alternative text still says everything. */
const POINT_BLANC = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64');

export const texte = (t: string, o: { bold?: boolean; italics?: boolean; color?: string; size?: number } = {}) => new TextRun({ text: sansControles(t), ...o });
export const para = (t: string, o: Parameters<typeof texte>[1] = {}) => new Paragraph({ children: [texte(t, o)] });
export const titre = (niveau: 1 | 2 | 3, t: string, nouvellePage = false) =>
  new Paragraph({
    heading: ({ 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const)[niveau],
    pageBreakBefore: nouvellePage,
    keepNext: true,
    children: [texte(t)],
  });

export interface Colonne {
  titre: string;
  /** Share of the width, in hundredths. */
  part: number;
  droite?: boolean;
}

export function tableau(colonnes: readonly Colonne[], lignes: readonly (readonly string[])[], largeur = 9600): Table {
  const bord = { style: BorderStyle.SINGLE, size: 4, color: 'CFC9BB' };
  const dxa = colonnes.map((c) => Math.round((c.part * largeur) / 100));
  const cellule = (t: string, i: number, entete: boolean) =>
    new TableCell({
      width: { size: dxa[i] ?? 1000, type: WidthType.DXA },
      margins: { top: 50, bottom: 50, left: 80, right: 80 },
      ...(entete ? { shading: { type: ShadingType.CLEAR, fill: '13294B', color: 'auto' } } : {}),
      children: [
        new Paragraph({
          alignment: colonnes[i]?.droite ? AlignmentType.RIGHT : AlignmentType.LEFT,
          spacing: { after: 0 },
          children: [texte(t, entete ? { bold: true, color: 'FFFFFF', size: 17 } : { size: 18 })],
        }),
      ],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: largeur, type: WidthType.DXA },
    columnWidths: dxa,
    borders: { top: bord, bottom: bord, left: bord, right: bord, insideHorizontal: bord, insideVertical: bord },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: colonnes.map((c, i) => cellule(c.titre, i, true)) }),
      ...lignes.map((l) => new TableRow({ cantSplit: true, children: l.map((t, i) => cellule(t, i, false)) })),
    ],
  });
}

export function image(i: Image, nom: string, largeur: number): Paragraph {
  return new Paragraph({
    children: [
      new ImageRun({
        type: 'svg',
        data: Buffer.from(i.svg),
        fallback: { type: 'png', data: POINT_BLANC },
        transformation: { width: largeur, height: Math.round((largeur * i.hauteur) / i.largeur) },
        altText: { name: nom, title: nom, description: i.alt },
      }),
    ],
  });
}

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
