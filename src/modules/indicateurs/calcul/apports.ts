/**
 * What one new record adds to cells and proofs, worked out from what it says: the same as `compilation.ts` asks the database for many, without
 * asking it. Tests hold one against the other, record by record. Null where only the database knows: intervals of dated fields,
 * the places of a point, the address of a place that is counted. Pure.
 */
import { CLE_FICHE, compte, suffixeDe } from '../appuis/appuis.rules.ts';
import { filtreDe } from '../faits/filtres.rules.ts';
import type { SourceDeFaits } from '../sources.ts';
import { type Atome, estDistinct, estStock } from './atomes.rules.ts';
import { atomesDe, type Delta, type Formulaire } from './cellules.queries.ts';
import { dimensionsUtiles } from './compilation.ts';

/** A record that counts, as its view would show it. */
export interface FaitNouveau {
  id: string;
  jour: string;
  fin: string | null;
  territoireId: string;
  fiches: readonly string[];
  lignes: readonly string[];
  /** By column of its view; null or undefined where it says nothing. */
  valeur(colonne: string): unknown;
  /** What a column that holds several says under this key; nothing where it is absent. */
  dedans?(colonne: string, cle: string): unknown;
  /** Columns that only the database can fill for it. */
  ignore(colonne: string): boolean;
}

export interface Cellule {
  cle: string;
  mois: string;
  territoireId: string;
  ventilation: Readonly<Record<string, unknown>>;
  nombre: 1;
  somme: number;
  sansValeur: number;
}
export interface Apport {
  cellules: readonly Cellule[];
  /** Filters that count it. */
  filtres: readonly { cle: string; fin: string | null }[];
}

interface Lecture {
  /** With the filter that each is of: the same digest, the same records. */
  atomes: readonly { atome: Atome; filtre: string; quantite: string }[];
  fiches: ReadonlySet<string>;
  /** Fiches of which each atom is evidence. */
  fichesDe: ReadonlyMap<Atome, readonly string[]>;
  colonnes: readonly string[];
  stockDate: boolean;
}
const lectures = new WeakMap<Formulaire, Map<string, Lecture>>();
function lectureDe(f: Formulaire, s: SourceDeFaits): Lecture {
  const siennes = lectures.get(f) ?? new Map<string, Lecture>();
  lectures.set(f, siennes);
  const deja = siennes.get(s.nom);
  if (deja) return deja;
  const atomes = atomesDe(f, s.nom);
  const fichesDe = new Map<Atome, string[]>();
  for (const [numero, tous] of f.fiches) for (const a of tous) if (a.source === s.nom) fichesDe.set(a, [...(fichesDe.get(a) ?? []), numero]);
  const dims = [...dimensionsUtiles([...atomes, ...fichesDe.keys()]), ...(f.flux.get(s.nom) ?? [])];
  const quantites = atomes.flatMap((a) => (a.mode === 'somme' && a.colonne ? [a.colonne] : []));
  const lue: Lecture = {
    atomes: [...new Set([...atomes, ...fichesDe.keys()])].map((atome) => ({ atome, filtre: filtreDe(atome).cle, quantite: atome.colonne ?? '' })),
    fiches: new Set(f.fiches.keys()),
    fichesDe,
    colonnes: [...new Set([...dims, ...quantites].map((d) => s.dimensions[d]?.dans?.colonne ?? d))],
    stockDate: s.vueDatee !== undefined && atomes.some((a) => estStock(a.mode)),
  };
  siennes.set(s.nom, lue);
  return lue;
}

const moisDe = (jour: string): string => `${jour.slice(0, 7)}-01`;

