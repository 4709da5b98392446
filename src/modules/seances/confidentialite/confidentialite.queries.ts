/** Who may read what was recorded: changed for one session at a time, never by the way. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';
import { countDecisionsDeSeance, countDecisionsPromises, setPromesseDesSeances } from '../../decisions/index.ts';
import { origineInstance } from '../../instances/instances.origine.ts';
import { type Confidentialite, OUVERTURE } from '../../instances/instances.rules.ts';

/** The session and what was decided in it. */
export async function setConfidentialiteSeance(
  tx: Db,
  contratId: number,
  seanceId: string,
  c: Confidentialite,
  par: { nom: string; quand: Date },
): Promise<void> {
  await sql`
    update seances set confidentialite = ${c}, version = version + 1, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${contratId} and id = ${seanceId}::uuid`.execute(tx);
  await setPromesseDesSeances(tx, contratId, [seanceId], c);
}

const rang = (c: unknown) => sql`array_position(${[...OUVERTURE]}::text[], ${c})`;

/** A body that closes: its sessions that are not finished are held under the new promise. */
export async function resserrerSeances(tx: Db, contratId: number, instanceId: string, c: Confidentialite): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update seances s set confidentialite = ${c}
    where s.contrat_id = ${contratId} and s.instance_id = ${instanceId}::uuid and s.etat not in ('figee', 'annulee', 'declaree')
      and ${rang(sql`s.confidentialite`)} > ${rang(c)}
    returning s.id`.execute(tx);
  await setPromesseDesSeances(
    tx,
    contratId,
    rows.map((r) => r.id),
    c,
  );
}

/** What a session holds that its readers read. */
export interface Contenance {
  points: number;
  notes: number;
  documents: number;
  decisions: number;
  participants: number;
  releves: number;
}
export async function getContenance(db: Db, contratId: number, seanceId: string): Promise<Contenance> {
  const de = (table: string) => sql`(select count(*)::int from ${sql.table(table)} x where x.contrat_id = ${contratId} and x.seance_id = ${seanceId}::uuid`;
  const { rows } = await sql<Omit<Contenance, 'decisions'>>`
    select ${de('seance_points')}) as points, ${de('seance_points')} and x.notes <> '') as notes, ${de('seance_documents')}) as documents,
      ${de('seance_participants')}) as participants, ${de('releves')}) as releves`.execute(db);
  const decisions = await countDecisionsDeSeance(db, contratId, seanceId);
  return { ...(rows[0] ?? { points: 0, notes: 0, documents: 0, participants: 0, releves: 0 }), decisions };
}

/** What of a body stays closed when it opens to `c`: recorded under a stricter promise. */
export async function countTenus(
  db: Db,
  contratId: number,
  instanceId: string,
  c: Confidentialite,
  aujourdhui: string,
): Promise<{ seances: number; decisions: number; membres: number }> {
  const { rows } = await sql<{ seances: number; membres: number }>`
    select (select count(*)::int from seances x
        where x.contrat_id = ${contratId} and x.instance_id = ${instanceId}::uuid and ${rang(sql`x.confidentialite`)} < ${rang(c)}) as seances,
      (select count(*)::int from instance_membres x
        where x.contrat_id = ${contratId} and x.instance_id = ${instanceId}::uuid and (x.fin is null or x.fin >= ${aujourdhui}::date)) as membres`.execute(db);
  const decisions = await countDecisionsPromises(db, contratId, origineInstance(instanceId), OUVERTURE.slice(0, OUVERTURE.indexOf(c)));
  return { ...(rows[0] ?? { seances: 0, membres: 0 }), decisions };
}
