/** A PDF as a reader sees it: the words of each page; and what its metadata say of it. */
import { PDFiumLibrary } from '@hyzyla/pdfium';

export interface PdfLu {
  pages: string[];
  langue: string | undefined;
  titre: string | undefined;
  /** Says that it follows PDF/UA-1: tagged, with a language and a title. The writer refuses to say so otherwise. */
  accessible: boolean;
}

export async function lirePdf(octets: Buffer): Promise<PdfLu> {
  const lecteur = await PDFiumLibrary.init();
  const document = await lecteur.loadDocument(octets);
  try {
    const pages = [...document.pages()].map((p) => p.getText());
    // Metadata are XMP in plain text.
    const xmp = /<rdf:RDF[\s\S]*?<\/rdf:RDF>/.exec(octets.toString('utf8'))?.[0] ?? '';
    const dire = (balise: string) => new RegExp(`<dc:${balise}>[\\s\\S]*?<rdf:li[^>]*>([^<]*)<`).exec(xmp)?.[1];
    return { pages, langue: dire('language'), titre: dire('title'), accessible: /pdfuaid:part(?:>|=")1/.test(xmp) };
  } finally {
    document.destroy();
    lecteur.destroy();
  }
}

export const compterMots = (texte: string): number => texte.split(/\s+/).filter((m) => /[\p{L}\d]/u.test(m)).length;
