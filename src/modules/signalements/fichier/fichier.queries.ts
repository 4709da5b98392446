import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

export type Transmise = Pick<Ligne<'demandes'>, 'numero' | 'categorie' | 'adresse' | 'jour'>;
/** What this organisation sent in that circuit since a day: the same row again is said to be there already. */
export async function listTransmises(db: Db, contratId: number, f: { circuit: string; organisationId: string; depuis: string }): Promise<Transmise[]> {
  const { rows } = await sql<Transmise>`
    select numero, categorie, adresse, jour from demandes
    where contrat_id = ${contratId} and circuit = ${f.circuit} and auteur_organisation = ${f.organisationId} and jour >= ${f.depuis}::date
    order by id desc
    limit 20000`.execute(db);
  return rows;
}
