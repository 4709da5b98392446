/** Maintenance of the cells: what each write adds to them or takes away. */
import { type RawBuilder, sql } from 'kysely';
import { type Db, type Ligne, remettre } from '../../../core/base/database.ts';
import { type Requete, requete } from '../../../core/base/requete.ts';
import type { Fusion } from '../../../core/base/transaction.ts';
import type { SourceDeFaits, Sources } from '../sources.ts';
import type { Atome, Formule } from './atomes.rules.ts';
import { bougerFaitsSql, type Donne } from '../faits/faits.sql.ts';
import { filtresParSource } from '../faits/filtres.rules.ts';
import { type Cible, type CibleSql, cellulesSql, ventilationAnnuelle } from './compilation.ts';

/** What wrote: the path of a record or of a batch, and which of its versions. */
export interface Cause {
  chemin: string;
  version: number;
}

export interface Formulaire {
  sources: Sources;
  formules: ReadonlyMap<string, Formule>;
  /** Atoms that make a record evidence for each fiche of the contract. */
  fiches: ReadonlyMap<string, readonly Atome[]>;
  /** Dimensions that tell the feeds of each source. */
  flux: ReadonlyMap<string, readonly string[]>;
}

/** Pseudo-measure under which the feeds of a source are told when they change. */
export const CLE_FLUX = '_flux/';

/** Dimensions that tell a feed, by source, from the feeds that formulas ask for. */
export function fluxParSource(formules: Iterable<Formule>): Map<string, readonly string[]> {
  const parSource = new Map<string, Set<string>>();
  for (const f of formules)
    for (const a of f.atomes)
      for (const cle of a.tenues) {
        // Of the source that it names: what arrives by two ways names both.
        const [, source, dimension] = /^([^/]+)\/([^=]+)=/.exec(cle) ?? [];
        if (source && dimension) parSource.set(source, (parSource.get(source) ?? new Set()).add(dimension));
      }
  return new Map([...parSource].map(([s, d]) => [s, [...d].sort()]));
}

export const atomesDe = (f: Formulaire, source: string): Atome[] => [...f.formules.values()].flatMap((x) => x.atomes).filter((a) => a.source === source);

/** What one write added to the cells of an atom (or took away), without the breakdowns: what `ceQuiABouge` starts from. */
export interface Delta extends Pick<Ligne<'mesureCellules'>, 'territoireId' | 'nombre' | 'sansValeur'> {
  /** The atom's key, or `_registre/<source>`, `_preuve/<ligne>`, `_fiche/<numero>`. */
  cle: string;
  /** `2026-11` */
  mois: string;
  /** The distinct value counted; null when the atom counts none. */
  distinct: string | null;
  /** Stock: `e` opened, `s` closed, `r` came back after having left in month `parti`. */
  mouvement: 'e' | 's' | 'r' | null;
  parti: string | null;
  somme: number;
}

/** What a write touched. */
export type Touches = Exclude<Cible, 'tout'>;

/**
 * Adds (+1) or takes away (-1) what the targeted records contribute to every cell, months and years, in the caller's
 * transaction, and says what that was. Called with -1 before published rows change and with +1 after.
 */
export async function appliquerCible(tx: Db, f: Formulaire, contratId: number, source: SourceDeFaits, cible: Touches, signe: 1 | -1): Promise<Delta[]> {
  if ('ids' in cible && cible.ids.length === 0) return [];
  const deltas = await ecrireCible(tx, f, contratId, source, cible, signe);
  if (signe === -1) await deleteVides(tx, contratId, deltas);
  return deltas;
}

/** So many records at most are held one by one: a larger set is of one task, which holds their rows itself. */
const TENUS = 50;
/** Holds what these records count for until the commit, in one order for everybody. */
export async function tenirFaits(tx: Db, contratId: number, source: string, cible: Touches): Promise<void> {
  if (!('ids' in cible) || cible.ids.length === 0 || cible.ids.length > TENUS) return;
  const cles = [...new Set(cible.ids)].sort().map((id) => `faits:${contratId}:${source}:${id}`);
  await sql`select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest(${cles}::text[]) with ordinality as t (k, n) order by n`.execute(tx);
}

async function ecrireCible(tx: Db, f: Formulaire, contratId: number, source: SourceDeFaits, cible: Touches, signe: 1 | -1): Promise<Delta[]> {
  if ('ids' in cible && cible.ids.length <= QUELQUES) {
    const { une, quelques } = ecritureDe(f, source);
    const sens = signe === 1 ? 'ajoutee' : 'retiree';
    const [id = ''] = cible.ids;
    await remettre(tx, PLAN_GARDE);
    const deltas = await (cible.ids.length === 1 ? une[sens](tx, { contratId, id }) : quelques[sens](tx, { contratId, ids: cible.ids }));
    await remettre(tx, PLAN_LIBRE);
    return deltas;
  }
  const cellules = cellulesSql({ source, atomes: atomesDe(f, source.nom), contratId, cible, ...tout(f, source) });
  const faits = bougerFaitsSql(source, filtresDe(f, source), contratId, cible, signe);
  await remettre(tx, SANS_TRI);
  const deltas = await addCellules(tx, contratId, cellules, signe, faits);
  await remettre(tx, TRI_LIBRE);
  return deltas;
}
const filtresDe = (f: Formulaire, s: SourceDeFaits) => filtresParSource(f.formules).get(s.nom) ?? [];

