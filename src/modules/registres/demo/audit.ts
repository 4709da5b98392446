import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';

/** What the audit trail would hold if the fictive year had been lived here: who recorded what, on the day. Says so in each entry. */
export async function auditerDemo(tx: Db, contratId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with ecrites as (
      insert into audit (contrat_id, quand, organisation_id, action, objet, details)
      select contrat_id, least(jour::timestamptz + interval '10 hours', now()), organisation_id, 'activite.creee',
        '/registres/' || registre || '/' || id, '{"demonstration": true}'::jsonb
      from activites
      where contrat_id = ${contratId}
      order by jour, id
      returning 1
    )
    select count(*)::int as n from ecrites`.execute(tx);
  return rows[0]?.n ?? 0;
}
