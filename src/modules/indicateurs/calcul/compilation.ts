/**
 * Formulas compiled to SQL. One statement per source: the view is read once and grouped by month, territory and every
 * dimension in use; each atom is a part of that small result. The same parts serve a write (restricted to the records
 * touched, with a sign), a full recomputation and the verification: only how they are gathered differs, a few rows one by
 * one or many by group, and tests hold one against the other. The same filter (`filtreSql`) lists the records behind a figure.
 */
import { type RawBuilder, sql } from 'kysely';
import type { SourceDeFaits } from '../sources.ts';
import { CLE_FICHE, suffixeDe } from '../appuis/appuis.rules.ts';
import { type Atome, estDistinct, estStock } from './atomes.rules.ts';
import { estSeuil, type Filtre } from './calcul.schema.ts';

/** Which records of the source: those of a write, those of an import, or all of the contract. */
export type Cible = { ids: readonly string[] } | { lot: string } | 'tout';
/** The same where the values come later: a statement that is prepared. */
export type CibleSql = { id: RawBuilder<string> } | { ids: readonly string[] | RawBuilder<readonly string[]> } | { lot: string } | 'tout';
const estDeQuelques = (c: CibleSql): boolean => c !== 'tout' && !('lot' in c);

const colonne = (nom: string) => sql.ref(nom);

/** The view of a source, with a column for each of these dimensions that it keeps inside another one. */
export function vueDeFaits(source: SourceDeFaits, vue: string, dimensions: readonly string[]): RawBuilder<unknown> {
  const tirees = dimensions.flatMap((code) => {
    const d = source.dimensions[code];
    if (!d?.dans) return [];
    const [objet, cle] = [sql.ref(d.dans.colonne), sql.lit(d.dans.cle)];
    return [sql`${d.type === 'booleen' ? sql`coalesce(${objet} ? ${cle}, false)` : sql`${objet} ->> ${cle}`} as ${sql.ref(code)}`];
  });
  return tirees.length === 0 ? sql.table(vue) : sql`(select *, ${sql.join(tirees)} from ${sql.table(vue)}) as faits`;
}

/** The atom's filter on the columns of its view; `true` when it keeps everything. */
export function filtreSql(ou: Filtre): RawBuilder<boolean> {
  const conditions = Object.entries(ou).map(([code, valeur]) => {
    if (estSeuil(valeur)) return sql<boolean>`${colonne(code)} >= ${valeur.min}`;
    if (Array.isArray(valeur)) {
      const avecFaux = valeur.includes(false);
      const valeurs = valeur.map((v) => sql`${v}`);
      const dans = sql<boolean>`${colonne(code)} in (${sql.join(valeurs)})`;
      return avecFaux ? sql<boolean>`(${dans} or ${colonne(code)} is null)` : dans;
    }
    if (valeur === true) return sql<boolean>`${colonne(code)} is true`;
    if (valeur === false) return sql<boolean>`${colonne(code)} is not true`;
    return sql<boolean>`${colonne(code)} = ${valeur}`;
  });
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

const unDe = (filtres: readonly Filtre[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    filtres.map((f) => filtreSql(f)),
    sql` or `,
  )})`;

/** The records that this atom counts: those of one of its filters, each once, but for those of its exclusions. */
export function gardeSql(a: Pick<Atome, 'ou' | 'sauf' | 'mode' | 'colonne'>): RawBuilder<boolean> {
  const [seul, ...suite] = a.ou;
  const conditions = [suite.length === 0 ? filtreSql(seul ?? {}) : unDe(a.ou)];
  if (a.sauf.length > 0) conditions.push(sql<boolean>`${unDe(a.sauf)} is not true`);
  if (estDistinct(a.mode)) conditions.push(sql<boolean>`${colonne(a.colonne ?? '')} is not null`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/** The records that at least one of these atoms counts, written once each. */
function compteSql(atomes: readonly Atome[]): RawBuilder<boolean> {
  const uniques = new Map(atomes.map((a) => [JSON.stringify([a.ou, a.sauf, estDistinct(a.mode) && a.colonne]), a]));
  return sql<boolean>`${sql.join(
    [...uniques.values()].map((a) => sql`(${gardeSql(a)})`),
    sql` or `,
  )}`;
}

/**
 * The breakdown key of an atom's cells: `{ dim: value }`, plus `_d` (distinct value), `_m` (e: opened, s: closed, r: came back after
 * having left in month `_g`), `_a` (atom).
 */
function ventilationSql(a: Atome, mouvement: 'e' | 's' | 'r' | null): RawBuilder<unknown> {
  const paires: RawBuilder<unknown>[] = a.ventilations.map((v) => sql`${sql.lit(v)}::text, ${colonne(v)}`);
  if (estDistinct(a.mode)) paires.push(sql`'_d'::text, ${colonne(a.colonne ?? '')}`);
  if (a.rang !== null) paires.push(sql`'_a'::text, ${sql.lit(String(a.rang))}::text`);
  if (mouvement) paires.push(sql`'_m'::text, ${sql.lit(mouvement)}::text`);
  if (mouvement === 'r') paires.push(sql`'_g'::text, to_char(parti, 'YYYY-MM-DD')`);
  return paires.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${sql.join(paires)})`;
}

