/** What moved, kept with the write that moved it; and what only cells tell of the figures before. */
import { sql } from 'kysely';
import { type Db, type Ligne, remettre } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Aire } from '../agregats.queries.ts';
import type { Cause, Delta } from '../calcul/cellules.queries.ts';
import { anneeDuDelta, stockDuDelta, type Distincts, type Mouvements, type Tenues } from './mouvements.rules.ts';
import { enJson } from '../../../core/couper.ts';

interface Enregistrements extends Pick<Ligne<'mesureAnnees'>, 'mesureId' | 'annee' | 'nombre'> {}
interface Mus extends Pick<Ligne<'mesureAnnees'>, 'mesureId' | 'annee' | 'nombre'> {}

/** Records of these feeds by year, from their cells. */
export async function getEnregistrementsParAnnee(db: Db, contratId: number, sources: readonly string[]): Promise<Tenues> {
  const { rows } = await sql<Enregistrements>`
    select mesure_id, annee, sum(nombre)::float8 as nombre
    from mesure_annees
    where contrat_id = ${contratId} and mesure_id in (select unnest(${sources.map((s) => `_registre/${s}`)}::text[]))
    group by 1, 2`.execute(db);
  return rows.map((r) => ({ source: r.mesureId.replace('_registre/', ''), annee: String(r.annee), nombre: r.nombre }));
}

/** Distinct values that the deltas of this area brought in (+1) or took out (-1), by `periode|atome`. */
export async function getDistinctsMus(db: Db, contratId: number, deltas: readonly Delta[], aire: Aire, annees: readonly string[]): Promise<Distincts> {
  const stocks = deltas.filter((d) => d.distinct !== null && d.mouvement !== null);
  return new Map([
    ...(await getDistinctsOuverts(db, contratId, deltas, aire)),
    ...(stocks.length > 0 ? await getDistinctsPresents(db, contratId, stocks, aire, annees) : []),
  ]);
}

/** The same among those present: who came before counts too, and so every year told. */
async function getDistinctsPresents(db: Db, contratId: number, deltas: readonly Delta[], aire: Aire, annees: readonly string[]): Promise<Distincts> {
  const mus = annees.flatMap((annee) =>
    deltas.map((d) => {
      const { ouvert, ferme } = stockDuDelta(d, annee);
      return { cle: d.cle, annee: Number(annee), valeur: d.distinct, n: ouvert - ferme };
    }),
  );
  const lieu = aire === null ? sql`` : sql` and c.territoire_id = any(${[...aire]}::text[])`;
  const { rows } = await sql<Mus>`
    with m as (
      select cle, annee, valeur, sum(n) as n
      from jsonb_to_recordset(${enJson(mus)}::jsonb) as d (cle text, annee smallint, valeur text, n bigint)
      group by 1, 2, 3
    ),
    maintenant as (
      select m.cle, m.annee, m.n, coalesce((
        select sum(case c.ventilation ->> '_m'
          when 'e' then case when c.mois < make_date(m.annee + 1, 1, 1) then c.nombre end
          when 's' then case when c.mois < make_date(m.annee, 1, 1) then -c.nombre end
          when 'r' then case when c.mois < make_date(m.annee + 1, 1, 1) and (c.ventilation ->> '_g')::date >= make_date(m.annee, 1, 1) then -c.nombre end
        end)
        from mesure_cellules c
        where c.contrat_id = ${contratId} and c.mesure_id = m.cle and c.ventilation ->> '_d' = m.valeur${lieu}), 0) as nombre
      from m
    )
    select cle as mesure_id, annee, sum((nombre > 0)::int - (nombre - n > 0)::int)::float8 as nombre
    from maintenant
    group by 1, 2`.execute(db);
  return new Map(rows.map((r) => [`${r.annee}|${r.mesureId}`, r.nombre]));
}

