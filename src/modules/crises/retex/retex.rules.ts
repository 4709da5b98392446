/** Lessons: two times after the end, each owed by its day, each signed once; then the crisis may be archived. */
import { plusJours } from '../../echeances/index.ts';

export const TEMPS = { chaud: 'à chaud', froid: 'à froid' } as const;
export type Temps = keyof typeof TEMPS;
export const CODES_TEMPS = Object.keys(TEMPS) as [Temps, ...Temps[]];
export const NATURES_DE_CONSTAT = { fort: 'Ce qui a bien marché', ameliorer: 'À améliorer' } as const;

/** The same day of the next month, or its last day: 31 January gives 28 February. */
export function unMoisApres(jour: string): string {
  const [a = 0, m = 1, j = 1] = jour.split('-').map(Number);
  const dernier = new Date(Date.UTC(a, m + 1, 0)).getUTCDate();
  return new Date(Date.UTC(a, m, Math.min(j, dernier))).toISOString().slice(0, 10);
}
/** 48 hours, one month. `close`: the day it was closed. */
export const dueLe = (temps: Temps, close: string): string => (temps === 'chaud' ? plusJours(close, 2) : unMoisApres(close));

/** What still keeps it from the archive, in words; empty when nothing does. */
export function ceQuiManque(signes: readonly Temps[]): string[] {
  return CODES_TEMPS.filter((t) => !signes.includes(t)).map((t) => `le retour d’expérience ${TEMPS[t]}`);
}
