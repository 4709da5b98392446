/** Whom an alert is for, who answered, who took over. What waits to leave by another way than mail: messages.queries.ts. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { sesLignes } from '../astreintes/astreintes.queries.ts';
import { enJson } from '../../../core/couper.ts';

export type Envoi = Ligne<'alerteEnvois'>;
type Inscrit = Ligne<'alerteInscrits'>;

export interface NouvelEnvoi extends Pick<Envoi, 'inscritId' | 'genre' | 'fonction' | 'territoire' | 'organisationId' | 'nom' | 'motif'> {
  duLe: Date;
  /** Which tier, or which point of the procedure. */
  pour?: string | undefined;
}
/** One row each; those who have theirs already are left as they are, and not given back. */
export async function addEnvois(tx: Db, contratId: number, alerteId: string, envois: readonly NouvelEnvoi[], quand: Date): Promise<Ecrit[]> {
  if (envois.length === 0) return [];
  const { rows } = await sql<Ecrit>`
    insert into alerte_envois (contrat_id, alerte_id, inscrit_id, genre, pour, fonction, territoire, organisation_id, nom, motif, envoye_le, du_le)
    select ${contratId}, ${alerteId}::uuid, "inscritId", genre, coalesce(pour, ''), fonction, territoire, "organisationId", nom, motif, ${quand}, "duLe"
    from jsonb_to_recordset(${enJson(envois)}::jsonb)
      as v ("inscritId" uuid, genre text, pour text, fonction text, territoire text, "organisationId" text, nom text, motif text, "duLe" timestamptz)
    on conflict (contrat_id, alerte_id, inscrit_id, genre, pour) do nothing
    returning id, alerte_id, inscrit_id, genre, pour, reponses, lettre_de`.execute(tx);
  return rows;
}
export type Ecrit = Pick<Envoi, 'id' | 'alerteId' | 'inscritId' | 'genre' | 'pour' | 'reponses' | 'lettreDe'>;
/** Of an alert: who is to answer or to validate; who is only told something; who is charged of a point. */
export type Quels = 'demandes' | 'annonces' | 'points';
const GENRES: Readonly<Record<Quels, readonly Envoi['genre'][]>> = {
  demandes: ['validation', 'accuse'],
  annonces: ['palier', 'fin'],
  points: ['point'],
};
export async function listEnvois(db: Db, contratId: number, alerteId: string, quels: Quels = 'demandes'): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select * from alerte_envois
    where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid and genre = any(${[...GENRES[quels]]}::text[])
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
    select e.* from alerte_envois e
    where e.contrat_id = ${contratId} and e.alerte_id = ${uuid(alerteId)} and e.genre = 'accuse' and e.inscrit_id = ${sesLignes(u)}
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
export async function listSansReponse(db: Db, contratId: number): Promise<Pick<Envoi, 'id' | 'alerteId' | 'lettreDe'>[]> {
  const { rows } = await sql<Pick<Envoi, 'id' | 'alerteId' | 'lettreDe'>>`
    select e.id, e.alerte_id, e.lettre_de from alerte_envois e join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id
    where e.contrat_id = ${contratId} and e.reponse is null and e.rebond_le is null and e.genre in ('validation', 'accuse') and a.etat in ('a-valider', 'diffusee')`.execute(
    db,
  );
  return rows;
}
/** Charged of a point that is not said done, nobody having been asked after them. */
export async function listCharges(db: Db, contratId: number): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select e.* from alerte_envois e join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id
      join alerte_points p on p.contrat_id = e.contrat_id and p.alerte_id = e.alerte_id and p.code = e.pour
    where e.contrat_id = ${contratId} and e.genre = 'point' and e.reponse is null and e.escalade_le is null and p.fait_le is null and p.cellule_le is null
      and a.etat in ('diffusee', 'levee', 'close') and a.doublon_de is null and a.erreur_le is null
    order by e.alerte_id, e.du_le, e.id`.execute(db);
  return rows;
}
export async function noterRappels(tx: Db, contratId: number, ids: readonly string[], quand: Date): Promise<void> {
  await sql`update alerte_envois set rappele_le = ${quand} where contrat_id = ${contratId} and id = any(${uuids(ids)})`.execute(tx);
}
/** The point that was said done is open again: it is awaited of whoever said it. */
export async function rouvrirLaCharge(tx: Db, contratId: number, alerteId: string, point: string): Promise<void> {
  await sql`
    update alerte_envois set reponse = null, repondu_le = null, accuse_le = null
    where contrat_id = ${contratId} and alerte_id = ${uuid(alerteId)} and genre = 'point' and pour = ${point}`.execute(tx);
}
/** Less time is left to those who have not answered; by function, in minutes. `rouvre`: their time begins again. */
export async function avancerEcheances(
  tx: Db,
  contratId: number,
  alerteId: string,
  o: { minutes: readonly { fonction: string; minutes: number }[]; quand: Date; rouvre: boolean },
): Promise<void> {
  await sql`
    update alerte_envois e set du_le = case when ${o.rouvre} then x.du else least(e.du_le, x.du) end
    from (select fonction, ${o.quand}::timestamptz + minutes * interval '1 minute' as du
      from jsonb_to_recordset(${enJson(o.minutes)}::jsonb) as v (fonction text, minutes int)) x
    where e.contrat_id = ${contratId} and e.alerte_id = ${uuid(alerteId)} and e.genre = 'accuse' and e.reponse is null and e.escalade_le is null
      and e.fonction = x.fonction`.execute(tx);
}
export async function avancerValidations(tx: Db, contratId: number, alerteId: string, avant: Date): Promise<void> {
  await sql`
    update alerte_envois set du_le = least(du_le, ${avant}::timestamptz)
    where contrat_id = ${contratId} and alerte_id = ${uuid(alerteId)} and genre = 'validation' and reponse is null`.execute(tx);
}
/** Rows of an alert that another repeats, for people of whom that other has none: they go on there, answers and clocks kept. Returns whose. */
export async function reprendreEnvois(tx: Db, contratId: number, de: string, vers: string): Promise<string[]> {
  const { rows } = await sql<Pick<Envoi, 'inscritId'>>`
    update alerte_envois e set alerte_id = ${uuid(vers)}, lettre_de = coalesce(e.lettre_de, e.alerte_id)
    where e.contrat_id = ${contratId} and e.alerte_id = ${uuid(de)} and e.genre in ('accuse', 'point')
      and not exists (select from alerte_envois v where v.contrat_id = e.contrat_id and v.alerte_id = ${uuid(vers)} and v.inscrit_id = e.inscrit_id
        and v.genre = e.genre and v.pour = e.pour)
    returning e.inscrit_id`.execute(tx);
  return rows.map((r) => r.inscritId);
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
    from jsonb_to_recordset(${enJson(departs)}::jsonb) as v (id uuid, "partiLe" timestamptz, "duLe" timestamptz)
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
    update alerte_envois e set relaye_par = v.par from jsonb_to_recordset(${enJson(relais)}::jsonb) as v (id uuid, par uuid)
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
