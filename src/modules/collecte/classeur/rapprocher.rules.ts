/** Rows of a file, or pasted ones, brought to the lines that were asked: by their key, by their labels. Every cell is named. Pure. */
import { abreger, couper } from '../../../core/couper.ts';
import { cleTexte } from '../../../core/mots.ts';
import { SANS_VALEUR } from '../../../core/tableur/lignes.ts';
import type { Ligne } from '../../../core/tableur/tableur.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import { cleDeLigne, type LigneDemandee, type ValeurProposee } from '../ligne.ts';
import { type Ecrite, lireReponse } from './cellule.rules.ts';
import { COLONNES, type Colonne, lireTimbre, nomDeCellule, ORDRE, type Timbre } from './colonnes.rules.ts';

export interface DitDeCellule {
  /** `C12`; empty when it is the whole file. */
  cellule: string;
  message: string;
}
/** `proposee`: what a yes records; null when a new answer is needed. */
type Question = DitDeCellule & { proposee: ValeurProposee | null };
export interface Verification {
  valeurs: ValeurProposee[];
  refus: DitDeCellule[];
  questions: Question[];
  /** Rows that hold an answer to nothing that was asked. */
  etrangeres: DitDeCellule[];
  /** Answers that a formula computed: taken as they stand, and said. */
  formules: DitDeCellule[];
}
const rien = (): Verification => ({ valeurs: [], refus: [], questions: [], etrangeres: [], formules: [] });
export const refuse = (message: string, cellule = ''): Verification => ({ ...rien(), refus: [{ cellule, message }] });

/** Where each column is; `cles` is the hidden one. */
export interface Places {
  cles: number | null;
  timbre: Timbre | null;
  colonnes: Partial<Record<Colonne, number>>;
}
/** A refusal when a heading stands twice, or the answers have none. */
export function placer(titres: readonly string[], ligneDesTitres: number): Places | Verification {
  const lus = titres.map(cleTexte);
  const colonnes: Partial<Record<Colonne, number>> = {};
  for (const c of ORDRE) {
    const ou = lus.flatMap((t, i) => (t === cleTexte(COLONNES[c]) ? [i] : []));
    if (ou.length > 1)
      return refuse(
        `la colonne « ${COLONNES[c]} » y est deux fois (${ou.map((i) => nomDeCellule(i, ligneDesTitres)).join(' et ')}). Gardez celle qui porte vos réponses.`,
        nomDeCellule(ou[1] ?? 0, ligneDesTitres),
      );
    if (ou[0] !== undefined) colonnes[c] = ou[0];
  }
  const cles = titres.findIndex((t) => lireTimbre(t) !== null);
  return { cles: cles < 0 ? null : cles, timbre: cles < 0 ? null : lireTimbre(titres[cles] ?? ''), colonnes };
}

/** What a person reads of a line, as it is compared. The unit is not of it: nothing depends on it. */
const LABELS = ['chiffre', 'territoire', 'detail', 'periode'] as const;
type Label = (typeof LABELS)[number];
const labels = (l: LigneDemandee): Readonly<Record<Label, string>> => ({
  chiffre: l.titre,
  territoire: l.territoire,
  detail: l.libelle,
  periode: formatPeriode(l.periode),
});

export function rapprocher(lignes: readonly LigneDemandee[], places: Places, rangees: readonly Ligne[]): Verification {
  const v = rien();
  const parCle = new Map(lignes.map((l) => [cleDeLigne(l), l]));
  const parLabels = indexer(lignes, places);
  const dites = new Map<string, { cellule: string; ecrite: string }>();
  for (const r of rangees) {
    const la = (c: Colonne): string => nomDeCellule(places.colonnes[c] ?? 0, r.numero);
    const mot = (c: Colonne): string => r.cellules[places.colonnes[c] ?? -1] ?? '';
    const ecrite: Ecrite = { reponse: mot('reponse'), etat: mot('etat'), commentaire: mot('commentaire') };
    const repondu = Object.values(ecrite).some((t) => t.trim() !== '');
    const cle = places.cles === null ? '' : (r.cellules[places.cles] ?? '').trim();
    const l = cle === '' ? parLabels(r) : (parCle.get(cle) ?? null);
    if (r.defaut) {
      v.refus.push({ cellule: nomDeCellule(0, r.numero), message: r.defaut });
      continue;
    }
    if (!l) {
      if (repondu)
        v.etrangeres.push({
          cellule: la('reponse'),
          message:
            cle === ''
              ? `cette ligne (« ${nommer(r, places)} ») n’est pas de celles qui vous sont demandées.`
              : `cette ligne (« ${nommer(r, places)} ») n’est plus demandée dans cette campagne.`,
        });
      continue;
    }
    const fait = dites.get(cleDeLigne(l));
    const dite = JSON.stringify(ecrite);
    if (fait && fait.ecrite !== dite && repondu) {
      v.refus.push({ cellule: la('reponse'), message: `cette ligne est déjà répondue en ${fait.cellule}, autrement : gardez une seule des deux.` });
      continue;
    }
    if (fait || (r.fautes?.[places.colonnes.reponse ?? -1] === undefined && !repondu)) continue;
    dites.set(cleDeLigne(l), { cellule: la('reponse'), ecrite: dite });
    repondre(v, l, r, places, ecrite);
  }
  return v;
}

