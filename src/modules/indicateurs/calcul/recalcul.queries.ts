/**
 * Every cell again from the records, aside: what is kept is compared with it, and only what differs is written. The recomputation and the
 * verification are the same work.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { CLE_FICHE } from '../appuis/appuis.rules.ts';
import { atomesDe, CLE_FLUX, deleteToutesVides, type Formulaire, tout } from './cellules.queries.ts';
import { lecturesSql, ventilationAnnuelle } from './compilation.ts';

export interface Difference {
  mesure: string;
  mois: string;
  territoire: string;
  ventilation: string;
  tenue: string;
  recalculee: string;
}
export interface Verification {
  cellules: number;
  differences: Difference[];
}

type Lectures = ReturnType<typeof lecturesSql>;
/** Which cells are looked at, and how each source is read for them. */
interface Perimetre {
  gardees: RawBuilder<boolean>;
  parSource: readonly Lectures[];
}

const toutes = (f: Formulaire, contratId: number): Perimetre => ({
  gardees: sql<boolean>`true`,
  parSource: [...f.sources.values()].map((source, i) =>
    lecturesSql({ source, atomes: atomesDe(f, source.nom), contratId, ...tout(f, source) }, `recalcul_${i}`),
  ),
});

/** The atoms of these measures, the evidence of the `_fiche/…` and the feeds of the `_flux/…` among them. */
function seulement(f: Formulaire, contratId: number, mesures: readonly string[]): Perimetre {
  const cles = mesures.flatMap((m) => [m, `${m}#0`, `${m}#1`]);
  const fiches = new Map([...f.fiches].filter(([n]) => mesures.includes(`${CLE_FICHE}${n}`)));
  const aPart = [...fiches.keys()].map((n) => sql` or starts_with(mesure_id, ${`${CLE_FICHE}${n}/`})`);
  const flux = mesures.flatMap((m) => (m.startsWith(CLE_FLUX) ? [m.slice(CLE_FLUX.length)] : []));
  const desFlux = flux.map((nom) => sql` or mesure_id = ${`_registre/${nom}`} or starts_with(mesure_id, ${`_registre/${nom}/`})`);
  const atomes = mesures.flatMap((id) => f.formules.get(id)?.atomes ?? []);
  const parSource = [...f.sources.values()].flatMap((source, i) => {
    const siens = atomes.filter((a) => a.source === source.nom);
    const comptages = flux.includes(source.nom);
    if (siens.length === 0 && fiches.size === 0 && !comptages) return [];
    const siensFlux = comptages ? (f.flux.get(source.nom) ?? []) : [];
    // What confirms an action line is no formula's.
    return [lecturesSql({ source, atomes: siens, contratId, comptages, preuves: false, flux: siensFlux, fiches }, `recalcul_${i}`)];
  });
  return { gardees: sql<boolean>`(mesure_id = any(${cles}::text[])${sql.join([...aPart, ...desFlux], sql``)})`, parSource };
}

const CLE = sql`mesure_id, periode, territoire_id, ventilation`;
/** Most cells have no amount: nothing is added up for those. */
const SIGNES = sql`somme_entiere(n) as nombre, coalesce(sum(nullif(s, 0)), 0) as somme, somme_entiere(v) as sans_valeur`;
const NON_NULS = sql`somme_entiere(n) <> 0 or sum(nullif(s, 0)) <> 0 or somme_entiere(v) <> 0`;

/**
 * Leaves in the temporary table `ecarts` each cell, of a month or of a year, that is not what the records say: what must be added to it. The
 * records of each source are read once, into a table of its own: only those let PostgreSQL read with several processes. All that they give
 * is then added up at once, what is kept taken away; a year is what its months are found to be.
 */
