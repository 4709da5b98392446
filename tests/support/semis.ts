/**
 * Rows of any table, made from what the database says of it: in each of its states, never finished and finished, a sentence in every
 * column that would take one. What a retention leaves of that sentence is then looked for everywhere.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../src/core/base/database.ts';

/** Thirty-two bytes in small letters: fits what asks for a digest or an address. */
export const PHRASE = 'madame marque, 12 rue de l oubli';
/** What stays of it in the shortest columns. */
export const MARQUE = 'madame marque';
/** In place of a longitude or a latitude. */
const POINT = 2.98765432;

export interface Colonne {
  nom: string;
  type: string;
  obligatoire: boolean;
  parDefaut: boolean;
  /** Says a person or something that people write. */
  dite: boolean;
  /** Words, not the name of who wrote them. */
  mots: boolean;
  /** Says exactly where. */
  situe: boolean;
}
export interface Table {
  nom: string;
  /** Days after which what it says goes, and days that stand for an end that did not come. */
  jours: number | null;
  recours: number;
  colonnes: Colonne[];
  /** Constraints on one column, as PostgreSQL writes them. */
  regles: { colonnes: string[]; texte: string }[];
  /** Tables that its rows belong to: a key that is never null leads there. */
  parents: string[];
}

const DITES = ['identite', 'coordonnees', 'contenu', 'localisation'];

/** Every table of the partners' plane. */
export async function listTables(owner: Db): Promise<Map<string, Table>> {
  const { rows } = await sql<{ nom: string; annotation: string | null; colonnes: Colonne[]; regles: Table['regles']; parents: string[] }>`
    select c.relname as nom, obj_description(c.oid, 'pg_class') as annotation,
      (select jsonb_agg(jsonb_build_object('nom', a.attname, 'type', format_type(a.atttypid, null), 'obligatoire', a.attnotnull,
          'parDefaut', a.atthasdef, 'dite', (col_description(c.oid, a.attnum)::jsonb->>'categorie') = any(${DITES}::text[]) is true,
          'mots', (col_description(c.oid, a.attnum)::jsonb->>'categorie') = 'contenu',
          'situe', (col_description(c.oid, a.attnum)::jsonb->>'categorie') = 'localisation' and a.atttypid = 'float8'::regtype) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as colonnes,
      coalesce((select jsonb_agg(jsonb_build_object('texte', pg_get_constraintdef(k.oid), 'colonnes',
          (select jsonb_agg(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum = any(k.conkey))))
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]') as regles,
      coalesce((select jsonb_agg(distinct p.relname) from pg_constraint k join pg_class p on p.oid = k.confrelid and not p.relispartition
        where k.conrelid = c.oid and k.contype = 'f' and p.oid <> c.oid
          and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = any(k.conkey) and not a.attnotnull)), '[]') as parents
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'contrat_id')`.execute(owner);
  return new Map(
    rows.map(({ annotation, ...t }) => {
      const a = JSON.parse(annotation ?? '{}') as { jours?: number; recours?: number };
      return [t.nom, { ...t, jours: a.jours ?? null, recours: a.recours ?? 0 }];
    }),
  );
}

/** Of a row of alternatives written by PostgreSQL, the texts. */
const litteraux = (texte: string): string[] => [...texte.matchAll(/'([^']*)'::text/g)].map((m) => m[1] ?? '');
const seules = (t: Table, c: Colonne) => t.regles.filter((r) => r.colonnes.length === 1 && r.colonnes[0] === c.nom).map((r) => r.texte);
const estDuTexte = (c: Colonne) => ['text', 'text[]', 'jsonb', 'bytea'].includes(c.type);

/** The words that a column keeps to, when it is a list or a code. */
function motsDe(t: Table, c: Colonne): string[] | null {
  for (const r of seules(t, c)) {
    if (/= ANY|<@/.test(r)) return litteraux(r);
    if (r.includes('~ ')) return [c.nom === 'poste' ? 'poste-1' : r.includes('{64}') ? 'a'.repeat(64) : 'abc'];
  }
  return null;
}
/** Columns in which the sentence must have stood, so that its absence means something. */
export const libres = (t: Table): Colonne[] => t.colonnes.filter((c) => c.situe || (c.dite && estDuTexte(c) && motsDe(t, c) === null));

function phraseDe(t: Table, c: Colonne): unknown {
  if (c.situe) return POINT;
  const max = Math.min(...seules(t, c).flatMap((r) => [...r.matchAll(/length\(\w+\) <= (\d+)/g)].map((m) => Number(m[1]))), 10_000);
  const phrase = PHRASE.slice(0, max);
  return c.type === 'jsonb' ? { x: [phrase] } : c.type === 'bytea' ? Buffer.from(phrase) : c.type === 'text[]' ? [phrase] : phrase;
}

