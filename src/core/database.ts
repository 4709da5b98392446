/**
 * The only door to PostgreSQL. The owner migrates, loads the contract and runs some commands; everything else signs in as a
 * service role (core/roles.ts), subject to row-level security: the role itself says the contract, so that neither a
 * forgotten `where contrat_id` nor an injected statement shows anything of another contract.
 */
import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { DB } from './database.types.ts';

export type Db = Kysely<DB>;

// Dates stay strings (`YYYY-MM-DD`): a day has no hour and no time zone. Counters and amounts become numbers.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, (v) => v);
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export interface OptionsDatabase {
  /** With `application`, the URL is that of a service role: a connection that is anything more is refused. */
  role?: 'proprietaire' | 'application';
  contratId?: number;
  /** Largest number of connections (10). */
  max?: number;
}

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
    options: application ? `-c statement_timeout=30000 ${approche}` : approche,
    ...(application ? { onConnect: (client: pg.ClientBase) => exigerService(client, Number(o.contratId)) } : {}),
  });
  // A connection lost while idle is replaced by the pool; without this listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    uneALaFois(client);
  });
  return pool;
}

/** Serving never happens with more rights than it needs, whatever URL it was given. */
async function exigerService(client: pg.ClientBase, contratId: number): Promise<void> {
  const { rows } = await client.query<{ role: string; fort: boolean; contrat: number | null }>(
    `select rolname as role, concorde_contrat() as contrat,
       rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication
         or pg_has_role(oid, (select relowner from pg_class where oid = 'roles_service'::regclass), 'member') as fort
     from pg_roles where rolname = session_user`,
  );
  const [lu] = rows;
  if (!lu || lu.fort)
    throw new ErreurConnexion(
      `Concorde refuse de servir avec le compte PostgreSQL « ${lu?.role} », qui peut plus que servir un contrat : voir docs/exploitation.md.`,
    );
  if (lu.contrat !== contratId) throw new ErreurConnexion(`Le compte PostgreSQL « ${lu.role} » n’est pas celui du contrat ${contratId}.`);
}

/** Reads asked together in one transaction go one after the other: the driver no longer queues them itself. */
function uneALaFois(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  let derniere: Promise<unknown> = Promise.resolve();
  const suivre = (...args: unknown[]): unknown => {
    const [premier] = args;
    // Streams and callbacks come alone, from the pool itself or from COPY.
    if (typeof args.at(-1) === 'function' || (typeof premier === 'object' && premier !== null && 'submit' in premier)) return query(...args);
    const resultat = derniere.then(() => query(...args));
    derniere = resultat.catch(() => {});
    return resultat;
  };
  client.query = suivre as typeof client.query;
}

export const openDatabase = (url: string, o: OptionsDatabase = {}): Db => fromPool(openPool(url, o));

export const fromPool = (pool: pg.Pool): Db => new Kysely<DB>({ dialect: new PostgresDialect({ pool, cursor: Cursor }) });

/** Runs `fn` in one transaction on this contract; commits unless it throws. Only the owner's contract follows from the setting. */
export async function inTransaction<T>(db: Db, qui: { contratId: number; utilisateurId?: string }, fn: (tx: Db) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connexion) => {
    // One round trip: begin and settings travel together.
    const utilisateur = (qui.utilisateurId ?? '').replace(/[^0-9a-f-]/gi, '');
    await connexion.executeQuery(
      CompiledQuery.raw(`begin; set local concorde.contrat_id = '${Number(qui.contratId)}'; set local concorde.utilisateur_id = '${utilisateur}'`),
    );
    try {
      const resultat = await fn(connexion);
      await sql`commit`.execute(connexion);
      return resultat;
    } catch (e) {
      await sql`rollback`.execute(connexion);
      throw e;
    }
  });
}
