/** The accelerated way of a cell, and the two functions by which it meets an alert. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Seance } from '../seances/seances.queries.ts';
import type { Situation } from '../situations/situations.queries.ts';
import type { AlerteGrave } from './acceleree.rules.ts';

type Urgence = Ligne<'nominatif.celluleUrgences'>;
/** With the session that was called by it. */
export interface UrgenceTenue extends Urgence {
  seanceId: Seance['id'] | null;
  seanceJour: Seance['jour'] | null;
  seanceCloseLe: Seance['closeLe'];
}

/** Id, tier, place and hour of the alerts that left since then and whose procedure asks for a cell: nothing else of them is readable here. */
export async function listAlertesGraves(db: Db, depuis: Date): Promise<AlerteGrave[]> {
  return (await sql<AlerteGrave>`select * from alertes_pour_cellules(${depuis})`.execute(db)).rows;
}
export async function direOuverte(tx: Db, alerteId: string, quand: Date): Promise<void> {
  await sql`select dire_cellule_ouverte(${alerteId}::uuid, ${quand})`.execute(tx);
}
export async function listUrgences(db: Db, contratId: number, celluleId: string): Promise<UrgenceTenue[]> {
  const { rows } = await sql<UrgenceTenue>`
    select u.*, s.id as seance_id, s.jour as seance_jour, s.close_le as seance_close_le from nominatif.cellule_urgences u
    left join lateral (
      select x.id, x.jour, x.close_le from nominatif.cellule_seances x
      where x.contrat_id = u.contrat_id and x.urgence_id = u.id order by x.jour limit 1) as s on true
    where u.contrat_id = ${contratId} and u.cellule_id = ${uuid(celluleId)}
    order by u.ouverte_le desc`.execute(db);
  return rows;
}
/** Null when this alert opened it already. */
export async function addUrgence(
  tx: Db,
  contratId: number,
  u: Pick<Urgence, 'celluleId' | 'alerteId' | 'palier' | 'alerteLe' | 'ouvertePar' | 'jusquAu'>,
  quand: Date,
): Promise<string | null> {
  const { rows } = await sql<Pick<Urgence, 'id'>>`
    insert into nominatif.cellule_urgences (contrat_id, cellule_id, alerte_id, palier, alerte_le, ouverte_par, ouverte_le, jusqu_au)
    values (${contratId}, ${u.celluleId}::uuid, ${u.alerteId}::uuid, ${u.palier}, ${u.alerteLe}, ${u.ouvertePar}::uuid, ${quand}, ${u.jusquAu}::date)
    on conflict (contrat_id, cellule_id, alerte_id) do nothing
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}
type Depasse = Pick<Situation, 'id'>;
/** Entered by that way, not examined in time, and of which nobody was told. */
export async function listExamensDepasses(db: Db, contratId: number, celluleId: string, aujourdhui: string): Promise<Depasse[]> {
  const { rows } = await sql<Depasse>`
    select id from nominatif.situations
    where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} and etat in ('recue', 'recevable') and examen_avant < ${aujourdhui}
      and not examen_relance and destruction_le > ${aujourdhui}
    limit 500 for update`.execute(db);
  return rows;
}
export async function setExamensRelances(db: Db, contratId: number, dits: readonly Depasse[]): Promise<void> {
  await sql`update nominatif.situations set examen_relance = true where contrat_id = ${contratId} and id = any(${dits.map((d) => d.id)}::uuid[])`.execute(db);
}