interface Essai {
  etat: string | null;
  /** Nullable ones have a value: it is over. */
  fini: boolean;
  /** What has a value of its own says the sentence too. */
  plein: boolean;
}
/** What stands in place of what cannot be guessed, by table and column. */
export type Semences = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function valeurDe(t: Table, c: Colonne, e: Essai, x: { id: string; le: Date; contratId: number }): unknown {
  if (c.nom === 'contrat_id') return x.contratId;
  if (c.nom === 'anonymisee_le' || c.nom === 'effacee_le') return undefined;
  const mots = motsDe(t, c);
  if (c.nom === 'etat' && e.etat !== null) return e.etat;
  const libre = c.situe || (c.dite && estDuTexte(c) && mots === null);
  if (!c.obligatoire && !e.fini && !(libre && e.plein)) return undefined;
  const date = c.type.startsWith('timestamp') || c.type === 'date';
  if (c.parDefaut && !date && !(libre && e.plein) && c.type !== 'uuid' && !(c.dite && mots !== null && e.fini)) return undefined;
  if (libre) return phraseDe(t, c);
  if (mots) return c.type === 'text[]' ? [mots.find((m) => m !== '')] : (mots.find((m) => m !== '') ?? '');
  if (c.type === 'uuid') return x.id;
  if (date) return x.le;
  if (c.type === 'boolean') return false;
  if (c.type === 'bytea') return Buffer.from(PHRASE.replace('madame', 'aucune'));
  if (c.type === 'jsonb') return {};
  if (c.type === 'text[]') return [];
  if (c.type === 'text') return 'x-1';
  const bas = seules(t, c).flatMap((r) => [...r.matchAll(/>= (\d+)/g)].map((m) => Number(m[1])));
  return Math.max(1, ...bas);
}

const enSql = (v: unknown): RawBuilder<unknown> =>
  v instanceof Date || Buffer.isBuffer(v) || Array.isArray(v) || typeof v !== 'object' || v === null ? sql`${v}` : sql`${JSON.stringify(v)}::jsonb`;

/** All ways of writing a row of this table that may be tried, the never finished ones first. */
function essais(t: Table): Essai[] {
  const etat = t.colonnes.find((c) => c.nom === 'etat');
  const etats = (etat && motsDe(t, etat)) ?? [null];
  return [false, true].flatMap((fini) => etats.flatMap((e) => [true, false].map((plein) => ({ etat: e, fini, plein }))));
}

export interface Semee {
  /** Columns in which the sentence stands at least once. */
  dites: Set<string>;
  /** States that were written. */
  etats: Set<string>;
  nombre: number;
}

/**
 * Writes rows of `t` under these ids: one way for each, all ways one after the other. `agees` gives the moment of a row, whether it is over or
 * not. Keys and triggers do not hold: what is written is what the columns themselves accept.
 */
export async function semer(
  owner: Db,
  t: Table,
  o: {
    contratId: number;
    ids: readonly string[];
    semences: Semences;
    agees: (fini: boolean) => Date;
    seulementFinis: boolean;
    /** Column that says it is over. */
    fin?: string | null;
    refus?: (table: string, e: Essai, erreur: Error) => void;
  },
): Promise<Semee> {
  const semee: Semee = { dites: new Set(), etats: new Set(), nombre: 0 };
  const bons: Essai[] = [];
  const ecrire = async (e: Essai, id: string): Promise<boolean> => {
    const former = (le: Date): Map<string, unknown> => {
      const x = { id, le, contratId: o.contratId };
      const valeur = (c: Colonne): unknown => {
        const dit = o.semences[t.nom]?.[c.nom];
        return typeof dit === 'function' ? (dit as (y: typeof x & Essai) => unknown)({ ...x, ...e }) : dit === undefined ? valeurDe(t, c, e, x) : dit;
      };
      return new Map(t.colonnes.map((c) => [c.nom, valeur(c)] as const).filter(([, v]) => v !== undefined));
    };
    const formee = former(o.agees(e.fini));
    // Said to be over, and its end did not come all the same.
    const ligne = e.fini && o.fin && (formee.get(o.fin) ?? null) === null ? former(o.agees(false)) : formee;
    const noms = sql.join([...ligne.keys()].map((n) => sql.ref(n)));
    const valeurs = sql.join([...ligne.values()].map(enSql));
    const fait = await owner.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`savepoint avant`.execute(tx);
      try {
        await sql`insert into ${sql.table(t.nom)} (${noms}) values (${valeurs})`.execute(tx);
        return true;
      } catch (erreur) {
        o.refus?.(t.nom, e, erreur as Error);
        await sql`rollback to avant`.execute(tx);
        return false;
      }
    });
    if (!fait) return false;
    semee.nombre++;
    if (e.etat !== null) semee.etats.add(e.etat);
    for (const [nom, v] of ligne) if (v === POINT || (Buffer.isBuffer(v) ? v : `${JSON.stringify(v)}`).includes(MARQUE)) semee.dites.add(nom);
    return true;
  };
  let k = 0;
  for (const e of essais(t)) {
    if (o.seulementFinis && !e.fini) continue;
    const id = o.ids[k];
    if (id === undefined) break;
    if (await ecrire(e, id)) {
      bons.push(e);
      k++;
    }
  }
  // The same ways again, so that what belongs to these rows finds one under each id.
  for (let i = 0; bons.length > 0 && k < o.ids.length; i = (i + 1) % bons.length, k++) await ecrire(bons[i] as Essai, o.ids[k] as string);
  return semee;
}

/** Where what was sown still stands: « table : how many rows », in every table of the partners' plane. */
export async function chercherPartout(owner: Db, tables: Iterable<string>): Promise<string[]> {
  const hexa = Buffer.from(MARQUE).toString('hex');
  const restes: string[] = [];
  for (const nom of tables) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(nom)} x
      where x::text like ${`%${MARQUE}%`} or x::text like ${`%${hexa}%`} or x::text like ${`%${POINT}%`}`.execute(owner);
    if ((rows[0]?.n ?? 0) > 0) restes.push(`${nom} : ${rows[0]?.n}`);
  }
  return restes;
}
