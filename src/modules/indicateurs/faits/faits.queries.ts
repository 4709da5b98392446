/** The records that a filter counts, read where each write keeps them: a range of an index in the order of the page. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { type Requete, requete } from '../../../core/base/requete.ts';
import { type Atome, estStock } from '../calcul/atomes.rules.ts';
import type { Formulaire } from '../calcul/cellules.queries.ts';
import type { Difference } from '../calcul/recalcul.queries.ts';
import { dimensionsUtiles, vueDeFaits } from '../calcul/compilation.ts';
import { gardeSql } from '../calcul/gardes.sql.ts';
import { periode } from '../periode.rules.ts';
import type { Comptage, FaitCompte } from '../preuves.queries.ts';
import type { SourceDeFaits } from '../sources.ts';
import { depuisUuid, type Donne, faitsComptesSql } from './faits.sql.ts';
import { filtreDe, filtresParSource, mesuresDuFiltre } from './filtres.rules.ts';

/** Its key is a number too large for one. */
interface FiltreLu extends Pick<Ligne<'filtresComptes'>, never> {
  cle: string;
}
interface Compte extends Pick<Ligne<'filtresComptes'>, never> {
  n: number | null;
}

/** Those of these atoms whose filter is whole: what is kept is all that they count. */
export async function listEntiers(db: Db, contratId: number, atomes: readonly Atome[]): Promise<ReadonlySet<string>> {
  if (atomes.length === 0) return new Set();
  const { rows } = await sql<FiltreLu>`
    select filtre::text as cle from filtres_comptes
    where contrat_id = ${contratId} and filtre = any(${atomes.map((a) => filtreDe(a).cle)}::bigint[]) and entier_le is not null`.execute(db);
  return new Set(rows.map((r) => r.cle));
}

/** What bounds a reading, given now or at each call of a prepared statement. `lieux` null: the whole contract. */
interface Bornes {
  contratId: Donne<number>;
  debut: Donne<string>;
  fin: Donne<string>;
  lieux: Donne<readonly string[]> | null;
}
const bornesDe = (q: Comptage): Bornes & { contratId: number; debut: string; fin: string } => {
  const { debut, fin } = periode(q.periode);
  return { contratId: q.contratId, debut, fin, lieux: q.aire && [...q.aire] };
};

function gardes(a: Atome, { contratId, debut, fin }: Bornes): RawBuilder<boolean> {
  const dates = estStock(a.mode)
    ? // Each record once: by its last interval of the period.
      sql`jour < ${fin}::date and (fin is null or fin >= ${debut}::date) and (suite is null or suite >= ${fin}::date)`
    : sql`jour >= ${debut}::date and jour < ${fin}::date`;
  return sql<boolean>`contrat_id = ${contratId}::smallint and filtre = ${cleSql(a)} and ${dates}`;
}
const cleSql = (a: Atome) => sql`${sql.lit(filtreDe(a).cle)}::bigint`;

/** What is kept for this filter is all that it counts. */
const entier = (a: Atome, b: Bornes): RawBuilder<boolean> => sql<boolean>`exists (
      select from filtres_comptes where contrat_id = ${b.contratId}::smallint and filtre = ${cleSql(a)} and entier_le is not null)`;

/** How many records a stock counts: its cells count values where it is told by its values. Null while its filter is not whole. */
export async function compterGardes(db: Db, q: Comptage): Promise<number | null> {
  const b = bornesDe(q);
  const lieu = b.lieux === null ? sql`` : sql` and territoire_id = any(${b.lieux}::text[])`;
  const { rows } = await sql<Compte>`
    select case when ${entier(q.atome, b)} then (select count(*)::int from faits_comptes where ${gardes(q.atome, b)}${lieu}) end as n`.execute(db);
  return rows[0]?.n ?? null;
}

const ORDRE = sql`order by jour desc, fait desc, rang desc`;

/** Keys of one page. In an area, the latest of each of its places: however few they are, nothing else is read. */
function clesSql(a: Atome, b: Bornes, limite: number, depuis: number): RawBuilder<unknown> {
  const siens = gardes(a, b);
  const page = sql`limit ${sql.lit(limite)} offset ${sql.lit(depuis)}`;
  if (b.lieux === null) return sql`select jour, fait, rang from faits_comptes where ${siens} and ${entier(a, b)} ${ORDRE} ${page}`;
  return sql`
    select k.jour, k.fait, k.rang from unnest(${b.lieux}::text[]) as lieu
    cross join lateral (
      select jour, fait, rang from faits_comptes where ${siens} and territoire_id = lieu ${ORDRE} limit ${sql.lit(limite + depuis)}
    ) as k
    where ${entier(a, b)}
    ${ORDRE} ${page}`;
}

