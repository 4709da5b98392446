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
const recouvrements: string[] = [];
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
const surveillee = Symbol.for('concorde.surveillee');
const prototype = pg.Client.prototype as unknown as Record<PropertyKey, unknown>;

if (!prototype[surveillee]) {
  prototype[surveillee] = true;
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
