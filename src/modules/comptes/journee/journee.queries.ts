/** What the day of the administrator counts. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';

/** Invitations that wait for an answer, acts that wait for a second person. */
export async function countAttentes(db: Db, contratId: number, maintenant: Date): Promise<{ invitations: number; propositions: number }> {
  const { rows } = await sql<{ invitations: number; propositions: number }>`
    select
      (select count(*)::int from liens
        where contrat_id = ${contratId} and genre = 'invitation' and utilise_le is null and expire_le > ${maintenant}) as invitations,
      (select count(*)::int from propositions where contrat_id = ${contratId} and etat = 'ouverte' and expire_le > ${maintenant}) as propositions`.execute(db);
  return rows[0] ?? { invitations: 0, propositions: 0 };
}
