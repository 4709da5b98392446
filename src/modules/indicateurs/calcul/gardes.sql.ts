/** Which records an atom counts, as SQL: what a figure counts, and what lists the records behind it. */
import { type RawBuilder, sql } from 'kysely';
import { type Atome, estDistinct } from './atomes.rules.ts';
import { estSeuil, type Filtre } from './calcul.schema.ts';

/**
 * The atom's filter on the columns of its view; `true` when it keeps everything. What formulas say is written in the text, which they make
 * anyway: as parameters, each save would send some three hundred of them.
 */
export function filtreSql(ou: Filtre): RawBuilder<boolean> {
  const conditions = Object.entries(ou).map(([code, valeur]) => {
    if (estSeuil(valeur)) return sql<boolean>`${sql.ref(code)} >= ${sql.lit(valeur.min)}`;
    if (Array.isArray(valeur)) {
      const avecFaux = valeur.includes(false);
      const valeurs = valeur.map((v) => sql.lit(v));
      const dans = sql<boolean>`${sql.ref(code)} in (${sql.join(valeurs)})`;
      return avecFaux ? sql<boolean>`(${dans} or ${sql.ref(code)} is null)` : dans;
    }
    if (valeur === true) return sql<boolean>`${sql.ref(code)} is true`;
    if (valeur === false) return sql<boolean>`${sql.ref(code)} is not true`;
    return sql<boolean>`${sql.ref(code)} = ${sql.lit(valeur)}`;
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
  if (estDistinct(a.mode)) conditions.push(sql<boolean>`${sql.ref(a.colonne ?? '')} is not null`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/** The records that at least one of these atoms counts, written once each. */
export function compteSql(atomes: readonly Pick<Atome, 'ou' | 'sauf' | 'mode' | 'colonne'>[]): RawBuilder<boolean> {
  const uniques = new Map(atomes.map((a) => [JSON.stringify([a.ou, a.sauf, estDistinct(a.mode) && a.colonne]), a]));
  return sql<boolean>`${sql.join(
    [...uniques.values()].map((a) => sql`(${gardeSql(a)})`),
    sql` or `,
  )}`;
}
