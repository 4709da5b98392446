/** Places offered at a date, and people present: those whose stay, linked to the offer, is running or was on that day. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Capacite, DefinitionRegistre } from '../definition.ts';

export interface Occupation {
  offres: number;
  /** Offers that do not say how many places they have. */
  sansPlaces: number;
  places: number;
  presents: number;
  /** Stays running that do not say how many people. */
  sansNombre: number;
  attente: number;
}
export interface OccupationDOffre extends Pick<Ligne<'activites'>, 'id'>, Occupation {}
export interface OccupationParAxe extends Omit<OccupationDOffre, 'id'> {
  axes: (string | null)[];
}

interface Ou {
  contratId: number;
  d: DefinitionRegistre;
  capacite: Capacite;
  /** The day. */
  au: string;
}

const nombreDe = (alias: RawBuilder<unknown>, code: string) => sql`(${alias}.donnees ->> ${code})::numeric`;

/** One row an offer that is open that day. */
function offres({ contratId, d, capacite: c, au }: Ou, celles: RawBuilder<unknown>): RawBuilder<unknown> {
  const p = sql.ref('p');
  const s = sql.ref('s');
  return sql`
    select p.id, p.donnees, ${nombreDe(p, c.places)} as places, ${nombreDe(p, c.attente)} as attente, x.presents, x.sans_nombre
    from activites p
    cross join lateral (
      select coalesce(sum(${nombreDe(s, c.personnes)}), 0) as presents, count(*) filter (where ${nombreDe(s, c.personnes)} is null) as sans_nombre
      from activite_liens l
      join activites s on s.contrat_id = l.contrat_id and s.id = l.activite_id
      where l.contrat_id = p.contrat_id and l.cible_id = p.id and l.champ = ${c.lien} and s.registre = ${c.registre} and s.statut = 'publie'
        and s.etape <> 'annulee' and (s.donnees ->> ${c.debut})::date <= ${au}::date and s.jour >= ${au}::date
    ) x
    where p.contrat_id = ${contratId} and p.registre = ${d.code} and p.statut = 'publie' and p.jour <= ${au}::date
      and (p.fin is null or p.fin >= ${au}::date) ${celles}`;
}
const SOMMES = sql`count(*)::int as offres, (count(*) filter (where places is null))::int as "sansPlaces", coalesce(sum(places), 0)::float8 as places,
  sum(presents)::float8 as presents, sum(sans_nombre)::int as "sansNombre", coalesce(sum(attente), 0)::float8 as attente`;

export async function listOccupations(db: Db, ou: Ou, ids: readonly string[]): Promise<Map<string, OccupationDOffre>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<OccupationDOffre>`
    select id, ${SOMMES} from (${offres(ou, sql`and p.id = any(${uuids(ids)})`)}) o group by id`.execute(db);
  return new Map(rows.map((r) => [r.id, r]));
}

/** Added up by the values of these fields. */
export async function listOccupationsParAxe(db: Db, ou: Ou, axes: readonly string[], territoires: readonly string[] | null): Promise<OccupationParAxe[]> {
  const ici = territoires ? sql`and p.territoire_id = any(${[...territoires]}::text[])` : sql``;
  const { rows } = await sql<OccupationParAxe>`
    select array[${sql.join(axes.map((a) => sql`donnees ->> ${sql.lit(a)}`))}] as axes, ${SOMMES}
    from (${offres(ou, ici)}) o
    group by 1 order by 1`.execute(db);
  return rows;
}
