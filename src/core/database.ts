/**
 * The only door to PostgreSQL. Two roles: the owner (migrations, loading the contract, commands) and
 * `concorde_application`, which is subject to row-level security. Its contract is set either on the connection (reads) or
 * at the beginning of the transaction (writes), so that a forgotten `where contrat_id` shows nothing of another contract.
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
  /** With `application`, connections start in that role on this contract. */
  role?: 'proprietaire' | 'application';
  contratId?: number;
  /** Largest number of connections (10). */
  max?: number;
}

export function openPool(url: string, o: OptionsDatabase = {}): pg.Pool {
  // How near a mistyped word must be to be found (search); 0.6 by default misses « fomation ».
  const approche = '-c pg_trgm.word_similarity_threshold=0.45';
  const reglages =
    o.role === 'application' ? `-c role=concorde_application -c concorde.contrat_id=${Number(o.contratId)} -c statement_timeout=30000 ${approche}` : approche;
  const pool = new pg.Pool({ connectionString: url, max: o.max ?? 10, types, keepAlive: true, options: reglages });
  // A connection lost while idle is replaced by the pool; without this listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    uneALaFois(client);
  });
  return pool;
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

/** Runs `fn` in one transaction as the application role on this contract; commits unless it throws. */
export async function inTransaction<T>(db: Db, qui: { contratId: number; utilisateurId?: string }, fn: (tx: Db) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connexion) => {
    // One round trip: begin, role and settings travel together.
    const utilisateur = (qui.utilisateurId ?? '').replace(/[^0-9a-f-]/gi, '');
    await connexion.executeQuery(
      CompiledQuery.raw(
        `begin; set local role concorde_application; set local concorde.contrat_id = '${Number(qui.contratId)}'; set local concorde.utilisateur_id = '${utilisateur}'`,
      ),
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