function repondre(v: Verification, l: LigneDemandee, r: Ligne, places: Places, ecrite: Ecrite): void {
  const la = (c: Colonne): string => nomDeCellule(places.colonnes[c] ?? 0, r.numero);
  const ici = places.colonnes.reponse ?? -1;
  const faute = r.fautes?.[ici];
  if (faute) {
    const dit = faute === SANS_VALEUR ? 'la formule n’a pas de résultat' : `la formule donne une erreur (${faute})`;
    v.refus.push({ cellule: la('reponse'), message: `${dit} : écrivez le chiffre lui-même.` });
    return;
  }
  const lecture = lireReponse(l, ecrite);
  if (lecture.genre === 'vide') return;
  if (lecture.genre === 'refus') {
    v.refus.push({ cellule: la(lecture.champ), message: lecture.message });
    return;
  }
  const ligne = cleDeLigne(l);
  if (lecture.genre === 'question') {
    v.questions.push({ cellule: la(lecture.champ), message: lecture.message, proposee: lecture.proposee && { ligne, ...lecture.proposee } });
    return;
  }
  const proposee = { ligne, ...lecture.valeur };
  const change = labelChange(l, r, places);
  if (r.signes?.[ici] === 'fusion')
    v.questions.push({ cellule: la('reponse'), message: 'cette case est fusionnée avec d’autres : la réponse vaut-elle pour cette ligne seule ?', proposee });
  else if (change)
    v.questions.push({
      cellule: la(change),
      message: `« ${abreger(r.cellules[places.colonnes[change] ?? -1] ?? '', 60)} » au lieu de « ${labels(l)[change]} » : la réponse est-elle bien celle de la ligne demandée ?`,
      proposee,
    });
  else v.valeurs.push(proposee);
  if (r.signes?.[ici] === 'formule')
    v.formules.push({ cellule: la('reponse'), message: `calculée par une formule : c’est son résultat, ${ecrite.reponse.trim()}, qui est lu.` });
}

/** The first label that is not the line's any more; columns that were taken away say nothing. */
function labelChange(l: LigneDemandee, r: Ligne, places: Places): Label | null {
  const siens = labels(l);
  const autre = (c: Label): boolean => {
    const k = places.colonnes[c];
    const ecrit = k === undefined ? siens[c] : (r.cellules[k] ?? '');
    // Nearly every one is as it was given: words are compared where letters differ.
    return ecrit !== siens[c] && cleTexte(ecrit) !== cleTexte(siens[c]);
  };
  return LABELS.find(autre) ?? null;
}

/** Lines by all the labels that the file has; null where several have the same. */
function indexer(lignes: readonly LigneDemandee[], places: Places): (r: Ligne) => LigneDemandee | null {
  const la = LABELS.filter((c) => places.colonnes[c] !== undefined);
  let index: Map<string, LigneDemandee | null> | null = null;
  // A file whose rows keep their keys asks none of it.
  const construire = () => {
    const par = new Map<string, LigneDemandee | null>();
    for (const l of lignes) {
      const siens = labels(l);
      const cle = la.map((c) => cleTexte(siens[c])).join('|');
      par.set(cle, par.has(cle) ? null : l);
    }
    return par;
  };
  return (r) => {
    if (!la.includes('chiffre')) return null;
    index ??= construire();
    return index.get(la.map((c) => cleTexte(r.cellules[places.colonnes[c] ?? -1] ?? '')).join('|')) ?? null;
  };
}

const nommer = (r: Ligne, places: Places): string => {
  const dits = LABELS.flatMap((c) => (r.cellules[places.colonnes[c] ?? -1] ?? '').trim() || []);
  return couper(dits.length > 0 ? dits.join(', ') : (r.cellules.find((c) => c.trim() !== '') ?? ''), 100);
};
