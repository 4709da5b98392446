/** The clock of an exercise: minutes since it began, without those during which it was stopped. */
interface Horloge {
  departLe: Date | null;
  pauseLe: Date | null;
  pausesS: number;
  finLe: Date | null;
}
type Marche = 'prepare' | 'en_cours' | 'en_pause' | 'fini';

export const marche = (h: Horloge): Marche => {
  if (h.finLe) return 'fini';
  if (!h.departLe) return 'prepare';
  return h.pauseLe ? 'en_pause' : 'en_cours';
};

/** Null before it begins. */
export function minuteDe(h: Horloge, maintenant: Date): number | null {
  if (!h.departLe) return null;
  const jusque = Math.min(...[h.finLe, h.pauseLe, maintenant].flatMap((d) => (d ? [d.getTime()] : [])));
  return Math.max(0, Math.floor((jusque - h.departLe.getTime() - h.pausesS * 1000) / 60_000));
}
/** Seconds to add to the pauses when it goes on. */
export const dureeDePause = (h: Horloge, maintenant: Date): number =>
  h.pauseLe ? Math.max(0, Math.round((maintenant.getTime() - h.pauseLe.getTime()) / 1000)) : 0;

interface Arrivant {
  minute: number;
  traiteLe: Date | null;
}
/** Its minute has come: before, only those who lead the exercise know of it. */
export const estArrive = (i: Pick<Arrivant, 'minute'>, minute: number | null): boolean => minute !== null && i.minute <= minute;
