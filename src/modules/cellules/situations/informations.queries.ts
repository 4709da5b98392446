import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Situation } from './situations.queries.ts';

/** Whose information is late, and who is named for it. */
interface Depassee extends Pick<Situation, 'id'> {
  designes: string[];
}
/**
 * Whoever must know was not told by the day that the entry set, or the last reason that was stated, and `relance` is as far as anybody was told of it:
 * `avant`, the day before which that day is.
 */
export async function listInformationsDepassees(
  db: Db,
  contratId: number,
  o: { celluleId: string; relance: number; avant: string; aujourdhui: string },
): Promise<Depassee[]> {
  const { rows } = await sql<Depassee>`
    select s.id, array(select h.membre_id::text from nominatif.situation_habilitations h where h.contrat_id = s.contrat_id and h.situation_id = s.id) as designes
    from nominatif.situations s
    where s.contrat_id = ${contratId} and s.cellule_id = ${uuid(o.celluleId)} and s.destruction_le > ${o.aujourdhui} and s.information_relance = ${o.relance}
      and not exists (select from nominatif.situation_informations i
        where i.contrat_id = s.contrat_id and i.situation_id = s.id and i.qui = s.a_informer and i.avant_le is null)
      and coalesce((select i.avant_le from nominatif.situation_informations i
        where i.contrat_id = s.contrat_id and i.situation_id = s.id and i.qui = s.a_informer order by i.rang desc limit 1), s.information_avant) < ${o.avant}
    limit 500
    for update of s`.execute(db);
  return rows;
}
export async function setInformationsRelancees(db: Db, contratId: number, dites: readonly Depassee[], relance: number): Promise<void> {
  await sql`
    update nominatif.situations set information_relance = ${relance} where contrat_id = ${contratId} and id = any(${dites.map((d) => d.id)}::uuid[])`.execute(
    db,
  );
}

/** Something waits past its day in this cell, whatever it is. */
export async function estEnAttente(db: Db, contratId: number, celluleId: string, aujourdhui: string): Promise<boolean> {
  const { rows } = await sql`
    select from nominatif.cellule_attentes where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} and le < ${aujourdhui} and fin > ${aujourdhui}
    limit 1`.execute(db);
  return rows.length > 0;
}
export async function setRelancee(db: Db, contratId: number, celluleId: string, jour: string): Promise<void> {
  await sql`update nominatif.cellules set relancee_le = ${jour} where contrat_id = ${contratId} and id = ${uuid(celluleId)}`.execute(db);
}
