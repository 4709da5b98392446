/** The règlement intérieur of a cell: texts that were attached, one after the other; the last is in force. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type Reglement = Ligne<'nominatif.celluleReglements'>;

/** The one in force first. */
export async function listReglements(db: Db, contratId: number, celluleId: string): Promise<Reglement[]> {
  const { rows } = await sql<Reglement>`
    select * from nominatif.cellule_reglements where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} order by rang desc`.execute(db);
  return rows;
}
export async function getReglement(db: Db, contratId: number, celluleId: string): Promise<Reglement | null> {
  const { rows } = await sql<Reglement>`
    select * from nominatif.cellule_reglements where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} order by rang desc limit 1`.execute(db);
  return rows[0] ?? null;
}
type Pose = Omit<Reglement, 'contratId' | 'celluleId' | 'par' | 'parNom' | 'le'>;
/** Its rank is the one after the text that was shown; called with the cell held. */
export async function addReglement(db: Db, contratId: number, celluleId: string, r: Pose, par: { id: string; nom: string }, quand: Date): Promise<void> {
  await sql`
    insert into nominatif.cellule_reglements (contrat_id, cellule_id, rang, reference, adopte_le, empreinte, acte, par, par_nom, le)
    values (${contratId}, ${uuid(celluleId)}, ${r.rang}, ${r.reference}, ${r.adopteLe}, ${r.empreinte}, ${r.acte}, ${uuid(par.id)}, ${par.nom}, ${quand})`.execute(
    db,
  );
}
/** Cells that have one, of this contract. */
export async function listReglees(db: Db, contratId: number): Promise<Map<string, string>> {
  const { rows } = await sql<Pick<Reglement, 'celluleId' | 'adopteLe'>>`
    select distinct on (cellule_id) cellule_id, adopte_le from nominatif.cellule_reglements where contrat_id = ${contratId}
    order by cellule_id, rang desc`.execute(db);
  return new Map(rows.map((r) => [r.celluleId, r.adopteLe]));
}
/** Day of the session, or of the one that took the decision, at this address; null when the contract has none that was held. */
export async function getJourDeLActe(db: Db, { genre, id }: { genre: string; id: string }): Promise<string | null> {
  const { rows } = await sql<Record<'jour', string | null>>`select jour_de_l_acte(${genre}, ${uuid(id)}) as jour`.execute(db);
  return rows[0]?.jour ?? null;
}
