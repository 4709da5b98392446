/** What waits to leave by another way than mail: one message for each browser, one for each telephone. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

export type Message = Ligne<'alerteMessages'>;

/** `comptes`: whose lines these are now, by their address: a browser that asked before its account was on a list, or after, is told. */
export async function addMessages(
  tx: Db,
  contratId: number,
  envois: readonly string[],
  comptes: readonly { inscritId: string; compteId: string }[],
  quand: Date,
): Promise<void> {
  await sql`
    insert into alerte_messages (contrat_id, envoi_id, voie, navigateur_id, prochain_le)
    select e.contrat_id, e.id, 'push', n.id, ${quand}::timestamptz
    from alerte_envois e join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
      join jsonb_to_recordset(${enJson(comptes)}::jsonb) as c ("inscritId" uuid, "compteId" uuid) on c."inscritId" = i.id
      join alerte_navigateurs n on n.contrat_id = i.contrat_id and n.compte_id = c."compteId"
    where e.contrat_id = ${contratId} and e.id = any(${uuids(envois)}) and 'push' = any(i.voies)
    union
    select e.contrat_id, e.id, 'sms', null::uuid, ${quand}::timestamptz
    from alerte_envois e join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
    where e.contrat_id = ${contratId} and e.id = any(${uuids(envois)}) and 'sms' = any(i.voies) and i.telephone <> ''
    on conflict do nothing`.execute(tx);
}
export async function listMessages(db: Db, contratId: number, envois: readonly string[]): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select * from alerte_messages where contrat_id = ${contratId} and envoi_id = any(${uuids(envois)}) order by voie, id`.execute(db);
  return rows;
}
/** Takes what is due, for the time that sending may take. */
export async function prendreMessages(tx: Db, contratId: number, o: { quand: Date; jusqua: Date; limite: number }): Promise<Message[]> {
  const { rows } = await sql<Message>`
    update alerte_messages m set pris_jusqua = ${o.jusqua}, essais = essais + 1
    where m.contrat_id = ${contratId} and m.id in (
      select id from alerte_messages
      where contrat_id = ${contratId} and etat = 'attente' and prochain_le <= ${o.quand} and coalesce(pris_jusqua <= ${o.quand}, true)
      order by prochain_le limit ${o.limite} for update skip locked)
    returning m.*`.execute(tx);
  return rows;
}
export async function noterMessage(
  tx: Db,
  contratId: number,
  id: string,
  m: Pick<Message, 'etat' | 'erreur'> & { prochainLe: Date; envoyeLe: Date | null },
): Promise<void> {
  await sql`
    update alerte_messages set etat = ${m.etat}, erreur = ${m.erreur}, prochain_le = ${m.prochainLe}, pris_jusqua = null, envoye_le = ${m.envoyeLe}
    where contrat_id = ${contratId} and id = ${id}::uuid and etat = 'attente'`.execute(tx);
}
/** What waits of these leaves no more. What is being sent goes to its end. */
export async function retirerMessages(tx: Db, contratId: number, envois: readonly string[], quand: Date): Promise<void> {
  await sql`
    update alerte_messages set etat = 'retenu', erreur = 'alerte finie'
    where contrat_id = ${contratId} and envoi_id = any(${uuids(envois)}) and etat = 'attente' and coalesce(pris_jusqua <= ${quand}, true)`.execute(tx);
}
