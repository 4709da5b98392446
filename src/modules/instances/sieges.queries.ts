/** The seats of a body as others see them: who is written to about it, who may be given something to do. */
import { sql } from 'kysely';
import type { Qualite } from './instances.rules.ts';
import type { Db } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import type { SiegeCharge } from '../decisions/index.ts';
import { type Destinataire, grouper } from '../echeances/index.ts';

/** By body, those that still exist. */
export async function adressesDuSiege(
  db: Db,
  contratId: number,
  instances: readonly string[],
  qualite: Qualite,
  aujourdhui: string,
): Promise<ReadonlyMap<string, (Destinataire & { organisationId: string })[]>> {
  const { rows } = await sql<{ instance: string; organisationId: string } & Destinataire>`
    select m.instance_id as instance, m.organisation_id, m.courriel, coalesce(nullif(m.nom, ''), m.fonction) as nom
    from instance_membres m
    join instances i on i.contrat_id = m.contrat_id and i.id = m.instance_id and i.close_le is null
    where m.contrat_id = ${contratId} and m.instance_id = any(${uuids(instances)}) and m.qualite = ${qualite} and m.courriel <> ''
      and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
    order by m.ordre`.execute(db);
  return grouper(rows, (r) => r.instance);
}

/** The seats of a body as they are held that day. */
export async function listSiegesCharges(db: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<SiegeCharge[]> {
  const { rows } = await sql<SiegeCharge>`
    select m.id, m.organisation_id, m.fonction, m.nom, m.courriel
    from instance_membres m
    where m.contrat_id = ${contratId} and m.instance_id = ${uuid(instanceId)}
      and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
    order by m.ordre`.execute(db);
  return rows;
}
