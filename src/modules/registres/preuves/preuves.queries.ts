/** Habits of an organisation in a register: what its records were confirmed for. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';

const RECENTS = 200;
/** Lines confirmed for its last records in this register, the most used first. */
export async function listLignesUsuelles(db: Db, o: { contratId: number; registre: string; organisationId: string }): Promise<string[]> {
  const { rows } = await sql<{ ligne: string }>`
    select ligne
    from (
      select lignes from activites
      where contrat_id = ${o.contratId} and registre = ${o.registre} and organisation_id = ${o.organisationId} and statut = 'publie'
      order by modifie_le desc, id
      limit ${RECENTS}
    ) as a, unnest(a.lignes) as ligne
    group by ligne
    order by count(*) desc, ligne
    limit 20`.execute(db);
  return rows.map((r) => r.ligne);
}
