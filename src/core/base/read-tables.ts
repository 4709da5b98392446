/**
 * Which tables some work reads, found by listening to its statements: what is kept of its result is forgotten when one of them
 * changes, without anybody having to declare it. Views, functions and row-level policies are followed down to their tables. Names are looked
 * for anywhere in the statement but where a column is named (`t.x`, `as x`): what is called as a table elsewhere only makes the result forgotten more often.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';

/** What the database says of itself once, at start. */
export interface Relations {
  /** Tables below each name. */
  tables: ReadonlyMap<string, readonly string[]>;
  /** Tables of which a commit says that it changed them (`signaler`). */
  signalees: ReadonlySet<string>;
}

interface Decrite {
  nom: string;
  genre: 'table' | 'vue' | 'fonction';
  texte: string;
  dite: boolean;
}

/** Whole identifiers, with what makes a column of them: an alias and its dot, or « as ». Schemas are no alias. */
const NOMS = /(?:\b(?!public\.|nominatif\.)\w+\.|\bas\s+)?"?\b[A-Za-z_]\w*/g;
const nomsDe = (texte: string): string[] => (texte.match(NOMS) ?? []).filter((m) => !/[.\s]/.test(m)).map((m) => m.replace('"', ''));

export async function lireRelations(client: pg.ClientBase): Promise<Relations> {
  const { rows } = await client.query<Decrite>(`
    select c.relname as nom, case when c.relkind in ('r', 'p') then 'table' else 'vue' end as genre,
      concat_ws(' ', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
        (select string_agg(pg_get_expr(p.polqual, p.polrelid), ' ') from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*'))) as texte,
      exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'changement') as dite
    from pg_class c where c.relnamespace in ('public'::regnamespace, 'nominatif'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm')
    union all
    select f.proname, 'fonction', string_agg(pg_get_functiondef(f.oid), ' '), false
    from pg_proc f join pg_language l on l.oid = f.prolang
    where f.pronamespace in ('public'::regnamespace, 'nominatif'::regnamespace) and f.prokind = 'f' and l.lanname in ('sql', 'plpgsql')
      and f.prorettype <> 'trigger'::regtype
    group by 1`);
  const parNom = new Map(rows.map((r) => [r.nom, r]));
  const tables = new Map<string, readonly string[]>();
  const suivre = (nom: string, vus: Set<string>): string[] => {
    const r = parNom.get(nom);
    if (!r || vus.has(nom)) return [];
    vus.add(nom);
    const dessous = [...new Set(nomsDe(r.texte))].flatMap((x) => (x === nom ? [] : suivre(x, vus)));
    return r.genre === 'table' ? [nom, ...dessous] : dessous;
  };
  for (const nom of parNom.keys()) tables.set(nom, suivre(nom, new Set()));
  return { tables, signalees: new Set(rows.filter((r) => r.dite).map((r) => r.nom)) };
}

const enCours = new AsyncLocalStorage<Set<string>>();

/** Does `travail` and gathers the statements that it makes, in every plane. */
export async function suivreLectures<T>(travail: () => Promise<T>): Promise<{ resultat: T; textes: ReadonlySet<string> }> {
  const siens = new Set<string>();
  const dehors = enCours.getStore();
  const resultat = await enCours.run(siens, travail);
  // What a part read, the whole has read.
  if (dehors) for (const t of siens) dehors.add(t);
  return { resultat, textes: siens };
}
/** What depends on the hour is true for a moment: nothing else would say that it has changed. */
const HEURE = 'now()';
const DIT_L_HEURE = /\bnow\(\)|\b(?:clock|statement|transaction)_timestamp\b|\bcurrent_(?:timestamp|time)\b|\blocaltime/;
/** Said by what compares hours without the database. */
export const dependDeLHeure = (): void => noterTextes([HEURE]);

/** Called by each base for each statement; a moment among its values makes it depend on the hour. */
export function noterStatement(texte: string, valeurs: readonly unknown[]): void {
  const siens = enCours.getStore();
  if (!siens) return;
  siens.add(texte);
  if (valeurs.some((v) => v instanceof Date)) siens.add(HEURE);
}
/** What is taken from memory was read all the same, by whoever put it there. */
export const noterTextes = (lus: Iterable<string>): void => {
  const siens = enCours.getStore();
  if (siens) for (const t of lus) siens.add(t);
};

/** Tables below statements, each text read once; null when one of them depends on the hour. */
export function lecteurDeTables(relations: Relations): (textes: Iterable<string>) => Set<string> | null {
  const connus = new LRUCache<string, { tables: readonly string[]; heure: boolean }>({ max: 2000 });
  const lire = (texte: string) => {
    const deja = connus.get(texte);
    if (deja) return deja;
    const tables = [...new Set(nomsDe(texte).flatMap((nom) => relations.tables.get(nom) ?? []))];
    const lu = { tables, heure: DIT_L_HEURE.test(texte) };
    connus.set(texte, lu);
    return lu;
  };
  return (textes) => {
    const lus = [...textes].map(lire);
    return lus.some((l) => l.heure) ? null : new Set(lus.flatMap((l) => l.tables));
  };
}
