/** Items that come back: what the sessions before had, and what was dropped for once. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

interface Passee extends Pick<Ligne<'seances'>, 'id'> {
  cles: string[];
}
/** Keys of the items that come back on the agendas of the last sessions, the latest first. */
export async function listClesPassees(db: Db, contratId: number, instanceId: string, limite: number): Promise<string[][]> {
  const { rows } = await sql<Passee>`
    select s.id, array(select p.cle from seance_points p where p.contrat_id = s.contrat_id and p.seance_id = s.id and p.cle like 'recurrent:%') as cles
    from seances s
    where s.contrat_id = ${contratId} and s.instance_id = ${uuid(instanceId)} and s.partie_de is null and s.etat not in ('annulee', 'declaree')
    order by s.jour desc nulls first, s.cree_le desc
    limit ${limite}`.execute(db);
  return rows.map((r) => r.cles);
}

export type Ecarte = Pick<Ligne<'seanceEcartes'>, 'cle' | 'titre' | 'motif' | 'par' | 'quand'>;
/** Dropped from this session, and not put back since. */
export async function listEcartes(db: Db, contratId: number, seanceId: string): Promise<Ecarte[]> {
  const { rows } = await sql<Ecarte>`
    select e.cle, e.titre, e.motif, e.par, e.quand from seance_ecartes e
    where e.contrat_id = ${contratId} and e.seance_id = ${uuid(seanceId)}
      and not exists (select from seance_points p where p.contrat_id = e.contrat_id and p.seance_id = e.seance_id and p.cle = e.cle)
    order by e.quand`.execute(db);
  return rows;
}
export async function ecarter(tx: Db, contratId: number, seanceId: string, e: Ecarte): Promise<void> {
  const { titre, motif, par, quand } = e;
  await tx
    .insertInto('seanceEcartes')
    .values({ contratId, seanceId, cle: e.cle, titre, motif, par, quand })
    .onConflict((c) => c.columns(['contratId', 'seanceId', 'cle']).doUpdateSet({ titre, motif, par, quand }))
    .execute();
}
