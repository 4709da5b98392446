/** Counts by cell, month and kind, as the write keeps them: hot spots read these and no report. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { enJson } from '../../../core/couper.ts';
import type { Comptees } from './statistique.rules.ts';

/** What is asked about. Months are first days, both included. */
export interface Selection {
  du: string;
  au: string;
  origine?: string | undefined;
  /** Any of these. */
  origines?: readonly string[] | undefined;
  categorie?: string | undefined;
  /** 1, Monday, to 7. */
  jours?: readonly number[] | undefined;
  tranche?: number | undefined;
}
const deCesOrigines = (s: Selection): RawBuilder<unknown> => sql`
  ${s.origine ? sql`and origine = ${s.origine}` : sql``}
  ${s.origines ? sql`and origine = any(${[...s.origines]}::text[])` : sql``}`;
const filtrer = (s: Selection): RawBuilder<unknown> => sql`mois between ${s.du}::date and ${s.au}::date ${deCesOrigines(s)}
  ${s.categorie ? sql`and categorie = ${s.categorie}` : sql``}`;
const dans = (territoires: readonly string[] | undefined) => (territoires ? sql`and territoire_id = any(${[...territoires]}::text[])` : sql``);

export type DeMaille = Pick<Ligne<'maillesComptees'>, 'maille' | 'nombre'>;
/** Days by which finished months are added up; null: another choice, read in the counts themselves. */
const joursPlies = (jours: Selection['jours']): string | null =>
  jours === undefined ? '' : jours.join() === '1,2,3,4,5' ? 'semaine' : jours.join() === '6,7' ? 'week-end' : null;
/** Rows of counts that a selection asks for, beside their month and origin. */
const deCesComptes = (s: Selection): RawBuilder<unknown> => sql`
  ${s.categorie ? sql`and categorie = ${s.categorie}` : sql``}
  ${s.jours ? sql`and jour_semaine = any(${[...s.jours]}::smallint[])` : sql``}
  ${s.tranche === undefined ? sql`` : sql`and tranche = ${s.tranche}`}`;
/**
 * What a selection counts by cell. Months that are folded are read added up, one row for each, with what was counted since; the others in their counts. All in
 * one statement: what it reads is one state. `mailles`: of these alone.
 */
function parMaille(contratId: number, s: Selection, mailles?: readonly number[]): RawBuilder<DeMaille> {
  const jours = joursPlies(s.jours);
  const siennes = mailles ? sql`and maille = any(${[...mailles]}::bigint[])` : sql``;
  return sql<DeMaille>`
    with recursive origines as (
      (select origine from canaux_comptes where contrat_id = ${contratId} order by origine limit 1)
      union all
      select suivante.origine from origines o
      cross join lateral (
        select c.origine from canaux_comptes c where c.contrat_id = ${contratId} and c.origine > o.origine order by c.origine limit 1) as suivante
    ),
    pliees as materialized (
      select mois, origine, mailles, nombres, categorie, jours, tranche from mailles_pliees
      where contrat_id = ${contratId} and mois between ${s.du}::date and ${s.au}::date ${deCesOrigines(s)} and ${jours !== null}
        and ((categorie = ${s.categorie ?? ''} and jours = ${jours ?? ''} and tranche = ${s.tranche ?? -1}) or (categorie = '' and jours = '' and tranche = -1))
    ),
    -- A month that has a row for everything is folded, whether or not it has one for this question.
    plis as (select mois, origine from pliees where categorie = '' and jours = '' and tranche = -1),
    restes as (
      select m.mois, o.origine from origines o
      cross join (select generate_series(${s.du}::date::timestamp, ${s.au}::date::timestamp, interval '1 month')::date as mois) as m
      where not exists (select from plis p where p.mois = m.mois and p.origine = o.origine) ${deCesOrigines(s)}
    )
    select maille, sum(nombre)::int as nombre from (
      select u.maille, u.nombre from pliees p, unnest(p.mailles, p.nombres) as u (maille, nombre)
      where p.categorie = ${s.categorie ?? ''} and p.jours = ${jours ?? ''} and p.tranche = ${s.tranche ?? -1} ${siennes}
      union all
      select a.maille, a.nombre from plis p
      cross join lateral (
        select maille, nombre from mailles_ajoutees
        where contrat_id = ${contratId} and mois = p.mois and origine = p.origine ${deCesComptes(s)} ${siennes}
        offset 0) as a
      union all
      select c.maille, c.nombre from restes r
      cross join lateral (
        select maille, nombre from mailles_comptees
        where contrat_id = ${contratId} and mois = r.mois and origine = r.origine ${deCesComptes(s)} ${siennes}
        -- one month after the other, by its key
        offset 0) as c
    ) as lues
    group by maille having sum(nombre) <> 0`;
}
export async function countParMaille(db: Db, contratId: number, s: Selection, mailles?: readonly number[]): Promise<DeMaille[]> {
  if (mailles?.length === 0) return [];
  return (await parMaille(contratId, s, mailles).execute(db)).rows;
}
/**
 * Every cell from which anything was ever reported, with what the selection counts there. Thousands of rows come as a few columns: taken apart one by one,
 * they cost more than they cost to count. A cell on a border counts what both sides reported: its total is never below what is asked about.
 */
