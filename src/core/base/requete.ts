/**
 * A hot statement: written once, compiled once, prepared under a name by each connection. For texts that never change and whose plan
 * does not depend on their values: the plan may become a generic one.
 */
import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { nommer } from './connexion.ts';
import type { Db } from './database.ts';

class Place {
  readonly cle: string;
  constructor(cle: string) {
    this.cle = cle;
  }
}
/** What stands for each value in the text. */
type Places<V> = { readonly [K in keyof V]: RawBuilder<V[K]> };
const places = new Proxy({}, { get: (_, cle) => sql`${new Place(String(cle))}` });

export interface Requete<R, V> {
  (db: Db, valeurs: V): Promise<R[]>;
  /** The statement with these values, for `remettre`. */
  avec(valeurs: V): { compile(db: Db): CompiledQuery<R>; execute(db: Db): Promise<unknown> };
}

export function requete<R, V extends object>(ecrire: (places: Places<V>) => RawBuilder<R>): Requete<R, V> {
  let gabarit: CompiledQuery<R> | null = null;
  const compiler = (db: Db, valeurs: V): CompiledQuery<R> => {
    if (gabarit === null) {
      gabarit = ecrire(places as Places<V>).compile(db);
      nommer(gabarit.sql);
    }
    const parameters = gabarit.parameters.map((p) => (p instanceof Place ? valeurs[p.cle as keyof V] : p));
    return { ...gabarit, parameters };
  };
  const lire = async (db: Db, valeurs: V): Promise<R[]> => (await db.executeQuery(compiler(db, valeurs))).rows;
  return Object.assign(lire, {
    avec: (valeurs: V) => ({ compile: (db: Db) => compiler(db, valeurs), execute: (db: Db) => db.executeQuery(compiler(db, valeurs)) }),
  });
}
