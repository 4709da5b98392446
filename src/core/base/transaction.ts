/**
 * A transaction begins with its first answer asked for: until then what it must write waits, and it holds no connection. One that asks for none
 * (a save whose reads are in memory) is done together with those that came meanwhile: one BEGIN, the writes of each in their order, one COMMIT.
 * To each it is as if the others had gone before. When anything fails, nothing of it is kept, and each is done again by itself.
 */
import { setImmediate as tour } from 'node:timers/promises';
import { CompiledQuery, type DatabaseConnection, type Kysely, type QueryResult } from 'kysely';
import { type Connexion, estAnnulee, estImpatiente, nommer } from './connexion.ts';
import type { DB } from './database.types.ts';
import { Ensemble } from './ensemble.ts';

type Db = Kysely<DB>;

/** Writes of several transactions that are done at once, after all the others of each: `ecrire` makes one of many. */
export interface Fusion<P> {
  ecrire(parts: readonly P[]): readonly { compile(db: Db): CompiledQuery }[];
}
type Remise = CompiledQuery | { fusion: Fusion<unknown>; part: unknown };
const estFusion = (r: Remise): r is Exclude<Remise, CompiledQuery> => 'fusion' in r;

export class Differee implements DatabaseConnection {
  readonly #base: Db;
  readonly #debut: Debut;
  #remises: Remise[] = [];
  /** How many of them nothing else shows. */
  #tete = 0;
  #ouverture: Promise<Connexion> | null = null;
  #rendre: () => void = () => {};
  /** Said before anything is waited for: what is left of a work that failed beside another does nothing more. */
  #finie = false;
  readonly #suites: ((db: Db) => void)[] = [];
  constructor(base: Db, contratId: number) {
    this.#base = base;
    this.#debut = [BEGIN, nommee(`set local concorde.contrat_id = '${Number(contratId)}'`)];
  }

  /** Null once it has begun, or has something to write that a reading could show. */
  get avant(): Db | null {
    this.#exigerOuverte();
    return this.#ouverture || this.#remises.length > this.#tete ? null : this.#base;
  }
  #exigerOuverte(): void {
    if (this.#finie) throw new Error('Cette transaction est finie.');
  }
  remettre(q: CompiledQuery): void {
    this.#exigerOuverte();
    this.#remises.push(q);
  }
  /** Before all the rest; gives what takes it back. */
  remettreEnTete(q: CompiledQuery): () => boolean {
    this.#exigerOuverte();
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
    this.#exigerOuverte();
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
    this.#exigerOuverte();
    this.#ouverture ??= this.#ouvrir();
    const c = await this.#ouverture;
    this.#exigerOuverte();
    this.#remettreTout(c);
    return c;
  }
  #remettreTout(c: Connexion): void {
    this.#tete = 0;
    for (const r of this.#remises.splice(0))
      if (estFusion(r)) for (const q of r.fusion.ecrire([r.part])) c.remettre(q.compile(this.#base));
      else c.remettre(r);
  }
  #ouvrir(): Promise<Connexion> {
    return new Promise((prise, echec) => {
      this.#base
        .getExecutor()
        .provideConnection(async (c) => {
          const connexion = c as Connexion;
          for (const q of this.#debut) connexion.remettre(q);
          await new Promise<void>((rendue) => {
            this.#rendre = rendue;
            prise(connexion);
          });
        })
        .catch(echec);
    });
  }

  /** What it asked for has left. */
  async partie(): Promise<void> {
    // What was asked in this turn is written in it.
    await tour();
    await (await this.#ouverture)?.partie();
  }
  /** What it must do once kept. */
  suivre(suite: (db: Db) => void): void {
    this.#exigerOuverte();
    this.#suites.push(suite);
  }
  async valider(): Promise<readonly ((db: Db) => void)[]> {
    this.#finie = true;
    if (this.#ouverture) {
      const c = await this.#ouverture;
      this.#remettreTout(c);
      await c.valider(COMMIT);
      this.#rendre();
    } else if (this.#remises.length > 0) await ensemble(this.#base, { debut: this.#debut, remises: this.#remises });
    return this.#suites;
  }
  /** Never throws: what made it fail is what must be told. */
  async annuler(): Promise<void> {
    this.#finie = true;
    this.#remises = [];
    const c = await this.#ouverture?.catch(() => null);
    if (!c) return;
    await annuler(c);
    this.#rendre();
  }
}
/** Prepared once, so that it leaves with what follows it. One for each contract at most. */
function nommee(texte: string): CompiledQuery {
  nommer(texte);
  return CompiledQuery.raw(texte);
}
type Debut = readonly [CompiledQuery, CompiledQuery];
const BEGIN = nommee('begin');
const COMMIT = nommee('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/** A connection that could not roll back is closed by the pool. */
async function annuler(c: Connexion): Promise<void> {
  c.oublier();
  await c.executeQuery(ROLLBACK).catch((e: Error) => process.stderr.write(`annulation : ${e.message}\n`));
}

interface Ecriture {
  debut: Debut;
  remises: readonly Remise[];
}
/** By base and contract. */
const files = new WeakMap<Db, Map<string, Ensemble<Ecriture, null>>>();
/** More would make whoever waits wait for too many. */
const ENSEMBLE_MAX = 32;
/** Whoever holds for long what one of them needs makes that one wait, not all. */
const PATIENCE = nommee("set local lock_timeout = '250ms'");
/** Of those that are done again; with the groups they leave connections to who reads. */
const A_LA_FOIS = { max: 1, auPlus: 2 };

/**
 * With those that wait already: while some are written, others gather. By itself each fails for its own sake only; who waits for what somebody holds then waits
 * as long as it may, with nobody behind it.
 */
function ouvrirFile(base: Db): Ensemble<Ecriture, null> {
  const patientes = new Ensemble<Ecriture, null>((e) => ecrire(base, e, []), A_LA_FOIS);
  const seules = new Ensemble<Ecriture, null>((e) => ecrire(base, e, [PATIENCE]), { ...A_LA_FOIS, refaire: (e) => (estImpatiente(e) ? patientes : null) });
  return new Ensemble((e) => ecrire(base, e, [PATIENCE]), {
    max: ENSEMBLE_MAX,
    tour: true,
    refaire: (e, combien) => (combien > 1 && estAnnulee(e) ? seules : estImpatiente(e) ? patientes : null),
  });
}
async function ensemble(base: Db, e: Ecriture): Promise<void> {
  const siennes = files.get(base) ?? new Map<string, Ensemble<Ecriture, null>>();
  files.set(base, siennes);
  const cle = e.debut[1].sql;
  const file = siennes.get(cle) ?? ouvrirFile(base);
  siennes.set(cle, file);
  await file.demander(e);
}

/** Answers for each. */
function ecrire(base: Db, groupe: readonly Ecriture[], patience: readonly CompiledQuery[]): Promise<null[]> {
  return base.getExecutor().provideConnection(async (c) => {
    const connexion = c as Connexion;
    const fusions = new Map<Fusion<unknown>, unknown[]>();
    for (const q of [...(groupe[0]?.debut ?? []), ...patience]) connexion.remettre(q);
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
    return groupe.map(() => null);
  });
}