export async function lireMailles(db: Db, contratId: number, s: Selection, territoires: readonly string[] | undefined): Promise<Comptees> {
  const enColonne = (c: string) => sql`coalesce(array_to_json(array_agg(${sql.ref(c)})), '[]')`;
  const { rows } = await sql<Record<'mailles' | 'nombres' | 'totaux', number[]>>`
    select ${enColonne('maille')} as mailles, ${enColonne('nombre')} as nombres, ${enColonne('total')} as totaux from (
      select c.maille, coalesce(n.nombre, 0) as nombre, greatest(c.total, n.nombre) as total from (
        select maille, sum(nombre) as total from mailles_connues where contrat_id = ${contratId} ${dans(territoires)} group by maille) as c
      left join (${parMaille(contratId, s)}) as n using (maille)
      order by maille) as m`.execute(db);
  return rows[0] ?? { mailles: [], nombres: [], totaux: [] };
}
/** Of these cells, the place from which most was reported in each. */
export async function getLieuxDesMailles(
  db: Db,
  contratId: number,
  mailles: readonly number[],
  territoires: readonly string[] | undefined,
): Promise<Map<number, string>> {
  if (mailles.length === 0) return new Map();
  const { rows } = await sql<Pick<Ligne<'maillesConnues'>, 'maille' | 'territoireId'>>`
    select distinct on (maille) maille, territoire_id from mailles_connues
    where contrat_id = ${contratId} and maille = any(${[...mailles]}::bigint[]) ${dans(territoires)}
    order by maille, nombre desc, territoire_id`.execute(db);
  return new Map(rows.map((r) => [r.maille, r.territoireId]));
}
/** Finished months of which something was counted that is not folded. */
type APlier = Pick<Ligne<'canauxComptes'>, 'mois' | 'origine'>;
export async function listAPlier(db: Db, contratId: number, avant: string): Promise<APlier[]> {
  const { rows } = await sql<APlier>`
    select c.mois, c.origine from canaux_comptes c
    where c.contrat_id = ${contratId} and c.mois < ${avant}::date
      and (not exists (select from mailles_pliees p where p.contrat_id = c.contrat_id and p.mois = c.mois and p.origine = c.origine and p.categorie = '' and p.jours = '' and p.tranche = -1)
        or exists (select from mailles_ajoutees a where a.contrat_id = c.contrat_id and a.mois = c.mois and a.origine = c.origine))
    group by c.mois, c.origine order by c.mois desc, c.origine`.execute(db);
  return rows;
}
/** In a transaction of its own, which holds that month. False when somebody counts in it at this moment. */
export async function plier(tx: Db, m: APlier): Promise<boolean> {
  const { rows } = await sql<Record<'fait', boolean>>`select plier_mailles(${m.mois}::date, ${m.origine}) as fait`.execute(tx);
  return rows[0]?.fait ?? false;
}

