/** Notes of an item. Writers of different items never wait for each other: only the item's row is locked. */
import { sql } from 'kysely';
import type { EtatSeance } from '../../instances/index.ts';
import type { Db } from '../../../core/database.ts';
import { uuid } from '../../../core/id.ts';

export interface NotesVerrouillees {
  /** State of the session, which cannot change before the end of the transaction. */
  etat: EtatSeance;
  id: string;
  rang: number;
  titre: string;
  texte: string;
  version: number;
  par: string;
  quand: Date | null;
}
export async function verrouillerNotes(tx: Db, contratId: number, seanceId: string, pointId: string): Promise<NotesVerrouillees | null> {
  const { rows: seances } = await sql<{ etat: EtatSeance }>`
    select etat from seances where contrat_id = ${contratId} and id = ${uuid(seanceId)} for share`.execute(tx);
  const { rows } = await sql<Omit<NotesVerrouillees, 'etat'>>`
    select id, rang, titre, notes as texte, notes_version as version, notes_par as par, notes_le as quand
    from seance_points
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)} and id = ${uuid(pointId)}
    for update`.execute(tx);
  const [s, p] = [seances[0], rows[0]];
  return s && p ? { ...p, etat: s.etat } : null;
}

/** Has this person already written on this item (and so been noted in the audit trail)? */
export async function aEcrit(tx: Db, contratId: number, n: NotesVerrouillees, par: string): Promise<boolean> {
  if (n.par === par) return true;
  const { rows } = await sql`select 1 from seance_notes where contrat_id = ${contratId} and point_id = ${n.id}::uuid and par = ${par} limit 1`.execute(tx);
  return rows.length > 0;
}

/** Writes the next version; what another person wrote is kept aside. Returns the new version. */
export async function saveNotes(tx: Db, contratId: number, n: NotesVerrouillees, texte: string, par: string, quand: Date): Promise<number> {
  if (n.texte !== '' && n.par !== par)
    await sql`
      insert into seance_notes (contrat_id, point_id, version, texte, par, quand)
      values (${contratId}, ${n.id}::uuid, ${n.version}, ${n.texte}, ${n.par}, ${n.quand ?? quand})
      on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ version: number }>`
    update seance_points
    set notes = ${texte}, notes_version = notes_version + 1, notes_par = ${par}, notes_le = ${quand}
    where contrat_id = ${contratId} and id = ${n.id}::uuid
    returning notes_version as version`.execute(tx);
  return rows[0]?.version ?? n.version + 1;
}
