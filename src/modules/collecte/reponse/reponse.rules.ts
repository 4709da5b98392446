/** What is typed on a producer's page, and what it says. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { nombreSaisi } from '../../../core/nombres.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import { lireReponse as lireCellule } from '../classeur/cellule.rules.ts';
import type { EtatPropose, ValeurProposee } from '../ligne.ts';
import { fautesDe } from '../../indicateurs/index.ts';
import type { Ligne } from './lignes.queries.ts';

export const ETATS: Readonly<Record<EtatPropose, string>> = { valeur: 'connu', secret: 'secret', sans_objet: 'sans objet' };
const estUnEtat = (v: string): v is EtatPropose => v in ETATS;

/** Fields of a line, and of its measure. */
export const champsDe = (l: Pick<Ligne, 'champ'>) => ({ valeur: `v${l.champ}`, etat: `e${l.champ}`, lien: `l${l.champ}`, explication: `x${l.champ}` });
export const champsDeMesure = (mesureId: string) => ({
  source: `s.${mesureId}`,
  commentaire: `c.${mesureId}`,
  methode: `m.${mesureId}`,
  limites: `i.${mesureId}`,
});
/** The file of a document: what sends it, and what keeps it until it is given; no form ever says the latter. */
export const champsDeFichier = (l: Pick<Ligne, 'champ'>) => ({ envoye: `f${l.champ}`, depose: `d${l.champ}` });

export interface Depot {
  id: string;
  nom: string;
}
export const ecrireDepot = (d: Depot): string => `${d.id}|${d.nom}`;
export function lireDepot(ecrit: string | undefined): Depot | null {
  const [, id, nom] = /^([\da-f-]{36})\|(.+)$/s.exec(ecrit ?? '') ?? [];
  return id && nom ? { id, nom } : null;
}
/** Files kept and not given yet, by the name of their field: none older than what is in force. */
export function depotsVivants(lignes: readonly Ligne[], tapes: ReadonlyMap<string, { valeur: string; le: Date }>): Record<string, string> {
  return Object.fromEntries(
    lignes.flatMap((l) => {
      const { depose } = champsDeFichier(l);
      const tape = l.genre === 'document' ? tapes.get(depose) : undefined;
      return tape && tape.valeur !== '' && !(l.enVigueur && tape.le < l.enVigueur.le) ? [[depose, tape.valeur]] : [];
    }),
  );
}

const direNombre = (v: { etat: EtatPropose; nombre: number | null; texte: string } | null): string =>
  v === null || v.etat !== 'valeur' ? '' : v.nombre === null ? v.texte : nombreSaisi(v.nombre);

/** Every field of the page as it is before anybody types: what is in force. */
export function champsEnVigueur(lignes: readonly Ligne[]): Record<string, string> {
  const champs: Record<string, string> = {};
  for (const l of lignes) {
    const n = champsDe(l);
    champs[n.valeur] = direNombre(l.actuelle);
    champs[n.etat] = l.actuelle?.etat ?? 'valeur';
    if (l.genre === 'nombre') champs[n.explication] = '';
    if (l.genre === 'document') champs[n.lien] = l.enVigueur?.lien ?? '';
    const s = champsDeMesure(l.mesureId);
    champs[s.source] ||= l.source;
    champs[s.commentaire] ||= l.enVigueur?.commentaire ?? '';
    champs[s.methode] ||= l.note.methode;
    champs[s.limites] ||= l.note.limites;
  }
  return champs;
}

/** What a file or a paste says, as the fields of the page. */
export function champsProposes(lignes: readonly Ligne[], valeurs: readonly ValeurProposee[]): Record<string, string> {
  const parCle = new Map(lignes.map((l) => [l.cle, l]));
  const champs: Record<string, string> = {};
  for (const v of valeurs) {
    const l = parCle.get(v.ligne);
    if (!l) continue;
    champs[champsDe(l).valeur] = direNombre(v);
    champs[champsDe(l).etat] = v.etat;
    if (v.commentaire !== '') champs[champsDeMesure(l.mesureId).commentaire] = v.commentaire;
  }
  return champs;
}

