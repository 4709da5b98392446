/** Who checked the numbers of help, and when: each check is a version, the last one counts. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

export type Verification = Pick<Ligne<'secoursVerifications'>, 'numero' | 'version' | 'empreinte' | 'le' | 'par' | 'moyen' | 'juste'>;

/** The last one of each number that somebody checked; read on the public plane. */
export async function listVerifications(db: Db, contratId: number): Promise<ReadonlyMap<string, Verification>> {
  const { rows } = await sql<Verification>`
    select distinct on (numero) numero, version, empreinte, le, par, moyen, juste from secours_verifications
    where contrat_id = ${contratId} and version > 0 order by numero, version desc`.execute(db);
  return new Map(rows.map((r) => [r.numero, r]));
}

/** Those of the file as it says them: not known yet, or said otherwise before; and no more those that it has left out. Returns how many are new. */
export async function connaitreNumeros(tx: Db, contratId: number, numeros: readonly Pick<Verification, 'numero' | 'empreinte'>[], le: string): Promise<number> {
  const [codes, empreintes] = [numeros.map((n) => n.numero), numeros.map((n) => n.empreinte)];
  await sql`
    delete from secours_verifications v where v.contrat_id = ${contratId} and (v.numero <> all(${codes}::text[])
      or v.version = 0 and (v.numero, v.empreinte) not in (select * from unnest(${codes}::text[], ${empreintes}::text[])))`.execute(tx);
  const { numAffectedRows } = await sql`
    insert into secours_verifications (contrat_id, numero, version, empreinte, le)
    select ${contratId}, n, 0, e, ${le}::date from unnest(${codes}::text[], ${empreintes}::text[]) as v (n, e) on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** One check at a time: held until the end of the transaction. */
export async function tenirNumero(tx: Db, contratId: number, numero: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`secours-numero|${contratId}|${numero}`}, 0))`.execute(tx);
}

export async function addVerification(tx: Db, contratId: number, v: Verification & { organisationId: string }): Promise<void> {
  await sql`
    insert into secours_verifications (contrat_id, numero, version, empreinte, le, organisation_id, par, moyen, juste)
    values (${contratId}, ${v.numero}, ${v.version}, ${v.empreinte}, ${v.le}::date, ${v.organisationId}, ${v.par}, ${v.moyen}, ${v.juste})`.execute(tx);
}
