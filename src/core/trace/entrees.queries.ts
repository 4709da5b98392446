import { sql } from 'kysely';
import type { Db, Ligne } from '../base/database.ts';

type Entree = Pick<Ligne<'audit'>, 'objet' | 'quand'> & { details: Record<string, unknown> };

/** Entries of one act, and the time of the oldest entry that is still kept: before it, silence proves nothing. */
export async function listEntrees(db: Db, contratId: number, action: string): Promise<{ entrees: Entree[]; depuis: Date | null }> {
  const { rows } = await sql<Entree>`
    select objet, quand, details from audit where contrat_id = ${contratId} and action = ${action} order by numero`.execute(db);
  const premiere = await sql<Pick<Ligne<'audit'>, 'quand'>>`select quand from audit where contrat_id = ${contratId} order by numero limit 1`.execute(db);
  return { entrees: rows, depuis: premiere.rows[0]?.quand ?? null };
}
