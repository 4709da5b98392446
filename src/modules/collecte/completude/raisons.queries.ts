/** Why a figure is late, as its institution said it last. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';

export type Raison = Pick<Ligne<'retardRaisons'>, 'echeanceId' | 'version' | 'motif' | 'attenduLe' | 'organisationId' | 'le'>;

/** The last word on each of these debts; one that was taken back has an empty `motif`. */
async function derniers(db: Db, contratId: number, ids: readonly string[]): Promise<Raison[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Raison>`
    select distinct on (echeance_id) echeance_id as "echeanceId", version, motif, attendu_le as "attenduLe", organisation_id as "organisationId", le
    from retard_raisons
    where contrat_id = ${contratId} and echeance_id = any(${uuids(ids)})
    order by echeance_id, version desc`.execute(db);
  return rows;
}
export const listRaisons = async (db: Db, contratId: number, ids: readonly string[]): Promise<ReadonlyMap<string, Raison>> =>
  new Map((await derniers(db, contratId, ids)).filter((r) => r.motif !== '').map((r) => [r.echeanceId, r]));
export const getDernierMot = async (db: Db, contratId: number, id: string): Promise<Raison | null> => (await derniers(db, contratId, [id]))[0] ?? null;

/** False when somebody wrote meanwhile. */
export async function addRaison(tx: Db, contratId: number, r: Raison): Promise<boolean> {
  const { rows } = await sql`
    insert into retard_raisons (contrat_id, echeance_id, version, motif, attendu_le, organisation_id, le)
    values (${contratId}, ${uuid(r.echeanceId)}, ${r.version}, ${r.motif}, ${r.attenduLe}::date, ${r.organisationId}, ${r.le})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}
