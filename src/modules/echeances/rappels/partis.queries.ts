/** How often somebody was really reminded of each debt, and when last: a step told to three people is one reminder. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';

export interface RappelsPartis extends Pick<Ligne<'echeanceRappels'>, 'echeanceId'> {
  fois: number;
  dernier: Date;
}
export async function compterRappels(db: Db, contratId: number, ids: readonly string[]): Promise<ReadonlyMap<string, RappelsPartis>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<RappelsPartis>`
    select echeance_id as "echeanceId", count(distinct (motif, base, pas))::int as fois, max(envoye_le) as dernier
    from echeance_rappels
    where contrat_id = ${contratId} and echeance_id = any(${uuids(ids)}) and motif <> 'escalade'
    group by echeance_id`.execute(db);
  return new Map(rows.map((r) => [r.echeanceId, r]));
}
