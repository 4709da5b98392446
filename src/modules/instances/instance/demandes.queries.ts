/** What members ask to be discussed: open, taken up by a session, set aside with an answer. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';
import { uuid, uuids } from '../../../core/id.ts';

export interface Demande {
  id: string;
  titre: string;
  expose: string;
  auteur: string;
  organisationId: string;
  etat: 'ouverte' | 'inscrite' | 'ecartee';
  reponse: string;
  creeLe: Date;
}
export async function listDemandes(db: Db, contratId: number, instanceId: string): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select id, titre, expose, auteur, organisation_id as "organisationId", etat, reponse, cree_le as "creeLe"
    from instance_demandes
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid
    order by etat <> 'ouverte', cree_le desc
    limit 50`.execute(db);
  return rows;
}
export async function createDemande(
  tx: Db,
  contratId: number,
  instanceId: string,
  d: { titre: string; expose: string },
  u: { id: string; nom: string; organisationId: string },
): Promise<void> {
  await sql`
    insert into instance_demandes (contrat_id, instance_id, titre, expose, auteur, compte_id, organisation_id)
    values (${contratId}, ${instanceId}::uuid, ${d.titre}, ${d.expose}, ${u.nom}, ${u.id}::uuid, ${u.organisationId})`.execute(tx);
}
/** False when it is not open any more. */
export async function closeDemande(tx: Db, contratId: number, instanceId: string, id: string, etat: 'inscrite' | 'ecartee', reponse: string): Promise<boolean> {
  const { rows } = await sql`
    update instance_demandes set etat = ${etat}, reponse = ${reponse}
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and id = ${uuid(id)} and etat = 'ouverte'
    returning 1`.execute(tx);
  return rows.length > 0;
}

/** State and answer of one request; null when this body has none of that id. */
export async function getDemande(db: Db, contratId: number, instanceId: string, id: string): Promise<Pick<Demande, 'etat' | 'reponse'> | null> {
  const { rows } = await sql<Pick<Demande, 'etat' | 'reponse'>>`
    select etat, reponse from instance_demandes
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}

/** Those that wait, the oldest first. */
export async function listDemandesOuvertes(
  db: Db,
  contratId: number,
  instanceId: string,
): Promise<{ id: string; titre: string; expose: string; auteur: string; organisationId: string }[]> {
  const { rows } = await sql<{ id: string; titre: string; expose: string; auteur: string; organisationId: string }>`
    select id, titre, expose, auteur, organisation_id as "organisationId"
    from instance_demandes
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and etat = 'ouverte'
    order by cree_le`.execute(db);
  return rows;
}

/** Requests of members that this session takes up. */
export async function markDemandesInscrites(tx: Db, contratId: number, instanceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update instance_demandes set etat = 'inscrite'
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and id = any(${uuids(ids)}) and etat = 'ouverte'`.execute(tx);
}
export async function rouvrirDemande(tx: Db, contratId: number, id: string): Promise<void> {
  await sql`update instance_demandes set etat = 'ouverte' where contrat_id = ${contratId} and id = ${uuid(id)} and etat = 'inscrite'`.execute(tx);
}
