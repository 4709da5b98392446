/** What one's own account page reads and writes: sessions, mandates to delegate. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Temoin } from '../../../core/http/http.ts';
import { uuid } from '../../../core/base/id.ts';
import { empreinteDe, listMandatsEnVigueur, type MandatEnVigueur, nouveauJeton } from '../sessions.queries.ts';

const COLONNES_SESSION = ['id', 'moyen', 'adresse', 'agent', 'ouverteLe', 'vueLe'] as const;
export type SessionListee = Pick<Ligne<'sessions'>, (typeof COLONNES_SESSION)[number]>;

export async function listSessions(db: Db, contratId: number, compteId: string, maintenant: Date): Promise<SessionListee[]> {
  return db
    .selectFrom('sessions')
    .select(COLONNES_SESSION)
    .where('contratId', '=', contratId)
    .where('compteId', '=', compteId)
    .where('expireLe', '>', maintenant)
    .orderBy('vueLe', 'desc')
    .execute();
}
/** Shortcuts of one key, on or off for this account. */
export async function setRaccourcis(tx: Db, contratId: number, compteId: string, oui: boolean): Promise<void> {
  await tx.updateTable('comptes').set({ raccourcis: oui }).where('contratId', '=', contratId).where('id', '=', compteId).execute();
}

export async function fermerSession(tx: Db, contratId: number, compteId: string, id: string): Promise<boolean> {
  const faite = await tx
    .deleteFrom('sessions')
    .where('contratId', '=', contratId)
    .where('compteId', '=', compteId)
    .where('id', '=', uuid(id))
    .executeTakeFirst();
  return faite.numDeletedRows > 0n;
}
/**
 * The person has just proved who they are; with a second factor the session becomes a strong one. It goes on under a new token: whoever
 * held the former one gains nothing by it.
 */
export async function confirmerSession(tx: Db, contratId: number, sessionId: string, forte: boolean, maintenant: Date): Promise<Temoin> {
  const jeton = nouveauJeton();
  await tx
    .updateTable('sessions')
    // What was strong stays so.
    .set({ confirmeeLe: maintenant, ...(forte ? { forte } : {}), empreinte: empreinteDe(jeton) })
    .where('contratId', '=', contratId)
    .where('id', '=', sessionId)
    .execute();
  return { nom: 'session', valeur: jeton };
}

/** One's own mandates in force; a delegation is not delegated again. */
export const listMandatsADeleguer = (db: Db, contratId: number, compteId: string, jour: string): Promise<MandatEnVigueur[]> =>
  listMandatsEnVigueur(db, contratId, compteId, jour, sql` and delegue_de is null`);
export async function listCollegues(db: Db, contratId: number, u: { id: string; organisationId: string }): Promise<{ id: string; nom: string }[]> {
  return db
    .selectFrom('comptes')
    .select(['id', 'nom'])
    .where('contratId', '=', contratId)
    .where('organisationId', '=', u.organisationId)
    .where('fermeLe', 'is', null)
    .where('id', '<>', u.id)
    .orderBy('nom')
    .execute();
}
