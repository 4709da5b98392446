/** Points of the procedure of an alert, as the file said them when it asked for them. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

export type Point = Ligne<'alertePoints'>;

export async function addPoints(
  tx: Db,
  contratId: number,
  alerteId: string,
  points: readonly Omit<Point, 'contratId' | 'alerteId' | 'faitLe' | 'faitPar' | 'note' | 'celluleLe'>[],
) {
  if (points.length === 0) return;
  await sql`
    insert into alerte_points (contrat_id, alerte_id, code, ordre, libelle, qui, cellules, du_le)
    select ${contratId}, ${alerteId}::uuid, code, ordre, libelle, qui, cellules, "duLe"
    from jsonb_to_recordset(${enJson(points)}::jsonb) as v (code text, ordre smallint, libelle text, qui text, cellules boolean, "duLe" timestamptz)
    on conflict do nothing`.execute(tx);
}
/** What was done of an alert that another repeats is done there. */
export async function reprendrePoints(tx: Db, contratId: number, de: string, vers: string): Promise<void> {
  await sql`
    update alerte_points v set fait_le = p.fait_le, fait_par = p.fait_par, note = p.note
    from alerte_points p
    where v.contrat_id = ${contratId} and v.alerte_id = ${uuid(vers)} and p.contrat_id = v.contrat_id and p.alerte_id = ${uuid(de)} and p.code = v.code
      and v.fait_le is null and p.fait_le is not null`.execute(tx);
  await sql`
    update alerte_points v set cellule_le = p.cellule_le
    from alerte_points p
    where v.contrat_id = ${contratId} and v.alerte_id = ${uuid(vers)} and p.contrat_id = v.contrat_id and p.alerte_id = ${uuid(de)} and p.code = v.code
      and v.cellule_le is null and p.cellule_le is not null`.execute(tx);
}
export async function listPoints(db: Db, contratId: number, alerteId: string): Promise<Point[]> {
  const { rows } = await sql<Point>`
    select * from alerte_points where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid order by ordre, code`.execute(db);
  return rows;
}
/** Null when it is done already, or is none of this alert. */
export async function cocherPoint(
  tx: Db,
  contratId: number,
  alerteId: string,
  code: string,
  p: { quand: Date; par: string; note: string },
): Promise<Pick<Point, 'libelle'> | null> {
  const { rows } = await sql<Pick<Point, 'libelle'>>`
    update alerte_points set fait_le = ${p.quand}, fait_par = ${p.par}, note = ${p.note}
    where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid and code = ${code} and fait_le is null
    returning libelle`.execute(tx);
  return rows[0] ?? null;
}
/** Opened again: it was said by mistake. Null when it is not done. */
export async function rouvrirPoint(tx: Db, contratId: number, alerteId: string, code: string): Promise<Pick<Point, 'libelle'> | null> {
  const { rows } = await sql<Pick<Point, 'libelle'>>`
    update alerte_points set fait_le = null, fait_par = '', note = ''
    where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid and code = ${code} and fait_le is not null
    returning libelle`.execute(tx);
  return rows[0] ?? null;
}
