/**
 * The only door to PostgreSQL. The owner migrates, loads the contract and runs some commands; everything else signs in as a
 * service role (core/base/roles.ts), subject to row-level security: the role itself says the contract, so that neither a
 * forgotten `where contrat_id` nor an injected statement shows anything of another contract.
 */
import { CamelCasePlugin, type CompiledQuery, Kysely, PostgresDialect, type Selectable, sql } from 'kysely';
import pg from 'pg';
import { type OptionsConnexion, Pilote, PiloteLie } from './connexion.ts';
import type { DB } from './database.types.ts';
import type { Plan } from './plans.ts';
import { noterStatement } from './read-tables.ts';
import { Differee, type Fusion } from './transaction.ts';
import { enJson } from '../couper.ts';

export type Db = Kysely<DB>;
/** A row of a table, as it is read. */
export type Ligne<T extends keyof DB> = Selectable<DB[T]>;

// Dates stay strings (`YYYY-MM-DD`): a day has no hour and no time zone. Counters and amounts become numbers.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, (v) => v);
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export interface OptionsDatabase {
  /** With `application`, the URL is that of a service role: a connection that is anything more is refused. */
  role?: 'proprietaire' | 'application';
  contratId?: number;
  /** Whose account it must be (partenariat): one that reaches another plane is refused. */
  plan?: Plan;
  /** How long a serving connection waits for what someone else is writing (8 s). */
  verrouMs?: number;
  /** Largest number of connections (10). */
  max?: number;
  /** Hot statements are prepared under a name (yes, but behind some poolers). */
  nommees?: boolean;
}

/** How long a serving connection's query may run, and wait for what someone else is writing. */
const REQUETE_MS = 30_000;
const VERROU_MS = 8000;
/** For a server that has gone without a word: longer than any query may run. */
export const SILENCE_MS = REQUETE_MS + 5000;
/** How long a transaction may ask for nothing, since others wait for what it holds; and how long a connection is kept, with all that it prepared, for whoever reads a page slowly. */
const OUBLI_MS = 300_000;
/** After so long without a word the system asks whether the other end is there: two hours unless it is told, and a firewall forgets long before. */
const EVEIL_MS = 10_000;
/** How long a request waits for a connection before it is told that the platform is busy. */
const ATTENTE_MS = 10_000;

export class ErreurConnexion extends Error {}

export function openPool(url: string, o: OptionsDatabase = {}): pg.Pool {
  // How near a mistyped word must be to be found (search); 0.6 by default misses « fomation ».
  const approche = '-c pg_trgm.word_similarity_threshold=0.45';
  const application = o.role === 'application';
  const pool = new pg.Pool({
    connectionString: url,
    max: o.max ?? 10,
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: EVEIL_MS,
    options: application
      ? `-c statement_timeout=${REQUETE_MS} -c idle_in_transaction_session_timeout=${OUBLI_MS} -c lock_timeout=${o.verrouMs ?? VERROU_MS} ${approche}`
      : approche,
    ...(application
      ? {
          connectionTimeoutMillis: ATTENTE_MS,
          idleTimeoutMillis: OUBLI_MS,
          onConnect: (client: pg.ClientBase) => exigerService(client, Number(o.contratId), o.plan ?? 'partenariat'),
        }
      : {}),
  });
  // A connection lost while idle is replaced by the pool; without this listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  // Given back inside a transaction (its rollback failed too): closed, or the next request would find itself in there.
  pool.on('release', (_, client) => {
    if (client.getTransactionStatus() !== 'I') void (client as pg.Client).end().catch(() => {});
  });
  return pool;
}