export function dimensionsUtiles(atomes: readonly Pick<Atome, 'ventilations' | 'ou' | 'sauf' | 'mode' | 'colonne'>[]): string[] {
  const noms = new Set<string>();
  for (const a of atomes) {
    for (const v of a.ventilations) noms.add(v);
    for (const f of [...a.ou, ...a.sauf]) for (const code of Object.keys(f)) noms.add(code);
    if (estDistinct(a.mode) && a.colonne) noms.add(a.colonne);
  }
  return [...noms].sort();
}

const quantitesUtiles = (atomes: readonly Atome[]): string[] => [...new Set(atomes.filter((a) => a.mode === 'somme').map((a) => a.colonne ?? ''))].sort();

export function cibleSql(cible: CibleSql, cle: SourceDeFaits['cle']): RawBuilder<boolean> {
  if (cible === 'tout') return sql<boolean>`true`;
  if ('lot' in cible) return sql<boolean>`lot_id = ${cible.lot}::uuid`;
  // Not as an array of one: of an array to come, PostgreSQL expects ten, and so plans the statement again for each.
  if ('id' in cible) return sql<boolean>`id = ${cible.id}::${sql.raw(cle)}`;
  // Compared in its own type, the identifier is found by its index.
  return sql<boolean>`id = any(${cible.ids}::${sql.raw(cle)}[])`;
}

interface Compilation {
  source: SourceDeFaits;
  atomes: readonly Atome[];
  contratId: number | RawBuilder<number>;
  cible: CibleSql;
  /** Also the built-in cells `_registre/<source>` (whole contract, no territory) and `_preuve/<ligne>`. */
  comptages: boolean;
  /** Also `_registre/<source>/<dimension>=<value>` for these dimensions: which of its feeds spoke. */
  flux: readonly string[];
  /** Also `_fiche/<numero>`, and like `_preuve/<ligne>` with `/<source>` behind it where the source is not everyone's at once: the records that are evidence for each of these fiches, with the atoms that say so. */
  fiches: ReadonlyMap<string, readonly Atome[]>;
  /** The same cell may come in several rows, to be added by who reads them. */
  morcele?: boolean;
}

/**
 * `select mesure_id, mois, territoire_id, ventilation, nombre, somme, sans_valeur` over one source; keys are unique unless `morcele`.
 * Rows whose month or territory is unknown cannot be placed: the views guarantee both.
 */
