/**
 * Every test runs under this guard: a query sent on a connection that is still busy with another one is a fault, and fails the file
 * where it happened. Connections of the application's pools send ahead on purpose (core/base/connexion.ts): they keep the order.
 */
import pg from 'pg';
import { afterAll, expect } from 'vitest';

interface Interne {
  _activeQuery: unknown;
  _queryQueue: unknown[];
}
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
// Files of one process share the prototype: the list of faults is kept with it, and each file begins with none.
const surveillee = Symbol.for('concorde.surveillee');
const prototype = pg.Client.prototype as unknown as Record<PropertyKey, unknown>;
const recouvrements = (prototype[surveillee] as string[] | undefined) ?? [];
recouvrements.length = 0;

if (!prototype[surveillee]) {
  prototype[surveillee] = recouvrements;
  prototype.query = function (this: pg.Client & Interne, ...args: unknown[]) {
    if (!this.pipeline && (this._activeQuery || this._queryQueue.length > 0)) {
      const faute = new Error(`Deux requêtes en même temps sur une connexion : ${JSON.stringify(args[0]).slice(0, 200)}`);
      recouvrements.push(faute.stack ?? faute.message);
      throw faute;
    }
    return query.apply(this, args);
  };
}

afterAll(() => {
  expect(recouvrements).toEqual([]);
});
