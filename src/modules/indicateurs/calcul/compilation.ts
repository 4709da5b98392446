/**
 * Formulas compiled to SQL. One statement per source: the view is read once and grouped by month, territory and every
 * dimension in use; each atom is a part of that small result. The same parts serve a write (restricted to the records
 * touched, with a sign), a full recomputation and the verification: only how they are gathered differs, a few rows one by
 * one or many by group, and tests hold one against the other.
 */
import { type RawBuilder, sql } from 'kysely';
import type { SourceDeFaits } from '../sources.ts';
import { CLE_FICHE, suffixeDe } from '../appuis/appuis.rules.ts';
import { type Atome, estDistinct, estStock } from './atomes.rules.ts';
import { compteSql, gardeSql } from './gardes.sql.ts';

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
  /** Also the built-in cells `_registre/<source>` (whole contract, no territory). */
  comptages: boolean;
  /** Also `_preuve/<ligne>`. */
  preuves: boolean;
  /** Also `_registre/<source>/<dimension>=<value>` for these dimensions: which of its feeds spoke. */
  flux: readonly string[];
  /** Also `_fiche/<numero>`, and like `_preuve/<ligne>` with `/<source>` behind it where the source is not everyone's at once: the records that are evidence for each of these fiches, with the atoms that say so. */
  fiches: ReadonlyMap<string, readonly Atome[]>;
}

const moisDe = (jour: RawBuilder<unknown>) => sql`date_trunc('month', ${jour}::timestamp)::date`;
const MOIS = moisDe(sql`jour`);

/** What one source is read for: `g`, its records by month, place and every dimension in use; `gf`, the same by the month they end. */
function lecturesDe(c: Compilation) {
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
  const groupe = (jour: RawBuilder<unknown>, sup: RawBuilder<unknown>) => sql`
    select ${moisDe(jour)} as mois, territoire_id${dimsSql}, count(*) as nombre${sql.join(sommes, sql``)}
    from ${vue}
    where ${ou}${sup}
    group by 1, 2${dimsSql}`;
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
  // Attached to the fiche by their author, and not counted by it already.
  const attachee =
    parFiche.length === 0
      ? null
      : sql`case fiche
      ${sql.join(
        parFiche.map(({ numero, siens }) => sql`when ${sql.lit(numero)} then ${siens.length === 0 ? sql`true` : sql`(${compteSql(siens)}) is not true`}`),
        sql` `,
      )} else false end`;
  return {
    ...{ vue, ou, depuisG, depuisGf, attachee, aPart: sql.lit(aPart) },
    g: groupe(sql`jour`, sql``),
    gf: depuisGf.length > 0 ? groupe(sql`fin`, sql` and fin is not null`) : null,
    stocks: dates.map((a) => stockDate(a, vueDeFaits(c.source, c.source.vueDatee ?? '', dimensionsUtiles([a])), ou)),
  };
}

/** `_registre/<source>` and its feeds, from `g`. */
const comptagesDepuis = (c: Compilation, g: RawBuilder<unknown>): RawBuilder<unknown>[] => [
  ...(c.comptages
    ? [
        sql`
    select ${sql.lit(`_registre/${c.source.nom}`)}::text, mois, '', '{}'::jsonb, sum(nombre)::bigint, 0, 0
    from ${g} group by 2`,
      ]
    : []),
  ...c.flux.map(
    (d) => sql`
    select ${sql.lit(`_registre/${c.source.nom}/${d}=`)}::text || ${colonne(d)}, mois, '', '{}'::jsonb, sum(nombre)::bigint, 0, 0
    from ${g} where ${colonne(d)} is not null group by 1, 2`,
  ),
];

/** `select mesure_id, mois, territoire_id, ventilation, nombre, somme, sans_valeur` over one source: one row for each key. */
export function cellulesSql(c: Compilation): RawBuilder<unknown> {
  const { vue, ou, depuisG, depuisGf, attachee, aPart, g, gf, stocks } = lecturesDe(c);
  const parts = estDeQuelques(c.cible) ? partsUneParUne : partsGroupees;
  const branches = [...parts('g', depuisG), ...parts('gf', depuisGf), ...comptagesDepuis(c, sql`g`)];
  if (c.preuves)
    branches.push(sql`
    select '_preuve/' || ligne || ${aPart}, ${MOIS}, territoire_id, '{}'::jsonb, count(*), 0, 0
    from ${vue}, unnest(lignes) as ligne
    where ${ou} and lignes <> '{}'
    group by 1, 2, 3`);
  if (attachee)
    branches.push(sql`
    select ${sql.lit(CLE_FICHE)}::text || fiche || ${aPart}, ${MOIS}, territoire_id, '{}'::jsonb, count(*), 0, 0
    from ${vue}, unnest(fiches) as fiche
    where ${ou} and fiches <> '{}' and ${attachee}
    group by 1, 2, 3`);
  branches.push(...stocks);
  if (branches.length === 0) branches.push(RIEN);
  return sql`
  with g as materialized (${g})${gf ? sql`, gf as materialized (${gf})` : sql``}
  select mesure_id, mois, territoire_id, ventilation,
    sum(nombre)::bigint as nombre, sum(somme)::numeric as somme, sum(sans_valeur)::bigint as sans_valeur
  from (${sql.join(branches, sql` union all `)}) as b (mesure_id, mois, territoire_id, ventilation, nombre, somme, sans_valeur)
  group by 1, 2, 3, 4`;
}
const RIEN = sql`select null::text, null::date, null::text, null::jsonb, 0::bigint, 0::numeric, 0::bigint where false`;

