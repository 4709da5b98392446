/** Roles of the contract, and who holds them: what other modules ask. */
import type { Db } from '../../../core/base/database.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { House } from '../../../core/module.ts';
import { jour as ecrireJour } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { listReferents, listReferentsDesRoles, listReferentsEnFonction, type Referent, tenirLeRole } from './referents.queries.ts';
import { assis, couvertureDe, direTrou } from './referents.rules.ts';

/** What a module does when who holds these roles changed, in the same transaction. */
export type SuitesDesReferents = (
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>,
  catalogue: Catalogue,
  roles: readonly string[],
) => Promise<void>;
let suites: readonly SuitesDesReferents[] = [];
export const installerSuites = (house: House): void => {
  suites = house.modules.flatMap((m) => m.referents ?? []);
};
/** Of one role, one change after the other: what follows from the second is read once the first is written. */
export async function prevenirDesReferents(c: Parameters<SuitesDesReferents>[0], catalogue: Catalogue, roles: readonly string[]): Promise<void> {
  const dits = [...new Set(roles)].sort();
  for (const role of dits) await tenirLeRole(c.db, catalogue.contratId, role);
  for (const suite of suites) await suite(c, catalogue, dits);
}

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
export function rolesDe(catalogue: Pick<Catalogue, 'listes'>): RoleDeReferent[] {
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

export const direRole = (catalogue: Catalogue, code: string): string => rolesDe(catalogue).find((r) => r.code === code)?.libelle ?? code;

/** Who is to be told or convoked there that day, the nearest first: of the place itself, then of those that hold it. Lines of people: for work screens and letters, never for the public. */
export const referentsPour = (db: Db, catalogue: Catalogue, q: { role: string; territoire: string; jour: string }): Promise<Referent[]> =>
  listReferentsEnFonction(db, catalogue.contratId, { role: q.role, places: catalogue.ascendants(q.territoire).map((t) => t.id), jour: q.jour });

export type AuPoste = { referents: readonly Referent[]; trou: null } | { referents: readonly []; trou: string };
/** The same, or, where nobody is, since when: a sentence for those who coordinate. The nearest place alone: a referent of the place before those of what holds it. */
export async function referentsOuTrou(db: Db, catalogue: Catalogue, q: { role: string; territoire: string; jour: string }): Promise<AuPoste> {
  const la = await referentsPour(db, catalogue, q);
  if (la.length > 0) return { referents: la.filter((r) => r.territoireId === la[0]?.territoireId), trou: null };
  const c = couvertureDe(
    await listReferents(db, catalogue.contratId, { role: q.role }),
    { role: q.role, places: catalogue.ascendants(q.territoire).map((t) => t.id), jour: q.jour },
    (j) => plusJours(j, 1),
  );
  if (c.etat === 'couvert' || c.etat === 'partiel') return { referents: [], trou: direRole(catalogue, q.role) };
  return { referents: [], trou: direTrou(c, direRole(catalogue, q.role), catalogue.territoires.get(q.territoire)?.nom ?? q.territoire, (j) => ecrireJour(j)) };
}
/** In office that day, for many places at once: the same choice as `referentsOuTrou`, read in one query. */
export async function lireReferents(
  db: Db,
  catalogue: Catalogue,
  roles: readonly string[],
  jour: string,
): Promise<(role: string, territoire: string) => Referent[]> {
  const la = (await listReferentsDesRoles(db, catalogue.contratId, roles, jour)).filter((r) => r.debut <= jour);
  return (role, territoire) => {
    for (const t of catalogue.ascendants(territoire)) {
      const ici = la.filter((r) => r.role === role && r.territoireId === t.id);
      if (ici.length > 0) return ici;
    }
    return [];
  };
}
/** Those of a role who sit for a place from that day on: named in it or in a part of it; where and while none is, of the nearest place that holds it. */
export async function referentsDe(db: Db, catalogue: Catalogue, q: { roles: readonly string[]; territoire: string; du: string }): Promise<Referent[]> {
  const tous = await listReferentsDesRoles(db, catalogue.contratId, q.roles, q.du);
  const autour = catalogue.ascendants(q.territoire).filter((t) => t.id !== q.territoire);
  return q.roles.flatMap((role) => {
    const siens = tous.filter((r) => r.role === role);
    const dedans = siens.filter((r) => catalogue.contient(q.territoire, r.territoireId));
    return assis(
      dedans,
      autour.map((t) => siens.filter((r) => r.territoireId === t.id)),
      q.du,
      plusJours,
    );
  });
}
