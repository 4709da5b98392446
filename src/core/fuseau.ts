/**
 * The time zone in force: that of the contract for which this piece of work is done. It follows the work (a request, a job, a command)
 * through everything it awaits, so that two contracts served by one process each keep their own clock and a page needs no argument
 * to say a day. Doors enter it; outside any door there is no zone, and asking for one is a fault. See docs/decisions/0013.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import { IANAZone } from 'luxon';
import type { Db } from './base/database.ts';

const enVigueur = new AsyncLocalStorage<string>();

/** Does `travail`, and all that it awaits, by the clock of this zone. */
export const dansLeFuseau = <T>(fuseau: string, travail: () => T): T => enVigueur.run(fuseau, travail);

/** Throws where no door was passed: a day told by the machine's clock would be wrong silently. */
export function fuseauEnVigueur(): string {
  const fuseau = enVigueur.getStore();
  if (fuseau === undefined) throw new Error('Aucun fuseau horaire en vigueur : ce travail n’est fait pour aucun contrat (dansLeFuseau).');
  return fuseau;
}

/** A name of the IANA base that this machine knows; an offset is none: it knows no summer. */
export const estUnFuseau = (nom: string): boolean => IANAZone.isValidZone(nom) && /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/.test(nom);

/** Zone of a contract, from the database. */
export async function getFuseau(db: Db, contratId: number): Promise<string> {
  const { rows } = await sql<{ fuseau: string }>`select fuseau from contrats where id = ${contratId}`.execute(db);
  if (!rows[0]) throw new Error(`Le contrat ${contratId} n’existe pas.`);
  return rows[0].fuseau;
}