export function cellulesSql(c: Compilation): RawBuilder<unknown> {
  // What is drawn from the lines of a record is no record more: the record itself is the evidence.
  const parFiche = [...(c.source.de ? [] : c.fiches)].map(([numero, atomes]) => ({ numero, siens: atomes.filter((a) => a.source === c.source.nom) }));
  const aPart = suffixeDe(c.source);
  const dates = c.source.vueDatee ? c.atomes.filter((a) => estStock(a.mode)) : [];
  const atomes = c.atomes.filter((a) => !dates.includes(a));
  const dims = [...new Set([...dimensionsUtiles([...atomes, ...parFiche.flatMap((x) => x.siens)]), ...c.flux])].sort();
  const quantites = quantitesUtiles(c.atomes);
  const vue = vueDeFaits(c.source, c.source.vue, dims);
  const ou = sql`contrat_id = ${c.contratId} and ${cibleSql(c.cible, c.source.cle)}`;
  const dimsSql = dims.length === 0 ? sql`` : sql`, ${sql.join(dims.map(colonne))}`;
  const sommes = quantites.map((q, i) => sql`, coalesce(sum(${colonne(q)}), 0) as ${sql.ref(`q${i}`)}, count(*) - count(${colonne(q)}) as ${sql.ref(`v${i}`)}`);
  const groupe = (mois: RawBuilder<unknown>, sup: RawBuilder<unknown>) => sql`
    select date_trunc('month', ${mois}::timestamp)::date as mois, territoire_id${dimsSql}, count(*) as nombre${sql.join(sommes, sql``)}
    from ${vue}
    where ${ou}${sup}
    group by 1, 2${dimsSql}`;

  const branches: RawBuilder<unknown>[] = [];
  const depuisG: Part[] = [];
  const depuisGf: Part[] = [];
  const part = (a: Atome, mouvement: 'e' | 's' | null): Part => {
    const i = quantites.indexOf(a.colonne ?? '');
    const somme = a.mode === 'somme' ? sql.ref(`q${i}`) : a.dansUneSomme ? sql`nombre` : null;
    const sansValeur = a.mode === 'somme' ? sql.ref(`v${i}`) : null;
    return { cle: a.cle, ventilation: ventilationSql(a, mouvement), garde: gardeSql(a), somme, sansValeur };
  };
  for (const a of atomes) {
    depuisG.push(part(a, estStock(a.mode) ? 'e' : null));
    if (estStock(a.mode)) depuisGf.push(part(a, 's'));
  }
  for (const { numero, siens } of parFiche)
    if (siens.length > 0)
      depuisG.push({ cle: CLE_FICHE + numero + aPart, ventilation: SANS_VENTILATION, garde: compteSql(siens), somme: null, sansValeur: null });
  const parts = estDeQuelques(c.cible) ? partsUneParUne : partsGroupees;
  branches.push(...parts('g', depuisG), ...parts('gf', depuisGf));
  if (c.comptages) {
    branches.push(sql`
    select ${`_registre/${c.source.nom}`}::text, mois, '', '{}'::jsonb, sum(nombre), 0, 0
    from g group by 2`);
    for (const d of c.flux)
      branches.push(sql`
    select ${`_registre/${c.source.nom}/${d}=`}::text || ${colonne(d)}, mois, '', '{}'::jsonb, sum(nombre), 0, 0
    from g where ${colonne(d)} is not null group by 1, 2`);
    branches.push(sql`
    select '_preuve/' || ligne || ${sql.lit(aPart)}, date_trunc('month', jour)::date, territoire_id, '{}'::jsonb, count(*), 0, 0
    from ${vue}, unnest(lignes) as ligne
    where ${ou} and lignes <> '{}'
    group by 1, 2, 3`);
  }
  if (parFiche.length > 0)
    // Attached to the fiche by their author, and not counted by it already.
    branches.push(sql`
    select ${CLE_FICHE}::text || fiche || ${sql.lit(aPart)}, date_trunc('month', jour)::date, territoire_id, '{}'::jsonb, count(*), 0, 0
    from ${vue}, unnest(fiches) as fiche
    where ${ou} and fiches <> '{}' and case fiche
      ${sql.join(
        parFiche.map(({ numero, siens }) => sql`when ${sql.lit(numero)} then ${siens.length === 0 ? sql`true` : sql`(${compteSql(siens)}) is not true`}`),
        sql` `,
      )} else false end
    group by 1, 2, 3`);
  if (branches.length === 0) branches.push(sql`select null::text, null::date, null::text, null::jsonb, 0::bigint, 0::numeric, 0::bigint where false`);
  for (const a of dates) branches.push(stockDate(a, vueDeFaits(c.source, c.source.vueDatee ?? '', dimensionsUtiles([a])), ou));
  const avecFin = atomes.some((a) => estStock(a.mode));
  const gf = avecFin ? sql`, gf as materialized (${groupe(sql`fin`, sql` and fin is not null`)})` : sql``;
  const ensemble = c.morcele
    ? sql`select mesure_id, mois, territoire_id, ventilation, nombre::bigint as nombre, somme::numeric as somme, sans_valeur::bigint as sans_valeur`
    : sql`select mesure_id, mois, territoire_id, ventilation,
    sum(nombre)::bigint as nombre, sum(somme)::numeric as somme, sum(sans_valeur)::bigint as sans_valeur`;
  return sql`
  with g as materialized (${groupe(sql`jour`, sql``)})${gf}
  ${ensemble}
  from (${sql.join(branches, sql` union all `)}) as b (mesure_id, mois, territoire_id, ventilation, nombre, somme, sans_valeur)
  ${c.morcele ? sql`` : sql`group by 1, 2, 3, 4`}`;
}

