/** The seats of a body as others see them: who is written to about it, who may be given something to do. */
import { sql } from 'kysely';
import { compteFermeLe } from '../comptes/index.ts';
import type { Qualite } from './instances.rules.ts';
import type { Db, Ligne } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import type { SiegeCharge } from '../decisions/index.ts';
import { type Destinataire, grouper } from '../echeances/index.ts';

const lue = (colonne: 'courriel' | 'suppleant_courriel') =>
  sql`(${sql.ref(`m.${colonne}`)} <> '' and ${compteFermeLe(sql`m.contrat_id`, sql.ref(`m.${colonne}`))} is null)`;

/** By body, those that still exist: who holds the seat; who stands in when the holder is away, left, or has no address. */
export async function adressesDuSiege(
  db: Db,
  contratId: number,
  instances: readonly string[],
  qualite: Qualite,
  aujourdhui: string,
): Promise<ReadonlyMap<string, (Destinataire & { organisationId: string })[]>> {
  const { rows } = await sql<{ instance: string; organisationId: string } & Destinataire>`
    select m.instance_id as instance, m.organisation_id as "organisationId",
      case when x.titulaire then m.courriel else m.suppleant_courriel end as courriel,
      coalesce(nullif(case when x.titulaire then m.nom else m.suppleant_nom end, ''), m.fonction) as nom
    from instance_membres m
    cross join lateral (select ${lue('courriel')} as tenu, ${lue('suppleant_courriel')} as supplee) a
    cross join lateral (select a.tenu and not (a.supplee and coalesce(m.absent_jusquau >= ${aujourdhui}::date, false)) as titulaire) x
    join instances i on i.contrat_id = m.contrat_id and i.id = m.instance_id and i.close_le is null
    where m.contrat_id = ${contratId} and m.instance_id = any(${uuids(instances)}) and m.qualite = ${qualite} and (a.tenu or a.supplee)
      and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
    order by m.ordre`.execute(db);
  return grouper(rows, (r) => r.instance);
}

/** Bodies where somebody of that address holds a seat, or stands in, that day. */
export async function listInstancesDeLAdresse(db: Db, contratId: number, courriel: string, aujourdhui: string): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'instances'>, 'id'>>`
    select distinct m.instance_id as id from instance_membres m
    where m.contrat_id = ${contratId} and ${courriel} in (lower(m.courriel), lower(m.suppleant_courriel))
      and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
    order by 1`.execute(db);
  return rows.map((r) => r.id);
}

/** The seats of a body as they are held that day. */
export async function listSiegesCharges(db: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<SiegeCharge[]> {
  const { rows } = await sql<SiegeCharge>`
    select m.id, m.organisation_id as "organisationId", m.fonction, m.nom, m.courriel
    from instance_membres m
    where m.contrat_id = ${contratId} and m.instance_id = ${uuid(instanceId)}
      and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
    order by m.ordre`.execute(db);
  return rows;
}