/**
 * The same for all the records of a source, in tables that the caller makes: each is one reading of the records, which PostgreSQL does with
 * several processes. `cellules` then gives the rows of every key, to be added up once, with those of the other sources.
 */
export function lecturesSql(
  c: Omit<Compilation, 'cible'>,
  prefixe: string,
): { tables: { nom: string; lecture: RawBuilder<unknown> }[]; cellules: RawBuilder<unknown>[] } {
  const { vue, ou, depuisG, depuisGf, attachee, aPart, g, gf, stocks } = lecturesDe({ ...c, cible: 'tout' });
  const nom = (n: string) => `${prefixe}_${n}`;
  const dites = [
    ...(c.preuves ? [sql`select '_preuve/' || ligne || ${aPart} as cle from unnest(lignes) as ligne`] : []),
    ...(attachee ? [sql`select ${sql.lit(CLE_FICHE)}::text || fiche || ${aPart} from unnest(fiches) as fiche where ${attachee}`] : []),
  ];
  const portees = sql.join([...(c.preuves ? [sql`lignes <> '{}'`] : []), ...(attachee ? [sql`fiches <> '{}'`] : [])], sql` or `);
  const tables = [
    ...(depuisG.length > 0 || c.comptages || c.flux.length > 0 ? [{ nom: nom('g'), lecture: g }] : []),
    ...(gf ? [{ nom: nom('gf'), lecture: gf }] : []),
    ...(dites.length > 0
      ? [
          {
            nom: nom('dites'),
            lecture: sql`
    select cle, ${MOIS} as mois, territoire_id, count(*) as nombre
    from ${vue} cross join lateral (${sql.join(dites, sql` union all `)}) as d (cle)
    where ${ou} and (${portees})
    group by 1, 2, 3`,
          },
        ]
      : []),
  ];
  const cellules = [
    ...partsBrutes(nom('g'), depuisG),
    ...partsBrutes(nom('gf'), depuisGf),
    ...(tables[0]?.nom === nom('g') ? comptagesDepuis({ ...c, cible: 'tout' }, sql.table(nom('g'))) : []),
    ...(dites.length > 0 ? [sql`select cle, mois, territoire_id, '{}'::jsonb, nombre, 0, 0 from ${sql.table(nom('dites'))}`] : []),
    ...stocks,
  ];
  return { tables, cellules };
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
    select ${sql.lit(p.cle)}::text as mesure_id, mois, territoire_id, ${p.ventilation} as ventilation,
      sum(nombre) as nombre, ${p.somme ? sql`sum(${p.somme})` : sql`0`} as somme, ${p.sansValeur ? sql`sum(${p.sansValeur})` : sql`0`} as sans_valeur
    from ${sql.ref(depuis)}
    where ${p.garde}
    group by 2, 3, 4`,
  );

/** Rows that are added up with all the others. */
const partsBrutes = (table: string, parts: readonly Part[]): RawBuilder<unknown>[] =>
  parts.map(
    (p) => sql`
    select ${sql.lit(p.cle)}::text, mois, territoire_id, ${p.ventilation}, nombre, ${p.somme ?? sql`0`}, ${p.sansValeur ?? sql`0`}
    from ${sql.table(table)}
    where ${p.garde}`,
  );

/** A few rows: a plan of one branch for each key costs more to begin than its rows to read. */
const partsUneParUne = (depuis: 'g' | 'gf', parts: readonly Part[]): RawBuilder<unknown>[] => {
  if (parts.length === 0) return [];
  const lignes = parts.map(
    (p) => sql`(${sql.lit(p.cle)}::text, case when ${p.garde} then ${p.ventilation} end, ${p.somme ?? sql`0`}::numeric, ${p.sansValeur ?? sql`0`}::bigint)`,
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
    select ${sql.lit(a.cle)}::text, m.mois, territoire_id, m.ventilation, count(*), 0, 0
    from (
      select *, lag(fin) over (partition by ${sql.join([sql`id`, ...(estDistinct(a.mode) ? [colonne(a.colonne ?? '')] : [])])} order by jour) as avant
      from ${vue}
      where ${ou} and ${gardeSql(a)}
    ) as i
    cross join lateral (select ${moisDe(sql`avant`)} as parti) as p
    cross join lateral (values
      (${MOIS}, ${ventilationSql(a, 'e')}),
      (${moisDe(sql`fin`)}, ${ventilationSql(a, 's')}),
      (case when parti is null then null else ${MOIS} end, ${ventilationSql(a, 'r')})
    ) as m (mois, ventilation)
    where m.mois is not null
    group by 2, 3, 4`;

/** A year row keeps only what distinct and stock measures need; breakdowns are read from the months. */
export const ventilationAnnuelle = sql`
  case when ventilation ? '_d' and not ventilation ? '_m' then jsonb_build_object('_d', ventilation -> '_d')
       when ventilation ? '_m' then jsonb_build_object('_m', ventilation -> '_m')
       else '{}'::jsonb end`;
