/** The workbook made for one producer: their lines, locked but for the answers, the last values beside, what each figure means. */
import type exceljs from 'exceljs';
import { couper } from '../../../core/couper.ts';
import { protegerCellule } from '../../../core/csv.ts';
import { sansInterdits } from '../../../core/mots.ts';
import { enumerer, formatPeriode, jour } from '../../../ui/typographie.ts';
import { lireValeur } from '../../indicateurs/index.ts';
import { cleDeLigne, type LigneDemandee } from '../ligne.ts';
import { A_DEPOSER, AIDE, COLONNES, type Colonne, DEFINITIONS, ecrireTimbre, ETATS, FEUILLE, ORDRE, VERSION } from './colonnes.rules.ts';
import { COMMENTAIRE_MAX, TEXTE_MAX } from './cellule.rules.ts';

export interface PourQui {
  campagne: { id: string; titre: string; dueLe: string };
  /** `id` is its stamp: another institution's workbook is told apart. */
  institution: { id: string; nom: string };
  contrat: { titre: string };
}

const BLEU = 'FF13294B';
const TITRE = { size: 16, bold: true, color: { argb: BLEU } };
const GRIS = { color: { argb: 'FF5B6270' } };
const fond = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const;
const A_REMPLIR = fond('FFFFF7D6');
const FILET = { style: 'thin', color: { argb: 'FFB8BEC8' } } as const;
const CADRE = { top: FILET, left: FILET, bottom: FILET, right: FILET };
const LARGEURS: Readonly<Record<Colonne, number>> = {
  chiffre: 46,
  territoire: 20,
  detail: 24,
  periode: 16,
  unite: 16,
  derniere: 20,
  reponse: 20,
  etat: 20,
  commentaire: 40,
};
/** Rows above the table: its title, for whom, what to do, nothing. */
const ENTETE = 5;
/** The keys of the lines come first, hidden. */
const rangDe = (c: Colonne): number => ORDRE.indexOf(c) + 2;

/** What a spreadsheet keeps of a text: no control character, and nothing that it would run. */
const sur = (t: string): string => protegerCellule(sansInterdits(t));

export async function ecrireClasseur(lignes: readonly LigneDemandee[], pour: PourQui): Promise<Buffer> {
  // Loaded when first used: it takes longer to load than everything else together.
  const { default: lib } = await import('exceljs');
  const livre = new lib.Workbook();
  livre.creator = 'Concorde';
  livre.title = `${pour.campagne.titre} : ${pour.institution.nom}`;
  aRemplir(livre, lignes, pour);
  modeDEmploi(livre, pour);
  definitions(livre, lignes);
  return Buffer.from(await livre.xlsx.writeBuffer());
}

function aRemplir(livre: exceljs.Workbook, lignes: readonly LigneDemandee[], { campagne, institution, contrat }: PourQui): void {
  const f = livre.addWorksheet(FEUILLE, {
    views: [{ state: 'frozen', xSplit: 2, ySplit: ENTETE, activeCell: 'H6' }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `${ENTETE}:${ENTETE}` },
    headerFooter: { oddFooter: 'Page &P sur &N' },
  });
  f.getColumn(1).hidden = true;
  for (const c of ORDRE) f.getColumn(rangDe(c)).width = LARGEURS[c];
  const enTete: readonly [string, Partial<exceljs.Font>][] = [
    [`${campagne.titre} : ${institution.nom}`, TITRE],
    [`${contrat.titre}. À renvoyer avant le ${jour(campagne.dueLe)}.`, GRIS],
    ['Remplissez les cases jaunes, enregistrez, puis renvoyez ce fichier : joint à votre réponse au message, ou déposé sur votre page.', GRIS],
  ];
  for (const [i, [texte, font]] of enTete.entries()) {
    f.getCell(i + 1, 2).value = sur(texte);
    f.getCell(i + 1, 2).font = font;
  }
  const titres = f.getRow(ENTETE);
  titres.getCell(1).value = ecrireTimbre({ version: VERSION, campagne: campagne.id, institution: institution.id });
  for (const c of ORDRE) {
    const cellule = titres.getCell(rangDe(c));
    cellule.value = COLONNES[c];
    cellule.font = { bold: true, color: { argb: 'FFFFFFFF' } };
    cellule.fill = fond(BLEU);
    cellule.alignment = { wrapText: true, vertical: 'middle' };
  }
  titres.height = 24;
  const definies = new Set<string>();
  for (const [i, l] of lignes.entries()) {
    ligne(f, ENTETE + 1 + i, l);
    if (!definies.has(l.mesureId) && l.definition !== '') f.getCell(ENTETE + 1 + i, rangDe('chiffre')).note = couper(l.definition, 1000);
    definies.add(l.mesureId);
  }
  if (lignes.length > 0) f.autoFilter = { from: { row: ENTETE, column: 2 }, to: { row: ENTETE + lignes.length, column: ORDRE.length + 1 } };
  // No password: it keeps labels from a slip of the hand, and whoever needs wider columns has them.
  void f.protect('', { formatColumns: true, formatRows: true, autoFilter: true, sort: true, selectLockedCells: true, selectUnlockedCells: true });
}

