/** Who is written to about a body: the addresses of the seats of one quality, as they are held today. */
import { sql } from 'kysely';
import type { Qualite } from './instances.rules.ts';
import type { Db } from '../../core/base/database.ts';
import { uuids } from '../../core/base/id.ts';
import { type Destinataire, grouper } from '../echeances/index.ts';

/** By body, those that still exist. */
export async function adressesDuSiege(
  db: Db,
  contratId: number,
  instances: readonly string[],
  qualite: Qualite,
  aujourdhui: string,
): Promise<ReadonlyMap<string, Destinataire[]>> {
  const { rows } = await sql<{ instance: string } & Destinataire>`
    select m.instance_id as instance, m.courriel, coalesce(nullif(m.nom, ''), m.fonction) as nom
    from instance_membres m
    join instances i on i.contrat_id = m.contrat_id and i.id = m.instance_id and i.close_le is null
    where m.contrat_id = ${contratId} and m.instance_id = any(${uuids(instances)}) and m.qualite = ${qualite} and m.courriel <> ''
      and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
    order by m.ordre`.execute(db);
  return grouper(rows, (r) => r.instance);
}
