/** Figures of the Word document, with their alternative texts. */
import { ImageRun, Paragraph, type Table, type TableOfContents } from 'docx';
import type { Image } from './bilan.svg.ts';

export type Bloc = Paragraph | Table | TableOfContents;

/** Shown instead of the drawing by readers that know no SVG: one white dot; the alternative text still says everything. */
const POINT_BLANC = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64');

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