function ligne(f: exceljs.Worksheet, rang: number, l: LigneDemandee): void {
  const dits: Readonly<Record<Colonne, string | number>> = {
    chiffre: l.titre,
    territoire: l.territoire,
    detail: l.libelle,
    periode: formatPeriode(l.periode),
    unite: l.genre === 'nombre' ? l.unite : l.genre,
    derniere: l.derniere ? `${l.derniere.dit} (${l.derniere.periode})` : 'aucune',
    reponse: reponseActuelle(l),
    etat: l.actuelle ? ETATS[l.actuelle.etat] : '',
    commentaire: '',
  };
  const r = f.getRow(rang);
  r.getCell(1).value = cleDeLigne(l);
  for (const c of ORDRE) {
    const cellule = r.getCell(rangDe(c));
    const dit = dits[c];
    cellule.value = dit === '' ? null : typeof dit === 'string' ? sur(dit) : dit;
    cellule.border = CADRE;
    cellule.alignment = { wrapText: true, vertical: 'top' };
  }
  const libre = (c: Colonne): exceljs.Cell => {
    const cellule = r.getCell(rangDe(c));
    cellule.protection = { locked: false };
    cellule.fill = A_REMPLIR;
    return cellule;
  };
  libre('etat').dataValidation = {
    type: 'list',
    allowBlank: true,
    formulae: [`"${Object.values(ETATS).join(',')}"`],
    showErrorMessage: true,
    errorTitle: 'État inconnu',
    error: `Choisissez ${enumerer(Object.values(ETATS), 'ou')}.`,
  };
  longueur(libre('commentaire'), COMMENTAIRE_MAX);
  if (l.genre === 'document') {
    r.getCell(rangDe('reponse')).value = A_DEPOSER;
    return;
  }
  const reponse = libre('reponse');
  if (l.genre === 'texte') {
    reponse.numFmt = '@';
    longueur(reponse, TEXTE_MAX);
  } else chiffre(reponse, l);
}

/** A share is written as spreadsheets do: 12 typed in a cell of percents is 12 %, and 0.12 in the file. */
const estEnPourcents = (l: LigneDemandee): boolean => l.unite === '%';
const reponseActuelle = (l: LigneDemandee): string | number => {
  if (l.genre === 'document') return '';
  if (l.actuelle?.etat !== 'valeur') return '';
  const { nombre, texte } = l.actuelle;
  return nombre === null ? texte : estEnPourcents(l) ? Number((nombre / 100).toPrecision(15)) : nombre;
};

/** What the cell takes is asked of the rule that will read it. */
function chiffre(cellule: exceljs.Cell, l: LigneDemandee): void {
  const prend = (t: string): boolean => lireValeur(l, t).ok;
  const entier = !prend('0,5');
  const negatif = prend('-1');
  const auPlus100 = !prend('101');
  cellule.numFmt = estEnPourcents(l) ? '0.##########%' : entier ? '#,##0' : 'General';
  const bornes = auPlus100 ? [0, estEnPourcents(l) ? 1 : 100] : negatif ? [-1e12, 1e12] : [0, 1e12];
  cellule.dataValidation = {
    type: entier ? 'whole' : 'decimal',
    operator: 'between',
    allowBlank: true,
    formulae: bornes,
    // It may be passed over: what is written instead is read, and asked about.
    errorStyle: 'warning',
    showErrorMessage: true,
    errorTitle: 'Chiffre attendu',
    error: `${entier ? 'Un nombre entier' : 'Un nombre'}${auPlus100 ? ', 100 % au plus' : ''}, sans texte. S’il ne peut pas être dit, laissez la case vide et choisissez l’état.`,
  };
}

function longueur(cellule: exceljs.Cell, max: number): void {
  cellule.dataValidation = {
    type: 'textLength',
    operator: 'lessThanOrEqual',
    allowBlank: true,
    formulae: [max],
    showErrorMessage: true,
    errorTitle: 'Texte trop long',
    error: `${max} caractères au plus.`,
  };
}

const CONSIGNES = [
  'Une ligne demande un chiffre, pour une période et un lieu. Les cases jaunes sont à vous ; les autres sont verrouillées.',
  'Écrivez le nombre seul : ni unité, ni texte. Zéro s’écrit 0. Ce que vous ne savez pas encore se laisse vide.',
  `Un chiffre que la loi interdit de dire : laissez la réponse vide et choisissez « ${ETATS.secret} ».`,
  `Un chiffre qui n’existe pas chez vous : laissez la réponse vide et choisissez « ${ETATS.sans_objet} ».`,
  'Une précision, une limite, un changement de méthode : colonne « Commentaire ».',
  'Vous pouvez trier, élargir ou déplacer des colonnes. Ne changez ni leurs titres ni les libellés des lignes.',
  'Renvoyez ce fichier joint à votre réponse au message, ou déposez-le sur votre page. Chaque case est vérifiée ; ce qui ne va pas vous est dit avec sa case.',
  `Ce que veut dire chaque chiffre : feuille « ${DEFINITIONS} ».`,
];

function modeDEmploi(livre: exceljs.Workbook, { campagne, institution }: PourQui): void {
  const f = livre.addWorksheet(AIDE, { pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } });
  f.getColumn(1).width = 110;
  f.addRow([AIDE]).font = TITRE;
  f.addRow([sur(`${campagne.titre} : ${institution.nom}`)]).font = GRIS;
  f.addRow([]);
  for (const c of CONSIGNES) f.addRow([c]).alignment = { wrapText: true, vertical: 'top' };
  void f.protect('', {});
}

function definitions(livre: exceljs.Workbook, lignes: readonly LigneDemandee[]): void {
  const f = livre.addWorksheet(DEFINITIONS, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  // Other headings than those of the table to fill in: it is never taken for it.
  const titres = f.addRow(['Ce qui est demandé', 'Compté en', 'Ce que cela veut dire']);
  titres.font = { bold: true };
  for (const [i, width] of [50, 20, 90].entries()) f.getColumn(i + 1).width = width;
  for (const l of new Map(lignes.map((x) => [x.mesureId, x])).values())
    f.addRow([sur(l.titre), sur(l.unite), sur(l.definition)]).alignment = { wrapText: true, vertical: 'top' };
  void f.protect('', {});
}
