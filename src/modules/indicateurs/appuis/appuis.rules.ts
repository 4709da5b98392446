/**
 * What supports the contract, one rule for every page: a record that counts for a measure of a fiche is evidence for that
 * fiche; so is one that its author attached to the fiche. An action line is supported by the records that a person confirmed
 * for it; it is `compté` when a system drawn from it names a measure that counts records. Pure.
 */
import { type Atome, estDistinct, type Formule } from '../calcul/atomes.rules.ts';
import type { SourceDeFaits } from '../sources.ts';
import { estSeuil, type Filtre } from '../calcul/calcul.schema.ts';

/** Pseudo-measure under which the records of a fiche are counted in the cells. */
export const CLE_FICHE = '_fiche/';

/** What is told later, or less finely, than the rest is counted apart: `/<source>`. */
export const suffixeDe = (s: Pick<SourceDeFaits, 'nom' | 'diffusion'>): string => (s.diffusion === 'immediate' ? '' : `/${s.nom}`);
/** What such a key counts, and of which source (`suffixeDe`). */
export function lireCle(cle: string): { base: string; suffixe: string } {
  const fin = cle.indexOf('/', cle.indexOf('/') + 1);
  return fin === -1 ? { base: cle, suffixe: '' } : { base: cle.slice(0, fin), suffixe: cle.slice(fin) };
}

/** Same meaning as the SQL filter of a measure: a boolean that is not true is false. */
export function correspond(ou: Filtre, valeur: (code: string) => unknown): boolean {
  return Object.entries(ou).every(([code, attendu]) => {
    const v = valeur(code);
    if (estSeuil(attendu)) return typeof v === 'number' && v >= attendu.min;
    const valeurs = Array.isArray(attendu) ? attendu : [attendu];
    return valeurs.some((x) => (typeof x === 'boolean' ? (v === true) === x : v === x));
  });
}

/** Does this atom count a record with these values? Same meaning as its cells. */
export function compte(a: Atome, source: string, valeur: (code: string) => unknown): boolean {
  if (a.source !== source || !a.ou.some((f) => correspond(f, valeur)) || a.sauf.some((f) => correspond(f, valeur))) return false;
  return !estDistinct(a.mode) || (valeur(a.colonne ?? '') ?? null) !== null;
}

/** Atoms of every fiche: what makes a record count for it. */
export function atomesParFiche(
  fiches: Iterable<string>,
  formules: ReadonlyMap<string, Formule>,
  mesures: ReadonlyMap<string, { fiche: string }>,
): Map<string, Atome[]> {
  const parFiche = new Map<string, Atome[]>([...fiches].map((n) => [n, []]));
  for (const f of formules.values()) {
    const fiche = mesures.get(f.mesureId)?.fiche;
    if (fiche !== undefined) parFiche.set(fiche, [...(parFiche.get(fiche) ?? []), ...f.atomes]);
  }
  return parFiche;
}

interface SystemeLie {
  lignes: readonly string[];
  exige?: readonly { mesures?: readonly string[] | undefined }[] | undefined;
}
/** Computed measures that tell of an action line: those that the systems drawn from it ask for. */
export function mesuresParLigne(systemes: Iterable<SystemeLie>, formules: ReadonlyMap<string, Formule>): Map<string, string[]> {
  const parLigne = new Map<string, Set<string>>();
  for (const s of systemes)
    for (const l of s.lignes) {
      const deja = parLigne.get(l) ?? new Set<string>();
      for (const e of s.exige ?? []) for (const m of e.mesures ?? []) if (formules.has(m)) deja.add(m);
      parLigne.set(l, deja);
    }
  return new Map([...parLigne].filter(([, m]) => m.size > 0).map(([l, m]) => [l, [...m].sort()]));
}

export interface AppuiDeLigne {
  /** Records that a person confirmed for this line. */
  confirmes: number;
  /** Measures that count records for what this line speaks of. */
  comptePar: readonly string[];
}
export interface Appuis {
  /** Records that are evidence for the fiche, each once. */
  fiches: ReadonlyMap<string, number>;
  lignes: ReadonlyMap<string, AppuiDeLigne>;
}
const SANS_APPUI: AppuiDeLigne = { confirmes: 0, comptePar: [] };
export const appuiDeLigne = (a: Appuis, ligne: string): AppuiDeLigne => a.lignes.get(ligne) ?? SANS_APPUI;
/** Nothing recorded speaks of this line, confirmed or counted. */
export const estSansRien = (a: AppuiDeLigne): boolean => a.confirmes === 0 && a.comptePar.length === 0;
