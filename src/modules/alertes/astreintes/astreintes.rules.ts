/** Who is on duty, who comes next, and where nobody is. Instants throughout: a night in which the hour changes is as long as it really is. Pure. */
import { DateTime } from 'luxon';
import { grouper } from '../../echeances/index.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';

export interface Inscrit {
  id: string;
  fonction: string;
  territoire: string;
  rang: number;
  permanent: boolean;
}
export interface Creneau {
  inscritId: string;
  suppleantId: string | null;
  debut: Date;
  fin: Date;
}
interface Intervalle {
  debut: Date;
  fin: Date;
}
const tient = (c: Intervalle, t: Date): boolean => c.debut <= t && t < c.fin;

export interface Tour<I extends Inscrit> {
  inscrit: I;
  motif: 'liste' | 'astreinte';
}
/**
 * Those of one function in one place, in the order in which they are told: on duty, then the standing members by their rank, then substitutes.
 * `premiers` are told at once: whoever is on duty and standing members of the first rank; without any, the first that the roster has.
 */
export function ordreDe<I extends Inscrit>(inscrits: readonly I[], creneaux: readonly Creneau[], t: Date): { premiers: Tour<I>[]; suivants: Tour<I>[] } {
  const parId = new Map(inscrits.map((i) => [i.id, i]));
  const ici = creneaux.filter((c) => tient(c, t) && parId.has(c.inscritId));
  const deGarde = new Set(ici.map((c) => c.inscritId));
  const suppleants = ici.flatMap((c) => (c.suppleantId !== null && !deGarde.has(c.suppleantId) ? [c.suppleantId] : []));
  const parRang = [...inscrits].sort((a, b) => a.rang - b.rang || (a.id < b.id ? -1 : 1));
  const garde = parRang.filter((i) => deGarde.has(i.id)).map((inscrit): Tour<I> => ({ inscrit, motif: 'astreinte' }));
  const remplace = [...new Set(suppleants)].flatMap((id): Tour<I>[] => {
    const inscrit = parId.get(id);
    return inscrit ? [{ inscrit, motif: 'astreinte' }] : [];
  });
  const pris = new Set([...garde, ...remplace].map((x) => x.inscrit.id));
  const permanents = parRang.filter((i) => i.permanent && !pris.has(i.id)).map((inscrit): Tour<I> => ({ inscrit, motif: 'liste' }));
  const premiers = [...garde, ...permanents.filter((x) => x.inscrit.rang === 1)];
  const suivants = [...remplace, ...permanents.filter((x) => x.inscrit.rang > 1)];
  if (premiers.length === 0 && suivants[0]) return { premiers: [suivants[0]], suivants: suivants.slice(1) };
  return { premiers, suivants };
}

/** Pieces of `dans` that no interval covers. */
export function trous(couverts: readonly Intervalle[], dans: Intervalle): Intervalle[] {
  const libres: Intervalle[] = [];
  let ou = dans.debut;
  for (const c of [...couverts].sort((a, b) => a.debut.getTime() - b.debut.getTime())) {
    // What ends before where we are covers nothing more.
    if (c.fin <= ou || c.debut >= dans.fin) continue;
    if (c.debut > ou) libres.push({ debut: ou, fin: c.debut });
    ou = c.fin;
    if (ou >= dans.fin) return libres;
  }
  if (ou < dans.fin) libres.push({ debut: ou, fin: dans.fin });
  return libres;
}
const minutes = (i: Intervalle): number => (i.fin.getTime() - i.debut.getTime()) / 60_000;
/** Minutes covered, of minutes looked at. */
const couverture = (libres: readonly Intervalle[], dans: Intervalle): { couvertes: number; total: number } => ({
  couvertes: minutes(dans) - libres.reduce((s, l) => s + minutes(l), 0),
  total: minutes(dans),
});

/** The week-end that comes, or that has begun. */
export function finDeSemaine(r: Pick<Reglement, 'astreintes'>, maintenant: Date, fuseau: string): Intervalle {
  const a = (base: DateTime, m: { jour: number; heure: string }) => {
    const [h = 0, mn = 0] = m.heure.split(':').map(Number);
    return base
      .startOf('week')
      .plus({ days: m.jour - 1 })
      .set({ hour: h, minute: mn });
  };
  const { de, a: vers } = r.astreintes;
  const lundi = DateTime.fromJSDate(maintenant, { zone: fuseau });
  const pour = (semaine: DateTime) => {
    const debut = a(semaine, de);
    const fin = a(semaine, vers);
    return { debut, fin: fin <= debut ? a(semaine.plus({ weeks: 1 }), vers) : fin };
  };
  const passee = pour(lundi.minus({ weeks: 1 }));
  const choisie = passee.fin > lundi ? passee : pour(lundi);
  return { debut: choisie.debut.toJSDate(), fin: choisie.fin.toJSDate() };
}

/** What remains of it: what is past is neither a hole to fill nor time that is covered. */
export const resteDe = (dans: Intervalle, maintenant: Date): Intervalle => ({ ...dans, debut: maintenant > dans.debut ? maintenant : dans.debut });

export interface Place {
  fonction: string;
  territoire: string;
}
export interface Manque extends Place {
  libres: Intervalle[];
  couvertes: number;
  total: number;
}
/** For each place where somebody should be on duty: standing members cover everything, others their slots. */
export function couverturesDe(places: readonly Place[], inscrits: readonly Inscrit[], creneaux: readonly Creneau[], dans: Intervalle): Manque[] {
  const cle = (p: Place) => `${p.fonction}|${p.territoire}`;
  const siens = grouper(inscrits, cle);
  return places.map((p) => {
    const la = siens.get(cle(p)) ?? [];
    const ids = new Set(la.map((i) => i.id));
    const libres = la.some((i) => i.permanent)
      ? []
      : trous(
          creneaux.filter((c) => ids.has(c.inscritId)),
          dans,
        );
    return { ...p, libres, ...couverture(libres, dans) };
  });
}
