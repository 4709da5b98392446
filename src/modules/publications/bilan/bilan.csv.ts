/** Every measure, one a line: value and state in two columns, for a spreadsheet or a program. */
import { stringify } from 'csv-stringify/sync';
import type { BilanContenu } from './bilan.modele.ts';
import { cellule } from './bilan.rules.ts';

export function ecrireCsv(c: BilanContenu): Buffer {
  const lignes = c.annexe.map((l) => ({
    annee: String(c.annee),
    territoire: cellule(c.territoire.nom),
    fiche: l.fiche,
    mesure: l.id,
    libelle: cellule(l.libelle),
    unite: cellule(l.unite),
    obtention: l.obtention,
    // French spreadsheets read a comma; no grouping, so that it stays a number.
    valeur: l.chiffre.valeur === null ? '' : String(l.chiffre.valeur).replace('.', ','),
    etat: l.chiffre.mot,
    enregistrements_sans_quantite: l.chiffre.incomplet > 0 ? String(l.chiffre.incomplet) : '',
    texte: cellule(l.chiffre.texte ?? ''),
    source: cellule(l.source),
    attendu_de: cellule(l.attenduDe),
    donnees_fictives: c.demonstration ? 'oui' : 'non',
  }));
  return Buffer.from(stringify(lignes, { header: true, delimiter: ';', bom: true, record_delimiter: 'windows' }));
}
