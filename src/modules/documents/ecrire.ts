/** One content model, several writers. Each brings a large library: it is loaded when its format is asked for. */
import type { DocumentEcrit, FormatDocument } from './document.modele.ts';

export async function ecrire(d: DocumentEcrit, format: FormatDocument): Promise<Buffer> {
  switch (format) {
    case 'pdf':
      return (await import('./document.pdf.ts')).ecrirePdf(d);
    case 'docx':
      return (await import('./document.docx.ts')).ecrireDocx(d);
    case 'html':
      return (await import('./document.html.tsx')).ecrireHtml(d);
  }
}

/** What Word documents are made of, for those that the model does not hold (figures, annexes). */
export const motsDeWord = () => import('./docx.ts');
