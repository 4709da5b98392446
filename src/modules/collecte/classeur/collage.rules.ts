/** Rows pasted out of a spreadsheet: brought to the lines by their headings, by their labels, or by their order alone. Pure. */
import { abreger } from '../../../core/couper.ts';
import { cleTexte } from '../../../core/mots.ts';
import { lireRangee } from '../../../core/tableur/rangee.ts';
import type { Ligne } from '../../../core/tableur/tableur.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import { cleDeLigne, type LigneDemandee } from '../ligne.ts';
import { COLONNES, ORDRE } from './colonnes.rules.ts';
import { placer, rapprocher, refuse, type Verification } from './rapprocher.rules.ts';

const COLLAGE_MAX = 1_000_000;

/** Cells are named as in the pasted rectangle: its first one is A1. */
export function lireCollage(texte: string, lignes: readonly LigneDemandee[]): Verification {
  if (texte.length > COLLAGE_MAX) return refuse('ce que vous avez collé est trop long : collez moins de lignes à la fois.');
  const rangees = decouper(texte);
  const [premiere] = rangees;
  if (!premiere) return refuse('rien n’a été collé : copiez les cases de votre tableur, puis collez-les ici.');
  const connus = premiere.cellules.filter((c) => ORDRE.some((k) => cleTexte(COLONNES[k]) === cleTexte(c))).length;
  if (connus > 1) return parTitres(premiere, rangees.slice(1), lignes);
  const largeur = Math.max(...rangees.map((r) => r.cellules.length));
  return largeur === 1 ? parRang(rangees, lignes) : parMots(rangees, largeur, lignes);
}

function decouper(texte: string): Ligne[] {
  const rangees: Ligne[] = [];
  let numero = 1;
  for (let i = 0; i < texte.length; numero++) {
    const r = lireRangee(texte, i, '\t', 0);
    rangees.push({ numero, cellules: r.cellules, ...(r.defaut ? { defaut: r.defaut } : {}) });
    i = r.suite;
  }
  // An empty row in the middle keeps its place: order counts.
  while (rangees.at(-1)?.cellules.every((c) => c.trim() === '')) rangees.pop();
  return rangees;
}

function parTitres(titres: Ligne, suite: readonly Ligne[], lignes: readonly LigneDemandee[]): Verification {
  const places = placer(titres.cellules, titres.numero);
  if ('refus' in places) return places;
  if (places.colonnes.reponse === undefined) return refuse(`il manque la colonne « ${COLONNES.reponse} » : collez-la avec les autres.`);
  if (places.colonnes.chiffre === undefined && places.cles === null)
    return suite.length === lignes.length ? enOrdre(suite, lignes, places.colonnes.reponse) : refuse(direNombre(suite.length, lignes.length), '');
  return rapprocher(lignes, places, suite);
}

const direNombre = (collees: number, demandees: number): string =>
  `vous avez collé ${collees} ligne${collees > 1 ? 's' : ''}, ${demandees} ${demandees > 1 ? 'sont demandées' : 'est demandée'}. Collez aussi la colonne des libellés, ou autant de cases que de lignes, dans leur ordre.`;

const parRang = (rangees: readonly Ligne[], lignes: readonly LigneDemandee[]): Verification =>
  rangees.length === lignes.length ? enOrdre(rangees, lignes, 0) : refuse(direNombre(rangees.length, lignes.length));

/** The key of each line is put beside its answer, as the workbook has it. */
function enOrdre(rangees: readonly Ligne[], lignes: readonly LigneDemandee[], reponse: number): Verification {
  const largeur = reponse + 1;
  const avec = rangees.map((r, i) => {
    const l = lignes[i];
    const cellules = Array.from({ length: largeur }, (_, k) => r.cellules[k] ?? '');
    return { ...r, cellules: [...cellules, l ? cleDeLigne(l) : ''] };
  });
  return rapprocher(lignes, { cles: largeur, timbre: null, colonnes: { reponse } }, avec);
}

