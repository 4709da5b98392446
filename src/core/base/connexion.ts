/**
 * One connection to PostgreSQL. Statements that do not wait for each other's answer leave together and are answered in order; the hot
 * ones are prepared once under a name. The name comes from the text, so that two of them never meet.
 */
import { createHash } from 'node:crypto';
import { type CompiledQuery, type DatabaseConnection, PostgresDriver, type QueryResult } from 'kysely';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import { type Demande, envoyerEnsemble, type Reponse } from './paquet.ts';

/** Texts of hot statements: see `requete`. As many as the code declares. */
const noms = new Map<string, string>();
export const nommer = (texte: string): void => {
  if (!noms.has(texte)) noms.set(texte, `c_${createHash('sha256').update(texte).digest('hex').slice(0, 24)}`);
};

/** What `pg` lets be set at creation only; a connection that reads by a cursor may not send ahead. */
type Client = Omit<pg.PoolClient, 'pipeline'> & {
  pipeline: boolean;
  connection: { stream: { cork(): void; uncork(): void; destroy(e: Error): void }; parsedStatements: Readonly<Record<string, string | undefined>> };
};

/** Said by the server as it ends a connection or fails itself, or not said by the server at all. A statement that was stopped (57014) is a failure like another. */
export function estPerdue(e: unknown): boolean {
  const { severity, code } = (e ?? {}) as { severity?: string; code?: string };
  return severity === undefined || /^(?:08|57P|58|XX)/.test(code ?? '08');
}

export interface OptionsConnexion {
  /** False behind a pooler that shares one connection between several without following prepared statements. */
  nommees: boolean;
  /** A server that says nothing for so long, while it is waited for, is no longer there. None: as long as it takes. */
  silenceMs?: number;
}

export class Connexion implements DatabaseConnection {
  readonly #client: Client;
  readonly #options: OptionsConnexion;
  /** Answers that are waited for, and until when. */
  #attendues = 0;
  #montre: NodeJS.Timeout | null = null;
  #remises: CompiledQuery[] = [];
  #retenue = false;
  /** The server ended it, or it broke: the pool, which hears of it later, must not give it to another. */
  #perdue = false;
  constructor(client: pg.PoolClient, o: OptionsConnexion) {
    this.#client = client as Client;
    this.#client.pipeline = true;
    this.#options = o;
  }

  /** Leaves with the next statement, ahead of it: what must be done, and whose answer says nothing. */
  remettre(q: CompiledQuery): void {
    this.#remises.push(q);
  }
  /** Forgets what has not left. */
  oublier(): void {
    this.#remises = [];
  }

  async executeQuery<R>(q: CompiledQuery): Promise<QueryResult<R>> {
    const r = await this.#envoyer(q);
    const compte = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(r.command) ? { numAffectedRows: BigInt(r.rowCount ?? 0) } : {};
    return { rows: (r.rows as R[] | undefined) ?? [], ...compte };
  }

  /** Throws when the transaction was not kept: PostgreSQL answers a COMMIT that cannot be with a ROLLBACK, and no error. */
  async valider(commit: CompiledQuery): Promise<void> {
    const { command } = await this.#envoyer(commit);
    if (command !== 'COMMIT') throw new Error(`La transaction n’a pas été gardée (${command}).`);
  }

