/** Places by the words that people write for them, and which file changes what. Pure. */
import { createHash } from 'node:crypto';
import type { DimensionDeFaits, ValeurDeListe } from '../../../core/faits.ts';
import { abrege, type Lu, lu, refus } from '../../../core/lu.ts';
import { cleTexte } from '../../../core/mots.ts';

/** List of the contract that says which types of places it has. */
export const LISTE_DES_TYPES = 'types-de-lieu';
/** Field of every register: the place that its author chose. */
export const CHAMP_LIEU = 'lieu_connu';

export type Geometrie =
  | { type: 'Point'; coordinates: number[] }
  | { type: 'Polygon'; coordinates: number[][][] }
  | { type: 'MultiPolygon'; coordinates: number[][][][] };

/** One state of a place. */
export interface Lieu {
  id: string;
  type: string;
  code: string;
  nom: string;
  depuis: string | null;
  jusquAu: string | null;
}
/** A place as forms, files and lists name it, whatever its states. */
export interface LieuConnu {
  /** `type:code`, what a record keeps. */
  cle: string;
  type: string;
  code: string;
  nom: string;
  libelleDuType: string;
  periodes: readonly { depuis: string | null; jusquAu: string | null }[];
}
export type LieuxConnus = ReadonlyMap<string, LieuConnu>;

export const cleDe = (l: { type: string; code: string }): string => `${l.type}:${l.code}`;
export const direType = (types: readonly ValeurDeListe[], code: string): string => types.find((t) => t.code === code)?.libelle ?? code;
const jourEcrit = (iso: string): string => iso.split('-').reverse().join('/');

/** The latest state gives its name. */
export function connaitre(lieux: readonly Lieu[], types: readonly ValeurDeListe[]): LieuxConnus {
  const connus = new Map<string, LieuConnu>();
  for (const l of lieux) {
    const cle = cleDe(l);
    const periodes = [...(connus.get(cle)?.periodes ?? []), { depuis: l.depuis, jusquAu: l.jusquAu }];
    connus.set(cle, { cle, type: l.type, code: l.code, nom: l.nom, libelleDuType: direType(types, l.type), periodes });
  }
  return connus;
}

/** « Collège Yvonne Le Tac (École ou établissement) »: what a form shows, and what it takes back. */
export const ecrireLieu = (l: LieuConnu): string => `${l.nom} (${l.libelleDuType})`;
const avecCode = (l: LieuConnu): string => `${l.nom} (${l.libelleDuType} ${l.code})`;
export const valable = (p: { depuis: string | null; jusquAu: string | null }, jour: string): boolean =>
  (p.depuis === null || p.depuis <= jour) && (p.jusquAu === null || jour <= p.jusquAu);

export function direPeriode(p: { depuis: string | null; jusquAu: string | null }): string {
  if (p.depuis && p.jusquAu) return `du ${jourEcrit(p.depuis)} au ${jourEcrit(p.jusquAu)}`;
  if (p.depuis) return `depuis le ${jourEcrit(p.depuis)}`;
  return p.jusquAu ? `jusqu’au ${jourEcrit(p.jusquAu)}` : 'sans limite de date connue';
}

const index = new WeakMap<LieuxConnus, Map<string, LieuConnu[]>>();
/** By everything that may be written for it; made once for a file, however many rows. */
function indexer(connus: LieuxConnus): Map<string, LieuConnu[]> {
  const deja = index.get(connus);
  if (deja) return deja;
  const par = new Map<string, LieuConnu[]>();
  for (const l of connus.values())
    for (const cle of new Set([l.nom, l.code, ecrireLieu(l), avecCode(l)].map(cleTexte))) par.set(cle, [...(par.get(cle) ?? []), l]);
  index.set(connus, par);
  return par;
}
const homonymes = (l: LieuConnu, connus: LieuxConnus): boolean => (indexer(connus).get(cleTexte(ecrireLieu(l)))?.length ?? 0) > 1;
/** The shortest words that mean this place and no other. */
export const nommerLieu = (l: LieuConnu, connus: LieuxConnus): string => (homonymes(l, connus) ? avecCode(l) : ecrireLieu(l));
export function direLieu(cle: string, connus: LieuxConnus | undefined): string {
  const l = connus?.get(cle);
  return l && connus ? nommerLieu(l, connus) : cle;
}

