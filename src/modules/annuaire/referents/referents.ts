/** Roles of the contract, and who holds them: what other modules ask. */
import type { Db } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { listReferentsEnFonction, type Referent } from './referents.queries.ts';

/** The contract's list of roles; those that each first-level territory is to have; those whose lines only who names them sees. */
const ROLES = 'roles-de-referent';
const PAR_TERRITOIRE = 'roles-de-referent-par-territoire';
const RESERVES = 'roles-de-referent-reserves';
export const LISTES = [ROLES, PAR_TERRITOIRE, RESERVES];

export interface RoleDeReferent {
  code: string;
  libelle: string;
  parTerritoire: boolean;
  reserve: boolean;
  retiree: boolean;
}
export function rolesDe(catalogue: Catalogue): RoleDeReferent[] {
  const codes = (liste: string) => new Set((catalogue.listes.get(liste) ?? []).map((v) => v.code));
  const [places, reserves] = [codes(PAR_TERRITOIRE), codes(RESERVES)];
  return (catalogue.listes.get(ROLES) ?? []).map((v) => ({
    code: v.code,
    libelle: v.libelle,
    parTerritoire: places.has(v.code),
    reserve: reserves.has(v.code),
    retiree: v.retiree === true,
  }));
}

/** Who is to be told or convoked there that day, the nearest first: of the place itself, then of those that hold it. Lines of people: for work screens and letters, never for the public. */
export const referentsPour = (db: Db, catalogue: Catalogue, q: { role: string; territoire: string; jour: string }): Promise<Referent[]> =>
  listReferentsEnFonction(db, catalogue.contratId, { role: q.role, places: catalogue.ascendants(q.territoire).map((t) => t.id), jour: q.jour });
