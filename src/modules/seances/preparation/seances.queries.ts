/** A session while it is prepared: its frame, its participants, its dates, its agenda. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import { asseoirLesReferents, siegesAuJour } from '../../instances/index.ts';
import type { DossierDePoint } from '../releve/releve.modele.ts';
import { anneeDuTitre, type GenrePoint, titreDeSeance } from '../seances.rules.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';
import { uuid } from '../../../core/base/id.ts';
import { estJoignable, memeNom } from '../adresses.sql.ts';
import { type MotsDuCadre, motsDe, NOMS_DES_MOTS } from './cadre.ts';
import type { ReponsesDUneDate } from './reponses.rules.ts';
import { enJson } from '../../../core/couper.ts';

export interface SeanceACreer extends MotsDuCadre {
  instanceId: string;
  titre: string;
  jour: string | null;
  heure: string | null;
  dureeMinutes: number;
}
/** Its participants are the seats of the body on that day. */
export async function createSeance(tx: Db, contratId: number, s: SeanceACreer, par: { compteId: string; quand: Date; aujourdhui: string }): Promise<string> {
  // Its confidentiality is the body's: a trigger writes it.
  const { rows } = await sql<Pick<Ligne<'seances'>, 'id'>>`
    insert into seances (contrat_id, instance_id, titre, jour, heure, duree_minutes, cree_par, cree_le, ${sql.join(NOMS_DES_MOTS.map((nom) => sql.ref(nom)))})
    values (${contratId}, ${s.instanceId}::uuid, ${s.titre}, ${s.jour}::date, ${s.heure}::time, ${s.dureeMinutes},
      ${par.compteId}::uuid, ${par.quand}, ${sql.join(NOMS_DES_MOTS.map((nom) => s[nom]))})
    returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await syncParticipants(tx, contratId, { id, instanceId: s.instanceId, jour: s.jour ?? par.aujourdhui }, par.quand);
  return id;
}

const MEME_ADRESSE = sql`(excluded.courriel = seance_participants.courriel and (excluded.courriel <> ''
  or excluded.suppleant_courriel = seance_participants.suppleant_courriel))`;
const MEME_PERSONNE = sql`(${MEME_ADRESSE} or ${memeNom('excluded.nom', 'seance_participants.nom')})`;
const MEME_SUPPLEANT = sql`(excluded.suppleant_courriel = seance_participants.suppleant_courriel and excluded.suppleant_courriel <> ''
  or ${memeNom('excluded.suppleant_nom', 'seance_participants.suppleant_nom')})`;
/** Brings the participants up to the seats of the body on the day of the session: newcomers join, those who left are told apart. */
export async function syncParticipants(tx: Db, contratId: number, s: { id: string; instanceId: string; jour: string }, quand: Date): Promise<void> {
  // Who is a referent, away or back, as the directory says it now.
  await asseoirLesReferents(tx, contratId, s.instanceId, jourDe(quand));
  const sieges = siegesAuJour(contratId, s.instanceId, s.jour);
  // What another person answered is not the answer of who sits now: neither to the dates that were proposed, nor, below, to the convocation.
  await sql`
    delete from seance_dates_reponses r
    using seance_participants, ${sieges} excluded
    where seance_participants.contrat_id = ${contratId} and seance_participants.seance_id = ${s.id}::uuid and excluded.id = seance_participants.membre_id
      and r.contrat_id = seance_participants.contrat_id and r.participant_id = seance_participants.id
      and not case when r.voie = 'suppleant' then ${MEME_SUPPLEANT} else ${MEME_PERSONNE} end`.execute(tx);
  await sql`
    insert into seance_participants (contrat_id, seance_id, membre_id, qualite, fonction, organisation_id, nom, courriel, suppleant_nom,
      suppleant_courriel, absent_jusquau, ordre)
    select contrat_id, ${s.id}::uuid, id, qualite, fonction, organisation_id, nom, courriel, suppleant_nom, suppleant_courriel, absent_jusquau, ordre
    from ${sieges} m
    where coalesce((select m.id = any(x.reserve_a) from seances x where x.contrat_id = ${contratId} and x.id = ${s.id}::uuid), true)
    on conflict (contrat_id, seance_id, membre_id) where membre_id is not null do update
    set qualite = excluded.qualite, fonction = excluded.fonction, organisation_id = excluded.organisation_id, nom = excluded.nom,
      courriel = excluded.courriel, suppleant_nom = excluded.suppleant_nom, suppleant_courriel = excluded.suppleant_courriel,
      absent_jusquau = excluded.absent_jusquau, ordre = excluded.ordre, retire_le = null,
      -- What was sent to another address did not reach who sits now.
      convoque_le = case when ${MEME_ADRESSE} then seance_participants.convoque_le end,
      reponse = case when ${MEME_PERSONNE} then seance_participants.reponse end,
      reponse_le = case when ${MEME_PERSONNE} then seance_participants.reponse_le end,
      reponse_mot = case when ${MEME_PERSONNE} then seance_participants.reponse_mot else '' end,
      reponse_voie = case when ${MEME_PERSONNE} then seance_participants.reponse_voie end,
      reponse_par = case when ${MEME_PERSONNE} then seance_participants.reponse_par else '' end,
      represente_dit = case when ${MEME_PERSONNE} then seance_participants.represente_dit else '' end,
      suppleant_reponse = case when ${MEME_SUPPLEANT} then seance_participants.suppleant_reponse end,
      suppleant_reponse_le = case when ${MEME_SUPPLEANT} then seance_participants.suppleant_reponse_le end,
      suppleant_reponse_mot = case when ${MEME_SUPPLEANT} then seance_participants.suppleant_reponse_mot else '' end,
      suppleant_reponse_par = case when ${MEME_SUPPLEANT} then seance_participants.suppleant_reponse_par else '' end`.execute(tx);
  await sql`
    update seance_participants p set retire_le = coalesce(p.retire_le, ${quand})
    where p.contrat_id = ${contratId} and p.seance_id = ${s.id}::uuid and p.membre_id is not null
      and not exists (select 1 from ${sieges} m where m.id = p.membre_id)`.execute(tx);
}

export interface CadreAEcrire extends MotsDuCadre {
  titre: string;
  jour?: string;
  heure?: string;
  dureeMinutes: number;
}
interface Par {
  nom: string;
  quand: Date;
}
/** `deplacee`: members must answer again, and the invitation gets its next SEQUENCE. Throws 409 when `version` is no longer the current one. */
export async function updateSeance(
  tx: Db,
  ou: { contratId: number; id: string; version: number },
  c: CadreAEcrire,
  deplacee: boolean,
  par: Par,
): Promise<void> {
  const { contratId, id } = ou;
  const { titre, dureeMinutes, jour, heure } = c;
  const faite = await tx
    .updateTable('seances')
    .set((eb) => ({
      ...{ titre, dureeMinutes, ...motsDe(c) },
      ...(jour && heure ? { jour, heure } : {}),
      sequence: eb('sequence', '+', deplacee ? 1 : 0),
      version: eb('version', '+', 1),
      modifiePar: par.nom,
      modifieLe: par.quand,
    }))
    .where('contratId', '=', contratId)
    .where('id', '=', id)
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit('Une autre personne vient de modifier cette séance. Rechargez la page.');
  if (deplacee)
    await tx
      .updateTable('seanceParticipants')
      .set({
        ...{ reponse: null, reponseLe: null, reponseMot: '', reponseVoie: null, reponsePar: '', representeDit: '' },
        ...{ suppleantReponse: null, suppleantReponseLe: null, suppleantReponseMot: '', suppleantReponsePar: '' },
      })
      .where('contratId', '=', contratId)
      .where('seanceId', '=', id)
      .execute();
}

export async function markConvoquee(tx: Db, contratId: number, id: string, quand: Date, renvoi: boolean): Promise<void> {
  await tx
    .updateTable('seances')
    .set((eb) => ({
      etat: 'convoquee',
      convoqueeLe: eb.fn.coalesce('convoqueeLe', eb.val(quand)),
      sequence: eb('sequence', '+', renvoi ? 1 : 0),
      version: eb('version', '+', 1),
    }))
    .where('contratId', '=', contratId)
    .where('id', '=', id)
    .execute();
  await markJoints(tx, contratId, id, quand);
}

/** A convocation leaves to those whom an address reaches (`adressesDe`); `nouveaux`: only to those whom none reached. */
export async function markJoints(tx: Db, contratId: number, id: string, quand: Date, nouveaux = false): Promise<void> {
  await tx
    .updateTable('seanceParticipants')
    .set({ convoqueLe: quand })
    .where('contratId', '=', contratId)
    .where('seanceId', '=', id)
    .where('retireLe', 'is', null)
    .where(estJoignable('seance_participants'))
    .$if(nouveaux, (q) => q.where('convoqueLe', 'is', null))
    .execute();
}

/** Said at last, as the convocation leaves. */
export const setLieu = async (tx: Db, contratId: number, id: string, lieu: string, par: Par): Promise<void> =>
  void (await tx
    .updateTable('seances')
    .set((eb) => ({ lieu, version: eb('version', '+', 1), modifiePar: par.nom, modifieLe: par.quand }))
    .where('contratId', '=', contratId)
    .where('id', '=', id)
    .execute());

export async function markAnnulee(tx: Db, contratId: number, id: string, motif: string, quand: Date): Promise<void> {
  await tx
    .updateTable('seances')
    .set((eb) => ({ etat: 'annulee', annuleeLe: quand, motifAnnulation: motif, sequence: eb('sequence', '+', 1), version: eb('version', '+', 1) }))
    .where('contratId', '=', contratId)
    .where('id', '=', id)
    .execute();
}

export interface PointACreer {
  titre: string;
  genre: GenrePoint;
  cle: string;
  fiche: string | null;
  ligne: string | null;
  territoireId: string | null;
  minutes: number;
  rapporteur: string;
  expose: string;
}
/** Added at the end, in order; a proposal already on the agenda is not added again. */
export async function addPoints(tx: Db, contratId: number, seanceId: string, points: readonly PointACreer[]): Promise<number> {
  if (points.length === 0) return 0;
  const { rows } = await sql`
    insert into seance_points (contrat_id, seance_id, rang, titre, genre, cle, fiche, ligne, territoire_id, minutes, rapporteur, expose)
    select ${contratId}, ${seanceId}::uuid, coalesce((select max(rang) from seance_points where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid), 0) + v.rang,
      v.titre, v.genre, v.cle, v.fiche, v.ligne, v."territoireId", v.minutes, v.rapporteur, v.expose
    from jsonb_to_recordset(${enJson(points.map((p, i) => ({ ...p, rang: i + 1 })))}::jsonb)
      as v (rang int, titre text, genre text, cle text, fiche text, ligne text, "territoireId" text, minutes smallint, rapporteur text, expose text)
    on conflict (contrat_id, seance_id, cle) where cle <> '' do nothing
    returning 1`.execute(tx);
  return rows.length;
}
/** Throws 409 when `version` is no longer the current one. */
export async function updatePoint(
  tx: Db,
  ou: { contratId: number; seanceId: string; id: string; version: number },
  p: { titre: string; minutes: number; rapporteur: string; expose: string; fiche: string | null },
  par: Par,
): Promise<void> {
  const { titre, minutes, rapporteur, expose, fiche } = p;
  const faite = await tx
    .updateTable('seancePoints')
    .set((eb) => ({ titre, minutes, rapporteur, expose, fiche, version: eb('version', '+', 1), modifiePar: par.nom, modifieLe: par.quand }))
    .where('contratId', '=', ou.contratId)
    .where('seanceId', '=', ou.seanceId)
    .where('id', '=', uuid(ou.id))
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit('Une autre personne vient de modifier ce point. Rechargez la page.');
}
/** Papers of the item stay with the session. */
export async function deletePoint(tx: Db, ou: { contratId: number; seanceId: string; id: string }): Promise<string | null> {
  await tx
    .updateTable('seanceDocuments')
    .set({ pointId: null })
    .where('contratId', '=', ou.contratId)
    .where('seanceId', '=', ou.seanceId)
    .where('pointId', '=', uuid(ou.id))
    .execute();
  const ote = await tx
    .deleteFrom('seancePoints')
    .where('contratId', '=', ou.contratId)
    .where('seanceId', '=', ou.seanceId)
    .where('id', '=', uuid(ou.id))
    .returning('cle')
    .executeTakeFirst();
  return ote?.cle ?? null;
}
/** New order; items left out keep theirs after. */
export async function orderPoints(tx: Db, contratId: number, seanceId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update seance_points p set rang = n.rang
    from (
      select id, row_number() over (order by array_position(${[...ids]}::text[], id::text) nulls last, rang) as rang
      from seance_points where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid) n
    where p.contrat_id = ${contratId} and p.id = n.id`.execute(tx);
}
export async function freezeDossiers(tx: Db, contratId: number, seanceId: string, dossiers: ReadonlyMap<string, DossierDePoint>, quand: Date): Promise<void> {
  await sql`
    update seance_points p set dossier = v.dossier, dossier_le = ${quand}
    from jsonb_to_recordset(${enJson([...dossiers].map(([id, dossier]) => ({ id, dossier })))}::jsonb) as v (id uuid, dossier jsonb)
    where p.contrat_id = ${contratId} and p.seance_id = ${seanceId}::uuid and p.id = v.id`.execute(tx);
}

