/** Letters that wait for an address that is forgotten. */
import { sql } from 'kysely';
import type { Db } from '../base/database.ts';

/** What waits under this seal never leaves, and says nothing any more. */
export async function oublierCourriels(tx: Db, contratId: number, oubli: string): Promise<void> {
  await sql`
    update courriels set etat = 'echec', erreur = 'adresse effacée avant le départ', texte = '', ical = '', ferme = null, oubli = '', pris_jusqua = null
    where contrat_id = ${contratId} and oubli = ${oubli} and oubli <> '' and etat in ('attente', 'retenu')`.execute(tx);
}
