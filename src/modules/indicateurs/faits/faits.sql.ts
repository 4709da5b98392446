/** Rows of `faits_comptes` as the views of facts say them: one statement for a write, the recomputation and the verification. */
import { type RawBuilder, sql } from 'kysely';
import { estStock } from '../calcul/atomes.rules.ts';
import { type CibleSql, cibleSql, dimensionsUtiles, vueDeFaits } from '../calcul/compilation.ts';
import { compteSql, gardeSql } from '../calcul/gardes.sql.ts';
import type { SourceDeFaits } from '../sources.ts';
import type { FiltreCompte } from './filtres.rules.ts';

type Cle = SourceDeFaits['cle'];
/** A value, or what stands for it in a prepared statement. */
export type Donne<T> = T | RawBuilder<T>;
/** An identifier as it is kept, in the same order. */
export const enUuid = (cle: Cle, id: RawBuilder<unknown>): RawBuilder<string> => (cle === 'uuid' ? sql`${id}` : sql`lpad(to_hex(${id}), 32, '0')::uuid`);
export const depuisUuid = (cle: Cle, id: RawBuilder<unknown>): RawBuilder<unknown> =>
  cle === 'uuid' ? id : sql`('x' || right(${id}::text, 12))::bit(48)::bigint`;

const nombre = (cle: string) => sql.raw(`'${BigInt(cle)}'::bigint`);
const dimensionsDe = (filtres: readonly FiltreCompte[]) => dimensionsUtiles(filtres.map((f) => ({ ...f, ventilations: [] })));
const SANS_FIN = sql`null::date as fin, null::date as suite`;

/** `filtre, jour, fait, rang, territoire_id, fin, suite` of the targeted records, for each of these filters. */
export function faitsComptesSql(s: SourceDeFaits, filtres: readonly FiltreCompte[], contratId: Donne<number>, cible: CibleSql): RawBuilder<unknown> {
  const ou = sql`contrat_id = ${contratId} and ${cibleSql(cible, s.cle)}`;
  const beaucoup = cible === 'tout' || 'lot' in cible;
  const dates = s.vueDatee ? filtres.filter((f) => estStock(f.mode)) : [];
  const stocks = filtres.filter((f) => estStock(f.mode) && !dates.includes(f));
  const flux = filtres.filter((f) => !estStock(f.mode));
  const fait = enUuid(s.cle, sql`id`);
  const branches = [
    ...(flux.length > 0 ? [simple(s, flux, fait, sql`${ou}${beaucoup ? comptes(flux) : sql``}`, SANS_FIN)] : []),
    ...(stocks.length > 0 ? [simple(s, stocks, fait, sql`${ou}${beaucoup ? comptes(stocks) : sql``}`, sql`fin, null::date as suite`)] : []),
    ...dates.map(
      (f) => sql`
      select ${nombre(f.cle)} as filtre, jour, ${fait} as fait, 1::smallint as rang, territoire_id, fin, lead(jour) over (partition by id order by jour) as suite
      from ${vueDeFaits(s, s.vueDatee ?? '', dimensionsDe([f]))}
      where ${ou} and ${gardeSql(f)}`,
    ),
  ];
  if (branches.length === 0)
    return sql`select null::bigint as filtre, null::date as jour, null::uuid as fait, 1::smallint as rang, null::text as territoire_id, ${SANS_FIN} where false`;
  return sql.join(branches, sql` union all `);
}

/** Of many records, those that no filter counts are left before their filters are looked at one by one. */
const comptes = (filtres: readonly FiltreCompte[]) => sql` and (${compteSql(filtres)})`;

function simple(s: SourceDeFaits, filtres: readonly FiltreCompte[], fait: RawBuilder<unknown>, ou: RawBuilder<unknown>, fin: RawBuilder<unknown>) {
  // Several facts may come from one record: those of one day are told apart by their titles.
  const rang = s.de ? sql`(row_number() over (partition by filtre, id, jour order by titre))::smallint` : sql`1::smallint`;
  const cas = filtres.map((f) => sql`case when ${gardeSql(f)} then ${nombre(f.cle)} end`);
  return sql`
      select filtre, jour, ${fait} as fait, ${rang} as rang, territoire_id, ${fin}
      from ${vueDeFaits(s, s.vue, dimensionsDe(filtres))}, unnest(array_remove(array[${sql.join(cas)}], null)) as filtre
      where ${ou}`;
}

/**
 * What a write does of it: one data-modifying part of the statement that moves the cells. Taken away while the views still say what was
 * counted, so that each row is found by its whole key.
 */
export function bougerFaitsSql(
  s: SourceDeFaits,
  filtres: readonly FiltreCompte[],
  contratId: Donne<number>,
  cible: CibleSql,
  signe: 1 | -1,
): RawBuilder<unknown> {
  const faits = faitsComptesSql(s, filtres, contratId, cible);
  if (signe === 1) return insererFaitsSql(contratId, faits);
  return sql`
    delete from faits_comptes t using (${faits}) as f
    where t.contrat_id = ${contratId} and t.filtre = f.filtre and t.jour = f.jour and t.fait = f.fait and t.rang = f.rang`;
}

export const insererFaitsSql = (contratId: Donne<number>, faits: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    insert into faits_comptes (contrat_id, filtre, jour, fait, rang, territoire_id, fin, suite)
    select ${contratId}::smallint, filtre, jour, fait, rang, territoire_id, fin, suite from (${faits}) as f
    order by filtre, jour, fait, rang
    on conflict do nothing`;