export function apportDe(f: Formulaire, s: SourceDeFaits, x: FaitNouveau): Apport | null {
  const lecture = lectureDe(f, s);
  // Lines that are facts of their own, and what was true from a day to another.
  if (s.de || lecture.stockDate || lecture.colonnes.some((c) => x.ignore(c))) return null;
  // What is inside another column, is not ignored and is not said is not there.
  const valeur = (code: string): unknown => {
    const d = s.dimensions[code];
    if (d?.dans) return x.dedans?.(d.dans.colonne, d.dans.cle) ?? (d.type === 'booleen' ? false : null);
    return x.valeur(code) ?? null;
  };
  const mois = moisDe(x.jour);
  const cellules: Cellule[] = [];
  const ajouter = (cle: string, territoireId = x.territoireId): void =>
    void cellules.push({ cle, mois, territoireId, ventilation: {}, nombre: 1, somme: 0, sansValeur: 0 });
  const fiches = new Set<string>();
  const filtres = new Map<string, string | null>();
  for (const { atome: a, filtre, quantite } of lecture.atomes) {
    if (!compte(a, s.nom, valeur)) continue;
    for (const numero of lecture.fichesDe.get(a) ?? []) fiches.add(numero);
    filtres.set(filtre, estStock(a.mode) ? x.fin : null);
    const ventilation: Record<string, unknown> = Object.fromEntries(a.ventilations.map((v) => [v, valeur(v)]));
    if (estDistinct(a.mode)) ventilation._d = valeur(quantite);
    if (a.rang !== null) ventilation._a = String(a.rang);
    const q = a.mode === 'somme' ? valeur(quantite) : null;
    const somme = typeof q === 'number' ? q : a.mode !== 'somme' && a.dansUneSomme ? 1 : 0;
    const celle = {
      cle: a.cle,
      mois,
      territoireId: x.territoireId,
      ventilation,
      nombre: 1,
      somme,
      sansValeur: a.mode === 'somme' && q === null ? 1 : 0,
    } as const;
    if (!estStock(a.mode)) cellules.push(celle);
    else {
      cellules.push({ ...celle, ventilation: { ...ventilation, _m: 'e' } });
      if (x.fin) cellules.push({ ...celle, mois: moisDe(x.fin), ventilation: { ...ventilation, _m: 's' } });
    }
  }
  const aPart = suffixeDe(s);
  for (const numero of fiches) ajouter(`${CLE_FICHE}${numero}${aPart}`);
  // Attached to a fiche by its author, and not counted by it already.
  for (const numero of x.fiches) if (lecture.fiches.has(numero) && !fiches.has(numero)) ajouter(`${CLE_FICHE}${numero}${aPart}`);
  for (const ligne of x.lignes) ajouter(`_preuve/${ligne}${aPart}`);
  ajouter(`_registre/${s.nom}`, '');
  for (const d of f.flux.get(s.nom) ?? []) {
    const v = valeur(d);
    if (v !== null) ajouter(`_registre/${s.nom}/${d}=${String(v)}`, '');
  }
  return { cellules, filtres: [...filtres].map(([cle, fin]) => ({ cle, fin })) };
}

/** What the write adds, for whoever will tell what it moved. */
export function deltasDe(cellules: readonly Cellule[]): Delta[] {
  const parCle = new Map<string, Delta>();
  for (const c of cellules) {
    const texte = (x: unknown): string | null => (x === undefined || x === null ? null : String(x));
    const distinct = texte(c.ventilation._d);
    const mouvement = texte(c.ventilation._m) as Delta['mouvement'];
    const cle = JSON.stringify([c.cle, c.mois, c.territoireId, distinct, mouvement]);
    const deja = parCle.get(cle);
    if (deja) {
      deja.nombre += c.nombre;
      deja.somme += c.somme;
      deja.sansValeur += c.sansValeur;
    } else {
      const { nombre, somme, sansValeur, territoireId } = c;
      parCle.set(cle, { cle: c.cle, mois: c.mois.slice(0, 7), territoireId, distinct, mouvement, parti: null, nombre, somme, sansValeur });
    }
  }
  return [...parCle.values()];
}