/** What the rows of `g` (`gf`) that `garde` keeps add to the cells of one key. Null is nothing. */
interface Part {
  cle: string;
  ventilation: RawBuilder<unknown>;
  garde: RawBuilder<boolean>;
  somme: RawBuilder<unknown> | null;
  sansValeur: RawBuilder<unknown> | null;
}
const SANS_VENTILATION = sql`'{}'::jsonb`;

/** Many rows: each key groups its own before they meet. */
const partsGroupees = (depuis: 'g' | 'gf', parts: readonly Part[]): RawBuilder<unknown>[] =>
  parts.map(
    (p) => sql`
    select ${p.cle}::text as mesure_id, mois, territoire_id, ${p.ventilation} as ventilation,
      sum(nombre) as nombre, ${p.somme ? sql`sum(${p.somme})` : sql`0`} as somme, ${p.sansValeur ? sql`sum(${p.sansValeur})` : sql`0`} as sans_valeur
    from ${sql.ref(depuis)}
    where ${p.garde}
    group by 2, 3, 4`,
  );

/** A few rows: a plan of one branch for each key costs more to begin than its rows to read. */
const partsUneParUne = (depuis: 'g' | 'gf', parts: readonly Part[]): RawBuilder<unknown>[] => {
  if (parts.length === 0) return [];
  const lignes = parts.map(
    (p) => sql`(${p.cle}::text, case when ${p.garde} then ${p.ventilation} end, ${p.somme ?? sql`0`}::numeric, ${p.sansValeur ?? sql`0`}::bigint)`,
  );
  return [
    sql`
    select p.mesure_id, mois, territoire_id, p.ventilation, nombre, p.somme, p.sans_valeur
    from ${sql.ref(depuis)} cross join lateral (values ${sql.join(lignes)}) as p (mesure_id, ventilation, somme, sans_valeur)
    where p.ventilation is not null`,
  ];
};

/**
 * A stock over a view of intervals: each one opens and closes. A record that left and came back opened twice: it is taken back once
 * from every period that holds both the month it left and the month it came back, whatever the length of that period.
 */
const stockDate = (a: Atome, vue: RawBuilder<unknown>, ou: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select ${a.cle}::text, m.mois, territoire_id, m.ventilation, count(*), 0, 0
    from (
      select *, lag(fin) over (partition by ${sql.join([sql`id`, ...(estDistinct(a.mode) ? [colonne(a.colonne ?? '')] : [])])} order by jour) as avant
      from ${vue}
      where ${ou} and ${gardeSql(a)}
    ) as i
    cross join lateral (select date_trunc('month', avant)::date as parti) as p
    cross join lateral (values
      (date_trunc('month', jour)::date, ${ventilationSql(a, 'e')}),
      (date_trunc('month', fin)::date, ${ventilationSql(a, 's')}),
      (case when parti is null then null else date_trunc('month', jour)::date end, ${ventilationSql(a, 'r')})
    ) as m (mois, ventilation)
    where m.mois is not null
    group by 2, 3, 4`;

/** A year row keeps only what distinct and stock measures need; breakdowns are read from the months. */
export const ventilationAnnuelle = sql`
  case when ventilation ? '_d' and not ventilation ? '_m' then jsonb_build_object('_d', ventilation -> '_d')
       when ventilation ? '_m' then jsonb_build_object('_m', ventilation -> '_m')
       else '{}'::jsonb end`;