/** A place by `type:code`, its code, its name, or its name and type. */
export function lireLieu(texte: string, connus: LieuxConnus | undefined): Lu<string> {
  const t = texte.trim();
  if (t === '') return lu<string>(null);
  if (connus?.has(t)) return lu(t);
  const trouves = connus ? (indexer(connus).get(cleTexte(t)) ?? []) : [];
  const [seul] = trouves;
  if (seul && trouves.length === 1) return lu(seul.cle);
  if (seul && connus) {
    const lesquels = trouves.slice(0, 4).map((l) => `« ${nommerLieu(l, connus)} »`);
    return refus(`${trouves.length} lieux s’appellent « ${abrege(t)} » : écrivez ${lesquels.join(' ou ')}.`);
  }
  return refus(`« ${abrege(t)} » n’est pas un lieu connu. ${proches(t, connus ?? new Map())}`);
}
function proches(t: string, connus: LieuxConnus): string {
  const mots = cleTexte(t)
    .split(' ')
    .filter((m) => m.length > 2);
  const pareils = [...connus.values()].filter((l) => mots.some((m) => cleTexte(l.nom).split(' ').includes(m))).slice(0, 4);
  if (pareils.length > 0) return `Peut-être ${pareils.map((l) => `« ${nommerLieu(l, connus)} »`).join(' ou ')}.`;
  return connus.size === 0 ? 'Aucun lieu n’a encore été importé : laissez vide.' : 'Les lieux connus sont sur la page « Lieux » ; sinon, laissez vide.';
}

/** What keeps this place from being that of a record of this day; null when nothing does. */
export function fauteDeJour(cle: string, jour: string, connus: LieuxConnus | undefined): string | null {
  const l = connus?.get(cle);
  if (!l || l.periodes.some((p) => valable(p, jour))) return null;
  return `« ${l.nom} » n’existait pas le ${jourEcrit(jour)} : ce lieu est connu ${l.periodes.map(direPeriode).join(', puis ')}. Choisissez-en un autre, ou laissez vide.`;
}

/** A place as a file gives it. */
export interface LieuLu {
  ligne: number;
  code: string;
  nom: string;
  geometrie: Geometrie;
  depuis: string | null;
  jusquAu: string | null;
}
export type LieuTenu = Lieu & { geometrie: Geometrie };
export interface Reglages {
  /** From this day the places are as the file says; null: as far as is known, and what differs was wrong. */
  depuis: string | null;
  /** Places that the file no longer has end the day before `depuis`. */
  fermer: boolean;
}
export interface Changement {
  tenu: LieuTenu;
  lu: LieuLu;
  /** Its former state ends the day before; else it was wrong from the beginning. */
  depuis: string | null;
  quoi: string;
}
export interface PlanDImport {
  nouveaux: LieuLu[];
  changes: Changement[];
  /** Last day of those that end. */
  fermes: { tenu: LieuTenu; jusquAu: string }[];
  connus: number;
  fautes: { ligne: number; message: string }[];
}

export const veille = (jour: string): string => new Date(Date.parse(jour) - 86_400_000).toISOString().slice(0, 10);
const tot = (a: string | null, b: string): string => (a !== null && a < b ? a : b);

