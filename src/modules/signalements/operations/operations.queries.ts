/** Which reports an operation was made for, and who has been told of it. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { type Lecture, lisibleEnSql } from '../demandes/lecture.queries.ts';

export type LienDOperation = Pick<Ligne<'demandeOperations'>, 'demandeId' | 'rendueLe'>;
export async function lierDemandes(tx: Db, contratId: number, activiteId: string, ids: readonly string[], par: { nom: string; quand: Date }): Promise<void> {
  await sql`
    insert into demande_operations (contrat_id, activite_id, demande_id, liee_par, liee_le)
    select ${contratId}, ${activiteId}::uuid, d, ${par.nom}, ${par.quand} from unnest(${uuids(ids)}) as d order by d`.execute(tx);
}
/** Locked until the end of the transaction when `verrou`. */
export async function listLiees(db: Db, contratId: number, activiteId: string, verrou = false): Promise<LienDOperation[]> {
  const { rows } = await sql<LienDOperation>`
    select demande_id, rendue_le from demande_operations
    where contrat_id = ${contratId} and activite_id = ${uuid(activiteId)} order by demande_id ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows;
}
export async function rendre(tx: Db, contratId: number, activiteId: string, ids: readonly string[], quand: Date): Promise<void> {
  await sql`
    update demande_operations set rendue_le = ${quand}
    where contrat_id = ${contratId} and activite_id = ${activiteId}::uuid and demande_id = any(${uuids(ids)})`.execute(tx);
}

export type OperationSuivie = Pick<Ligne<'demandeOperations'>, 'activiteId' | 'lieeLe'> & Record<'demandes' | 'rendues', number>;
/** The latest first, of reports that this reader may open. */
export async function listOperations(db: Db, contratId: number, lecture: Lecture, limite: number): Promise<OperationSuivie[]> {
  const { rows } = await sql<OperationSuivie>`
    select o.activite_id, count(*)::int as demandes, count(o.rendue_le)::int as rendues, max(o.liee_le) as liee_le
    from demande_operations o
    join demandes d on d.contrat_id = o.contrat_id and d.id = o.demande_id
    where o.contrat_id = ${contratId} and ${lisibleEnSql(lecture, 'd')}
    group by o.activite_id order by max(o.liee_le) desc, o.activite_id limit ${limite}`.execute(db);
  return rows;
}
