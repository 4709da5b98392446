/** The records behind a figure: the same view and the same filter as its cells, so that they cannot disagree. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/database.ts';
import type { Atome } from './calcul/atomes.rules.ts';
import { filtreSql } from './calcul/compilation.ts';
import type { Aire } from './chiffres.queries.ts';
import { periode } from './periode.rules.ts';
import type { SourceDeFaits } from './sources.ts';

export interface FaitCompte {
  id: string;
  jour: string;
  titre: string;
  territoireId: string;
  organisationId: string | null;
  /** The quantity added up, for a sum. */
  quantite: number | null;
}

function conditions(a: Atome, contratId: number, p: string, aire: Aire): RawBuilder<boolean> {
  const { debut, fin } = periode(p);
  const dates =
    a.mode === 'presents' ? sql`jour < ${fin}::date and (fin is null or fin >= ${debut}::date)` : sql`jour >= ${debut}::date and jour < ${fin}::date`;
  const lieu = aire === null ? sql`` : sql` and territoire_id = any(${[...aire]}::text[])`;
  const connu = a.mode === 'distinct' ? sql` and ${sql.ref(a.colonne ?? '')} is not null` : sql``;
  return sql<boolean>`contrat_id = ${contratId} and ${dates} and ${filtreSql(a.ou)}${lieu}${connu}`;
}

/** One page of the records counted, the latest first. `limite` rows from `depuis`. */
export async function listFaits(
  db: Db,
  q: { source: SourceDeFaits; atome: Atome; contratId: number; periode: string; aire: Aire; limite: number; depuis: number },
): Promise<FaitCompte[]> {
  const quantite = q.atome.mode === 'somme' ? sql`${sql.ref(q.atome.colonne ?? '')}::float8` : sql`null::float8`;
  const { rows } = await sql<FaitCompte>`
    select id::text as id, jour, titre, territoire_id as "territoireId", organisation_id as "organisationId", ${quantite} as quantite
    from ${sql.table(q.source.vue)} as f
    where ${conditions(q.atome, q.contratId, q.periode, q.aire)}
    order by f.jour desc, f.id desc
    limit ${q.limite} offset ${q.depuis}`.execute(db);
  return rows;
}

/** How many records: for the atoms whose cells do not tell it. */
export async function countFaits(db: Db, q: { source: SourceDeFaits; atome: Atome; contratId: number; periode: string; aire: Aire }): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.table(q.source.vue)}
    where ${conditions(q.atome, q.contratId, q.periode, q.aire)}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** The SQL that counts, as text for the proof page, with its parameters inlined for reading (never executed). */
export function texteSql(a: Atome, source: SourceDeFaits, p: string): string {
  const { debut, fin } = periode(p);
  const mesure = a.mode === 'somme' ? `sum(${a.colonne})` : a.mode === 'distinct' ? `count(distinct ${a.colonne})` : 'count(*)';
  const dates =
    a.mode === 'presents' ? `jour < date '${fin}'\n  and (fin is null or fin >= date '${debut}')` : `jour >= date '${debut}'\n  and jour < date '${fin}'`;
  const filtres = Object.entries(a.ou).map(([c, v]) => `\n  and ${c} ${litteral(v)}`);
  return `select ${mesure}\nfrom ${source.vue}\nwhere ${dates}${filtres.join('')}`;
}
function litteral(v: string | boolean | (string | boolean)[]): string {
  if (Array.isArray(v)) return `in (${v.map((x) => `'${x}'`).join(', ')})`;
  return typeof v === 'boolean' ? `is ${v ? '' : 'not '}true` : `= '${v}'`;
}