/** By which channels, with or without a point. */
export type DeCanal = Pick<Ligne<'canauxComptes'>, 'canal' | 'nombre'>;
export async function countParCanal(db: Db, contratId: number, s: Selection, territoires: readonly string[] | undefined): Promise<DeCanal[]> {
  const { rows } = await sql<DeCanal>`
    select canal, sum(nombre)::int as nombre from canaux_comptes
    where contrat_id = ${contratId} and ${filtrer(s)} ${dans(territoires)}
    group by canal order by 2 desc, 1`.execute(db);
  return rows;
}
export type DeLieu = Pick<Ligne<'canauxComptes'>, 'territoireId' | 'nombre'>;
export async function countParLieu(db: Db, contratId: number, s: Selection, territoires?: readonly string[]): Promise<DeLieu[]> {
  const { rows } = await sql<DeLieu>`
    select territoire_id, sum(nombre)::int as nombre from canaux_comptes
    where contrat_id = ${contratId} and ${filtrer(s)} ${dans(territoires)}
    group by territoire_id`.execute(db);
  return rows;
}
/** Of these kinds; what is imported is of a theme, whatever its channel. */
export async function countParLieuDesGenres(
  db: Db,
  contratId: number,
  q: { du: string; au: string; genres: readonly Genre[]; theme: string },
): Promise<DeLieu[]> {
  const { rows } = await sql<DeLieu>`
    select territoire_id, sum(nombre)::int as nombre from canaux_comptes
    where contrat_id = ${contratId} and mois between ${q.du}::date and ${q.au}::date
      and ((origine like 'canal:%' and categorie = ${q.theme})
        or (origine, categorie) in (select g.origine, g.categorie from jsonb_to_recordset(${enJson(q.genres)}::jsonb) as g (origine text, categorie text)))
    group by territoire_id`.execute(db);
  return rows;
}
/** Kinds that were ever counted: from one to the next in the order of an index, whatever the number of counts. */
export type Genre = Pick<Ligne<'canauxComptes'>, 'origine' | 'categorie'>;
export async function listGenres(db: Db, contratId: number): Promise<Genre[]> {
  const { rows } = await sql<Genre>`
    with recursive genres as (
      (select origine, categorie from canaux_comptes where contrat_id = ${contratId} order by origine, categorie limit 1)
      union all
      select suivant.origine, suivant.categorie from genres g
      cross join lateral (
        select c.origine, c.categorie from canaux_comptes c
        where c.contrat_id = ${contratId} and (c.origine, c.categorie) > (g.origine, g.categorie)
        order by c.origine, c.categorie limit 1) as suivant
    )
    select origine, categorie from genres order by origine, categorie`.execute(db);
  return rows;
}
/** Months of which something was counted, the latest first; found as kinds are. */
export async function listMoisComptes(db: Db, contratId: number): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'canauxComptes'>, 'mois'>>`
    with recursive vus as (
      (select mois from canaux_comptes where contrat_id = ${contratId} order by mois desc limit 1)
      union all
      select precedent.mois from vus m
      cross join lateral (
        select c.mois from canaux_comptes c where c.contrat_id = ${contratId} and c.mois < m.mois order by c.mois desc limit 1) as precedent
    )
    select mois from vus order by mois desc limit 120`.execute(db);
  return rows.map((r) => r.mois);
}
/** By day of the week and part of the day, of the cells that these places have. */
export type DeMoment = Pick<Ligne<'maillesComptees'>, 'jourSemaine' | 'tranche' | 'nombre'>;
export async function countParMoment(db: Db, contratId: number, s: Selection, territoires: readonly string[] | undefined): Promise<DeMoment[]> {
  const { rows } = await sql<DeMoment>`
    select jour_semaine, tranche, sum(nombre)::int as nombre from mailles_comptees
    where contrat_id = ${contratId} and ${filtrer(s)}
      ${territoires ? sql`and maille in (select maille from mailles_connues where contrat_id = ${contratId} ${dans(territoires)})` : sql``}
    group by jour_semaine, tranche`.execute(db);
  return rows;
}

