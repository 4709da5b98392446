/**
 * Every cell again from the records, aside: what is kept is compared with it, and only what differs is written. The recomputation and the
 * verification are the same work.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { CLE_FICHE } from '../appuis/appuis.rules.ts';
import { atomesDe, CLE_FLUX, deleteVides, type Formulaire, tout } from './cellules.queries.ts';
import { cellulesSql, ventilationAnnuelle } from './compilation.ts';

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

/** Which cells are looked at, and what each source gives of them. */
interface Perimetre {
  gardees: RawBuilder<boolean>;
  parSource: readonly RawBuilder<unknown>[];
}

const toutes = (f: Formulaire, contratId: number): Perimetre => ({
  gardees: sql<boolean>`true`,
  parSource: [...f.sources.values()].map((source) =>
    cellulesSql({ source, atomes: atomesDe(f, source.nom), contratId, cible: 'tout', morcele: true, ...tout(f, source) }),
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
  const parSource = [...f.sources.values()].flatMap((source) => {
    const siens = atomes.filter((a) => a.source === source.nom);
    const comptages = flux.includes(source.nom);
    if (siens.length === 0 && fiches.size === 0 && !comptages) return [];
    const cellules = cellulesSql({
      source,
      atomes: siens,
      contratId,
      cible: 'tout',
      morcele: true,
      comptages,
      flux: comptages ? (f.flux.get(source.nom) ?? []) : [],
      fiches,
    });
    // What confirms an action line is no formula's.
    return [sql`select * from (${cellules}) as c where not starts_with(mesure_id, '_preuve/')`];
  });
  return { gardees: sql<boolean>`(mesure_id = any(${cles}::text[])${sql.join([...aPart, ...desFlux], sql``)})`, parSource };
}

/**
 * Leaves in the temporary table `ecarts` each cell, of a month or of a year, that is not what the records say. A table of its own for
 * each source: only those let PostgreSQL read the records with several processes.
 */
async function comparer(tx: Db, contratId: number, { gardees, parSource }: Perimetre): Promise<void> {
  await LARGEMENT.execute(tx);
  for (const [i, cellules] of parSource.entries()) await sql`create temporary table ${sql.table(`recalcul_${i}`)} on commit drop as ${cellules}`.execute(tx);
  const grain = (table: string, periode: RawBuilder<unknown>, ventilation: RawBuilder<unknown>, gardee: RawBuilder<unknown>, annuel: boolean) => {
    const recalcules = parSource.map(
      (_, i) => sql`select mesure_id, ${periode}, territoire_id, ${ventilation}, nombre, somme, sans_valeur, null::bigint, null::numeric, null::bigint
        from ${sql.table(`recalcul_${i}`)}`,
    );
    const tenus = sql`select mesure_id, ${gardee}, territoire_id, ventilation, null::bigint, null::numeric, null::bigint, nombre, somme, sans_valeur
      from ${sql.table(table)} where contrat_id = ${contratId} and ${gardees}`;
    return sql`
    select ${sql.lit(annuel)} as annuel, mesure_id, periode, territoire_id, ventilation, sum(tn) as t_nombre, sum(ts) as t_somme,
      sum(tv) as t_sans_valeur, sum(rn) as r_nombre, sum(rs) as r_somme, sum(rv) as r_sans_valeur
    from (${sql.join([...recalcules, tenus], sql` union all `)}) as x (mesure_id, periode, territoire_id, ventilation, rn, rs, rv, tn, ts, tv)
    group by 2, 3, 4, 5
    having sum(tn) is distinct from sum(rn) or sum(ts) is distinct from sum(rs) or sum(tv) is distinct from sum(rv)`;
  };
  await sql`drop table if exists ecarts`.execute(tx);
  await sql`
    create temporary table ecarts as
    ${grain('mesure_cellules', sql`mois`, sql`ventilation`, sql`mois`, false)}
    union all
    ${grain('mesure_annees', sql`date_trunc('year', mois::timestamp)::date`, ventilationAnnuelle, sql`make_date(annee, 1, 1)`, true)}`.execute(tx);
}
/**
 * Groups are held in memory, and as many processes as the server allows read the records: the planner believes that formulas make far
 * more groups than they do, and would read alone.
 */
export const LARGEMENT = sql`set local work_mem = '256MB'; set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0`;

/**
 * Signed, like what writes add: whatever they added meanwhile stays. Alone for as long as it takes to write what differs, or it would hold
 * cells in another order than those who write.
 */
async function corriger(tx: Db, contratId: number): Promise<void> {
  await VERROU.execute(tx);
  const ecart = (n: string) => sql`coalesce(${sql.ref(`r_${n}`)}, 0) - coalesce(${sql.ref(`t_${n}`)}, 0)`;
  for (const [table, colonne, periode, annuel] of [
    ['mesure_cellules', 'mois', sql`periode`, false],
    ['mesure_annees', 'annee', sql`extract(year from periode)::smallint`, true],
  ] as const)
    await sql`
      insert into ${sql.table(table)} as t (contrat_id, mesure_id, ${sql.ref(colonne)}, territoire_id, ventilation, nombre, somme, sans_valeur)
      select ${contratId}::smallint, mesure_id, ${periode}, territoire_id, ventilation, ${ecart('nombre')}, ${ecart('somme')}, ${ecart('sans_valeur')}
      from ecarts where annuel = ${sql.lit(annuel)}
      order by ${annuel ? sql`periode, mesure_id` : sql`mesure_id, periode`}, territoire_id, ventilation
      on conflict (contrat_id, mesure_id, ${sql.ref(colonne)}, territoire_id, ventilation) do update
      set nombre = t.nombre + excluded.nombre, somme = t.somme + excluded.somme, sans_valeur = t.sans_valeur + excluded.sans_valeur`.execute(tx);
  await deleteVides(tx, contratId);
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
      const { rows } = await sql<Difference>`
        select mesure_id as mesure, to_char(periode, case when annuel then 'YYYY' else 'YYYY-MM' end) as mois, territoire_id as territoire,
          ventilation::text as ventilation, coalesce(t_nombre || ' / ' || t_somme || ' / ' || t_sans_valeur, 'absente') as tenue,
          coalesce(r_nombre || ' / ' || r_somme || ' / ' || r_sans_valeur, 'absente') as recalculee
        from ecarts order by annuel, 1, 2, 3, 4`.execute(tx);
      await sql`drop table ecarts`.execute(tx);
      return { cellules, differences: rows };
    });
}