export interface DateProposee extends Pick<Ligne<'seanceDates'>, 'id' | 'jour' | 'heure'> {
  /** Answers by participant, then by who gave them. */
  reponses: Record<string, ReponsesDUneDate>;
}
export async function addDates(tx: Db, contratId: number, seanceId: string, dates: readonly { jour: string; heure: string }[]): Promise<void> {
  await sql`
    insert into seance_dates (contrat_id, seance_id, jour, heure)
    select ${contratId}, ${seanceId}::uuid, v.jour, v.heure
    from jsonb_to_recordset(${enJson(dates)}::jsonb) as v (jour date, heure time)
    on conflict do nothing`.execute(tx);
}
export async function listDates(db: Db, contratId: number, seanceId: string): Promise<DateProposee[]> {
  const { rows } = await sql<DateProposee>`
    select d.id, d.jour, to_char(d.heure, 'HH24:MI') as heure,
      coalesce((
        select jsonb_object_agg(x.participant_id, x.dites) from (
          select r.participant_id, jsonb_object_agg(r.voie, jsonb_build_object('reponse', r.reponse, 'par', r.par)) as dites
          from seance_dates_reponses r where r.contrat_id = d.contrat_id and r.date_id = d.id
          group by r.participant_id) x), '{}') as reponses
    from seance_dates d
    where d.contrat_id = ${contratId} and d.seance_id = ${uuid(seanceId)}
    order by d.jour, d.heure`.execute(db);
  return rows;
}
/** Sessions of a body in a year, held or to come; one without a date yet is of the year in which it was made. */
/** A title that says a rank says it of the year in which the session is held: one that says another year follows the day. */
export async function titreAuJour(db: Db, contratId: number, instanceId: string, titre: string, jour: string | null | undefined): Promise<string> {
  const [dite, annee] = [anneeDuTitre(titre), jour?.slice(0, 4)];
  return dite === null || !annee || dite === annee ? titre : titreDeSeance((await countDeLAnnee(db, contratId, instanceId, annee)) + 1, annee);
}

export async function countDeLAnnee(db: Db, contratId: number, instanceId: string, annee: string): Promise<number> {
  const { n } = await db
    .selectFrom('seances')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('contratId', '=', contratId)
    .where('instanceId', '=', uuid(instanceId))
    .where('etat', '<>', 'annulee')
    .where('partieDe', 'is', null)
    .where(sql<number>`extract(year from coalesce(jour, (cree_le at time zone concorde_fuseau(contrat_id))::date))`, '=', Number(annee))
    .executeTakeFirstOrThrow();
  return n;
}
