/** Who was told, who answered; what waits to leave by another way than mail. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';

export type Envoi = Ligne<'alerteEnvois'>;
export type Message = Ligne<'alerteMessages'>;
type Inscrit = Ligne<'alerteInscrits'>;

export interface NouvelEnvoi extends Pick<Envoi, 'inscritId' | 'genre' | 'fonction' | 'territoire' | 'organisationId' | 'nom' | 'motif'> {
  duLe: Date;
}
/** One row each; those who have theirs already are left as they are, and not given back. */
export async function addEnvois(
  tx: Db,
  contratId: number,
  alerteId: string,
  envois: readonly NouvelEnvoi[],
  quand: Date,
): Promise<Pick<Envoi, 'id' | 'inscritId' | 'reponses'>[]> {
  if (envois.length === 0) return [];
  const { rows } = await sql<Pick<Envoi, 'id' | 'inscritId' | 'reponses'>>`
    insert into alerte_envois (contrat_id, alerte_id, inscrit_id, genre, fonction, territoire, organisation_id, nom, motif, envoye_le, du_le)
    select ${contratId}, ${alerteId}::uuid, "inscritId", genre, fonction, territoire, "organisationId", nom, motif, ${quand}, "duLe"
    from jsonb_to_recordset(${JSON.stringify(envois)}::jsonb)
      as v ("inscritId" uuid, genre text, fonction text, territoire text, "organisationId" text, nom text, motif text, "duLe" timestamptz)
    on conflict (contrat_id, alerte_id, inscrit_id, genre) do nothing
    returning id, inscrit_id, reponses`.execute(tx);
  return rows;
}
export async function listEnvois(db: Db, contratId: number, alerteId: string): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select * from alerte_envois where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid order by fonction, territoire, envoye_le, nom, id`.execute(
    db,
  );
  return rows;
}
export async function getEnvoi(db: Db, contratId: number, id: string, verrou = false): Promise<Envoi | null> {
  const { rows } = await sql<Envoi>`
    select * from alerte_envois where contrat_id = ${contratId} and id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** What this account was sent for that alert. */
export async function getEnvoiDuCompte(db: Db, contratId: number, alerteId: string, compteId: string): Promise<Envoi | null> {
  const { rows } = await sql<Envoi>`
    select e.* from alerte_envois e join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
    where e.contrat_id = ${contratId} and e.alerte_id = ${uuid(alerteId)} and i.compte_id = ${uuid(compteId)} and e.genre = 'accuse'
    order by e.envoye_le limit 1`.execute(db);
  return rows[0] ?? null;
}
export async function repondre(tx: Db, contratId: number, id: string, reponse: NonNullable<Envoi['reponse']>, quand: Date): Promise<void> {
  await sql`
    update alerte_envois set reponse = ${reponse}, repondu_le = ${quand}, reponses = reponses + 1 where contrat_id = ${contratId} and id = ${id}::uuid`.execute(
    tx,
  );
}
/** Of alerts that are open: silent past their time. */
export async function listSilences(db: Db, contratId: number, quand: Date): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select e.* from alerte_envois e join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id
    where e.contrat_id = ${contratId} and e.reponse is null and e.escalade_le is null and e.rebond_le is null and e.genre = 'accuse' and e.du_le <= ${quand}
      and a.etat = 'diffusee'
    order by e.alerte_id, e.du_le, e.id`.execute(db);
  return rows;
}
/** Not answered, of alerts that are open: their letter may have been refused. */
export async function listSansReponse(db: Db, contratId: number): Promise<Pick<Envoi, 'id' | 'alerteId'>[]> {
  const { rows } = await sql<Pick<Envoi, 'id' | 'alerteId'>>`
    select e.id, e.alerte_id from alerte_envois e join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id
    where e.contrat_id = ${contratId} and e.reponse is null and e.rebond_le is null and a.etat in ('a-valider', 'diffusee')`.execute(db);
  return rows;
}
export async function noterEscalade(tx: Db, contratId: number, ids: readonly string[], quand: Date, rebond: boolean): Promise<void> {
  await sql`
    update alerte_envois set escalade_le = coalesce(escalade_le, ${quand}), rebond_le = ${rebond ? quand : sql`rebond_le`}
    where contrat_id = ${contratId} and id = any(${uuids(ids)})`.execute(tx);
}

/** One message for each browser, one for each telephone. */
export async function addMessages(tx: Db, contratId: number, envois: readonly string[], quand: Date): Promise<void> {
  await sql`
    insert into alerte_messages (contrat_id, envoi_id, voie, navigateur_id, prochain_le)
    select e.contrat_id, e.id, 'push', n.id, ${quand}::timestamptz
    from alerte_envois e join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
      join alerte_navigateurs n on n.contrat_id = i.contrat_id and n.compte_id = i.compte_id
    where e.contrat_id = ${contratId} and e.id = any(${uuids(envois)}) and 'push' = any(i.voies)
    union all
    select e.contrat_id, e.id, 'sms', null::uuid, ${quand}::timestamptz
    from alerte_envois e join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
    where e.contrat_id = ${contratId} and e.id = any(${uuids(envois)}) and 'sms' = any(i.voies) and i.telephone <> ''
    on conflict do nothing`.execute(tx);
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
export async function getInscritDeLEnvoi(db: Db, contratId: number, envoiId: string): Promise<Inscrit | null> {
  const { rows } = await sql<Inscrit>`
    select i.* from alerte_inscrits i join alerte_envois e on e.contrat_id = i.contrat_id and e.inscrit_id = i.id
    where e.contrat_id = ${contratId} and e.id = ${uuid(envoiId)}`.execute(db);
  return rows[0] ?? null;
}
