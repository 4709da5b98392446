import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Information } from './situations.queries.ts';

type Depassee = Pick<Information, 'id' | 'membreId'>;
/** Put off until a day that is over, the last time it was said for that person, who was not informed, and of which nobody was told. */
export async function listInformationsDepassees(db: Db, contratId: number, celluleId: string, aujourdhui: string): Promise<Depassee[]> {
  const { rows } = await sql<Depassee>`
    select i.id, i.membre_id from nominatif.situation_informations i
    join nominatif.situations s on s.contrat_id = i.contrat_id and s.id = i.situation_id and s.destruction_le > ${aujourdhui}
    where i.contrat_id = ${contratId} and s.cellule_id = ${uuid(celluleId)} and i.avant_le < ${aujourdhui} and not i.relance
      and not exists (select from nominatif.situation_informations x
        where x.contrat_id = i.contrat_id and x.situation_id = i.situation_id and x.qui = i.qui and (x.avant_le is null or x.rang > i.rang))
    limit 500`.execute(db);
  return rows;
}
export async function setInformationsRelancees(db: Db, contratId: number, dites: readonly Depassee[]): Promise<void> {
  await sql`
    update nominatif.situation_informations set relance = true where contrat_id = ${contratId} and id = any(${dites.map((d) => d.id)}::uuid[])`.execute(db);
}
