/**
 * The states of a situation and the day when it is destroyed.
 *
 *   recue -> recevable -> examinee -> suivie -> close
 *   any state before `close` may go to `close`: not for this cell, no follow-up, follow-up ended
 */
import { DateTime } from 'luxon';
import type { Durees } from '../charte/charte.rules.ts';
import type { Genre } from '../charte/charte.schema.ts';

export const ETATS = { recue: 'Reçue', recevable: 'Recevable', examinee: 'Examinée', suivie: 'Suivie', close: 'Close' } as const;
export type Etat = keyof typeof ETATS;
export const SUITES: Readonly<Record<Etat, readonly Etat[]>> = {
  recue: ['recevable', 'close'],
  recevable: ['examinee', 'close'],
  examinee: ['suivie', 'close'],
  suivie: ['close'],
  close: [],
};
export const COMPTEUR_DE = { recue: 'recues', recevable: 'recevables', examinee: 'examinees', suivie: 'suivies', close: 'closes' } as const;

const apresMois = (jour: string, mois: number): string => DateTime.fromISO(jour, { zone: 'utc' }).plus({ months: mois }).toISODate() ?? jour;
export const apresJours = (jour: string, jours: number): string => DateTime.fromISO(jour, { zone: 'utc' }).plus({ days: jours }).toISODate() ?? jour;
const plusTot = (a: string, b: string): string => (a < b ? a : b);

/** The last day that age allows; null when the kind of cell sets none, or the month of birth is not given. `naissance`: `YYYY-MM`. */
const plafondDe = (g: Genre, naissance: string | null): string | null =>
  g.age && naissance ? apresMois(`${naissance}-01`, g.age.limite * 12 + g.age.apres_mois) : null;

/** Computed when it enters; a follow-up moves it to the longest follow-up, its end brings it back. Never past what age allows. */
export function destructionDe(o: {
  genre: Genre;
  durees: Durees;
  jour: string;
  etat: Etat;
  avant: { etat: Etat; le: string } | null;
  naissance: string | null;
}): string {
  const plafond = plafondDe(o.genre, o.naissance);
  const { durees: d, jour, avant } = o;
  const prevue =
    o.etat === 'suivie'
      ? apresMois(jour, d.suiviMois)
      : avant === null
        ? apresMois(jour, d.sansSuiteMois)
        : o.etat === 'close' && avant.etat === 'suivie'
          ? plusTot(avant.le, apresMois(jour, d.apresSuiviMois))
          : avant.le;
  return plafond && plafond < prevue ? plafond : prevue;
}
