/** Who may read what was recorded: changed for one session at a time, never by the way. */
import { sql } from 'kysely';
import type { Confidentialite } from '../../instances/index.ts';
import type { Db } from '../../../core/base/database.ts';
import { countDecisionsDeSeance, setPromesseDesSeances } from '../../decisions/index.ts';

/** The session and what was decided in it. */
export async function setConfidentialiteSeance(
  tx: Db,
  contratId: number,
  seanceId: string,
  c: Confidentialite,
  /** Why more people read it; the former one stays without it. */
  motif: string,
  par: { nom: string; quand: Date },
): Promise<void> {
  await sql`
    update seances set confidentialite = ${c}, confidentialite_motif = coalesce(nullif(${motif}, ''), confidentialite_motif), version = version + 1, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${contratId} and id = ${seanceId}::uuid`.execute(tx);
  await setPromesseDesSeances(tx, contratId, [seanceId], c);
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
