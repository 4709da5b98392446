/**
 * One SQL view of facts for each definition, `faits_<code>`: what measures count, and what other modules may read. Created
 * at start by the owner; a view whose text has not changed is left alone, so that a start costs one query.
 */
import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import type { ChampDeclare, RegistreDeclare } from './definition.ts';
import { verifierDefinition } from './registres.rules.ts';

const MARQUE = 'concorde:registre:';
/** View name of a register; hyphens of the code become underscores. */
export const vueDe = (d: Pick<RegistreDeclare, 'code'>): string => `faits_${d.code.replaceAll('-', '_')}`;

function colonneSql(c: ChampDeclare): RawBuilder<unknown>[] {
  const brut = sql`a.donnees ->> ${sql.lit(c.code)}`;
  switch (c.type) {
    case 'liste':
    case 'acteur':
      return [sql`${brut} as ${sql.id(c.code)}`];
    case 'booleen':
      return [sql`(${brut})::boolean as ${sql.id(c.code)}`];
    case 'nombre':
      return [sql`(${brut})::numeric as ${sql.id(c.code)}`];
    case 'lignes':
      return c.quantites.map(
        (q) => sql`(
    select count(*) from jsonb_array_elements(coalesce(a.donnees -> ${sql.lit(c.code)}, '[]')) as l
    where l ->> ${sql.lit(q.colonne)} = ${sql.lit(q.valeur)})::numeric as ${sql.id(q.code)}`,
      );
    default:
      return [];
  }
}

function vueSql(d: RegistreDeclare): RawBuilder<unknown> {
  const colonnes = d.champs.flatMap(colonneSql);
  const suite =
    colonnes.length === 0
      ? sql``
      : sql`,
  ${sql.join(
    colonnes,
    sql`,
  `,
  )}`;
  return sql`
create view ${sql.id(vueDe(d))} with (security_invoker = true) as
select a.contrat_id, a.id, a.jour, a.fin, a.territoire_id, a.organisation_id, a.lot_id, a.titre, a.fiches, a.lignes${suite}
from activites a
where a.registre = ${sql.lit(d.code)} and a.statut = 'publie'`;
}

/** Makes the views of these definitions and removes those of definitions that are gone. Returns the views it wrote. */
export async function publierVues(ownerDb: Db, definitions: readonly RegistreDeclare[]): Promise<string[]> {
  const erreurs = definitions.flatMap(verifierDefinition);
  if (erreurs.length > 0) throw new Error(`Définitions de registres à corriger :\n- ${erreurs.join('\n- ')}`);
  const voulues = definitions.map((d) => {
    const corps = vueSql(d);
    return { vue: vueDe(d), corps, marque: MARQUE + createHash('sha256').update(corps.compile(ownerDb).sql).digest('hex') };
  });
  const presentes = await listVues(ownerDb);
  const aFaire = voulues.filter((v) => presentes.get(v.vue) !== v.marque);
  const noms = new Set(voulues.map((v) => v.vue));
  const enTrop = [...presentes.keys()].filter((v) => !noms.has(v));
  if (aFaire.length === 0 && enTrop.length === 0) return [];
  await ownerDb.transaction().execute(async (tx) => {
    // Two processes may start together: the second one waits, then finds the views made.
    await sql`select pg_advisory_xact_lock(hashtext('concorde:registres:vues'))`.execute(tx);
    for (const vue of enTrop) await sql`drop view if exists ${sql.id(vue)}`.execute(tx);
    for (const v of aFaire) {
      await sql`drop view if exists ${sql.id(v.vue)}`.execute(tx);
      await v.corps.execute(tx);
      await sql`comment on view ${sql.id(v.vue)} is ${sql.lit(v.marque)}`.execute(tx);
      await sql`grant select on ${sql.id(v.vue)} to concorde_application`.execute(tx);
    }
  });
  return aFaire.map((v) => v.vue);
}

async function listVues(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ vue: string; marque: string }>`
    select c.relname as vue, d.description as marque
    from pg_class c
    join pg_description d on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
    where c.relkind = 'v' and c.relnamespace = current_schema()::regnamespace and d.description like ${`${MARQUE}%`}`.execute(db);
  return new Map(rows.map((r) => [r.vue, r.marque]));
}