/** So many records at most are looked at one by one, by the statement prepared once for their source. */
const QUELQUES = 50;
type Quelques = { contratId: number; ids: readonly string[] };
type Une = { contratId: number; id: string };
/** Give the deltas. */
interface Ecrites<V> {
  ajoutee: Requete<Delta, V>;
  retiree: Requete<Delta, V>;
}
interface Ecritures {
  une: Ecrites<Une>;
  quelques: Ecrites<Quelques>;
  /** Keeps the deltas of one record, for whoever will tell what they moved. */
  tue: Requete<unknown, Une & Cause>;
}
const ecritures = new WeakMap<Formulaire, Map<string, Ecritures>>();
function ecritureDe(f: Formulaire, source: SourceDeFaits): Ecritures {
  const siennes = ecritures.get(f) ?? new Map<string, Ecritures>();
  ecritures.set(f, siennes);
  const ajout = (contratId: RawBuilder<number>, cible: CibleSql, signe: 1 | -1) =>
    ajoutSql(
      contratId,
      cellulesSql({ source, atomes: atomesDe(f, source.nom), contratId, cible, ...tout(f, source) }),
      signe,
      bougerFaitsSql(source, filtresDe(f, source), contratId, cible, signe),
    );
  const deltas = (contratId: RawBuilder<number>, cible: CibleSql, signe: 1 | -1) => sql<Delta>`${ajout(contratId, cible, signe)} ${deltasSql(signe)}`;
  const faites = siennes.get(source.nom) ?? {
    une: {
      ajoutee: requete<Delta, Une>((v) => deltas(v.contratId, { id: v.id }, 1)),
      retiree: requete<Delta, Une>((v) => deltas(v.contratId, { id: v.id }, -1)),
    },
    quelques: {
      ajoutee: requete<Delta, Quelques>((v) => deltas(v.contratId, { ids: v.ids }, 1)),
      retiree: requete<Delta, Quelques>((v) => deltas(v.contratId, { ids: v.ids }, -1)),
    },
    tue: requete<unknown, Une & Cause>(
      (v) => sql`${ajout(v.contratId, { id: v.id }, 1)}
    insert into mouvements_a_dire (contrat_id, chemin, version, deltas)
    select ${v.contratId}::smallint, ${v.chemin}::text, ${v.version}::int, jsonb_agg(to_jsonb(x)) from (${deltasSql(1)}) as x having count(*) > 0`,
    ),
  };
  siennes.set(source.nom, faites);
  return faites;
}

/**
 * One plan for every record. Where years are partitions, or identifiers an array, PostgreSQL finds it dearer than one made for these very
 * values, and plans again at each save: 3.9 of the 9 ms of a report. Only for the statement between the two.
 */
const PLAN_GARDE = requete<unknown, Record<string, never>>(() => sql`set local plan_cache_mode = force_generic_plan`).avec({});
const PLAN_LIBRE = requete<unknown, Record<string, never>>(() => sql`set local plan_cache_mode to default`).avec({});

/** Of rows just written there are no statistics: expecting a few, PostgreSQL would sort all of a batch to group them. Where an order is asked, it sorts as ever. */
const SANS_TRI = requete<unknown, Record<string, never>>(() => sql`set local enable_sort = off`).avec({});
const TRI_LIBRE = requete<unknown, Record<string, never>>(() => sql`set local enable_sort to default`).avec({});

/** Adds what one new record contributes, with the commit: nobody waits for its cells for longer. With a cause, what it added waits to be told. */
export async function compterAvecLaValidation(tx: Db, f: Formulaire, contratId: number, source: SourceDeFaits, id: string, cause: Cause | null): Promise<void> {
  const { tue, une } = ecritureDe(f, source);
  await remettre(tx, PLAN_GARDE);
  await remettre(tx, cause ? tue.avec({ contratId, id, ...cause }) : une.ajoutee.avec({ contratId, id }));
  await remettre(tx, PLAN_LIBRE);
}

interface ACompter {
  f: Formulaire;
  contratId: number;
  source: SourceDeFaits;
  id: string;
}
/** The same, without a cause, for records of transactions that are written together: after all that they write. */
export const compterEnsemble: Fusion<ACompter> = {
  ecrire: (parts) => {
    const parSource = new Map<SourceDeFaits, ACompter[]>();
    for (const p of parts) parSource.set(p.source, [...(parSource.get(p.source) ?? []), p]);
    return [...parSource.values()].flatMap((siens) => {
      const [premier] = siens;
      if (!premier) return [];
      const { une, quelques } = ecritureDe(premier.f, premier.source);
      const { contratId, id } = premier;
      return [
        PLAN_GARDE,
        siens.length === 1 ? une.ajoutee.avec({ contratId, id }) : quelques.ajoutee.avec({ contratId, ids: siens.map((p) => p.id) }),
        PLAN_LIBRE,
      ];
    });
  },
};

