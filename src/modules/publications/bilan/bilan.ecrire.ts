/** A bilan in one of its formats: the entry for the command line, the job and the public page. */
import type { Db } from '../../../core/base/database.ts';
import type { FormulaireDeContrat } from '../../indicateurs/index.ts';
import { type DemandeBilan, getBilan } from './bilan.contenu.ts';
import { ecrireCsv } from './bilan.csv.ts';
import type { BilanContenu, Format } from './bilan.modele.ts';

export async function ecrireBilan(db: Db, formulaire: FormulaireDeContrat, d: DemandeBilan & { format: Format }): Promise<Buffer> {
  return ecrireContenu(await getBilan(db, formulaire, d), d.format);
}

/** Each writer brings a large library: it is loaded when its format is asked for. */
export async function ecrireContenu(c: BilanContenu, format: Format): Promise<Buffer> {
  switch (format) {
    case 'pdf':
      return (await import('./bilan.typst.ts')).ecrirePdf(c);
    case 'docx':
      return (await import('./bilan.docx.ts')).ecrireDocx(c);
    case 'xlsx':
      return (await import('./bilan.xlsx.ts')).ecrireXlsx(c);
    case 'html':
      return (await import('./bilan.html.tsx')).ecrireHtml(c);
    case 'csv':
      return ecrireCsv(c);
  }
}
