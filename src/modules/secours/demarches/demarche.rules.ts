/** A procedure as it is read: the contract's steps, or those that an institution wrote in their place. Pure. */
import type { Demarche } from '../guide/guide.schema.ts';

interface Ecrite {
  etapes: string;
  organisationId: string;
  le: Date;
  version: number;
}
export interface DemarcheLue extends Demarche {
  /** Who wrote the steps that are shown; null while they are the contract's. */
  corrigee: { par: string; le: Date } | null;
}

/** An empty correction gives the contract's steps back. */
export const lireDemarche = (d: Demarche, c: Ecrite | undefined): DemarcheLue =>
  c && c.etapes !== '' ? { ...d, etapes: c.etapes.split('\n'), corrigee: { par: c.organisationId, le: c.le } } : { ...d, corrigee: null };
