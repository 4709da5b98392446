/** What several ask at the same moment, asked of the database once: twenty forms that arrive together make one statement of twenty. */
import { setImmediate as tour } from 'node:timers/promises';
import type { Db } from './database.ts';

interface Attente<Q, R> {
  question: Q;
  donner(reponse: R): void;
  echouer(e: unknown): void;
}
/** Answers given in one turn of the process: while others go on with theirs, what these write is under way already. */
const PAR_TOUR = 5;

/**
 * `lire` answers questions in their order, all that were asked of one base before it came to them: it begins after each was asked, so that none is told
 * of a former state. When it fails, it fails for all of them.
 */
export function demanderEnsemble<Q, R>(lire: (db: Db, questions: readonly Q[]) => Promise<readonly R[]>): (db: Db, question: Q) => Promise<R> {
  const attentes = new WeakMap<Db, Attente<Q, R>[]>();
  const repondre = async (db: Db, siennes: readonly Attente<Q, R>[]): Promise<void> => {
    try {
      const lues = await lire(
        db,
        siennes.map((a) => a.question),
      );
      if (lues.length !== siennes.length) throw new Error(`${siennes.length} questions, ${lues.length} réponses.`);
      for (const [i, a] of siennes.entries()) {
        if (i > 0 && i % PAR_TOUR === 0) await tour();
        a.donner(lues[i] as R);
      }
    } catch (e) {
      for (const a of siennes) a.echouer(e);
    }
  };
  return (db, question) =>
    new Promise((donner, echouer) => {
      const a = { question, donner, echouer };
      const deja = attentes.get(db);
      if (deja) return void deja.push(a);
      const siennes = [a];
      attentes.set(db, siennes);
      setImmediate(() => {
        attentes.delete(db);
        void repondre(db, siennes);
      });
    });
}
