/**
 * What one new record adds to cells and proofs, worked out from what it says: the same as `compilation.ts` asks the database for many, without
 * asking it. Tests hold one against the other, record by record. Null where only the database knows: intervals of dated fields,
 * the places of a point, the address of a place that is counted. Pure.
 */
import { CLE_FICHE, compte, correspond, suffixeDe } from '../appuis/appuis.rules.ts';
import { filtresParSource } from '../faits/filtres.rules.ts';
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
  atomes: readonly Atome[];
  parFiche: readonly { numero: string; siens: readonly Atome[] }[];
  dims: readonly string[];
}
const lectures = new WeakMap<Formulaire, Map<string, Lecture>>();
function lectureDe(f: Formulaire, s: SourceDeFaits): Lecture {
  const siennes = lectures.get(f) ?? new Map<string, Lecture>();
  lectures.set(f, siennes);
  const deja = siennes.get(s.nom);
  if (deja) return deja;
  const atomes = atomesDe(f, s.nom);
  const parFiche = [...(s.de ? [] : f.fiches)].map(([numero, tous]) => ({ numero, siens: tous.filter((a) => a.source === s.nom) }));
  const dims = [...new Set([...dimensionsUtiles([...atomes, ...parFiche.flatMap((x) => x.siens)]), ...(f.flux.get(s.nom) ?? [])])];
  const lue = { atomes, parFiche, dims };
  siennes.set(s.nom, lue);
  return lue;
}

const moisDe = (jour: string): string => `${jour.slice(0, 7)}-01`;

export function apportDe(f: Formulaire, s: SourceDeFaits, x: FaitNouveau): Apport | null {
  const { atomes, parFiche, dims } = lectureDe(f, s);
  // Lines that are facts of their own, and what was true from a day to another.
  if (s.de || (s.vueDatee && atomes.some((a) => estStock(a.mode)))) return null;
  const colonne = (code: string): string => s.dimensions[code]?.dans?.colonne ?? code;
  const quantites = atomes.flatMap((a) => (a.mode === 'somme' && a.colonne ? [a.colonne] : []));
  if ([...dims, ...quantites].some((d) => x.ignore(colonne(d)))) return null;
  // What is inside another column and is not ignored is not there.
  const valeur = (code: string): unknown => {
    const d = s.dimensions[code];
    if (d?.dans) return d.type === 'booleen' ? false : null;
    return x.valeur(code) ?? null;
  };
  const mois = moisDe(x.jour);
  const sansFin = { mois, territoireId: x.territoireId, ventilation: {}, nombre: 1, somme: 0, sansValeur: 0 } as const;
  const cellules: Cellule[] = [];
  for (const a of atomes) {
    if (!compte(a, s.nom, valeur)) continue;
    const ventilation: Record<string, unknown> = Object.fromEntries(a.ventilations.map((v) => [v, valeur(v)]));
    if (estDistinct(a.mode)) ventilation._d = valeur(a.colonne ?? '');
    if (a.rang !== null) ventilation._a = String(a.rang);
    const q = a.mode === 'somme' ? valeur(a.colonne ?? '') : null;
    const somme = a.mode === 'somme' ? (typeof q === 'number' ? q : 0) : a.dansUneSomme ? 1 : 0;
    const celle = { ...sansFin, cle: a.cle, ventilation, somme, sansValeur: a.mode === 'somme' && q === null ? 1 : 0 };
    if (!estStock(a.mode)) cellules.push(celle);
    else {
      cellules.push({ ...celle, ventilation: { ...ventilation, _m: 'e' } });
      if (x.fin) cellules.push({ ...celle, mois: moisDe(x.fin), ventilation: { ...ventilation, _m: 's' } });
    }
  }
  const aPart = suffixeDe(s);
  const fiches = new Set(parFiche.filter((p) => p.siens.some((a) => compte(a, s.nom, valeur))).map((p) => p.numero));
  for (const numero of fiches) cellules.push({ ...sansFin, cle: `${CLE_FICHE}${numero}${aPart}` });
  const connues = new Set(parFiche.map((p) => p.numero));
  for (const numero of x.fiches) if (connues.has(numero) && !fiches.has(numero)) cellules.push({ ...sansFin, cle: `${CLE_FICHE}${numero}${aPart}` });
  cellules.push({ ...sansFin, cle: `_registre/${s.nom}`, territoireId: '' });
  for (const d of f.flux.get(s.nom) ?? []) {
    const v = valeur(d);
    if (v !== null) cellules.push({ ...sansFin, cle: `_registre/${s.nom}/${d}=${String(v)}`, territoireId: '' });
  }
  for (const ligne of x.lignes) cellules.push({ ...sansFin, cle: `_preuve/${ligne}${aPart}` });
  const filtres = (filtresParSource(f.formules).get(s.nom) ?? [])
    .filter(
      (t) =>
        t.ou.some((o) => correspond(o, valeur)) &&
        !t.sauf.some((o) => correspond(o, valeur)) &&
        (t.colonne === null || !estDistinct(t.mode) || valeur(t.colonne) !== null),
    )
    .map((t) => ({ cle: t.cle, fin: estStock(t.mode) ? x.fin : null }));
  return { cellules, filtres };
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
