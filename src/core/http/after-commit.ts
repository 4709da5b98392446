/**
 * What follows a commit. The person has their answer already: nothing here delays it, nor makes it a failure. What goes wrong is
 * logged with the route and shown among the jobs; closing the server waits for what is still under way.
 */
import { sql } from 'kysely';
import { type Db, inTransaction } from '../base/database.ts';

export type Suite = () => Promise<void> | void;

export interface Suites {
  /** Starts them in order; `route` is the declared path, without anything that was typed. */
  lancer(route: string, suites: readonly Suite[]): void;
  /** Resolves when nothing is under way. */
  finir(): Promise<void>;
}

export function openSuites(db: Db, contratId: number, dire: (e: unknown, route: string) => void): Suites {
  const enCours = new Set<Promise<void>>();
  const noter = async (e: unknown, route: string): Promise<void> => {
    dire(e, route);
    const message = e instanceof Error ? `${e.name} : ce qui devait suivre l’enregistrement ne s’est pas fait.` : 'Erreur inattendue.';
    await inTransaction(db, { contratId }, (tx) =>
      sql`
      insert into travaux (contrat_id, genre, libelle, etat, message, fini_le)
      values (${contratId}, 'suite', ${`Suite de ${route}`}, 'echec', ${message}, now())`.execute(tx),
    );
  };
  const derouler = async (route: string, suites: readonly Suite[]): Promise<void> => {
    for (const suite of suites)
      try {
        await suite();
      } catch (e) {
        await noter(e, route).catch((autre) => dire(autre, route));
      }
  };
  return {
    lancer: (route, suites) => {
      if (suites.length === 0) return;
      const tache: Promise<void> = derouler(route, suites).finally(() => enCours.delete(tache));
      enCours.add(tache);
    },
    finir: async () => {
      while (enCours.size > 0) await Promise.all(enCours);
    },
  };
}