/** Fields of a line alone: those of its measure are shared. */
const siensDe = (l: Ligne): string[] => [...Object.values(champsDe(l)), champsDeFichier(l).depose];
/** What was typed before somebody else corrected the line, or said it secret, is not put back over it. */
export function champsVivants(lignes: readonly Ligne[], tapes: ReadonlyMap<string, { valeur: string; le: Date }>): Record<string, string> {
  const champs = champsEnVigueur(lignes);
  const depuis = new Map(lignes.flatMap((l) => siensDe(l).map((nom) => [nom, l.enVigueur?.le] as const)));
  for (const nom of Object.keys(champs)) {
    const [tape, le] = [tapes.get(nom), depuis.get(nom)];
    if (tape && !(le && tape.le < le)) champs[nom] = tape.valeur;
  }
  return champs;
}
/** Fields that a contribution of these lines takes away. */
export const champsRemis = (lignes: readonly Ligne[]): string[] => [
  ...new Set(lignes.flatMap((l) => [...siensDe(l), ...Object.values(champsDeMesure(l.mesureId))])),
];

export interface LigneRepondue {
  ligne: Ligne;
  etat: EtatPropose;
  nombre: number | null;
  texte: string;
  lien: string;
  /** A file that comes with it now; null: the one that is in force stays. */
  depot: Depot | null;
  source: string;
  commentaire: string;
}
/** How a measure is counted, said otherwise than before. */
interface NoteDite {
  mesureId: string;
  methode: string;
  limites: string;
}
export interface Lecture {
  /** What says something else than what is in force. */
  repondues: LigneRepondue[];
  /** Notes of method that say something new. */
  notes: NoteDite[];
  erreurs: ErreurDeChamp[];
  /** Lines of which nothing is said. */
  vides: Ligne[];
}

const LONG: Readonly<Record<Ligne['genre'], number>> = { nombre: 60, texte: 20_000, document: 2000 };

/** « Plaintes, 2026, 12e, femmes » */
export const nomDeLigne = (l: Pick<Ligne, 'titre' | 'periode' | 'territoire' | 'libelle'>): string =>
  [l.titre, formatPeriode(l.periode), l.territoire, l.libelle].filter(Boolean).join(', ');

