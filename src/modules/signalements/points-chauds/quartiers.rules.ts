/**
 * What is told to everyone of a quarter, quartier by quartier. Reports received here are told as the balance sheet of the same quarter told them, and what was
 * imported beside them, masked by itself: each is said once, and neither is found by taking one publication from the other. Pure.
 */
import { masquerParts } from '../../../core/petits-nombres.ts';

/** Received here, or imported: by one channel, as its files come; of former nights, by all of them at once. */
export type Voie = 'ici' | 'importe' | `canal:${string}`;
export interface LigneDite {
  genre: 'total' | 'lieu' | 'quartier';
  /** Empty of the whole. */
  lieu: string;
  /** Null: hidden. */
  nombre: number | null;
}
/** A place of the first level, with its quartiers, which may be itself. */
export interface Lieu {
  id: string;
  quartiers: readonly string[];
  /** All that is in it: what is known of it alone is a part that no row says. */
  parties: readonly string[];
}

/** Of what each channel told: hidden where one of them hides it, `undefined` where none told anything. */
export const additionnerDits = (dits: readonly (number | null)[]): number | null | undefined =>
  dits.length === 0 ? undefined : dits.reduce((n, x) => (n === null || x === null ? null : n + x));

/** `nombres`: by place, however fine; `ailleurs`: of no place of the first level. */
export function direNombres(lieux: readonly Lieu[], nombres: ReadonlyMap<string, number>, ailleurs: number): LigneDite[] {
  const de = (id: string) => nombres.get(id) ?? 0;
  const ensemble = (l: Lieu) => l.parties.reduce((n, id) => n + de(id), 0);
  const { parts, total } = masquerParts([...lieux.map(ensemble), ailleurs]);
  return [
    { genre: 'total', lieu: '', nombre: total },
    ...lieux.flatMap((l, rang): LigneDite[] => {
      const dit = parts[rang] ?? null;
      const reste = ensemble(l) - l.quartiers.reduce((n, id) => n + de(id), 0);
      const dedans = dit === null ? l.quartiers.map((id) => (de(id) === 0 ? 0 : null)) : masquerParts([...l.quartiers.map(de), reste]).parts;
      return [
        { genre: 'lieu', lieu: l.id, nombre: dit },
        ...l.quartiers.map((id, i): LigneDite => ({ genre: 'quartier', lieu: id, nombre: dedans[i] ?? null })),
      ];
    }),
  ];
}