/** Serving never happens with more rights than it needs, whatever URL it was given. */
async function exigerService(client: pg.ClientBase, contratId: number, plan: Plan): Promise<void> {
  const { rows } = await client.query<{ role: string; fort: boolean; contrat: number | null; nominatif: boolean; ordinaire: boolean }>(
    `select rolname as role, concorde_contrat() as contrat,
       rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication
         or pg_has_role(oid, (select relowner from pg_class where oid = 'roles_service'::regclass), 'member') as fort,
       has_schema_privilege('nominatif', 'usage') as nominatif, pg_has_role('concorde_application', 'member') as ordinaire
     from pg_roles where rolname = session_user`,
  );
  const [lu] = rows;
  if (!lu || lu.fort)
    throw new ErreurConnexion(
      `Concorde refuse de servir avec le compte PostgreSQL « ${lu?.role} », qui peut plus que servir un contrat : voir docs/exploitation.md.`,
    );
  if (lu.contrat !== contratId) throw new ErreurConnexion(`Le compte PostgreSQL « ${lu.role} » n’est pas celui du contrat ${contratId}.`);
  const nominatif = plan === 'nominatif';
  if (lu.nominatif !== nominatif || (nominatif && lu.ordinaire))
    throw new ErreurConnexion(
      `Concorde refuse de servir le plan ${plan} avec le compte PostgreSQL « ${lu.role} », qui est d’un autre plan : docs/exploitation.md.`,
    );
  // Triggers say on this channel what changed; other planes ask for it each time, through doors of the owner.
  if (plan === 'partenariat') await client.query(`select set_config('concorde.canal', canal::text, false) from contrats where id = $1`, [contratId]);
}

export const openDatabase = (url: string, o: OptionsDatabase = {}): Db => fromPool(openPool(url, o), { nommees: o.nommees ?? true });

class Dialecte extends PostgresDialect {
  readonly #piloter: () => Pilote | PiloteLie;
  constructor(pool: pg.Pool, piloter: () => Pilote | PiloteLie) {
    super({ pool });
    this.#piloter = piloter;
  }
  override createDriver(): Pilote | PiloteLie {
    return this.#piloter();
  }
}
/**
 * Columns are snake_case in the database and camelCase here, in the builder and in every row, of tagged SQL too; what is inside a JSON value
 * stays as written. Names that someone else chose (roles, databases) go through `withoutPlugins`.
 */
const colonnes = new CamelCasePlugin({ maintainNestedObjectKeys: true });
/** Each statement says what it read, for the pages that are kept. */
export const fromPool = (pool: pg.Pool, o: OptionsConnexion = { nommees: true }): Db =>
  new Kysely<DB>({
    dialect: new Dialecte(pool, () => new Pilote(pool, o, direEchec)),
    plugins: [colonnes],
    log: ({ level, query }) => (level === 'query' ? noterStatement(query.sql, query.parameters) : undefined),
  });

/** By what works on it and on nothing else, of those that are over too. */
const transactions = new WeakMap<Db, Differee>();
/** Never connected to. */
const SANS_POOL = new pg.Pool({ max: 1 });

/** Reads that do not need each other: together, on the pool or on the one connection of a transaction. */
export async function lireEnsemble<T extends readonly (() => unknown)[] | []>(
  _db: Db,
  lectures: T,
): Promise<{ -readonly [K in keyof T]: T[K] extends () => infer R ? Awaited<R> : never }> {
  type Lus = { -readonly [K in keyof T]: T[K] extends () => infer R ? Awaited<R> : never };
  return (await Promise.all(lectures.map((lecture) => lecture()))) as Lus;
}

type AFaire = { compile(db: Db): CompiledQuery; execute(db: Db): Promise<unknown> };
/**
 * Does `ecriture` without waiting for it: it leaves with the next statement of this transaction, at the latest with its commit, whose
 * failure is its own. For what must be done and answers nothing. Outside `inTransaction` it is done at once.
 */
