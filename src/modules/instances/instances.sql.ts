/** Bodies and seats in the SQL of modules above, which name neither table. */
import { type RawBuilder, sql } from 'kysely';

/** Body `i` of what it holds, `s`. */
export const AVEC_INSTANCE = sql`join instances i on i.contrat_id = s.contrat_id and i.id = s.instance_id`;
/** Seat `m` from which participant `p` comes, when it comes from one. */
export const AVEC_SIEGE = sql`left join instance_membres m on m.contrat_id = p.contrat_id and m.id = p.membre_id`;
/** Seats of a body held on that day. */
export const siegesAuJour = (contratId: number, instanceId: string, jour: string): RawBuilder<unknown> => sql`(
  select * from instance_membres
  where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and debut <= ${jour}::date and (fin is null or fin >= ${jour}::date))`;