function pageSql(s: SourceDeFaits, a: Atome, b: Bornes, limite: number, depuis: number): RawBuilder<FaitCompte> {
  const stock = estStock(a.mode);
  const vue = vueDeFaits(s, s.vue, stock ? [] : dimensionsUtiles([{ ...a, ventilations: [] }]));
  const quantite = a.mode === 'somme' ? sql`${sql.ref(a.colonne ?? '')}::float8` : sql`null::float8`;
  const siens = sql`contrat_id = ${b.contratId}::smallint and id = ${depuisUuid(s.cle, sql`k.fait`)}`;
  const rang = s.de ? sql`, row_number() over (order by titre) as place` : sql``;
  // A stock is dated by its interval; whether it counts is what that interval says.
  const juste = stock ? siens : sql`${siens} and jour = k.jour and ${gardeSql(a)}`;
  return sql<FaitCompte>`
    select f.id::text as id, k.jour, f.titre, f.territoire_id as "territoireId", f.organisation_id as "organisationId", f.quantite
    from (${clesSql(a, b, limite, depuis)}) as k
    cross join lateral (
      select id, titre, territoire_id, organisation_id, ${quantite} as quantite${rang} from ${vue} where ${juste}
    ) as f
    ${s.de ? sql`where f.place = k.rang` : sql``}
    order by k.jour desc, k.fait desc, k.rang desc`;
}

type Valeurs = { contratId: number; debut: string; fin: string; lieux: readonly string[] };
/** First pages, which nearly every reader asks for: the same plan whatever the period. */
const premieres = new WeakMap<Atome, Map<string, Requete<FaitCompte, Valeurs>>>();
function premierePage(q: Comptage, limite: number): Requete<FaitCompte, Valeurs> {
  const siennes = premieres.get(q.atome) ?? new Map<string, Requete<FaitCompte, Valeurs>>();
  premieres.set(q.atome, siennes);
  const cle = `${limite} ${q.aire === null}`;
  const faite =
    siennes.get(cle) ??
    requete((v) => pageSql(q.source, q.atome, { contratId: v.contratId, debut: v.debut, fin: v.fin, lieux: q.aire === null ? null : v.lieux }, limite, 0));
  siennes.set(cle, faite);
  return faite;
}

/**
 * One page, the latest first; empty while the filter is not whole. The filter is asked again of the rows found, which costs nothing: what
 * is listed is counted. Whoever finds another number of rows than cells count reads the register itself.
 */
export async function listGardes(db: Db, q: Comptage & { limite: number; depuis: number }): Promise<FaitCompte[]> {
  const b = bornesDe(q);
  if (q.depuis === 0) return premierePage(q, q.limite)(db, { ...b, lieux: q.aire ?? [] });
  return (await pageSql(q.source, q.atome, b, q.limite, q.depuis).execute(db)).rows;
}

/** Records counted and not kept, kept and not counted, kept otherwise: for the filters that proofs rely on. As the owner. */
export async function verifierFaits(owner: Db, f: Formulaire, contratId: number): Promise<{ faits: number; differences: Difference[] }> {
  return owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const entiers = await listEntiers(
        tx,
        contratId,
        [...f.formules.values()].flatMap((x) => x.atomes),
      );
      const differences: Difference[] = [];
      let faits = 0;
      for (const s of f.sources.values()) {
        const v = await verifierSource(tx, f, contratId, s, entiers);
        faits += v.faits;
        differences.push(...v.differences);
      }
      return { faits, differences };
    });
}

async function verifierSource(tx: Db, f: Formulaire, contratId: number, s: SourceDeFaits, entiers: ReadonlySet<string>) {
  const filtres = (filtresParSource(f.formules).get(s.nom) ?? []).filter((x) => entiers.has(x.cle));
  if (filtres.length === 0) return { faits: 0, differences: [] };
  const cles = filtres.map((x) => x.cle);
  const compte = await sql<Compte>`
    select count(*)::int as n from faits_comptes where contrat_id = ${contratId} and filtre = any(${cles}::bigint[])`.execute(tx);
  const dire = (a: string) =>
    sql`${sql.ref(`${a}.jour`)} || ' ' || coalesce(${sql.ref(`${a}.fin`)}::text, '') || ' ' || coalesce(${sql.ref(`${a}.suite`)}::text, '')`;
  const { rows } = await sql<Difference & { cle: string }>`
    with v as materialized (${faitsComptesSql(s, filtres, contratId, 'tout')})
    select coalesce(t.filtre, v.filtre)::text as cle, '' as mesure, to_char(coalesce(t.jour, v.jour), 'YYYY-MM') as mois,
      coalesce(t.territoire_id, v.territoire_id) as territoire, coalesce(t.fait, v.fait)::text as ventilation,
      case when t.fait is null then 'absente' else ${dire('t')} end as tenue, case when v.fait is null then 'absente' else ${dire('v')} end as recalculee
    from (select * from faits_comptes where contrat_id = ${contratId} and filtre = any(${cles}::bigint[])) t
    full join v on (t.filtre, t.jour, t.fait, t.rang) = (v.filtre, v.jour, v.fait, v.rang)
    where t.fait is null or v.fait is null or (t.territoire_id, t.fin, t.suite) is distinct from (v.territoire_id, v.fin, v.suite)
    order by 1, 3, 5 limit 1000`.execute(tx);
  return {
    faits: compte.rows[0]?.n ?? 0,
    differences: rows.map(({ cle, ...d }) => ({ ...d, mesure: `preuve de ${mesuresDuFiltre(f.formules, cle).join(', ')}` })),
  };
}