/** Reads every field. A line that is empty and was given before cannot be emptied: it says so. */
export function lireReponse(lignes: readonly Ligne[], champs: Readonly<Record<string, string>>): Lecture {
  const depart = champsEnVigueur(lignes);
  const r: Lecture = { repondues: [], ...lireNotes(lignes, champs, depart), vides: [] };
  const sansSource = new Set<string>();
  const redites: LigneRepondue[] = [];
  for (const l of lignes) {
    const n = champsDe(l);
    const s = champsDeMesure(l.mesureId);
    const [ecrit, etat, lien] = [(champs[n.valeur] ?? '').trim(), champs[n.etat] || 'valeur', (champs[n.lien] ?? '').trim()];
    const [source, commentaire] = [(champs[s.source] ?? '').trim(), (champs[s.commentaire] ?? '').trim()];
    const depot = l.genre === 'document' ? lireDepot(champs[champsDeFichier(l).depose]) : null;
    const dire = (champ: string, message: string) => r.erreurs.push({ champ, message: `${nomDeLigne(l)} : ${message}` });
    let lue: Omit<LigneRepondue, 'source' | 'commentaire' | 'ligne'> | null = null;
    if (!estUnEtat(etat)) dire(n.etat, 'dites s’il est connu, secret ou sans objet.');
    else if (ecrit.length > LONG[l.genre]) dire(n.valeur, `${LONG[l.genre].toLocaleString('fr-FR')} caractères au plus.`);
    else if (etat !== 'valeur') lue = { etat, nombre: null, texte: '', lien: '', depot: null };
    else if (ecrit === '') {
      if (l.actuelle) dire(n.valeur, 'il est déjà donné. Corrigez-le, ou dites qu’il est secret ou sans objet.');
      else r.vides.push(l);
    } else if (l.genre === 'nombre') {
      const v = lireCellule(l, { reponse: ecrit, etat: '', commentaire: '' });
      if (v.genre === 'valeur') lue = { etat: v.valeur.etat, nombre: v.valeur.nombre, texte: '', lien: '', depot: null };
      else if (v.genre !== 'vide') dire(n.valeur, v.message);
    } else if (l.genre === 'document' && lien !== '' && !/^https?:\/\/[^\s/]+\.\S+$/.test(lien))
      dire(n.lien, 'l’adresse où lire le document commence par https://.');
    else if (l.genre === 'document' && lien === '' && !depot && !l.enVigueur?.fichierId)
      dire(champsDeFichier(l).envoye, 'joignez le fichier, ou donnez l’adresse où lire le document.');
    else lue = { etat, nombre: null, texte: ecrit, lien, depot };
    if (!lue) continue;
    const a = l.enVigueur;
    const meme = a !== null && a.etat === lue.etat && a.nombre === lue.nombre && a.texte === lue.texte && a.lien === lue.lien && lue.depot === null;
    if (meme && source === depart[s.source] && commentaire === depart[s.commentaire]) continue;
    if (source.length < 3 || source.length > 500) {
      if (!sansSource.has(l.mesureId)) r.erreurs.push({ champ: s.source, message: `${l.titre} : dites d’où il vient, un logiciel, un service, un comptage.` });
      sansSource.add(l.mesureId);
    }
    if (commentaire.length > 2000) dire(s.commentaire, 'le commentaire est trop long, 2 000 caractères au plus.');
    // Its words alone were changed: that is said of the measure, when nothing of it is new.
    (meme ? redites : r.repondues).push({ ligne: l, ...lue, source, commentaire });
  }
  const nouvelles = new Set(r.repondues.map((x) => x.ligne.mesureId));
  r.repondues.push(...redites.filter((x) => !nouvelles.has(x.ligne.mesureId)));
  return r;
}

/** Once for a measure, whatever its lines. */
function lireNotes(
  lignes: readonly Ligne[],
  champs: Readonly<Record<string, string>>,
  depart: Readonly<Record<string, string>>,
): Pick<Lecture, 'notes' | 'erreurs'> {
  const titres = new Map(lignes.map((l) => [l.mesureId, l.titre]));
  const notes: NoteDite[] = [];
  const erreurs: ErreurDeChamp[] = [];
  for (const [mesureId, titre] of titres) {
    const s = champsDeMesure(mesureId);
    const note = { methode: (champs[s.methode] ?? depart[s.methode] ?? '').trim(), limites: (champs[s.limites] ?? depart[s.limites] ?? '').trim() };
    if (note.methode === depart[s.methode] && note.limites === depart[s.limites]) continue;
    const fautes = fautesDe(note, s);
    erreurs.push(...fautes.map((f) => ({ ...f, message: `${titre} : ${f.message}` })));
    if (fautes.length === 0) notes.push({ mesureId, ...note });
  }
  return { notes, erreurs };
}

/** One fiche at a time when the page would be too long to hold in view. */
const LIGNES_MAX = 150;
export function fichesDe(lignes: readonly Ligne[], ficheDe: (mesureId: string) => string): { fiche: string; lignes: Ligne[] }[] {
  const parFiche = new Map<string, Ligne[]>();
  for (const l of lignes) parFiche.set(ficheDe(l.mesureId), [...(parFiche.get(ficheDe(l.mesureId)) ?? []), l]);
  const groupes = [...parFiche].map(([fiche, siennes]) => ({ fiche, lignes: siennes }));
  return lignes.length <= LIGNES_MAX ? [{ fiche: '', lignes: [...lignes] }] : groupes.sort((a, b) => a.fiche.localeCompare(b.fiche, 'fr', { numeric: true }));
}
