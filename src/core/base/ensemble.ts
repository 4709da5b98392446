/**
 * Who asks while others are served is served with those who asked meanwhile: twenty forms that arrive together make one statement of twenty. One group that
 * takes long keeps nobody else waiting; what one of them says fails for itself alone.
 */
import { setImmediate as tour } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { estAnnulee } from './connexion.ts';
import type { DB } from './database.types.ts';
import { occupee } from '../errors.ts';

type Db = Kysely<DB>;

/** A group that lasts longer lets the next one go. */
const LONG_MS = 250;
/** So many at once at most, of those that last too. */
const AU_PLUS = 3;
/** Who has waited for so long to be done again is told so, and may ask anew. */
const REPRISE_MS = 10_000;

interface Attente<Q, R> {
  question: Q;
  donner(reponse: R): void;
  echouer(e: unknown): void;
  /** Of what is done again: since when it waits for it, and its own failure. What it failed with among others may be another's: it is told that there are too many. */
  reprise?: { depuis: number; cause: unknown };
}
interface Options<Q, R> {
  /** How many a group may be. */
  max?: number;
  /** How many groups at once, of those that last. */
  auPlus?: number;
  /** Who asks in the same turn of the process goes with the first. */
  tour?: boolean;
  /** Answers given in one turn of the process: while others go on with theirs, what these write is under way already. */
  parTour?: number;
  /** Where a group of so many that failed by this is done again; null where it is its own failure. */
  refaire?(e: unknown, combien: number): Ensemble<Q, R> | null;
  /** In milliseconds, from anywhen. */
  horloge?(): number;
}

export class Ensemble<Q, R> {
  readonly #servir: (questions: readonly Q[]) => Promise<readonly R[]>;
  readonly #o: Options<Q, R>;
  #attendent: Attente<Q, R>[] = [];
  #servis = 0;
  #longs = 0;
  /** `servir` answers questions in their order; it begins after each was asked, so that none is told of a former state. */
  constructor(servir: (questions: readonly Q[]) => Promise<readonly R[]>, o: Options<Q, R> = {}) {
    this.#servir = servir;
    this.#o = o;
  }
  demander(question: Q): Promise<R> {
    return new Promise((donner, echouer) => this.#ajouter({ question, donner, echouer }));
  }
  #ajouter(a: Attente<Q, R>): void {
    this.#attendent.push(a);
    this.#avancer();
  }
  #reprendre(a: Attente<Q, R>, cause: unknown): void {
    this.#ajouter({ ...a, reprise: { depuis: this.#maintenant(), cause } });
  }
  #maintenant(): number {
    return this.#o.horloge?.() ?? performance.now();
  }
  #estATemps({ reprise, echouer }: Attente<Q, R>): boolean {
    const aTemps = !reprise || this.#maintenant() - reprise.depuis < REPRISE_MS;
    if (!aTemps) echouer(reprise.cause);
    return aTemps;
  }
  #avancer(): void {
    if (this.#attendent.length > 0 && this.#servis === this.#longs && this.#servis < (this.#o.auPlus ?? AU_PLUS)) void this.#suivant();
  }
  async #suivant(): Promise<void> {
    let long = false;
    this.#servis += 1;
    const montre = setTimeout(() => {
      long = true;
      this.#longs += 1;
      this.#avancer();
    }, LONG_MS);
    if (this.#o.tour) await tour();
    const groupe = this.#attendent.splice(0, this.#o.max ?? Number.POSITIVE_INFINITY).filter((a) => this.#estATemps(a));
    const suite = groupe.length > 0 ? await this.#repondre(groupe) : () => {};
    clearTimeout(montre);
    this.#servis -= 1;
    if (long) this.#longs -= 1;
    suite();
    this.#avancer();
  }
  /** Gives how they are told. */
  async #repondre(groupe: readonly Attente<Q, R>[]): Promise<() => void> {
    try {
      const lues = await this.#servir(groupe.map((a) => a.question));
      if (lues.length !== groupe.length) throw new Error(`${groupe.length} questions, ${lues.length} réponses.`);
      return () => void this.#donner(groupe, lues);
    } catch (e) {
      const seul = this.#o.refaire?.(e, groupe.length);
      return () => {
        for (const a of groupe)
          if (seul) seul.#reprendre(a, groupe.length > 1 ? occupee() : e);
          else a.echouer(e);
      };
    }
  }
  async #donner(groupe: readonly Attente<Q, R>[], lues: readonly R[]): Promise<void> {
    const { parTour = groupe.length } = this.#o;
    for (const [i, a] of groupe.entries()) {
      if (i > 0 && i % parTour === 0) await tour();
      a.donner(lues[i] as R);
    }
  }
}

/** What several ask of one base at the same moment, read once; when it fails by what one of them says, each is read by itself, one after the other. */
export function lectures<Q, R>(servir: (questions: readonly Q[]) => Promise<readonly R[]>, o: Pick<Options<Q, R>, 'tour' | 'parTour'> = {}): Ensemble<Q, R> {
  const seules = new Ensemble(servir, { max: 1, auPlus: 2 });
  return new Ensemble(servir, { ...o, refaire: (e, combien) => (combien > 1 && estAnnulee(e) ? seules : null) });
}
const PAR_TOUR = 5;
/** The same for what forms ask: all those of a turn together. */
export function demanderEnsemble<Q, R>(lire: (db: Db, questions: readonly Q[]) => Promise<readonly R[]>): (db: Db, question: Q) => Promise<R> {
  const parBase = new WeakMap<Db, Ensemble<Q, R>>();
  return (db, question) => {
    const sien = parBase.get(db) ?? lectures<Q, R>((questions) => lire(db, questions), { tour: true, parTour: PAR_TOUR });
    parBase.set(db, sien);
    return sien.demander(question);
  };
}
