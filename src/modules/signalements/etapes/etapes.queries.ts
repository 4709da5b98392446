/** How many are at each step of each circuit, by service, from kept counts; and what a record was made for. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { COLONNES_DEMANDE, type Demande } from '../demandes/demandes.queries.ts';

export type CompteDEtape = Pick<Ligne<'demandeComptes'>, 'circuit' | 'serviceId' | 'etat' | 'nombre'>;
export async function countEtapes(db: Db, contratId: number): Promise<CompteDEtape[]> {
  const { rows } = await sql<CompteDEtape>`
    select circuit, service_id, etat, sum(nombre)::int as nombre from demande_comptes
    where contrat_id = ${contratId} group by 1, 2, 3 having sum(nombre) > 0`.execute(db);
  return rows;
}

const ORIGINES_MAX = 20;
/** Reports that made this record, or for which this operation was. */
export async function listOriginesDe(db: Db, contratId: number, activiteId: string): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select ${COLONNES_DEMANDE} from demandes d
    where d.contrat_id = ${contratId} and (d.activite_id = ${uuid(activiteId)} or d.id in (
      select o.demande_id from demande_operations o where o.contrat_id = ${contratId} and o.activite_id = ${uuid(activiteId)}))
    order by d.id limit ${ORIGINES_MAX}`.execute(db);
  return rows;
}