export async function remettre(tx: Db, ecriture: AFaire): Promise<void> {
  const t = transactions.get(tx);
  if (t) t.remettre(ecriture.compile(tx));
  else await ecriture.execute(tx);
}
/** The same for what nothing read later in the transaction shows. Gives what takes it back, true as long as it has not left. */
export async function remettreEnTete(tx: Db, ecriture: AFaire): Promise<() => boolean> {
  const t = transactions.get(tx);
  if (t) return t.remettreEnTete(ecriture.compile(tx));
  await ecriture.execute(tx);
  return () => false;
}
/** The same for what several transactions may have written at once, after what each writes alone. */
export async function remettreEnsemble<P>(tx: Db, fusion: Fusion<P>, part: P): Promise<void> {
  const t = transactions.get(tx);
  if (t) t.fondre(fusion, part);
  else for (const q of fusion.ecrire([part])) await tx.executeQuery(q.compile(tx));
}

/** Resolves once what was asked on this transaction has left, whole: the base works on it, and the process may do something else. */
export const attendreDepart = async (tx: Db): Promise<void> => transactions.get(tx)?.partie();

/** A transaction of `inTransaction`, or of Kysely. */
export const estEnTransaction = (db: Db): boolean => transactions.has(db) || db.isTransaction;
/**
 * The base below a transaction that has asked for nothing yet: what is read there now is what it would begin by reading, and may come from memory. The
 * transaction itself once it has begun.
 */
export const avantDeCommencer = (db: Db): Db => transactions.get(db)?.avant ?? db;

/** Runs once this transaction is kept, on the base that it was opened on; nobody waits for it. Outside `inTransaction`, never. */
export function apresValidation(tx: Db, suite: (db: Db) => void): void {
  transactions.get(tx)?.suivre(suite);
}

/** Runs `fn` in one transaction on this contract; commits unless it throws. Only the owner's contract follows from the setting. */
export async function inTransaction<T>(db: Db, qui: { contratId: number }, fn: (tx: Db) => Promise<T>): Promise<T> {
  const t = new Differee(db, qui.contratId);
  // The connection says already what it reads. Never another's, even when this one is over: whoever still holds it is told so.
  const tx: Db = new Kysely<DB>({ dialect: new Dialecte(SANS_POOL, () => new PiloteLie(SANS_POOL, t)), plugins: [colonnes] });
  transactions.set(tx, t);
  let resultat: T;
  let suites: readonly ((db: Db) => void)[];
  try {
    resultat = await fn(tx);
    suites = await t.valider();
  } catch (e) {
    await t.annuler();
    throw e;
  }
  // It is kept, and its connection is another's: what fails from here undoes nothing, and makes it no failure.
  for (const suite of suites)
    try {
      suite(db);
    } catch (e) {
      process.stderr.write(`après la validation : ${(e as Error).message}\n`);
    }
  return resultat;
}

/** Never throws: what made the transaction fail is what must be told. A connection that could not roll back is closed by the pool. */
export async function annuler(connexion: Db): Promise<void> {
  await sql`rollback`.execute(connexion).catch(direEchec);
}
const direEchec = (e: Error): void => {
  process.stderr.write(`annulation : ${e.message}\n`);
};

/** Two transactions in each other's way, of which PostgreSQL undid one: the same work, begun again, goes through. */
export const estReessayable = (e: unknown): boolean => ['40001', '40P01'].includes((e as { code?: string } | null)?.code ?? '');

export async function exigerVersion(owner: Db): Promise<void> {
  const { rows } = await sql<{ v: string }>`select current_setting('server_version_num') as v`.execute(owner);
  const v = Number(rows[0]?.v ?? 0);
  if (v < 150_000)
    throw new Error(`PostgreSQL 15 ou plus est nécessaire ; cette base est en version ${Math.floor(v / 10_000)}. Choisissez une autre base dans DATABASE_URL.`);
}

/** Says in the register of processing what these tables hold, where their migration does not. As the owner. */
export async function annoter(owner: Db, tables: Readonly<Record<string, { colonnes: Readonly<Record<string, string>> }>>): Promise<void> {
  for (const [table, { colonnes, ...annotation }] of Object.entries(tables))
    await sql`select annoter(${table}::regclass, ${enJson(annotation)}::jsonb, ${enJson(colonnes)}::jsonb)`.execute(owner);
}
