/** What institutions wrote in the place of the contract's file: each writing is a version, the last one is read. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

export type Correction = Pick<Ligne<'secoursCorrections'>, 'demarche' | 'version' | 'etapes' | 'organisationId' | 'le'>;
export type Reserve = Pick<Ligne<'secoursReserves'>, 'demarche' | 'version' | 'texte' | 'organisationId' | 'le'>;

/** The version in force of each of these procedures; read on the public plane. */
export async function listCorrections(db: Db, contratId: number, demarches: readonly string[]): Promise<ReadonlyMap<string, Correction>> {
  if (demarches.length === 0) return new Map();
  const { rows } = await sql<Correction>`
    select distinct on (c.demarche) c.demarche, c.version, c.etapes, c.organisation_id, c.le from secours_corrections c
    where contrat_id = ${contratId} and demarche = any(${demarches})
    order by demarche, version desc`.execute(db);
  return new Map(rows.map((r) => [r.demarche, r]));
}

/** For professionals; closed to the account of the public plane. */
export async function listReserves(db: Db, contratId: number, demarches: readonly string[]): Promise<ReadonlyMap<string, Reserve>> {
  const { rows } = await sql<Reserve>`
    select distinct on (demarche) demarche, version, texte, organisation_id, le from secours_reserves
    where contrat_id = ${contratId} and demarche = any(${demarches})
    order by demarche, version desc`.execute(db);
  return new Map(rows.map((r) => [r.demarche, r]));
}

/** All the versions of one procedure, the last one first. */
export async function listVersions(db: Db, contratId: number, demarche: string): Promise<(Correction & { texte: string })[]> {
  const { rows } = await sql<Correction & { texte: string }>`
    select c.demarche, c.version, c.etapes, c.organisation_id, c.le, r.texte
    from secours_corrections c join secours_reserves r using (contrat_id, demarche, version)
    where c.contrat_id = ${contratId} and c.demarche = ${demarche}
    order by c.version desc`.execute(db);
  return rows;
}

/** One writing at a time for a procedure: held until the end of the transaction. */
export async function tenirDemarche(tx: Db, contratId: number, demarche: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`secours|${contratId}|${demarche}`}, 0))`.execute(tx);
}

export async function addVersion(
  tx: Db,
  contratId: number,
  v: { demarche: string; version: number; etapes: string; texte: string; organisationId: string; quand: Date },
): Promise<void> {
  await sql`
    insert into secours_corrections (contrat_id, demarche, version, etapes, organisation_id, le)
    values (${contratId}, ${v.demarche}, ${v.version}, ${v.etapes}, ${v.organisationId}, ${v.quand})`.execute(tx);
  await sql`
    insert into secours_reserves (contrat_id, demarche, version, texte, organisation_id, le)
    values (${contratId}, ${v.demarche}, ${v.version}, ${v.texte}, ${v.organisationId}, ${v.quand})`.execute(tx);
}
