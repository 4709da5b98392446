/**
 * One connection to PostgreSQL. Statements that do not wait for each other's answer leave together and are answered in order; the hot
 * ones are prepared once under a name. The name comes from the text, so that two of them never meet.
 */
import { createHash } from 'node:crypto';
import { type CompiledQuery, type DatabaseConnection, PostgresDriver, type QueryResult } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { type Demande, envoyerEnsemble, Inecrivable, type Noms, type Reponse } from './paquet.ts';

/** Texts of hot statements: see `requete`. As many as the code declares. */
const noms = new Map<string, string>();
export const nommer = (texte: string): void => {
  if (!noms.has(texte)) noms.set(texte, `c_${createHash('sha256').update(texte).digest('hex').slice(0, 24)}`);
};

/** What `pg` lets be set at creation only; a connection that reads by a cursor may not send ahead. */
type Client = Omit<pg.PoolClient, 'pipeline'> & {
  pipeline: boolean;
  connection: Noms & { stream: { cork(): void; uncork(): void; write(t: string, ecrit: () => void): unknown; destroy(e?: Error): void } };
};

/** Said by the server as it ends a connection or fails itself, or not said by the server at all. A statement that was stopped (57014) is a failure like another. */
function estPerdue(e: unknown): boolean {
  const { severity, code } = (e ?? {}) as { severity?: string; code?: string };
  return severity === undefined || /^(?:08|57P|58|XX)/.test(code ?? '08');
}

/** Nothing of it was kept: said by PostgreSQL of a statement, or nothing was sent. Of a connection that was lost, or of which nothing is said, nobody knows. */
export const estAnnulee = (e: unknown): boolean => e instanceof Inecrivable || (e instanceof pg.DatabaseError && !estPerdue(e));
/** It waited for what somebody else holds. */
export const estImpatiente = (e: unknown): boolean => e instanceof pg.DatabaseError && e.code === '55P03';

export interface OptionsConnexion {
  /** False behind a pooler that shares one connection between several without following prepared statements. */
  nommees: boolean;
  /** A server that says nothing for so long, while it is waited for, is no longer there. None: as long as it takes. */
  silenceMs?: number;
}
/** How many connections of a pool were left for their silence: those that have said nothing since may be as dead. */
interface Silences {
  compte: number;
}

export class Connexion implements DatabaseConnection {
  readonly #client: Client;
  readonly #options: OptionsConnexion;
  readonly #silences: Silences;
  /** As many as when it last answered. */
  #entendue: number;
  /** Answers that are waited for, and until when; `sursis`: what answers once for several statements may take longer than one. */
  #attendues = 0;
  #montre: NodeJS.Timeout | null = null;
  #sursis = false;
  #remises: CompiledQuery[] = [];
  #retenue = false;
  /** The server ended it, or it broke: the pool, which hears of it later, must not give it to another. */
  #perdue = false;
  constructor(client: pg.PoolClient, o: OptionsConnexion, silences: Silences) {
    this.#client = client as Client;
    this.#client.pipeline = true;
    this.#options = o;
    this.#silences = silences;
    this.#entendue = silences.compte;
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
    if (demandes.length === 1) return this.#suivre(this.#client.query<Reponse>(demandes[0] as Demande));
    this.#sursis = true;
    return this.#suivre(envoyerEnsemble(this.#client, demandes));
  }
  #demande(q: CompiledQuery): Demande {
    const name = this.#options.nommees ? noms.get(q.sql) : undefined;
    return { ...(name ? { name } : {}), text: q.sql, values: [...q.parameters] };
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
    else this.#montre = setTimeout(() => this.#laisser(), this.#options.silenceMs).unref();
  }
  #laisser(): void {
    if (this.#attendues === 0) return;
    if (this.#sursis) {
      this.#sursis = false;
      this.#veiller();
    } else {
      this.#silences.compte += 1;
      this.#client.connection.stream.destroy(new Error('La base ne répond plus.'));
    }
  }
  #entendre(): void {
    this.#attendues -= 1;
    this.#entendue = this.#silences.compte;
    if (this.#attendues > 0) this.#veiller();
    else this.#sursis = false;
  }

  /** Resolves once all that was asked is out of the process: a long text goes by pieces, and each waits for what the process does meanwhile. */
  partie(): Promise<void> {
    return new Promise((partie) => {
      this.#client.connection.stream.write('', () => partie());
    });
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

  /** It has answered since the last of its pool that was left. */
  get estSure(): boolean {
    return this.#entendue === this.#silences.compte;
  }
  /** Without a word: there may be nobody to hear it. */
  abandonner(): void {
    this.#client.connection.stream.destroy();
    this.#client.release(true);
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
  readonly #silences: Silences = { compte: 0 };
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
    if (deja?.estSure) return deja;
    if (deja) {
      deja.abandonner();
      return this.acquireConnection();
    }
    const connexion = new Connexion(client, this.#options, this.#silences);
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
