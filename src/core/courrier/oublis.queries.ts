/** Letters that lose what they say before they leave. */
import { sql } from 'kysely';
import type { Db } from '../base/database.ts';

/** Letters written since then lose their text, and leave no more. */
export async function oublierTextes(tx: Db, contratId: number, depuis: Date): Promise<void> {
  await sql`
    update courriels set texte = '', ical = '', ferme = null, etat = case when etat = 'envoye' then etat else 'retenu' end
    where contrat_id = ${contratId} and cree_le >= ${depuis}`.execute(tx);
}

/** Letters about this object that have not left never do, and lose whom they were for. */
export async function oublierLettres(tx: Db, contratId: number, objet: string): Promise<void> {
  await sql`
    update courriels set texte = '', ical = '', ferme = null, etat = 'retenu'
    where contrat_id = ${contratId} and objet = ${objet} and etat <> 'envoye'`.execute(tx);
}
/** Letters about these objects that wait leave no more: what they say is over. What is being sent goes to its end. */
export async function retirerLettres(tx: Db, contratId: number, objets: readonly string[]): Promise<void> {
  await sql`
    update courriels set texte = '', ical = '', ferme = null, etat = 'retenu', erreur = 'périmée'
    where contrat_id = ${contratId} and objet <> '' and objet = any(${[...objets]}::text[]) and etat = 'attente'
      and coalesce(pris_jusqua < now(), true)`.execute(tx);
}
