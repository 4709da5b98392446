/** What the database holds, read in its own catalogue: every schema there is, so that a new one is looked at on the day it appears. */
import { sql } from 'kysely';
import type { Db } from '../../src/core/base/database.ts';

export interface Relation {
  /** As SQL names it, whatever the search path: `public.comptes`. */
  nom: string;
  schema: string;
  /** Without its schema when that is `public`, as rules and lists name it. */
  court: string;
  genre: 'r' | 'p' | 'v' | 'm' | 'f';
  contrat: boolean;
  /** Row-level security, forced on the owner too. */
  protegee: boolean;
}

export const AILLEURS = ['pg_catalog', 'information_schema', 'pg_toast'];

/** Tables and views; what belongs to an extension is left to it, and names of migrations say nothing. */
export async function relations(owner: Db): Promise<Relation[]> {
  const { rows } = await sql<Relation>`
    select format('%I.%I', n.nspname, c.relname) as nom, n.nspname as schema, case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as court,
      c.relkind::text as genre, c.relrowsecurity and c.relforcerowsecurity as protegee,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'contrat_id' and not a.attisdropped) as contrat
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> all (${AILLEURS}::text[])
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`.execute(owner);
  return rows.filter((r) => r.nom !== 'public.migrations');
}

/** Ordinary tables that carry a contract. */
export const tablesDuContrat = async (owner: Db): Promise<Relation[]> => (await relations(owner)).filter((r) => r.contrat && 'rp'.includes(r.genre));

/** Those that are not held to their contract. */
export const sansProtection = async (owner: Db): Promise<string[]> => (await tablesDuContrat(owner)).filter((r) => !r.protegee).map((r) => r.nom);

/** `select … from` and the rest, on a name that is already quoted. */
export const table = (r: Relation) => sql.raw(r.nom);

/** A digest of each table, all schemas: what a request could have changed, except the trail itself, the clock of sessions, and `sauf`. */
export async function empreintes(owner: Db, sauf: readonly string[] = []): Promise<string[]> {
  const sommes: string[] = [];
  for (const t of await tablesDuContrat(owner)) {
    if (['audit', 'audit_tetes', 'sessions', 'etapes', ...sauf].includes(t.court)) continue;
    const { rows } = await sql<{ h: string }>`
      select count(*) || ':' || coalesce(md5(string_agg(md5(x::text), '' order by md5(x::text))), '') as h from ${table(t)} x`.execute(owner);
    sommes.push(`${t.nom} ${rows[0]?.h}`);
  }
  return sommes;
}
