/** Places by the words that people write for them. Pure. */
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
export const jourEcrit = (iso: string): string => iso.split('-').reverse().join('/');

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
const ecrireLieu = (l: LieuConnu): string => `${l.nom} (${l.libelleDuType})`;
const avecCode = (l: LieuConnu): string => `${l.nom} (${l.libelleDuType} ${l.code})`;
const valable = (p: { depuis: string | null; jusquAu: string | null }, jour: string): boolean =>
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
