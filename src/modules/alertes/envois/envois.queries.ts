/** Whom an alert is for, who answered, who took over. What waits to leave by another way than mail: messages.queries.ts. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { estSienne } from '../astreintes/astreintes.queries.ts';

export type Envoi = Ligne<'alerteEnvois'>;
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
): Promise<Pick<Envoi, 'id' | 'inscritId' | 'genre' | 'reponses'>[]> {
  if (envois.length === 0) return [];
  const { rows } = await sql<Pick<Envoi, 'id' | 'inscritId' | 'genre' | 'reponses'>>`
    insert into alerte_envois (contrat_id, alerte_id, inscrit_id, genre, fonction, territoire, organisation_id, nom, motif, envoye_le, du_le)
    select ${contratId}, ${alerteId}::uuid, "inscritId", genre, fonction, territoire, "organisationId", nom, motif, ${quand}, "duLe"
    from jsonb_to_recordset(${JSON.stringify(envois)}::jsonb)
      as v ("inscritId" uuid, genre text, fonction text, territoire text, "organisationId" text, nom text, motif text, "duLe" timestamptz)
    on conflict (contrat_id, alerte_id, inscrit_id, genre) do nothing
    returning id, inscrit_id, genre, reponses`.execute(tx);
  return rows;
}
/** Those who have something to do; `fin`: those who are only told that it is over. */
export async function listEnvois(db: Db, contratId: number, alerteId: string, fin = false): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select * from alerte_envois where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid and (genre = 'fin') = ${fin}
    order by fonction, territoire, envoye_le, nom, id`.execute(db);
  return rows;
}
export async function getEnvoi(db: Db, contratId: number, id: string, verrou = false): Promise<Envoi | null> {
  const { rows } = await sql<Envoi>`
    select * from alerte_envois where contrat_id = ${contratId} and id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** What this account is asked of that alert, on each list that it is on: one answer is of all of them. */
export async function listEnvoisDuCompte(db: Db, contratId: number, alerteId: string, u: { id: string; courriel: string }): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select e.* from alerte_envois e join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
    where e.contrat_id = ${contratId} and e.alerte_id = ${uuid(alerteId)} and e.genre = 'accuse' and i.retire_le is null and ${estSienne(u)}
    order by e.envoye_le, e.id`.execute(db);
  return rows;
}
/** The same person on other lists: by the address that the letter went to. */
export async function listMemeAdresse(db: Db, contratId: number, e: Pick<Envoi, 'alerteId' | 'inscritId'>): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select e.* from alerte_envois e join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
      join alerte_inscrits moi on moi.contrat_id = e.contrat_id and moi.id = ${uuid(e.inscritId)}
    where e.contrat_id = ${contratId} and e.alerte_id = ${uuid(e.alerteId)} and e.genre = 'accuse'
      and (i.id = moi.id or (lower(i.courriel) = lower(moi.courriel) and i.retire_le is null))
    order by e.envoye_le, e.id`.execute(db);
  return rows;
}
/** The last answer, and when the first came. */
export async function repondre(tx: Db, contratId: number, ids: readonly string[], reponse: NonNullable<Envoi['reponse']>, quand: Date): Promise<void> {
  await sql`
    update alerte_envois set reponse = ${reponse}, repondu_le = ${quand}, reponses = reponses + 1, accuse_le = coalesce(accuse_le, case when reponses = 0 then ${quand}::timestamptz end)
    where contrat_id = ${contratId} and id = any(${uuids(ids)})`.execute(tx);
}
/** Of alerts that are open: past their time to answer, told or not. */
export async function listSilences(db: Db, contratId: number, quand: Date): Promise<Pick<Envoi, 'id' | 'alerteId'>[]> {
  const { rows } = await sql<Pick<Envoi, 'id' | 'alerteId'>>`
    select e.id, e.alerte_id from alerte_envois e join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id
    where e.contrat_id = ${contratId} and e.reponse is null and e.escalade_le is null and e.rebond_le is null and e.genre = 'accuse' and e.du_le <= ${quand}
      and a.etat = 'diffusee'
    order by e.alerte_id, e.du_le, e.id`.execute(db);
  return rows;
}
/** Not answered, of alerts that are open: their letter may have been refused. */
export async function listSansReponse(db: Db, contratId: number): Promise<Pick<Envoi, 'id' | 'alerteId'>[]> {
  const { rows } = await sql<Pick<Envoi, 'id' | 'alerteId'>>`
    select e.id, e.alerte_id from alerte_envois e join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id
    where e.contrat_id = ${contratId} and e.reponse is null and e.rebond_le is null and e.genre <> 'fin' and a.etat in ('a-valider', 'diffusee')`.execute(db);
  return rows;
}
/** Written since then, and not known to have left. */
export async function listAPartir(db: Db, contratId: number, depuis: Date): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select * from alerte_envois where contrat_id = ${contratId} and parti_le is null and envoye_le >= ${depuis} order by alerte_id, id`.execute(db);
  return rows;
}
/** Once: the time to answer runs from there. */
export async function noterDeparts(tx: Db, contratId: number, departs: readonly Pick<Envoi, 'id' | 'partiLe' | 'duLe'>[]): Promise<void> {
  await sql`
    update alerte_envois e set parti_le = v."partiLe", du_le = case when e.reponse is null and e.escalade_le is null then v."duLe" else e.du_le end
    from jsonb_to_recordset(${JSON.stringify(departs)}::jsonb) as v (id uuid, "partiLe" timestamptz, "duLe" timestamptz)
    where e.contrat_id = ${contratId} and e.id = v.id and e.parti_le is null`.execute(tx);
}
/** Somebody after them was looked for. */
export async function noterEscalade(tx: Db, contratId: number, ids: readonly string[], quand: Date, rebond: boolean): Promise<void> {
  await sql`
    update alerte_envois set escalade_le = coalesce(escalade_le, ${quand}), rebond_le = ${rebond ? quand : sql`rebond_le`}
    where contrat_id = ${contratId} and id = any(${uuids(ids)})`.execute(tx);
}
/** Somebody was found: whose row it is. */
export async function noterRelayes(tx: Db, contratId: number, relais: readonly { id: string; par: string }[]): Promise<void> {
  if (relais.length === 0) return;
  await sql`
    update alerte_envois e set relaye_par = v.par from jsonb_to_recordset(${JSON.stringify(relais)}::jsonb) as v (id uuid, par uuid)
    where e.contrat_id = ${contratId} and e.id = v.id and e.relaye_par is null`.execute(tx);
}
export async function getInscritDeLEnvoi(db: Db, contratId: number, envoiId: string): Promise<Inscrit | null> {
  const { rows } = await sql<Inscrit>`
    select i.* from alerte_inscrits i join alerte_envois e on e.contrat_id = i.contrat_id and e.inscrit_id = i.id
    where e.contrat_id = ${contratId} and e.id = ${uuid(envoiId)}`.execute(db);
  return rows[0] ?? null;
}

/** SQL over rows `e` of alerts `a` that are asked for an answer: what `etatDeLEnvoi` says of them (etat.rules.ts). */
export const etatEnSql = (maintenant: Date): RawBuilder<string> => sql<string>`case
  when e.reponse is not null then 'repondu'
  when e.escalade_le is not null and e.relaye_par is not null then 'relaye'
  when e.escalade_le is not null then 'sans-suite'
  when a.levee_le <= e.du_le then 'sans-objet'
  when a.levee_le is not null then case when e.parti_le is null then 'non-parti' else 'muet' end
  when e.parti_le is null then 'a-partir'
  when e.du_le < ${maintenant} then 'en-retard'
  else 'attendu' end`;