/** Everything by which people may name a line, alone or together: the figure or its number, the period, the place, the part. */
function nomsDe(l: LigneDemandee): string[] {
  const [lieu, periode] = [l.territoire, formatPeriode(l.periode)];
  const ou = [[], [lieu], [l.libelle], [lieu, l.libelle], [periode], [periode, lieu], [periode, l.libelle], [periode, lieu, l.libelle]];
  const seuls = ou.filter((x) => x.join('') !== '' && x.join('') !== periode);
  const noms = [...seuls, ...[l.titre, l.mesureId].flatMap((nom) => ou.map((x) => [nom, ...x]))];
  return [...new Set(noms.map((x) => cleTexte(x.filter(Boolean).join(' '))))].filter((t) => t !== '');
}

/**
 * No headings: labels in one or several columns, answers in the last one that is none of them. A word that names several lines names none;
 * all the words of a row together may.
 */
function parMots(collees: readonly Ligne[], largeur: number, lignes: readonly LigneDemandee[]): Verification {
  const index = new Map<string, Set<LigneDemandee>>();
  for (const l of lignes)
    for (const nom of nomsDe(l)) {
      const siennes = index.get(nom) ?? new Set();
      siennes.add(l);
      index.set(nom, siennes);
    }
  // A number is an answer, unless it is that of a figure: « 2.6-01 ».
  const nomme = (c: string): boolean => index.has(cleTexte(c)) && (/^\s*\d+\.\d+-\d+/.test(c) || !/^\s*[\d\s.,%-]+$/.test(c));
  // The head of a table names no line and holds no figure.
  const [premiere, ...suite] = collees;
  const rangees = premiere && !premiere.cellules.some((c) => nomme(c) || /\d/.test(c)) ? suite : collees;
  const colonneNomme = (k: number): boolean => rangees.filter((r) => nomme(r.cellules[k] ?? '')).length * 2 > rangees.length;
  const libelles = Array.from({ length: largeur }, (_, k) => k).filter(colonneNomme);
  const reponse = Array.from({ length: largeur }, (_, k) => k).findLast(
    (k) => !libelles.includes(k) && rangees.some((r) => (r.cellules[k] ?? '').trim() !== ''),
  );
  if (libelles.length === 0 || reponse === undefined)
    return refuse('aucune colonne ne porte les libellés demandés. Collez la colonne des libellés avec celle des réponses, ou la colonne des réponses seule.');
  const visee = (r: Ligne): string => {
    // A word that nobody knows, beside one that is known: another line than that one.
    const possibles = libelles.flatMap((k) => {
      const mot = cleTexte(r.cellules[k] ?? '');
      return mot === '' ? [] : [index.get(mot) ?? new Set<LigneDemandee>()];
    });
    const communes = possibles.length === 0 ? [] : lignes.filter((l) => possibles.every((s) => s.has(l)));
    return communes.length === 1 && communes[0] ? cleDeLigne(communes[0]) : '';
  };
  const avec = rangees.map((r) => {
    const cellules = Array.from({ length: largeur }, (_, k) => r.cellules[k] ?? '');
    return { ...r, cellules: [...cellules, visee(r)] };
  });
  const chiffre = libelles[0];
  const v = rapprocher(
    lignes,
    { cles: largeur, timbre: null, colonnes: { reponse } },
    avec.filter((r) => r.cellules[largeur] !== ''),
  );
  const inconnues = avec.filter((r) => r.cellules[largeur] === '' && (r.cellules[reponse] ?? '').trim() !== '');
  return {
    ...v,
    etrangeres: inconnues.map((r) => ({
      cellule: `${String.fromCharCode(65 + Math.min(25, chiffre ?? 0))}${r.numero}`,
      message: `« ${abreger((r.cellules[chiffre ?? 0] ?? '').trim(), 60)} » ne désigne aucune ligne demandée, ou plusieurs : écrivez son libellé entier.`,
    })),
  };
}
