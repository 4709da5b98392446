import { JOUR_MS } from '../../../core/jours.ts';
/** Counts of a centre: what desks touched, added up. Numbers only. */
export const QUOI = ['arrivee', 'depart', 'besoin'] as const;
export type Quoi = (typeof QUOI)[number];

export interface Compte {
  quoi: Quoi;
  code: string;
  nombre: number;
}
export interface Bilan {
  arrivees: ReadonlyMap<string, number>;
  besoins: ReadonlyMap<string, number>;
  /** Came in and were looked after there: those sent to the medical chain are not. */
  accueillies: number;
  departs: number;
  presentes: number;
  /** More went out than came in: a desk has not sent its counts yet, or was wrong. */
  enTrop: number;
}

/** `ailleurs`: kinds of people who are sent elsewhere and never present. */
export function additionner(comptes: readonly Compte[], ailleurs: readonly string[]): Bilan {
  const de = (quoi: Quoi) => {
    const m = new Map<string, number>();
    for (const c of comptes) if (c.quoi === quoi) m.set(c.code, (m.get(c.code) ?? 0) + c.nombre);
    return m;
  };
  const arrivees = de('arrivee');
  const accueillies = [...arrivees].reduce((n, [code, x]) => n + (ailleurs.includes(code) ? 0 : x), 0);
  const departs = de('depart').get('') ?? 0;
  return {
    arrivees,
    besoins: de('besoin'),
    accueillies,
    departs,
    presentes: Math.max(0, accueillies - departs),
    enTrop: Math.max(0, departs - accueillies),
  };
}

/** Several centres beside each other: each keeps its own, so that who left one too many times empties no other. */
export function ensemble(bilans: readonly Bilan[]): Bilan {
  const somme = (de: (b: Bilan) => ReadonlyMap<string, number>) => {
    const m = new Map<string, number>();
    for (const b of bilans) for (const [code, n] of de(b)) m.set(code, (m.get(code) ?? 0) + n);
    return m;
  };
  const total = (de: (b: Bilan) => number) => bilans.reduce((n, b) => n + de(b), 0);
  return {
    arrivees: somme((b) => b.arrivees),
    besoins: somme((b) => b.besoins),
    accueillies: total((b) => b.accueillies),
    departs: total((b) => b.departs),
    presentes: total((b) => b.presentes),
    enTrop: total((b) => b.enTrop),
  };
}

/** A device's clock may be wrong: what it says is kept, within a day of the server's; beyond, the server's is. */
export const heureDite = (dit: Date | null, maintenant: Date): Date =>
  dit !== null && Math.abs(dit.getTime() - maintenant.getTime()) <= JOUR_MS ? dit : maintenant;