async function getDistinctsOuverts(db: Db, contratId: number, deltas: readonly Delta[], aire: Aire): Promise<Distincts> {
  const mus = deltas
    .filter((d) => d.distinct !== null && d.mouvement === null)
    .map((d) => ({ cle: d.cle, annee: Number(anneeDuDelta(d)), valeur: d.distinct, n: d.nombre }));
  if (mus.length === 0) return new Map();
  const lieu = aire === null ? sql`` : sql` and c.territoire_id = any(${[...aire]}::text[])`;
  const { rows } = await sql<Mus>`
    with m as (
      select cle, annee, valeur, sum(n) as n
      from jsonb_to_recordset(${enJson(mus)}::jsonb) as d (cle text, annee smallint, valeur text, n bigint)
      group by 1, 2, 3
    ),
    maintenant as (
      select m.cle, m.annee, m.valeur, m.n, coalesce((
        select sum(c.nombre) from mesure_annees c
        where c.contrat_id = ${contratId} and c.annee = m.annee and c.mesure_id = m.cle and c.ventilation ->> '_d' = m.valeur${lieu}), 0) as nombre
      from m
    )
    select cle as mesure_id, annee, sum((nombre > 0)::int - (nombre - n > 0)::int)::float8 as nombre
    from maintenant
    group by 1, 2`.execute(db);
  return new Map(rows.map((r) => [`${r.annee}|${r.mesureId}`, r.nombre]));
}

export async function addMouvements(tx: Db, contratId: number, dits: readonly (Cause & Mouvements)[]): Promise<void> {
  if (dits.length === 0) return;
  await sql`
    insert into mouvements (contrat_id, chemin, version, chiffres, autres)
    select ${contratId}, v.chemin, v.version, v.chiffres, v.autres
    from jsonb_to_recordset(${enJson(dits)}::jsonb) as v (chemin text, version int, chiffres jsonb, autres int)
    on conflict (contrat_id, chemin, version) do nothing`.execute(tx);
}

const attendre = requete<unknown, Cause & { contratId: number; deltas: string }>(
  (v) => sql`insert into mouvements_a_dire (contrat_id, chemin, version, deltas) values (${v.contratId}, ${v.chemin}, ${v.version}, ${v.deltas}::jsonb)`,
);
/** Leaves with the commit. */
export const addAttente = (tx: Db, contratId: number, c: Cause, deltas: readonly Delta[]): Promise<void> =>
  remettre(tx, attendre.avec({ contratId, ...c, deltas: enJson(deltas) }));

interface EnAttente extends Pick<Ligne<'mouvementsADire'>, 'ordre' | 'chemin' | 'version'> {
  deltas: readonly Delta[];
}
/** False when somebody else is telling. The lock lasts until the end of the transaction. */
export async function prendreLaParole(tx: Db, contratId: number): Promise<boolean> {
  const { rows } = await sql`select from (values (1)) as v where pg_try_advisory_xact_lock(hashtext('concorde.mouvements'), ${contratId})`.execute(tx);
  return rows.length > 0;
}
/** In the order of the writes. */
export async function listAttentes(tx: Db, contratId: number): Promise<EnAttente[]> {
  const { rows } = await sql<EnAttente>`
    select ordre, chemin, version, deltas from mouvements_a_dire where contrat_id = ${contratId} order by ordre`.execute(tx);
  return rows;
}
export async function deleteAttentes(tx: Db, contratId: number, ordres: readonly number[]): Promise<void> {
  await sql`delete from mouvements_a_dire where contrat_id = ${contratId} and ordre = any(${[...ordres]}::bigint[])`.execute(tx);
}

/** What this write moved when it was made; null when it moved nothing, `attente` when it has not been told yet. */
export async function lireMouvements(db: Db, contratId: number, c: Cause): Promise<Mouvements | 'attente' | null> {
  const { rows } = await sql<Mouvements & { attend: boolean }>`
    select chiffres, autres, false as attend from mouvements
    where contrat_id = ${contratId} and chemin = ${c.chemin} and version = ${c.version}
    union all
    (select '[]', 0, true from mouvements_a_dire
      where contrat_id = ${contratId} and chemin = ${c.chemin} and version = ${c.version} limit 1)`.execute(db);
  const [lu] = rows;
  return lu ? (lu.attend ? 'attente' : { chiffres: lu.chiffres, autres: lu.autres }) : null;
}