async function comparer(tx: Db, contratId: number, { gardees, parSource }: Perimetre): Promise<void> {
  await LARGEMENT.execute(tx);
  for (const { nom, lecture } of parSource.flatMap((s) => s.tables))
    await sql`create temporary table ${sql.table(nom)} on commit drop as ${lecture}`.execute(tx);
  const recalculees = parSource.flatMap((s) => s.cellules);
  const gardeesDe = (table: string, periode: RawBuilder<unknown>, quoi: RawBuilder<unknown>) => sql`
      select mesure_id, ${periode}, territoire_id, ventilation, ${quoi} from ${sql.table(table)} where contrat_id = ${contratId} and ${gardees}`;
  const retirees = sql`-nombre, -somme, -sans_valeur`;
  const annee = sql`make_date(annee, 1, 1)`;
  const somme = (branches: readonly RawBuilder<unknown>[]) => sql`
    select ${CLE}, ${SIGNES} from (${sql.join(branches, sql` union all `)}) as x (${CLE}, n, s, v) group by ${CLE} having ${NON_NULS}`;
  await sql`drop table if exists ecarts`.execute(tx);
  await sql`
    create temporary table ecarts as
    select false as annuel, * from (${somme([...recalculees, gardeesDe('mesure_cellules', sql`mois`, retirees)])}) as m`.execute(tx);
  const parAnnee = (de: RawBuilder<unknown>, periode: RawBuilder<unknown>) => sql`
      select mesure_id, date_trunc('year', ${periode}::timestamp)::date, territoire_id, ${ventilationAnnuelle}, nombre, somme, sans_valeur from ${de}`;
  await sql`
    insert into ecarts
    select true, * from (${somme([
      sql`${parAnnee(sql`mesure_cellules`, sql`mois`)} where contrat_id = ${contratId} and ${gardees}`,
      parAnnee(sql`ecarts`, sql`periode`),
      gardeesDe('mesure_annees', annee, retirees),
    ])}) as a`.execute(tx);
  // A cell of nothing is no cell: one that is kept is a difference of nothing.
  for (const [table, periode, annuel] of [
    ['mesure_cellules', sql`mois`, false],
    ['mesure_annees', annee, true],
  ] as const)
    await sql`
      insert into ecarts
      select ${annuel}, v.* from (${gardeesDe(table, periode, sql`nombre, somme, sans_valeur`)} and nombre = 0 and somme = 0 and sans_valeur = 0) as v (${CLE})
      where not exists (select from ecarts e where e.annuel = ${annuel} and (e.mesure_id, e.periode, e.territoire_id, e.ventilation)
        = (v.mesure_id, v.periode, v.territoire_id, v.ventilation))`.execute(tx);
}
/**
 * Groups are held in memory, and as many processes as the server allows read the records: the planner believes that formulas make far
 * more groups than they do, and would read alone.
 */
export const LARGEMENT = sql`
  select set_config('work_mem', '256MB', true), set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true)`;

/**
 * Signed, like what writes add: whatever they added meanwhile stays. Alone for as long as it takes to write what differs, or it would hold
 * cells in another order than those who write.
 */
async function corriger(tx: Db, contratId: number): Promise<void> {
  await VERROU.execute(tx);
  for (const [table, colonne, periode, annuel] of [
    ['mesure_cellules', 'mois', sql`periode`, false],
    ['mesure_annees', 'annee', sql`extract(year from periode)::smallint`, true],
  ] as const)
    await sql`
      insert into ${sql.table(table)} as t (contrat_id, mesure_id, ${sql.ref(colonne)}, territoire_id, ventilation, nombre, somme, sans_valeur)
      select ${contratId}::smallint, mesure_id, ${periode}, territoire_id, ventilation, nombre, somme, sans_valeur
      from ecarts where annuel = ${sql.lit(annuel)}
      order by ${annuel ? sql`periode, mesure_id` : sql`mesure_id, periode`}, territoire_id, ventilation
      on conflict (contrat_id, mesure_id, ${sql.ref(colonne)}, territoire_id, ventilation) do update
      set nombre = t.nombre + excluded.nombre, somme = t.somme + excluded.somme, sans_valeur = t.sans_valeur + excluded.sans_valeur`.execute(tx);
  await deleteToutesVides(tx, contratId);
}

const unALaFois = (contratId: number) => sql`hashtext('concorde.recalcul'), ${contratId}::int`;