/** The reports that a selection counts, of which the rows are kept here: imported ones have none. */
const demandesDe = (s: Selection): RawBuilder<unknown> => sql`d.lecteurs is null
  and d.jour >= ${s.du}::date and d.jour < ${s.au}::date + interval '1 month'
  ${s.origine ? sql`and d.circuit = ${s.origine}` : sql``}
  ${s.origines ? sql`and d.circuit = any(${[...s.origines]}::text[])` : sql``}
  ${s.categorie ? sql`and d.categorie = ${s.categorie}` : sql``}
  ${s.jours ? sql`and extract(isodow from d.jour)::int = any(${[...s.jours]}::int[])` : sql``}
  ${s.tranche === undefined ? sql`` : sql`and coalesce(d.heure / 6, 9) = ${s.tranche}`}`;

/** Addresses of the last days in each of these cells, as many as asked of what the selection counts, with what tells who reads them; the latest first. */
export type Adressee = Pick<Ligne<'demandes'>, 'maille' | 'adresse' | 'lecteurs' | 'territoireId' | 'serviceId' | 'auteurOrganisation'>;
export async function listAdressees(db: Db, contratId: number, mailles: readonly number[], s: Selection, parMaille: number): Promise<Adressee[]> {
  if (mailles.length === 0) return [];
  const { rows } = await sql<Adressee>`
    select m.maille, d.adresse, d.lecteurs, d.territoire_id, d.service_id, d.auteur_organisation from unnest(${[...mailles]}::bigint[]) as m (maille)
    cross join lateral (
      select d.* from demandes d
      where d.contrat_id = ${contratId} and d.maille = m.maille and d.adresse <> '' and ${demandesDe(s)}
      order by d.jour desc, d.id desc limit ${parMaille}) d
    order by d.jour desc, d.id desc`.execute(db);
  return rows;
}

/** What became of the reports that the selection counts in these cells. */
export type Suites = Record<'zone' | 'recus' | 'repondus' | 'faits' | 'contestes' | 'ouverts' | 'retard', number>;
export async function countSuites(db: Db, contratId: number, zones: readonly (readonly number[])[], s: Selection, aujourdhui: string): Promise<Suites[]> {
  const plates = zones.flatMap((z, i) => z.map((maille) => ({ zone: i, maille })));
  const { rows } = await sql<Suites>`
    select z.zone, count(d.id)::int as recus, count(d.repondu_le)::int as repondus, count(d.fait_le)::int as faits, count(d.conteste_le)::int as contestes,
      count(*) filter (where d.clos_le is null and d.id is not null)::int as ouverts,
      count(*) filter (where d.clos_le is null and d.du_le < ${aujourdhui}::date)::int as retard
    from unnest(${plates.map((p) => p.zone)}::int[], ${plates.map((p) => p.maille)}::bigint[]) as z (zone, maille)
    left join demandes d on d.contrat_id = ${contratId} and d.maille = z.maille and ${demandesDe(s)}
    group by z.zone`.execute(db);
  return rows;
}

/** Operations done, and campaigns: by place and day of the week. Read in the facts that registers publish. */
export type DActivite = DeLieu & Pick<DeMoment, 'jourSemaine'>;
export async function countOperations(db: Db, contratId: number, q: { du: string; apres: string; theme?: string }): Promise<DActivite[]> {
  const { rows } = await sql<DActivite>`
    select territoire_id, extract(isodow from jour)::int as jour_semaine, count(*)::int as nombre from faits_operations
    where contrat_id = ${contratId} and jour >= ${q.du}::date and jour < ${q.apres}::date ${q.theme ? sql`and theme = ${q.theme}` : sql``}
    group by 1, 2`.execute(db);
  return rows;
}
export async function countCampagnes(db: Db, contratId: number, q: { du: string; apres: string }, territoires: readonly string[] | undefined): Promise<number> {
  const { rows } = await sql<Record<'n', number>>`
    select count(*)::int as n from faits_campagnes
    where contrat_id = ${contratId} and jour < ${q.apres}::date and coalesce(fin, jour) >= ${q.du}::date ${dans(territoires)}`.execute(db);
  return rows[0]?.n ?? 0;
}
