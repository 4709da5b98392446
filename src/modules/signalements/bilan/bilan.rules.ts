/**
 * What is said in public of reports: totals, rates and times, small numbers hidden so that no difference gives them back. A month is told when it ends, and
 * never told otherwise; a quarter adds to its months what changed since, of a place where it is five at least. Less would be said of a few people by
 * whoever takes one from the other. Pure.
 */
import { type Masque, masquerParts, PETIT } from '../../../core/petits-nombres.ts';
import type { Nombres } from './bilan.queries.ts';

const RIEN: Nombres = { recus: 0, repondus: 0, faits: 0, resolus: 0, contestes: 0, minutes: 0 };
const NOMBRES = Object.keys(RIEN) as (keyof Nombres)[];
export function additionner(comptes: readonly Nombres[]): Nombres {
  const somme = { ...RIEN };
  for (const c of comptes) for (const nom of NOMBRES) somme[nom] += c[nom];
  return somme;
}

/** Counts that are published, each by itself. */
const COLONNES = ['recus', 'repondus', 'faits', 'resolus', 'contestes'] as const;
type Colonne = (typeof COLONNES)[number];
/** One line as it is told, and kept. Null: hidden. `minutes` of those answered; null where they are too few, or hidden. */
export interface Dite extends Record<Colonne, number | null> {
  cle: string;
  minutes: number | null;
}
export interface Groupe {
  cle: string;
  nombres: Nombres;
}
export interface Ligne extends Dite {
  /** Per cent of reports answered. */
  tauxDeReponse: number | null;
  /** Mean hours from reception to the first answer. */
  heures: number | null;
}
/** A line whose counts are hidden says neither rate nor time, which would give them back. */
export const enLigne = (d: Dite): Ligne => ({
  ...d,
  tauxDeReponse: d.recus !== null && d.repondus !== null && d.recus >= PETIT ? Math.round((100 * d.repondus) / d.recus) : null,
  heures: d.minutes !== null && d.repondus ? d.minutes / d.repondus / 60 : null,
});

function dire(cle: string, lire: (c: Colonne) => number | null, minutes: number): Dite {
  const dits = Object.fromEntries(COLONNES.map((c) => [c, lire(c)])) as Record<Colonne, number | null>;
  return { cle, ...dits, minutes: dits.recus !== null && dits.repondus !== null && dits.repondus >= PETIT ? minutes : null };
}

export interface Dites {
  lignes: Dite[];
  total: Dite;
}
function direTout(groupes: readonly Groupe[], masques: ReadonlyMap<Colonne, Masque>): Dites {
  return {
    lignes: groupes.map((g, i) => dire(g.cle, (c) => masques.get(c)?.parts[i] ?? null, g.nombres.minutes)),
    total: dire('', (c) => masques.get(c)?.total ?? null, additionner(groupes.map((g) => g.nombres)).minutes),
  };
}
/** One finished month, by place. */
export const direMois = (lieux: readonly Groupe[]): Dites => direTout(lieux, new Map(COLONNES.map((c) => [c, masquerParts(lieux.map((g) => g.nombres[c]))])));

/** Counts of a part of a place of the first level, in one circuit. */
export interface Cellule extends Nombres {
  lieu: string;
  territoireId: string;
  circuit: string;
}
const cleDe = (x: Cellule): string => `${x.lieu} ${x.territoireId} ${x.circuit}`;
function parCle(cellules: readonly Cellule[]): ReadonlyMap<string, Nombres> {
  const sommes = new Map<string, Nombres>();
  for (const x of cellules) sommes.set(cleDe(x), additionner([sommes.get(cleDe(x)) ?? RIEN, x]));
  return sommes;
}

/** Columns of a place that a quarter says as they are now: nobody is behind the difference alone, nor behind what it leaves, and it stays a part of what was received. */
function aJour(cle: string, mois: readonly Dites[], avant: Nombres, maintenant: Nombres): readonly Colonne[] {
  const masquee = (c: Colonne) => mois.some((m) => (m.lignes.find((l) => l.cle === cle)?.[c] ?? null) === null);
  const change = (c: Colonne) => !masquee(c) && Math.abs(maintenant[c] - avant[c]) >= PETIT && (maintenant[c] === 0 || maintenant[c] >= PETIT);
  const suites = COLONNES.filter((c) => c !== 'recus');
  const recus = change('recus') && suites.every((c) => avant[c] <= maintenant.recus) ? maintenant.recus : avant.recus;
  return COLONNES.filter((c) => change(c) && (c === 'recus' ? recus === maintenant.recus : maintenant[c] <= recus));
}
/** Counts of which a quarter is made: those of its months as they were told, `avant`, or as they are now. */
export function retenir(mois: readonly Dites[], avant: readonly Cellule[], maintenant: readonly Cellule[]): Cellule[] {
  const [anciennes, neuves] = [parCle(avant), parCle(maintenant)];
  const lieux = new Set([...avant, ...maintenant].map((x) => x.lieu));
  const prises = new Map(
    [...lieux].map((lieu) => {
      const de = (x: readonly Cellule[]) => additionner(x.filter((y) => y.lieu === lieu));
      return [lieu, new Set<Colonne>(aJour(lieu, mois, de(avant), de(maintenant)))];
    }),
  );
  return [...new Map([...avant, ...maintenant].map((x) => [cleDe(x), x]))].map(([cle, { lieu, territoireId, circuit }]) => {
    const [a, b] = [anciennes.get(cle) ?? RIEN, neuves.get(cle) ?? RIEN];
    const lire = (c: Colonne, n: keyof Nombres = c) => (prises.get(lieu)?.has(c) ? b : a)[n];
    const nombres = Object.fromEntries(COLONNES.map((c) => [c, lire(c)])) as Record<Colonne, number>;
    return { lieu, territoireId, circuit, ...nombres, minutes: lire('repondus', 'minutes') };
  });
}
/** A quarter by place: what a month hid of one stays hidden. `lieux`: all of them, each with what is retained of it. */
export function direLeTrimestre(mois: readonly Dites[], lieux: readonly Groupe[]): Dites {
  const somme = additionner(lieux.map((g) => g.nombres));
  const dit = (lire: (m: Dites) => number | null | undefined, n: number) => (mois.length > 0 && mois.every((m) => (lire(m) ?? null) !== null) ? n : null);
  return {
    lignes: lieux.map((g) => dire(g.cle, (c) => dit((m) => m.lignes.find((l) => l.cle === g.cle)?.[c], g.nombres[c]), g.nombres.minutes)),
    total: dire('', (c) => dit((m) => m.total[c], somme[c]), somme.minutes),
  };
}
/** Parts of a whole that was said or not, as `total` has it: quartiers of a place, circuits. Where the whole is not said, nothing of it is. */
export function direSous(total: Dite, groupes: readonly Groupe[]): Dite[] {
  const masques = new Map(
    COLONNES.map((c): [Colonne, Masque] => {
      const n = groupes.map((g) => g.nombres[c]);
      return [c, total[c] === null ? { parts: n.map((x) => (x === 0 ? 0 : null)), total: null } : masquerParts(n)];
    }),
  );
  return direTout(groupes, masques).lignes;
}