/** Everything that the records of a source are counted for besides the measures. */
export const tout = (f: Formulaire, s: SourceDeFaits) => ({ comptages: true, preuves: true, flux: f.flux.get(s.nom) ?? [], fiches: f.fiches });

/** Adds a set of cells to the months and the years. Rows are written in key order so that two writers cannot deadlock. */
async function addCellules(tx: Db, contratId: number, cellules: RawBuilder<unknown>, signe: 1 | -1, faits: RawBuilder<unknown>): Promise<Delta[]> {
  return (await sql<Delta>`${ajoutSql(contratId, cellules, signe, faits)} ${deltasSql(signe)}`.execute(tx)).rows;
}
export const ajoutSql = (contratId: Donne<number>, cellules: RawBuilder<unknown>, signe: 1 | -1, faits: RawBuilder<unknown>) => sql`
    with d as materialized (${cellules}),
    faits as (${faits}),
    mois as (
      insert into mesure_cellules as t (contrat_id, mesure_id, mois, territoire_id, ventilation, nombre, somme, sans_valeur)
      select ${contratId}::smallint, mesure_id, mois, territoire_id, ventilation,
        nombre * ${sql.lit(signe)}::int, somme * ${sql.lit(signe)}::int, sans_valeur * ${sql.lit(signe)}::int
      from d
      order by mesure_id, mois, territoire_id, ventilation
      on conflict (contrat_id, mesure_id, mois, territoire_id, ventilation) do update
      set nombre = t.nombre + excluded.nombre,
        somme = t.somme + excluded.somme,
        sans_valeur = t.sans_valeur + excluded.sans_valeur
    ),
    annees as (
      insert into mesure_annees as t (contrat_id, annee, mesure_id, territoire_id, ventilation, nombre, somme, sans_valeur)
      select ${contratId}::smallint, extract(year from mois)::smallint, mesure_id, territoire_id, ${ventilationAnnuelle},
        sum(nombre) * ${sql.lit(signe)}::int, sum(somme) * ${sql.lit(signe)}::int, sum(sans_valeur) * ${sql.lit(signe)}::int
      from d
      group by 2, 3, 4, 5
      order by 2, 3, 4, 5
      on conflict (contrat_id, annee, mesure_id, territoire_id, ventilation) do update
      set nombre = t.nombre + excluded.nombre,
        somme = t.somme + excluded.somme,
        sans_valeur = t.sans_valeur + excluded.sans_valeur
    )`;
const deltasSql = (signe: 1 | -1) => sql`
    select mesure_id as cle, to_char(mois, 'YYYY-MM') as mois, territoire_id as "territoireId", ventilation ->> '_d' as "distinct",
      ventilation ->> '_m' as mouvement, left(ventilation ->> '_g', 7) as parti, (sum(nombre) * ${sql.lit(signe)}::int)::float8 as nombre, (sum(somme) * ${sql.lit(signe)}::int)::float8 as somme,
      (sum(sans_valeur) * ${sql.lit(signe)}::int)::float8 as "sansValeur"
    from d
    group by 1, 2, 3, 4, 5, 6`;

/** A cell of nothing is no cell: neither a record, nor an amount. Found by what was taken away: an index of empty ones would be written at each save. */
async function deleteVides(tx: Db, contratId: number, deltas: readonly Delta[]): Promise<void> {
  const vide = sql`t.nombre = 0 and t.somme = 0 and t.sans_valeur = 0`;
  const touchees = sql`(
      select distinct cle, (mois || '-01')::date as mois, lieu
      from unnest(${deltas.map((d) => d.cle)}::text[], ${deltas.map((d) => d.mois)}::text[], ${deltas.map((d) => d.territoireId)}::text[]) as d (cle, mois, lieu)) as d`;
  await sql`
    delete from mesure_cellules t using ${touchees}
    where t.contrat_id = ${contratId} and t.mesure_id = d.cle and t.mois = d.mois and t.territoire_id = d.lieu and ${vide}`.execute(tx);
  await sql`
    delete from mesure_annees t using ${touchees}
    where t.contrat_id = ${contratId} and t.annee = extract(year from d.mois)::smallint and t.mesure_id = d.cle and t.territoire_id = d.lieu and ${vide}`.execute(
    tx,
  );
}

/** The same, whatever was taken away. */
export async function deleteToutesVides(tx: Db, contratId: number): Promise<void> {
  for (const table of ['mesure_cellules', 'mesure_annees'])
    await sql`
      delete from ${sql.table(table)} where contrat_id = ${contratId} and nombre = 0 and somme = 0 and sans_valeur = 0`.execute(tx);
}
