/** What one's own account page reads and writes: sessions, API tokens, mandates to delegate. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role, Utilisateur } from '../../../core/authorize.ts';
import type { Db } from '../../../core/database.ts';
import { empreinteDe, type LigneUtilisateur, utilisateurDe, utilisateurSql } from '../sessions.queries.ts';
import { uuid } from '../../../core/id.ts';

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
/** `id` null closes every session but `sauf`; returns how many were closed. */
export async function fermerSessions(tx: Db, contratId: number, compteId: string, id: string | null, sauf: string | null): Promise<number> {
  const { rows } = await sql`
    delete from sessions
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid
      and (${id}::text is null or id = ${uuid(id)}) and id is distinct from ${uuid(sauf)}
    returning id`.execute(tx);
  return rows.length;
}
/** The person has just proved who they are; with a second factor the session becomes a strong one. */
export async function confirmerSession(tx: Db, contratId: number, sessionId: string, forte: boolean, maintenant: Date): Promise<void> {
  await sql`
    update sessions set confirmee_le = ${maintenant}, forte = forte or ${forte}
    where contrat_id = ${contratId} and id = ${sessionId}::uuid`.execute(tx);
}

export interface JetonApi {
  id: string;
  nom: string;
  portees: string[];
  creeLe: Date;
  expireLe: Date;
  vuLe: Date | null;
}
export async function listJetons(db: Db, contratId: number, compteId: string, maintenant: Date): Promise<JetonApi[]> {
  const { rows } = await sql<JetonApi>`
    select id, nom, portees, cree_le as "creeLe", expire_le as "expireLe", vu_le as "vuLe" from jetons_api
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and revoque_le is null and expire_le > ${maintenant}
    order by cree_le desc`.execute(db);
  return rows;
}
/** Returns the token, shown once; only its digest is kept. */
export async function createJeton(
  tx: Db,
  contratId: number,
  compteId: string,
  j: { nom: string; portees: readonly string[]; jours: number },
  maintenant: Date,
): Promise<string> {
  const jeton = `cc_${randomBytes(32).toString('base64url')}`;
  await sql`
    insert into jetons_api (contrat_id, compte_id, empreinte, nom, portees, cree_le, expire_le)
    values (${contratId}, ${compteId}::uuid, ${empreinteDe(jeton)}, ${j.nom}, ${[...j.portees]}::text[], ${maintenant},
      ${new Date(maintenant.getTime() + j.jours * 86_400_000)})`.execute(tx);
  return jeton;
}
export async function revoquerJeton(tx: Db, contratId: number, compteId: string, id: string, maintenant: Date): Promise<boolean> {
  const { rows } = await sql`
    update jetons_api set revoque_le = ${maintenant}
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and id = ${uuid(id)} and revoque_le is null
    returning id`.execute(tx);
  return rows.length > 0;
}
/** Who holds the token, with the mandates in force today; null when it ended, was revoked, or the account was closed. */
export async function getUtilisateurDeJeton(
  db: Db,
  contratId: number,
  jeton: string,
  maintenant: Date,
): Promise<{ utilisateur: Utilisateur; portees: string[] } | null> {
  const { rows } = await sql<LigneUtilisateur & { portees: string[]; jeton_id: string; vu: boolean }>`
    select j.portees, j.id as jeton_id, coalesce(j.vu_le > ${maintenant}::timestamptz - interval '1 minute', false) as vu,
      ${utilisateurSql(maintenant.toISOString().slice(0, 10))}
    from jetons_api j
    join comptes c on c.contrat_id = j.contrat_id and c.id = j.compte_id
    where j.contrat_id = ${contratId} and j.empreinte = ${empreinteDe(jeton)} and j.revoque_le is null and j.expire_le > ${maintenant}
      and c.ferme_le is null`.execute(db);
  const l = rows[0];
  if (!l) return null;
  if (!l.vu) await sql`update jetons_api set vu_le = ${maintenant} where contrat_id = ${contratId} and id = ${l.jeton_id}::uuid`.execute(db);
  return { utilisateur: utilisateurDe(l, null), portees: l.portees };
}

export interface MandatADeleguer {
  id: string;
  role: Role;
  territoireId: string | null;
  fiche: string | null;
  registre: string | null;
  fin: string | null;
}
/** One's own mandates in force; a delegation is not delegated again. */
export async function listMandatsADeleguer(db: Db, contratId: number, compteId: string, jour: string): Promise<MandatADeleguer[]> {
  const { rows } = await sql<MandatADeleguer>`
    select id, role, territoire_id as "territoireId", fiche, registre, fin from mandats
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and delegue_de is null and debut <= ${jour}::date and (fin is null or fin >= ${jour}::date)
    order by debut`.execute(db);
  return rows;
}
export async function listCollegues(db: Db, contratId: number, u: { id: string; organisationId: string }): Promise<{ id: string; nom: string }[]> {
  const { rows } = await sql<{ id: string; nom: string }>`
    select id, nom from comptes
    where contrat_id = ${contratId} and organisation_id = ${u.organisationId} and ferme_le is null and id <> ${u.id}::uuid order by nom`.execute(db);
  return rows;
}