/** What a file does to the places of its type; `tenus`: the states in force of each, replaced ones left out. */
export function comparer(lus: readonly LieuLu[], tenus: readonly LieuTenu[], r: Reglages): PlanDImport {
  const plan: PlanDImport = { nouveaux: [], changes: [], fermes: [], connus: 0, fautes: [] };
  const derniers = new Map<string, LieuTenu>();
  for (const t of [...tenus].sort((a, b) => ((a.depuis ?? '') < (b.depuis ?? '') ? -1 : 1))) derniers.set(t.code, t);
  for (const l of lus) {
    const tenu = derniers.get(l.code);
    const depuis = l.depuis ?? r.depuis;
    if (!tenu) plan.nouveaux.push({ ...l, depuis });
    else comparerUn(plan, l, tenu, depuis);
  }
  if (r.fermer && r.depuis) {
    const presents = new Set(lus.map((l) => l.code));
    const jusquAu = veille(r.depuis);
    for (const t of derniers.values()) {
      if (presents.has(t.code) || (t.jusquAu !== null && t.jusquAu <= jusquAu)) continue;
      if (t.depuis !== null && t.depuis > jusquAu)
        plan.fautes.push({
          ligne: 0,
          message: `« ${t.nom} » (${t.code}) n’est plus dans le fichier et n’a commencé que le ${jourEcrit(t.depuis)} : datez l’import plus tard.`,
        });
      else plan.fermes.push({ tenu: t, jusquAu });
    }
  }
  return plan;
}

function comparerUn(plan: PlanDImport, l: LieuLu, tenu: LieuTenu, depuis: string | null): void {
  const contour = JSON.stringify(l.geometrie) !== JSON.stringify(tenu.geometrie);
  const quoi = [...(l.nom === tenu.nom ? [] : [`nom (« ${tenu.nom} » avant)`]), ...(contour ? ['position ou contour'] : [])].join(' et ');
  const rouvert = tenu.jusquAu !== null && depuis !== null && depuis > tenu.jusquAu;
  if (rouvert) return void plan.nouveaux.push({ ...l, depuis });
  if (quoi === '') {
    if (l.jusquAu !== null && l.jusquAu !== tenu.jusquAu) plan.fermes.push({ tenu, jusquAu: l.jusquAu });
    else plan.connus++;
    return;
  }
  if (depuis === null || depuis === tenu.depuis) return void plan.changes.push({ tenu, lu: l, depuis: null, quoi });
  if (tenu.depuis !== null && depuis < tenu.depuis) {
    const message = `« ${l.nom} » est déjà décrit depuis le ${jourEcrit(tenu.depuis)} : un changement du ${jourEcrit(depuis)} viendrait avant. Datez-le plus tard, ou du même jour pour corriger.`;
    return void plan.fautes.push({ ligne: l.ligne, message });
  }
  plan.changes.push({ tenu, lu: l, depuis, quoi });
}

/** The state that a change opens, and what becomes of the former one. */
export function appliquer(c: Changement): { jusquAu: string | null; remplace: boolean; ouvre: LieuLu } {
  const jusquAu = c.lu.jusquAu ?? c.tenu.jusquAu;
  if (c.depuis === null) return { jusquAu: c.tenu.jusquAu, remplace: true, ouvre: { ...c.lu, depuis: c.tenu.depuis, jusquAu } };
  return { jusquAu: tot(c.tenu.jusquAu, veille(c.depuis)), remplace: false, ouvre: { ...c.lu, depuis: c.depuis, jusquAu } };
}

/** Says whether what is about to be written is what was shown. */
export const empreinteDe = (p: PlanDImport): string =>
  createHash('sha256')
    .update(JSON.stringify([p.nouveaux, p.changes.map((c) => [c.tenu.id, c.lu, c.depuis]), p.fermes.map((f) => [f.tenu.id, f.jusquAu]), p.fautes]))
    .digest('hex')
    .slice(0, 16);

/** Of a record: the place of this type that it is at, by code; and whether it is at any. */
export const dimensionDuType = (type: string): string => `lieu_${type.replaceAll('-', '_')}`;
const presenceDuType = (type: string): string => `dans_${type.replaceAll('-', '_')}`;
export const dimensionsDeLieu = (types: readonly ValeurDeListe[]): Record<string, DimensionDeFaits> =>
  Object.fromEntries(
    types.flatMap((t): [string, DimensionDeFaits][] => {
      const dans = { colonne: 'lieux', cle: t.code };
      return [
        [dimensionDuType(t.code), { libelle: t.libelle, type: 'texte', dans }],
        [presenceDuType(t.code), { libelle: `Dans un lieu de ce type : ${t.libelle}`, type: 'booleen', dans }],
      ];
    }),
  );
