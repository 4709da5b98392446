/** The template to fill in: headings, and for XLSX the lists to choose from and what each column takes. */
import { fichierCsv } from '../../../core/csv.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { colonnesDeFichier } from './colonnes.rules.ts';
import { choixDe } from './correction.rules.ts';

export const modeleCsv = (d: DefinitionRegistre): string =>
  fichierCsv(
    colonnesDeFichier(d).map((c) => c.libelle),
    [],
  );

const LIGNES_VALIDEES = 500;

export async function modeleXlsx(d: DefinitionRegistre, rep: Repertoire): Promise<Buffer> {
  // Loaded when first used: it takes longer to load than everything else together.
  const { default: exceljs } = await import('exceljs');
  const classeur = new exceljs.Workbook();
  const saisie = classeur.addWorksheet('Saisie', { views: [{ state: 'frozen', ySplit: 1 }] });
  const listes = classeur.addWorksheet('Listes');
  const aide = classeur.addWorksheet('Aide');
  aide.addRow(['Colonne', 'Obligatoire', 'Ce que l’on y écrit']).font = { bold: true };
  let rangListe = 0;
  for (const [i, c] of colonnesDeFichier(d).entries()) {
    const cellule = saisie.getCell(1, i + 1);
    cellule.value = c.obligatoire ? `${c.libelle} *` : c.libelle;
    cellule.font = { bold: true };
    saisie.getColumn(i + 1).width = Math.max(14, Math.min(40, c.libelle.length + 4));
    aide.addRow([c.libelle, c.obligatoire ? 'oui' : 'non', c.format]);
    const valeurs = choixDe(d, rep, c.cle);
    if (valeurs.length === 0) continue;
    rangListe++;
    listes.getCell(1, rangListe).value = c.libelle;
    listes.getCell(1, rangListe).font = { bold: true };
    for (const [k, v] of valeurs.entries()) listes.getCell(k + 2, rangListe).value = v;
    const lettre = listes.getColumn(rangListe).letter;
    for (let ligne = 2; ligne <= LIGNES_VALIDEES; ligne++)
      saisie.getCell(ligne, i + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`Listes!$${lettre}$2:$${lettre}$${valeurs.length + 1}`],
        showErrorMessage: true,
        errorTitle: 'Valeur inconnue',
        error: 'Choisissez une valeur de la liste.',
      };
  }
  return Buffer.from(await classeur.xlsx.writeBuffer());
}