  async #envoyer(q: CompiledQuery): Promise<Reponse> {
    const demandes = [...this.#remises, q].map((x) => this.#demande(x));
    this.#remises = [];
    this.#retenir();
    if (demandes.length > 1 && demandes.every((d) => this.#estConnue(d))) return this.#suivre(envoyerEnsemble(this.#client, demandes));
    const reponses = demandes.map((d) => this.#suivre<Reponse>(this.#client.query(d)));
    const derniere = reponses[demandes.length - 1] as Promise<Reponse>;
    if (demandes.length === 1) return derniere;
    // Of several failures, the first is the cause.
    for (const r of await Promise.allSettled(reponses)) if (r.status === 'rejected') throw r.reason;
    return derniere;
  }
  #demande(q: CompiledQuery): Demande {
    const name = this.#options.nommees ? noms.get(q.sql) : undefined;
    return { ...(name ? { name } : {}), text: q.sql, values: [...q.parameters] };
  }
  /** It may leave with others: prepared here, or of one statement since it has values. */
  #estConnue(d: Demande): boolean {
    return d.name === undefined ? d.values.length > 0 : this.#client.connection.parsedStatements[d.name] !== undefined;
  }
  #suivre<R>(reponse: Promise<R>): Promise<R> {
    this.#attendues += 1;
    if (this.#attendues === 1) this.#veiller();
    reponse.then(
      () => this.#entendre(),
      (e: unknown) => {
        this.#perdue ||= estPerdue(e);
        this.#entendre();
      },
    );
    return reponse;
  }
  #veiller(): void {
    if (this.#options.silenceMs === undefined) return;
    if (this.#montre) this.#montre.refresh();
    else
      this.#montre = setTimeout(() => {
        if (this.#attendues > 0) this.#client.connection.stream.destroy(new Error('La base ne répond plus.'));
      }, this.#options.silenceMs).unref();
  }
  #entendre(): void {
    this.#attendues -= 1;
    if (this.#attendues > 0) this.#veiller();
  }

  /** All that is sent before the process waits for something makes one packet. */
  #retenir(): void {
    if (this.#retenue) return;
    this.#retenue = true;
    const { stream } = this.#client.connection;
    stream.cork();
    process.nextTick(() => {
      this.#retenue = false;
      stream.uncork();
    });
  }

  async *streamQuery<R>(q: CompiledQuery, taille: number): AsyncIterableIterator<QueryResult<R>> {
    // Nothing is under way any more, and nothing is sent ahead of the cursor until it closes.
    await this.#envoyer({ ...q, sql: 'select 1', parameters: [] });
    this.#client.pipeline = false;
    const curseur = this.#client.query(new Cursor<R>(q.sql, [...q.parameters]));
    const lire = () => this.#suivre(curseur.read(taille));
    try {
      for (let rows = await lire(); rows.length > 0; rows = await lire()) yield { rows };
    } finally {
      // Of a connection that was cut, nobody says that it is closed.
      if (!this.#perdue) await curseur.close();
      this.#client.pipeline = true;
    }
  }

  rendre(): void {
    this.#remises = [];
    this.#client.release(this.#perdue);
  }
}

/** Gives connections of a pool; a rollback that fails does not hide why there was one. */
export class Pilote extends PostgresDriver {
  readonly #pool: pg.Pool;
  readonly #options: OptionsConnexion;
  readonly #connexions = new WeakMap<pg.PoolClient, Connexion>();
  readonly #direEchec: (e: Error) => void;
  constructor(pool: pg.Pool, options: OptionsConnexion, direEchec: (e: Error) => void) {
    super({ pool });
    this.#pool = pool;
    this.#options = options;
    this.#direEchec = direEchec;
  }
  override async acquireConnection(): Promise<DatabaseConnection> {
    const client = await this.#pool.connect();
    const deja = this.#connexions.get(client);
    if (deja) return deja;
    const connexion = new Connexion(client, this.#options);
    this.#connexions.set(client, connexion);
    return connexion;
  }
  override async releaseConnection(connexion: DatabaseConnection): Promise<void> {
    (connexion as Connexion).rendre();
  }
  override async rollbackTransaction(connexion: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connexion).catch(this.#direEchec);
  }
}

/** The same connection for everybody who asks: what a transaction works on. */
export class PiloteLie extends PostgresDriver {
  readonly #connexion: DatabaseConnection;
  constructor(pool: pg.Pool, connexion: DatabaseConnection) {
    super({ pool });
    this.#connexion = connexion;
  }
  override async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connexion;
  }
  override async releaseConnection(): Promise<void> {}
  /** The pool closes with the base that opened it. */
  override async destroy(): Promise<void> {}
}
