/** A PDF as a reader sees it: the words of each page, and what it says of itself. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfLu {
  pages: string[];
  langue: string | undefined;
  titre: string | undefined;
  balise: boolean;
}

export async function lirePdf(octets: Buffer): Promise<PdfLu> {
  const chargement = getDocument({ data: Uint8Array.from(octets), useSystemFonts: false, verbosity: 0 });
  const document = await chargement.promise;
  const pages: string[] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const { items } = await (await document.getPage(n)).getTextContent();
    pages.push(items.map((i) => ('str' in i ? `${i.str}${i.hasEOL ? '\n' : ''}` : '')).join(''));
  }
  const { info } = await document.getMetadata();
  const { Language, Title } = info as { Language?: string; Title?: string };
  const balise = (await document.getMarkInfo())?.Marked === true;
  await chargement.destroy();
  return { pages, langue: Language, titre: Title, balise };
}

export const compterMots = (texte: string): number => texte.split(/\s+/).filter((m) => /[\p{L}\d]/u.test(m)).length;
