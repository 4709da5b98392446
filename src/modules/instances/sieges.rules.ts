/** Seats that follow terms, by days: what is past stays as it was written, from today on those sit who should. Pure. */
import { plusJours } from '../echeances/index.ts';

interface Terme {
  /** First and last day; `fin` before `debut`: never held. */
  debut: string;
  fin: string | null;
}
/** Someone who sits by a role, from one day to another. */
export interface Tenue extends Terme {
  referentId: string;
  roleReferents: string;
}
type Place = Terme & { roleReferents: string };

const plusTard = (a: string, b: string): string => (a > b ? a : b);
const jamais = (s: Terme): boolean => s.fin !== null && s.fin < s.debut;
const couvre = (s: Terme, jour: string): boolean => s.debut <= jour && (s.fin === null || s.fin >= jour);
const seTouchent = (a: Terme, b: Terme): boolean => (b.fin === null || a.debut <= b.fin) && (a.fin === null || b.debut <= a.fin);

/** Days of a term that places of its role hold open, in runs; each with the place of its first day, or of today when it runs already. */
export function surLesPlaces<T extends Tenue, P extends Place>(terme: T, places: readonly P[], aujourdhui: string): { terme: T; place: P }[] {
  const siennes = places.filter((p) => p.roleReferents === terme.roleReferents && seTouchent(p, terme));
  const jours = [terme.debut, ...siennes.flatMap((p) => [p.debut, ...(p.fin === null ? [] : [plusJours(p.fin, 1)])])].filter((j) => couvre(terme, j));
  const ordre = [...new Set(jours)].sort();
  const runs: { terme: T; place: P }[] = [];
  for (const [i, jour] of ordre.entries()) {
    const place = siennes.find((p) => couvre(p, jour));
    if (!place) continue;
    const suivant = ordre[i + 1];
    const fin = suivant === undefined ? terme.fin : plusJours(suivant, -1);
    const dernier = runs.at(-1);
    if (dernier?.terme.fin === plusJours(jour, -1))
      runs[runs.length - 1] = { terme: { ...dernier.terme, fin }, place: jour <= aujourdhui ? place : dernier.place };
    else runs.push({ terme: { ...terme, debut: jour, fin }, place });
  }
  return runs;
}

export interface Accord<S, V> {
  /** A seat of their own, new. */
  ouvrir: V[];
  /** Held already, or never held yet: what is to be written of it. */
  ecrire: { siege: S; voulu: V }[];
  /** Left: its last day, yesterday; or never to be held. */
  finir: { siege: S; debut: string; fin: string }[];
}
/**
 * What is to be written so that from today on exactly those sit who are wanted. A day that is past is not written again: a seat that was held keeps the day
 * on which it began, one that ended before yesterday is over and whoever comes back has another, and nobody is seated on past days on which somebody was.
 * No seat is ever taken away, for sessions remember it: one that was never held is given other days, or none.
 */
export function accorderLesSieges<S extends Tenue, V extends Tenue>(tenus: readonly S[], voulus: readonly V[], aujourdhui: string): Accord<S, V> {
  const hier = plusJours(aujourdhui, -1);
  const accord: Accord<S, V> = { ouvrir: [], ecrire: [], finir: [] };
  const commence = (s: Tenue) => s.debut < aujourdhui && !jamais(s);
  /** The day after the last one, of those past, on which somebody was written to sit by that role; empty when nobody was. */
  const libreDepuis = (role: string): string => {
    const fins = tenus.filter((s) => s.roleReferents === role && commence(s)).map((s) => (s.fin === null || s.fin > hier ? hier : s.fin));
    return fins.length === 0 ? '' : plusJours(fins.reduce(plusTard), 1);
  };
  const restants = new Set(tenus);
  const prendre = (v: Tenue, si: (s: S) => boolean): S | undefined => {
    const pris = [...restants].find((s) => s.referentId === v.referentId && s.roleReferents === v.roleReferents && si(s));
    if (pris) restants.delete(pris);
    return pris;
  };
  const aVenir = voulus.filter((v) => v.fin === null || v.fin >= aujourdhui);
  const suivants: V[] = [];
  for (const v of aVenir) {
    // It goes on, were it after a mistake of one morning.
    const tenu = v.debut <= aujourdhui ? prendre(v, (s) => commence(s) && (s.fin === null || s.fin >= hier)) : undefined;
    if (tenu) accord.ecrire.push({ siege: tenu, voulu: { ...v, debut: tenu.debut } });
    else suivants.push(v.debut < aujourdhui ? { ...v, debut: plusTard(v.debut, libreDepuis(v.roleReferents)) } : v);
  }
  for (const s of [...restants].filter(commence)) {
    restants.delete(s);
    if (s.fin === null || s.fin > hier) accord.finir.push({ siege: s, debut: s.debut, fin: hier });
  }
  // Of those never held, each is given the days that it had, or others.
  const reprises = suivants.map((v) => ({ v, siege: prendre(v, (s) => !jamais(s) && seTouchent(s, v)) }));
  for (const { v, siege } of reprises) {
    const pris = siege ?? prendre(v, () => true);
    if (pris) accord.ecrire.push({ siege: pris, voulu: v });
    else accord.ouvrir.push(v);
  }
  for (const s of restants) if (!jamais(s)) accord.finir.push({ siege: s, debut: aujourdhui, fin: hier });
  return accord;
}
