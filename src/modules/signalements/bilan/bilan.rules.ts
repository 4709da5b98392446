/** What is said in public of reports: totals, rates and times, small numbers hidden so that no difference gives them back. Pure. */
import { type Masque, masquer } from '../points-chauds/masquage.rules.ts';
import type { Compte } from './bilan.queries.ts';
import { direTrimestre, masquerMois } from '../points-chauds/mois.rules.ts';

export type Nombres = Omit<Compte, 'mois' | 'territoireId' | 'circuit'>;
const RIEN: Nombres = { recus: 0, repondus: 0, faits: 0, resolus: 0, contestes: 0, minutes: 0, notes: 0, totalDesNotes: 0 };
const NOMBRES = Object.keys(RIEN) as (keyof Nombres)[];
export function additionner(comptes: readonly Nombres[]): Nombres {
  const somme = { ...RIEN };
  for (const c of comptes) for (const nom of NOMBRES) somme[nom] += c[nom];
  return somme;
}

/** Under that many, a rate or a mean says something of somebody. */
export const SEUIL = 5;
/** Counts that are published, each by itself. */
const COLONNES = ['recus', 'repondus', 'faits', 'resolus', 'contestes'] as const;
type Colonne = (typeof COLONNES)[number];
/** Null: hidden. */
export interface Ligne extends Record<Colonne, number | null> {
  cle: string;
  /** Per cent of reports answered. */
  tauxDeReponse: number | null;
  /** Mean hours from reception to the first answer. */
  heures: number | null;
}
export interface Groupe {
  cle: string;
  nombres: Nombres;
}

/** A row whose counts are hidden says neither rate nor time, which would give them back. */
function enLigne(g: Groupe, dits: Record<Colonne, number | null>): Ligne {
  const { recus, repondus } = dits;
  const assez = recus !== null && repondus !== null && repondus >= SEUIL;
  return {
    cle: g.cle,
    ...dits,
    tauxDeReponse: recus !== null && repondus !== null && recus >= SEUIL ? Math.round((100 * repondus) / recus) : null,
    heures: assez ? g.nombres.minutes / repondus / 60 : null,
  };
}
const colonnes = (lire: (c: Colonne) => number | null): Record<Colonne, number | null> =>
  Object.fromEntries(COLONNES.map((c) => [c, lire(c)])) as Record<Colonne, number | null>;

export interface Dites {
  lignes: Ligne[];
  total: Ligne;
}
function enLignes(groupes: readonly Groupe[], masques: ReadonlyMap<Colonne, Masque>): Dites {
  return {
    lignes: groupes.map((g, i) =>
      enLigne(
        g,
        colonnes((c) => masques.get(c)?.parts[i] ?? null),
      ),
    ),
    total: enLigne(
      { cle: '', nombres: additionner(groupes.map((g) => g.nombres)) },
      colonnes((c) => masques.get(c)?.total ?? null),
    ),
  };
}
/** One finished month, by place. */
export const direMois = (lieux: readonly Groupe[]): Dites => enLignes(lieux, new Map(COLONNES.map((c) => [c, masquerMois(lieux.map((g) => g.nombres[c]))])));

/** A quarter, from its months by place, each in the same order of places. */
export function direLeTrimestre(mois: readonly (readonly Groupe[])[]): Dites {
  const sommes = (mois[0] ?? []).map((g, l) => ({ cle: g.cle, nombres: additionner(mois.flatMap((m) => m[l]?.nombres ?? [])) }));
  return enLignes(sommes, new Map(COLONNES.map((c) => [c, direTrimestre(mois.map((m) => m.map((g) => g.nombres[c])))])));
}
/** Parts of a whole that was said or not, as `total` has it: quartiers of a place, circuits. Where the whole is not said, nothing of it is. */
export function direSous(total: Ligne, groupes: readonly Groupe[]): Ligne[] {
  const masques = new Map(
    COLONNES.map((c): [Colonne, Masque] => {
      const n = groupes.map((g) => g.nombres[c]);
      return [c, total[c] === null ? { parts: n.map((x) => (x === 0 ? 0 : null)), total: null } : masquer(n)];
    }),
  );
  return enLignes(groupes, masques).lignes;
}
