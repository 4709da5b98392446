/** Papers of a session in their formats. Each writer brings a large library: it is loaded when its format is asked for. */
import type { ConvocationContenu } from './convocation.modele.ts';
import type { DocumentEcrit } from './document.modele.ts';
import { ecrireReleve } from './ecriture.rules.ts';
import { ecrireFeuille, ecrireLettre } from './feuilles.rules.ts';
import type { FormatReleve, GenreDocument, ReleveContenu } from './releve.modele.ts';

/** Relevé (what was decided) or compte rendu (everything that was said and shown). */
export const ecrireDocument = (c: ReleveContenu, genre: GenreDocument, format: FormatReleve): Promise<Buffer> => ecrire(ecrireReleve(c, genre), format);

/** The sheet that those present sign. */
export const ecrireEmargement = (c: ReleveContenu, format: FormatReleve): Promise<Buffer> => ecrire(ecrireFeuille(c), format);

/** The letter to one of the members. */
export const ecrireConvocation = (d: ConvocationContenu, format: FormatReleve): Promise<Buffer> => ecrire(ecrireLettre(d), format);

async function ecrire(d: DocumentEcrit, format: FormatReleve): Promise<Buffer> {
  switch (format) {
    case 'pdf':
      return (await import('./document.pdf.ts')).ecrirePdf(d);
    case 'docx':
      return (await import('./document.docx.ts')).ecrireDocx(d);
    case 'html':
      return (await import('./document.html.tsx')).ecrireHtml(d);
  }
}
