/** Bodies and seats in the SQL of modules above, which name neither table. */
import { type RawBuilder, sql } from 'kysely';
import { compteFermeLe } from '../comptes/index.ts';

/** Body `i` of what it holds, `s`. */
export const AVEC_INSTANCE = sql`join instances i on i.contrat_id = s.contrat_id and i.id = s.instance_id`;
/** Seat `m` from which participant `p` comes, when it comes from one. */
export const AVEC_SIEGE = sql`left join instance_membres m on m.contrat_id = p.contrat_id and m.id = p.membre_id`;
/** Seat `m` is the place of referents, and one of them sits in it that day: they are who is expected, not the place. */
export const placeRemplie = (jour: string): RawBuilder<unknown> => sql`(m.role_referents <> '' and m.referent_id is null and exists (
  select from instance_membres r
  where r.contrat_id = m.contrat_id and r.instance_id = m.instance_id and r.role_referents = m.role_referents and r.referent_id is not null
    and r.debut <= ${jour}::date and (r.fin is null or r.fin >= ${jour}::date)))`;
const lue = (colonne: 'courriel' | 'suppleant_courriel'): RawBuilder<unknown> =>
  sql`(${sql.ref(`x.${colonne}`)} <> '' and ${compteFermeLe(sql`x.contrat_id`, sql.ref(`x.${colonne}`))} is null)`;
/**
 * Who holds seat `m` that day, one row `t` at most (`courriel`, `nom`, `en_suppleance`): who sits there, or their substitute where nobody reads the holder's
 * address, and said so; once it ended, who was given one of the same rank for the same organisation since. `autre`: seat `x` is somebody else's of that time.
 */
export const avecTenant = (jour: string, autre: RawBuilder<unknown>): RawBuilder<unknown> => sql`left join lateral (
  select lower(case when a.tenu then x.courriel else x.suppleant_courriel end) as courriel,
    coalesce(nullif(case when a.tenu then x.nom else x.suppleant_nom end, ''), x.fonction) as nom,
    not a.tenu as en_suppleance
  from instance_membres x
  cross join lateral (select ${lue('courriel')} as tenu, ${lue('suppleant_courriel')} as supplee) a
  where x.contrat_id = m.contrat_id and x.instance_id = m.instance_id and x.qualite = m.qualite and x.organisation_id = m.organisation_id
    and x.debut <= ${jour}::date and (x.fin is null or x.fin >= ${jour}::date) and (a.tenu or a.supplee) and (x.id = m.id or not ${autre})
  order by x.id = m.id desc, x.fonction = m.fonction desc, x.ordre, x.id limit 1) t on true`;
/** Somebody of that address sits, or stands in, in body `s.instance_id` that day. */
export const siegeEncore = (jour: string, adresse: RawBuilder<unknown>): RawBuilder<boolean> => sql`exists (
  select from instance_membres x
  where x.contrat_id = s.contrat_id and x.instance_id = s.instance_id and lower(${adresse}) in (lower(x.courriel), lower(x.suppleant_courriel))
    and x.debut <= ${jour}::date and (x.fin is null or x.fin >= ${jour}::date))`;
/** Somebody of one of those names, as they are read, does. */
export const nommeEncore = (jour: string, noms: RawBuilder<unknown>): RawBuilder<boolean> => sql`exists (
  select from instance_membres x
  join ${noms} as n (nom) on n.nom <> '' and mots_du_nom(n.nom) in (mots_du_nom(x.nom), mots_du_nom(x.suppleant_nom))
  where x.contrat_id = s.contrat_id and x.instance_id = s.instance_id and x.debut <= ${jour}::date and (x.fin is null or x.fin >= ${jour}::date))`;
/** Of an agenda item of this key: the organisation that accepted the resident's contribution from which it comes; null for every other item. */
export const contributionAcceptee = (contrat: RawBuilder<unknown>, cle: RawBuilder<unknown>): RawBuilder<string | null> => sql<string | null>`(
  select d.organisation_id from instance_demandes d
  where d.contrat_id = ${contrat} and d.habitant and d.id = case when ${cle} ~ '^demande:[0-9a-f-]{36}$' then substr(${cle}, 9)::uuid end)`;
/** The day on which the account of who holds seat `m` was closed; null: they are there. The directory says it of referents. */
export const partiLe = (m: string): RawBuilder<string | null> =>
  sql`case when ${sql.ref(`${m}.referent_id`)} is null then ${compteFermeLe(sql.ref(`${m}.contrat_id`), sql.ref(`${m}.courriel`))} end`;
/** Seats of a body held on that day. */
export const siegesAuJour = (contratId: number, instanceId: string, jour: string): RawBuilder<unknown> => sql`(
  select m.* from instance_membres m
  where m.contrat_id = ${contratId} and m.instance_id = ${instanceId}::uuid and m.debut <= ${jour}::date and (m.fin is null or m.fin >= ${jour}::date)
    and not ${placeRemplie(jour)})`;
