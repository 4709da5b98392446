/** What one's own account page reads and writes: sessions, mandates to delegate. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';
import type { Temoin } from '../../../core/http.ts';
import { uuid } from '../../../core/id.ts';
import { empreinteDe, listMandatsEnVigueur, type MandatEnVigueur, nouveauJeton } from '../sessions.queries.ts';

export interface SessionListee {
  id: string;
  moyen: string;
  adresse: string | null;
  agent: string | null;
  ouverteLe: Date;
  vueLe: Date;
}
export async function listSessions(db: Db, contratId: number, compteId: string, maintenant: Date): Promise<SessionListee[]> {
  const { rows } = await sql<SessionListee>`
    select id, moyen, adresse, agent, ouverte_le as "ouverteLe", vue_le as "vueLe" from sessions
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and expire_le > ${maintenant}
    order by vue_le desc limit 50`.execute(db);
  return rows;
}
export async function fermerSession(tx: Db, contratId: number, compteId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from sessions where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and id = ${uuid(id)} returning id`.execute(tx);
  return rows.length > 0;
}
/**
 * The person has just proved who they are; with a second factor the session becomes a strong one. It goes on under a new token: whoever
 * held the former one gains nothing by it.
 */
export async function confirmerSession(tx: Db, contratId: number, sessionId: string, forte: boolean, maintenant: Date): Promise<Temoin> {
  const jeton = nouveauJeton();
  await sql`
    update sessions set confirmee_le = ${maintenant}, forte = forte or ${forte}, empreinte = ${empreinteDe(jeton)}
    where contrat_id = ${contratId} and id = ${sessionId}::uuid`.execute(tx);
  return { nom: 'session', valeur: jeton };
}

/** One's own mandates in force; a delegation is not delegated again. */
export const listMandatsADeleguer = (db: Db, contratId: number, compteId: string, jour: string): Promise<MandatEnVigueur[]> =>
  listMandatsEnVigueur(db, contratId, compteId, jour, sql` and delegue_de is null`);
export async function listCollegues(db: Db, contratId: number, u: { id: string; organisationId: string }): Promise<{ id: string; nom: string }[]> {
  const { rows } = await sql<{ id: string; nom: string }>`
    select id, nom from comptes
    where contrat_id = ${contratId} and organisation_id = ${u.organisationId} and ferme_le is null and id <> ${u.id}::uuid order by nom`.execute(db);
  return rows;
}
