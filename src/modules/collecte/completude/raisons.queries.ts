/** Why a figure is late, as its institution said it last. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';

export type Raison = Pick<Ligne<'retardRaisons'>, 'echeanceId' | 'version' | 'motif' | 'attenduLe' | 'organisationId' | 'le'>;
/** With who wrote it, which nobody reads outside the institution. */
export type Mot = Raison & Pick<Ligne<'retardRaisons'>, 'par'>;

/** The last word on each of these debts; one that was taken back has an empty `motif`. */
async function derniers(db: Db, contratId: number, ids: readonly string[]): Promise<Mot[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Mot>`
    select distinct on (echeance_id) echeance_id as "echeanceId", version, motif, attendu_le as "attenduLe", organisation_id as "organisationId", le, par
    from retard_raisons
    where contrat_id = ${contratId} and echeance_id = any(${uuids(ids)})
    order by echeance_id, version desc`.execute(db);
  return rows;
}
export const listRaisons = async (db: Db, contratId: number, ids: readonly string[]): Promise<ReadonlyMap<string, Raison>> =>
  new Map((await derniers(db, contratId, ids)).filter((r) => r.motif !== '').map(({ par: _, ...r }) => [r.echeanceId, r]));
export const getDernierMot = async (db: Db, contratId: number, id: string): Promise<Mot | null> => (await derniers(db, contratId, [id]))[0] ?? null;

/** Held until the commit: one writes at a time for a debt. */
export const tenirRaisons = (tx: Db, contratId: number, echeanceId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`retard_raisons|${contratId}|${echeanceId}`}, 0))`.execute(tx);

/** False when somebody wrote meanwhile. */
export async function addRaison(tx: Db, contratId: number, r: Mot): Promise<boolean> {
  const { rows } = await sql`
    insert into retard_raisons (contrat_id, echeance_id, version, motif, attendu_le, organisation_id, le, par)
    values (${contratId}, ${uuid(r.echeanceId)}, ${r.version}, ${r.motif}, ${r.attenduLe}::date, ${r.organisationId}, ${r.le}, ${r.par})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}
