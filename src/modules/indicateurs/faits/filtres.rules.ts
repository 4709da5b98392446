/**
 * A filter is what decides which records an atom counts: atoms that count the same records (their number, the sum of a quantity) share
 * one. Its key is a digest of what it says, so that writers, readers and the recomputation agree without asking. Pure.
 */
import { createHash } from 'node:crypto';
import { type Atome, estDistinct, estStock, type Formule } from '../calcul/atomes.rules.ts';
import type { Filtre } from '../calcul/calcul.schema.ts';

export interface FiltreCompte extends Pick<Atome, 'source' | 'ou' | 'sauf' | 'mode' | 'colonne'> {
  /** A signed 64-bit number, written. */
  cle: string;
}

const ordonne = (f: Filtre) => Object.entries(f).sort(([a], [b]) => (a < b ? -1 : 1));
/** The column matters where only its presence makes a record count. */
const colonneDe = (a: Pick<Atome, 'mode' | 'colonne'>): string | null => (estDistinct(a.mode) ? a.colonne : null);

export function filtreDe(a: Atome): FiltreCompte {
  const dit = JSON.stringify([a.source, estStock(a.mode), a.ou.map(ordonne), a.sauf.map(ordonne), colonneDe(a)]);
  const cle = String(createHash('sha256').update(dit).digest().readBigInt64BE(0));
  return { cle, source: a.source, ou: a.ou, sauf: a.sauf, mode: a.mode, colonne: colonneDe(a) };
}

const gardes = new WeakMap<ReadonlyMap<string, Formule>, ReadonlyMap<string, FiltreCompte[]>>();

/** Every filter of these formulas, each once, by source and in an order that does not change. */
export function filtresParSource(formules: ReadonlyMap<string, Formule>): ReadonlyMap<string, FiltreCompte[]> {
  const garde = gardes.get(formules);
  if (garde) return garde;
  const uniques = new Map([...formules.values()].flatMap((f) => f.atomes.map(filtreDe)).map((x) => [x.cle, x]));
  const parSource = new Map<string, FiltreCompte[]>();
  for (const x of [...uniques.values()].sort((a, b) => (a.cle < b.cle ? -1 : 1))) parSource.set(x.source, [...(parSource.get(x.source) ?? []), x]);
  gardes.set(formules, parSource);
  return parSource;
}

/** Measures that ask for a filter, for whoever is told that it is wrong. */
export const mesuresDuFiltre = (formules: ReadonlyMap<string, Formule>, cle: string): string[] =>
  [...formules.values()].filter((f) => f.atomes.some((a) => filtreDe(a).cle === cle)).map((f) => f.mesureId);
