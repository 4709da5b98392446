/**
 * One pool for each plane. What every plane needs of core goes through functions of the database (migration `portes_des_plans`); who signs
 * in is found by core on the partners' base, before.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { type Db, ErreurConnexion, fromPool, openPool, SILENCE_MS } from './database.ts';
import { reserverAuxPages } from '../http/export.ts';
import type { DB } from './database.types.ts';
import { type Plan, PLANS, planDe } from './plans.ts';
import type { Acces } from './roles.ts';

export type Bases = Readonly<Record<Plan, Db>>;

/** Connections at most; none is opened before it is needed. */
const MAX: Record<Plan, number> = { public: 4, partenariat: 12, nominatif: 2 };

const fermees = new WeakMap<Db, string>();

/** A plane for which this installation has no account: asking it anything says so. */
function baseFermee(raison: string): Db {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: () => Promise.reject(new ErreurConnexion(raison)) }) });
  fermees.set(db, raison);
  return db;
}
/** Why nothing can be asked of this base; null when it can. */
export const raisonDeFermeture = (db: Db): string | null => fermees.get(db) ?? null;

/** Throws when something that will run needs a plane for which there is no account: at start, not at the first person who comes. */
export function exigerPlans(bases: Bases, choses: readonly { plan?: Plan | undefined }[]): void {
  for (const x of choses) {
    const raison = raisonDeFermeture(bases[planDe(x)]);
    if (raison) throw new ErreurConnexion(raison);
  }
}

export interface BasesOuvertes {
  bases: Bases;
  close(): Promise<void>;
}

/** Downloads never hold the whole pool of a plane. */
function servie(db: Db, connexions: number): Db {
  reserverAuxPages(db, connexions);
  return db;
}

/** `max`: for a command, which needs few connections. `nommees`: see `CONCORDE_REQUETES_NOMMEES`. */
export function ouvrirBases(acces: Acces, contratId: number, max: number = Number.POSITIVE_INFINITY, nommees = true): BasesOuvertes {
  const urls: Record<Plan, string | null> = { public: acces.public, partenariat: acces.service, nominatif: acces.nominatif };
  const ouvrir = (plan: Plan): Db => {
    const url = urls[plan];
    return url
      ? servie(
          fromPool(openPool(url, { role: 'application', contratId, plan, max: Math.min(MAX[plan], max) }), { nommees, silenceMs: SILENCE_MS }),
          Math.min(MAX[plan], max),
        )
      : baseFermee('Un module du plan nominatif est installé, et aucun compte ne le sert : donnez CONCORDE_DATABASE_URL_NOMINATIF (docs/exploitation.md).');
  };
  const bases: Bases = { public: ouvrir('public'), partenariat: ouvrir('partenariat'), nominatif: ouvrir('nominatif') };
  return {
    bases,
    close: async () => {
      for (const plan of PLANS) await bases[plan].destroy();
    },
  };
}
