/** Referents, read and written. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { compteFermeLe } from '../../comptes/index.ts';
import { enJson } from '../../../core/couper.ts';

type R = Ligne<'referents'>;
export interface Referent extends Pick<R, 'id' | 'role' | 'nom' | 'fonction' | 'courriel' | 'telephone' | 'version'> {
  organisationId: string;
  territoireId: string;
  suppleantNom: string;
  suppleantCourriel: string;
  suppleantTelephone: string;
  debut: string;
  fin: string | null;
  /** Away until that day, included: the substitute is written to. */
  absentJusquau: string | null;
  majLe: Date;
  majPar: string;
  /** The day on which the account of their address was closed: they left, and read nothing there; the same of their substitute. */
  fermeLe: string | null;
  suppleantFermeLe: string | null;
  /** Name and lines are gone: its term ended long ago. */
  oublie: boolean;
}
const COLONNES = sql`r.id, r.role, r.organisation_id, r.territoire_id, r.nom, r.fonction, r.courriel, r.telephone,
  r.suppleant_nom, r.suppleant_courriel, r.suppleant_telephone, r.debut, r.fin, r.absent_jusquau, r.version,
  ${compteFermeLe(sql`r.contrat_id`, sql`r.courriel`)} as "fermeLe", ${compteFermeLe(sql`r.contrat_id`, sql`r.suppleant_courriel`)} as "suppleantFermeLe",
  r.maj_le, r.maj_par, r.anonymisee_le is not null as oublie`;

/** The last day of term `r`, or the day on which its holder left when it comes first (`termeDe` says the same). */
export const termeSql = sql<string | null>`least(r.fin, ${compteFermeLe(sql`r.contrat_id`, sql`r.courriel`)})`;

/** Everyone ever named, the latest first; a few hundred in a contract. */
export async function listReferents(db: Db, contratId: number, o: { role?: string | undefined } = {}): Promise<Referent[]> {
  const { rows } = await sql<Referent>`
    select ${COLONNES} from referents r
    where r.contrat_id = ${contratId} ${o.role ? sql`and r.role = ${o.role}` : sql``}
    order by r.role, r.territoire_id, r.debut desc, r.id`.execute(db);
  return rows;
}
export async function getReferent(db: Db, contratId: number, id: string, verrou = false): Promise<Referent | null> {
  const { rows } = await sql<Referent>`
    select ${COLONNES} from referents r where r.contrat_id = ${contratId} and r.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** In office that day for that role, in one of these places (the place and those above it), the nearest first; of one place, the longest in office first. */
export async function listReferentsEnFonction(db: Db, contratId: number, q: { role: string; places: readonly string[]; jour: string }): Promise<Referent[]> {
  const { rows } = await sql<Referent>`
    select ${COLONNES} from referents r
    where r.contrat_id = ${contratId} and r.role = ${q.role} and r.territoire_id = any(${[...q.places]}::text[]) and r.debut <= ${q.jour}::date
      and (r.fin is null or r.fin >= ${q.jour}::date)
    order by array_position(${[...q.places]}::text[], r.territoire_id), r.debut, r.cree_le, r.id`.execute(db);
  return rows;
}

/** Until the end of the transaction: who changes who holds a role comes alone. */
export const tenirLeRole = async (tx: Db, contratId: number, role: string): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended(${`role de referent|${contratId}|${role}`}, 0))`.execute(tx));

export interface ReferentSaisi {
  role: string;
  organisation: string;
  territoire: string;
  nom: string;
  fonction: string;
  courriel: string;
  telephone: string;
  suppleant_nom: string;
  suppleant_courriel: string;
  suppleant_telephone: string;
  debut: string;
  fin: string | null;
  absent_jusquau: string | null;
}
export async function addReferent(tx: Db, contratId: number, v: ReferentSaisi, a: { par: string; quand: Date }): Promise<string> {
  const { rows } = await sql<Pick<R, 'id'>>`
    insert into referents (contrat_id, role, organisation_id, territoire_id, nom, fonction, courriel, telephone, suppleant_nom, suppleant_courriel,
      suppleant_telephone, debut, fin, absent_jusquau, cree_le, maj_le, maj_par)
    values (${contratId}, ${v.role}, ${v.organisation}, ${v.territoire}, ${v.nom}, ${v.fonction}, ${v.courriel}, ${v.telephone}, ${v.suppleant_nom},
      ${v.suppleant_courriel}, ${v.suppleant_telephone}, ${v.debut}::date, ${v.fin}::date, ${v.absent_jusquau}::date, ${a.quand}, ${a.quand}, ${a.par}) returning id`.execute(
    tx,
  );
  return rows[0]?.id ?? '';
}
export async function updateReferent(tx: Db, contratId: number, r: Referent, v: ReferentSaisi, a: { par: string; quand: Date }): Promise<void> {
  await sql`
    update referents set role = ${v.role}, organisation_id = ${v.organisation}, territoire_id = ${v.territoire}, nom = ${v.nom}, fonction = ${v.fonction},
      courriel = ${v.courriel}, telephone = ${v.telephone}, suppleant_nom = ${v.suppleant_nom}, suppleant_courriel = ${v.suppleant_courriel},
      suppleant_telephone = ${v.suppleant_telephone}, debut = ${v.debut}::date, fin = ${v.fin}::date,
      absent_jusquau = ${v.absent_jusquau}::date, version = ${r.version + 1}, maj_le = ${a.quand},
      maj_par = ${a.par}
    where contrat_id = ${contratId} and id = ${r.id}::uuid and version = ${r.version}`.execute(tx);
}
/** In office that day or to come, of these roles, everywhere; of one place, the longest in office first. */
export async function listReferentsDesRoles(db: Db, contratId: number, roles: readonly string[], jour: string): Promise<Referent[]> {
  const { rows } = await sql<Referent>`
    select ${COLONNES} from referents r
    where r.contrat_id = ${contratId} and r.role = any(${[...roles]}::text[]) and (r.fin is null or r.fin >= ${jour}::date)
    order by r.role, r.territoire_id, r.debut, r.cree_le, r.id`.execute(db);
  return rows;
}
/** Roles of those whose address this is, or their substitute's. */
export async function listReferentsDeLAdresse(db: Db, contratId: number, courriel: string): Promise<Pick<Referent, 'role' | 'territoireId'>[]> {
  const { rows } = await sql<Pick<Referent, 'role' | 'territoireId'>>`
    select distinct r.role, r.territoire_id from referents r
    where r.contrat_id = ${contratId} and ${courriel} <> '' and ${courriel} in (lower(r.courriel), lower(r.suppleant_courriel)) order by 1, 2`.execute(db);
  return rows;
}
/** All those of these roles and places: what one's coming or leaving changes for the others. */
export async function listVoisins(db: Db, contratId: number, couples: readonly { role: string; territoire: string }[]): Promise<string[]> {
  const { rows } = await sql<Pick<R, 'id'>>`
    select r.id from referents r
    where r.contrat_id = ${contratId} and (r.role, r.territoire_id) in (
      select x.role, x.territoire from jsonb_to_recordset(${enJson(couples)}::jsonb) as x (role text, territoire text))
    order by r.id`.execute(db);
  return rows.map((r) => r.id);
}
