/** Who checked the numbers of help, and when: each check is a version, the last one counts. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

export type Verification = Pick<Ligne<'secoursVerifications'>, 'numero' | 'version' | 'le' | 'par' | 'moyen' | 'juste'>;

/** The last one of each number that somebody checked; read on the public plane. */
export async function listVerifications(db: Db, contratId: number): Promise<ReadonlyMap<string, Verification>> {
  const { rows } = await sql<Verification>`
    select distinct on (numero) numero, version, le, par, moyen, juste from secours_verifications
    where contrat_id = ${contratId} and version > 0 order by numero, version desc`.execute(db);
  return new Map(rows.map((r) => [r.numero, r]));
}

/** Those of the file that were not known yet, and no more those that it has left out. Returns how many are new. */
export async function connaitreNumeros(tx: Db, contratId: number, numeros: readonly string[], le: string): Promise<number> {
  await sql`delete from secours_verifications where contrat_id = ${contratId} and numero <> all(${[...numeros]}::text[])`.execute(tx);
  const { numAffectedRows } = await sql`
    insert into secours_verifications (contrat_id, numero, version, le)
    select ${contratId}, n, 0, ${le}::date from unnest(${[...numeros]}::text[]) as n on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** One check at a time: held until the end of the transaction. */
export async function tenirNumero(tx: Db, contratId: number, numero: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`secours-numero|${contratId}|${numero}`}, 0))`.execute(tx);
}

export async function addVerification(tx: Db, contratId: number, v: Verification & { organisationId: string }): Promise<void> {
  await sql`
    insert into secours_verifications (contrat_id, numero, version, le, organisation_id, par, moyen, juste)
    values (${contratId}, ${v.numero}, ${v.version}, ${v.le}::date, ${v.organisationId}, ${v.par}, ${v.moyen}, ${v.juste})`.execute(tx);
}
