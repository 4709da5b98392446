/**
 * A transaction begins with its first answer asked for: until then what it must write waits, and it holds no connection. One that asks for none
 * (a save whose reads are in memory) is done together with those that came meanwhile: one BEGIN, the writes of each in their order, one COMMIT.
 * To each it is as if the others had gone before. When anything fails, nothing of it is kept, and each is done again by itself.
 */
import { CompiledQuery, type DatabaseConnection, type Kysely, type QueryResult } from 'kysely';
import pg from 'pg';
import type { Connexion } from './connexion.ts';
import type { DB } from './database.types.ts';

type Db = Kysely<DB>;

/** Writes of several transactions that are done at once, after all the others of each: `ecrire` makes one of many. */
export interface Fusion<P> {
  ecrire(parts: readonly P[]): readonly { compile(db: Db): CompiledQuery }[];
}
type Remise = CompiledQuery | { fusion: Fusion<unknown>; part: unknown };
const estFusion = (r: Remise): r is Exclude<Remise, CompiledQuery> => 'fusion' in r;

export class Differee implements DatabaseConnection {
  readonly #base: Db;
  readonly #debut: CompiledQuery;
  #remises: Remise[] = [];
  /** How many of them nothing else shows. */
  #tete = 0;
  #ouverture: Promise<Connexion> | null = null;
  #rendre: () => void = () => {};
  /** What follows its commit. */
  readonly suites: ((db: Db) => void)[] = [];
  constructor(base: Db, contratId: number) {
    this.#base = base;
    this.#debut = CompiledQuery.raw(`begin; set local concorde.contrat_id = '${Number(contratId)}'`);
  }

  /** Null once it has begun, or has something to write that a reading could show. */
  get avant(): Db | null {
    return this.#ouverture || this.#remises.length > this.#tete ? null : this.#base;
  }
  remettre(q: CompiledQuery): void {
    this.#remises.push(q);
  }
  /** Before all the rest; gives what takes it back. */
  remettreEnTete(q: CompiledQuery): () => boolean {
    this.#remises.splice(this.#tete++, 0, q);
    return () => {
      const ou = this.#remises.indexOf(q);
      if (ou < 0) return false;
      this.#remises.splice(ou, 1);
      this.#tete -= 1;
      return true;
    };
  }
  fondre<P>(fusion: Fusion<P>, part: P): void {
    this.#remises.push({ fusion: fusion as Fusion<unknown>, part });
  }

  async executeQuery<R>(q: CompiledQuery): Promise<QueryResult<R>> {
    return (await this.#partir()).executeQuery<R>(q);
  }
  async *streamQuery<R>(q: CompiledQuery, taille: number): AsyncIterableIterator<QueryResult<R>> {
    yield* (await this.#partir()).streamQuery<R>(q, taille);
  }
  /** The connection, with all that waited ahead of what is asked of it. */
  async #partir(): Promise<Connexion> {
    this.#ouverture ??= this.#ouvrir();
    const c = await this.#ouverture;
    this.#tete = 0;
    for (const r of this.#remises.splice(0))
      if (estFusion(r)) for (const q of r.fusion.ecrire([r.part])) c.remettre(q.compile(this.#base));
      else c.remettre(r);
    return c;
  }
  #ouvrir(): Promise<Connexion> {
    return new Promise((prise, echec) => {
      this.#base
        .getExecutor()
        .provideConnection(async (c) => {
          const connexion = c as Connexion;
          connexion.remettre(this.#debut);
          await new Promise<void>((rendue) => {
            this.#rendre = rendue;
            prise(connexion);
          });
        })
        .catch(echec);
    });
  }

  async valider(): Promise<void> {
    if (this.#ouverture) {
      await (await this.#partir()).valider(COMMIT);
      this.#rendre();
    } else if (this.#remises.length > 0) await ensemble(this.#base, { debut: this.#debut, remises: this.#remises });
  }
  /** Never throws: what made it fail is what must be told. */
  async annuler(): Promise<void> {
    this.#remises = [];
    const c = await this.#ouverture?.catch(() => null);
    if (!c) return;
    await annuler(c);
    this.#rendre();
  }
}
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/** A connection that could not roll back is closed by the pool. */
async function annuler(c: Connexion): Promise<void> {
  c.oublier();
  await c.executeQuery(ROLLBACK).catch((e: Error) => process.stderr.write(`annulation : ${e.message}\n`));
}

interface Ecriture {
  debut: CompiledQuery;
  remises: readonly Remise[];
}
interface Attente extends Ecriture {
  faite(): void;
  echouee(e: unknown): void;
}
interface File {
  attendent: Attente[];
  enCours: boolean;
}
/** By base and contract. */
const files = new WeakMap<Db, Map<string, File>>();
/** More would make whoever waits wait for too many. */
const ENSEMBLE_MAX = 32;
/** Whoever holds for long what one of them needs makes that one wait, not all. */
const PATIENCE = "; set local lock_timeout = '250ms'";

/** With those that wait already: while some are written, others gather. */
function ensemble(base: Db, e: Ecriture): Promise<void> {
  const siennes = files.get(base) ?? new Map<string, File>();
  files.set(base, siennes);
  const file = siennes.get(e.debut.sql) ?? { attendent: [], enCours: false };
  siennes.set(e.debut.sql, file);
  return new Promise((faite, echouee) => {
    file.attendent.push({ ...e, faite, echouee });
    if (file.enCours) return;
    file.enCours = true;
    // Those that are ready in the same turn of the process go with the first.
    setImmediate(() => void vider(base, file));
  });
}
async function vider(base: Db, file: File): Promise<void> {
  while (file.attendent.length > 0) {
    const groupe = file.attendent.splice(0, ENSEMBLE_MAX);
    try {
      await ecrire(base, groupe, PATIENCE);
      for (const a of groupe) a.faite();
    } catch (e) {
      // By itself each fails for its own sake only, waits as long as it may, and waits for none of the others.
      if (estAnnulee(e) && (groupe.length > 1 || estImpatient(e))) for (const a of groupe) ecrire(base, [a], '').then(a.faite, a.echouee);
      else for (const a of groupe) a.echouee(e);
    }
  }
  file.enCours = false;
}
/** Said by PostgreSQL of a statement: nothing was kept. Of a connection that was lost (08, 57, 58, XX), or of which nothing is said, nobody knows. */
const estAnnulee = (e: unknown): boolean => e instanceof pg.DatabaseError && /^(?!08|57|58|XX)/.test(e.code ?? '08');
const estImpatient = (e: unknown): boolean => e instanceof pg.DatabaseError && e.code === '55P03';

function ecrire(base: Db, groupe: readonly Attente[], patience: string): Promise<void> {
  return base.getExecutor().provideConnection(async (c) => {
    const connexion = c as Connexion;
    const fusions = new Map<Fusion<unknown>, unknown[]>();
    const [premier] = groupe;
    if (!premier) return;
    connexion.remettre(CompiledQuery.raw(premier.debut.sql + patience));
    for (const { remises } of groupe)
      for (const r of remises) {
        if (!estFusion(r)) connexion.remettre(r);
        else if (fusions.has(r.fusion)) fusions.get(r.fusion)?.push(r.part);
        else fusions.set(r.fusion, [r.part]);
      }
    for (const [fusion, parts] of fusions) for (const q of fusion.ecrire(parts)) connexion.remettre(q.compile(base));
    try {
      await connexion.valider(COMMIT);
    } catch (e) {
      await annuler(connexion);
      throw e;
    }
  });
}
