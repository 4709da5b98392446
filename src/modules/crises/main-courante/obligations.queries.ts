/**
 * What a main courante makes due, read in one way by the list, the closing and the counts. A correction inherits what it does not say: the hour
 * that holds is the last one said of an entry or of what corrects it, the words are those of the last correction. Only an entry that says it done
 * settles it, whichever of them it points to; said due again afterwards, it is due again.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export interface Obligation extends Pick<Ligne<'mainCourante'>, 'contenu'> {
  /** Of the entry that asked first. */
  numero: number;
  duLe: Date;
}
/** Due entries on a page. */
const MONTREES = 50;

/** Rows `racine`, `du_le`, `derniere` (whose words hold), `faite`. From what is due, up to what was corrected, down to what corrects it: few rows. */
function obligations(contratId: number, criseId: string): RawBuilder<unknown> {
  const ici = (m: string) => sql`${sql.ref(`${m}.contrat_id`)} = ${contratId} and ${sql.ref(`${m}.crise_id`)} = ${uuid(criseId)}`;
  return sql`
    with recursive monte as (
      select m.numero, m.renvoi, m.renvoi_genre from main_courante m where ${ici('m')} and m.du_le is not null
      union
      select m.numero, m.renvoi, m.renvoi_genre from monte k join main_courante m on ${ici('m')} and m.numero = k.renvoi
      where k.renvoi_genre = 'correction'),
    famille as (
      select numero as racine, numero from monte where renvoi_genre is distinct from 'correction'
      union
      select f.racine, m.numero from famille f join main_courante m on ${ici('m')} and m.renvoi = f.numero and m.renvoi_genre = 'correction'),
    dites as (
      select distinct on (f.racine) f.racine, m.numero as dite, m.du_le, max(f.numero) over (partition by f.racine) as derniere
      from famille f join main_courante m on ${ici('m')} and m.numero = f.numero
      order by f.racine, m.du_le is null, m.numero desc)
    select d.racine, d.du_le, d.derniere,
      exists (select from famille f join main_courante x on ${ici('x')} and x.renvoi = f.numero and x.renvoi_genre = 'fait'
        where f.racine = d.racine and x.numero > d.dite) as faite
    from dites d`;
}

/** What is not done, the first due first, and how many there are: more than what is listed, perhaps. */
export async function listObligations(db: Db, contratId: number, criseId: string): Promise<{ dues: Obligation[]; restent: number }> {
  const { rows } = await sql<Obligation & { restent: number }>`
    select o.racine::int as numero, o.du_le, m.contenu, count(*) over ()::int as restent
    from (${obligations(contratId, criseId)}) o
    join main_courante m on m.contrat_id = ${contratId} and m.crise_id = ${uuid(criseId)} and m.numero = o.derniere
    where not o.faite order by o.du_le, o.racine limit ${MONTREES}`.execute(db);
  return { dues: rows.map(({ restent: _, ...d }) => d), restent: rows[0]?.restent ?? 0 };
}
/** All that was ever due, and what of it was done. */
export async function compterObligations(db: Db, contratId: number, criseId: string): Promise<{ dues: number; faites: number }> {
  const { rows } = await sql<Pick<Obligation, 'numero'> & { faite: boolean }>`
    select o.racine::int as numero, o.faite from (${obligations(contratId, criseId)}) o`.execute(db);
  return { dues: rows.length, faites: rows.filter((o) => o.faite).length };
}
