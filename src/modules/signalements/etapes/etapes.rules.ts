/** Counts of states as the steps of a circuit. Pure. */
import { type CodeEtat, ETATS, estClos, estUnEtat } from '../circuits/etats.ts';
import type { CompteDEtape } from './etapes.queries.ts';

export interface LigneDEtapes {
  service: string;
  /** By state, those that the circuit uses. */
  etats: ReadonlyMap<CodeEtat, number>;
  recus: number;
  ouverts: number;
}
/** A row for each service, by its name later; what is joined to another goes with it, and is not counted. */
export function parService(comptes: readonly CompteDEtape[], circuit: string): LigneDEtapes[] {
  const lignes = new Map<string, Map<CodeEtat, number>>();
  for (const c of comptes)
    if (c.circuit === circuit && estUnEtat(c.etat)) {
      const sienne = lignes.get(c.serviceId) ?? new Map<CodeEtat, number>();
      lignes.set(c.serviceId, sienne.set(c.etat, (sienne.get(c.etat) ?? 0) + c.nombre));
    }
  return [...lignes].map(([service, etats]) => {
    const somme = (garder: (e: CodeEtat) => boolean) => [...etats].reduce((n, [e, x]) => n + (garder(e) ? x : 0), 0);
    return { service, etats, recus: somme(() => true), ouverts: somme((e) => !estClos(e)) };
  });
}
/** States of a circuit in the order in which they come. */
export const etatsDans = (dits: Readonly<Partial<Record<CodeEtat, unknown>>>): CodeEtat[] => (Object.keys(ETATS) as CodeEtat[]).filter((e) => e in dits);