/** Waits for the writes that have begun to move cells, and keeps the others from beginning. */
const VERROU = sql`lock table mesure_cellules in share row exclusive mode`;

const compter = async (tx: Db, dans: RawBuilder<unknown>): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${dans}`.execute(tx)).rows[0]?.n ?? 0;

/**
 * Mends every cell of the contract, as the owner; says how many. Nobody waits while records are read: they and the cells are read as they
 * were at one instant, when a write was in both or in neither, and what differed then is added to what the cells have become. One at a
 * time, or two would mend twice.
 */
export async function recalculerCellules(owner: Db, f: Formulaire, contratId: number): Promise<number> {
  return owner.connection().execute(async (c) => {
    await sql`select pg_advisory_lock(${unALaFois(contratId)})`.execute(c);
    try {
      await c
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((tx) => comparer(tx, contratId, toutes(f, contratId)));
      const n = await compter(c, sql`ecarts`);
      if (n > 0) await c.transaction().execute((tx) => corriger(tx, contratId));
      await sql`drop table ecarts`.execute(c);
      return n;
    } finally {
      await sql`select pg_advisory_unlock(${unALaFois(contratId)})`.execute(c);
    }
  });
}

/**
 * The same in the transaction of a change of formulas: only the atoms of these measures, or all. What another write adds there follows
 * the former formulas: writes wait until the new ones are in force.
 */
export async function recalculerMesures(tx: Db, f: Formulaire, contratId: number, mesures: readonly string[] | null): Promise<void> {
  // What a recomputation under way found follows the former formulas too: it ends first.
  await sql`select pg_advisory_xact_lock(${unALaFois(contratId)})`.execute(tx);
  await VERROU.execute(tx);
  await comparer(tx, contratId, mesures === null ? toutes(f, contratId) : seulement(f, contratId, mesures));
  if ((await compter(tx, sql`ecarts`)) > 0) await corriger(tx, contratId);
  await sql`drop table ecarts`.execute(tx);
}

/**
 * Recomputes every cell from the records and compares with what is kept, months and years, in one snapshot.
 * `cellules` counts the monthly cells compared; `differences` lists every cell that differs.
 */
export async function verifierCellules(db: Db, f: Formulaire, contratId: number): Promise<Verification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await comparer(tx, contratId, toutes(f, contratId));
      const cellules = await compter(tx, sql`mesure_cellules where contrat_id = ${contratId}`);
      const dite = (n: RawBuilder<unknown>, s: RawBuilder<unknown>, v: RawBuilder<unknown>) => sql`
          case when (${n}, ${s}, ${v}) = (0, 0, 0) then 'absente' else ${n} || ' / ' || trim_scale(${s}) || ' / ' || ${v} end`;
      const plus = (n: string) => sql`coalesce(${sql.ref(`t.${n}`)}, 0) + ${sql.ref(`e.${n}`)}`;
      const { rows } = await sql<Difference>`
        select e.mesure_id as mesure, to_char(periode, case when annuel then 'YYYY' else 'YYYY-MM' end) as mois, e.territoire_id as territoire,
          e.ventilation::text as ventilation, coalesce(t.nombre || ' / ' || trim_scale(t.somme) || ' / ' || t.sans_valeur, 'absente') as tenue,
          ${dite(plus('nombre'), plus('somme'), plus('sans_valeur'))} as recalculee
        from ecarts e left join lateral (
          select nombre, somme, sans_valeur from mesure_cellules c
          where not e.annuel and (c.contrat_id, c.mesure_id, c.mois, c.territoire_id, c.ventilation) = (${contratId}, e.mesure_id, e.periode, e.territoire_id, e.ventilation)
          union all
          select nombre, somme, sans_valeur from mesure_annees c
          where e.annuel and (c.contrat_id, c.annee, c.mesure_id, c.territoire_id, c.ventilation)
            = (${contratId}, extract(year from e.periode)::smallint, e.mesure_id, e.territoire_id, e.ventilation)
        ) t on true
        order by annuel, 1, 2, 3, 4`.execute(tx);
      await sql`drop table ecarts`.execute(tx);
      return { cellules, differences: rows };
    });
}
