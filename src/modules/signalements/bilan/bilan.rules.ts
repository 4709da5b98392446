/** What is said in public of reports: totals, rates and times, small numbers hidden so that no difference gives them back. Pure. */
import { masquer, masquerEtages } from '../points-chauds/masquage.rules.ts';
import type { Compte } from './bilan.queries.ts';

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
interface Groupe {
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

/** Parts of one whole, and the whole: months of a quarter, circuits. */
export function masquerParts(groupes: readonly Groupe[]): { lignes: Ligne[]; total: Ligne } {
  const masques = new Map(COLONNES.map((c) => [c, masquer(groupes.map((g) => g.nombres[c]))]));
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
interface Etage extends Groupe {
  parts: readonly Groupe[];
}
/** Places of the first level and what lies in each, whichever of them a page shows: what is hidden in one is hidden in all. */
export function masquerLieux(lieux: readonly Etage[]): { lignes: Ligne[]; dans: Map<string, Ligne[]> } {
  const masques = new Map(COLONNES.map((c) => [c, masquerEtages(lieux.map((l) => ({ id: l.cle, parts: l.parts.map((p) => p.nombres[c]) })))]));
  return {
    lignes: lieux.map((l) =>
      enLigne(
        l,
        colonnes((c) => masques.get(c)?.get(l.cle)?.total ?? null),
      ),
    ),
    dans: new Map(
      lieux.map((l) => [
        l.cle,
        l.parts.map((p, i) =>
          enLigne(
            p,
            colonnes((c) => masques.get(c)?.get(l.cle)?.parts[i] ?? null),
          ),
        ),
      ]),
    ),
  };
}
