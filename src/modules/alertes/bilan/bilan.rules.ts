/** Counts by month and by place, as they may be told: small ones hidden, nothing of the last months. Pure. */
import { grouper } from '../../echeances/index.ts';
import { masquer } from '../../signalements/index.ts';
import type { Activation } from './bilan.queries.ts';

export interface Part {
  cle: string;
  /** Null: hidden. */
  nombre: number | null;
}
const sommeDe = (l: readonly Activation[]): number => l.reduce((s, a) => s + a.nombre, 0);

/** One part for each key, in their order, and the total; small parts are hidden with another, so that no difference gives them back. */
export function parCle(activations: readonly Activation[], cles: readonly string[], cle: (a: Activation) => string): { parts: Part[]; total: number | null } {
  const groupes = grouper(activations, cle);
  const m = masquer(cles.map((k) => sommeDe(groupes.get(k) ?? [])));
  return { parts: cles.map((k, i) => ({ cle: k, nombre: m.parts[i] ?? null })), total: m.total };
}

const enMois = (rang: number): string => `${Math.floor(rang / 12)}-${String((rang % 12) + 1).padStart(2, '0')}`;
const rangDe = (mois: string): number => Number(mois.slice(0, 4)) * 12 + Number(mois.slice(5, 7)) - 1;
/** The last month told, `YYYY-MM`: whole, and old enough. */
export const dernierMois = (aujourdhui: string, recul: number): string => enMois(rangDe(aujourdhui) - recul - 1);
/** First day of the month after. */
export const apresLeMois = (mois: string): string => `${enMois(rangDe(mois) + 1)}-01`;
/** Months of a year, up to that one. */
export const moisDe = (annee: number, jusqua: string): string[] =>
  Array.from({ length: 12 }, (_, i) => `${annee}-${String(i + 1).padStart(2, '0')}`).filter((m) => m <= jusqua);
