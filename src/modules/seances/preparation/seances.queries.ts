/** A session while it is prepared: its frame, its participants, its dates, its agenda, its papers. */
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import { siegesAuJour } from '../../instances/index.ts';
import type { DossierDePoint } from '../releve/releve.modele.ts';
import type { GenrePoint, ReponseConvocation } from '../seances.rules.ts';
import type { Db } from '../../../core/database.ts';
import { conflit } from '../../../core/errors.ts';
import { enMorceaux, verser } from '../../../core/morceaux.ts';
import { uuid } from '../../../core/id.ts';

export interface SeanceACreer {
  instanceId: string;
  titre: string;
  jour: string | null;
  heure: string | null;
  dureeMinutes: number;
  lieu: string;
  visio: string;
  mot: string;
}
/** Its participants are the seats of the body on that day. */
export async function createSeance(tx: Db, contratId: number, s: SeanceACreer, par: { compteId: string; quand: Date; aujourdhui: string }): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into seances (contrat_id, instance_id, titre, jour, heure, duree_minutes, lieu, visio, mot, cree_par, cree_le)
    values (${contratId}, ${s.instanceId}::uuid, ${s.titre}, ${s.jour}::date, ${s.heure}::time, ${s.dureeMinutes}, ${s.lieu}, ${s.visio}, ${s.mot},
      ${par.compteId}::uuid, ${par.quand})
    returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await syncParticipants(tx, contratId, { id, instanceId: s.instanceId, jour: s.jour ?? par.aujourdhui }, par.quand);
  return id;
}

/** Brings the participants up to the seats of the body on the day of the session: newcomers join, those who left are told apart. */
export async function syncParticipants(tx: Db, contratId: number, s: { id: string; instanceId: string; jour: string }, quand: Date): Promise<void> {
  const sieges = siegesAuJour(contratId, s.instanceId, s.jour);
  await sql`
    insert into seance_participants (contrat_id, seance_id, membre_id, qualite, fonction, organisation_id, nom, courriel, suppleant_nom,
      suppleant_courriel, ordre)
    select contrat_id, ${s.id}::uuid, id, qualite, fonction, organisation_id, nom, courriel, suppleant_nom, suppleant_courriel, ordre
    from ${sieges} m
    on conflict (contrat_id, seance_id, membre_id) where membre_id is not null do update
    set qualite = excluded.qualite, fonction = excluded.fonction, organisation_id = excluded.organisation_id, nom = excluded.nom,
      courriel = excluded.courriel, suppleant_nom = excluded.suppleant_nom, suppleant_courriel = excluded.suppleant_courriel,
      ordre = excluded.ordre, retire_le = null`.execute(tx);
  await sql`
    update seance_participants p set retire_le = coalesce(p.retire_le, ${quand})
    where p.contrat_id = ${contratId} and p.seance_id = ${s.id}::uuid and p.membre_id is not null
      and not exists (select 1 from ${sieges} m where m.id = p.membre_id)`.execute(tx);
}

export interface CadreAEcrire {
  titre: string;
  jour?: string;
  heure?: string;
  dureeMinutes: number;
  lieu: string;
  visio: string;
  mot: string;
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
  const { rows } = await sql`
    update seances
    set titre = ${c.titre}, duree_minutes = ${c.dureeMinutes}, lieu = ${c.lieu}, visio = ${c.visio}, mot = ${c.mot},
      ${c.jour && c.heure ? sql`jour = ${c.jour}::date, heure = ${c.heure}::time,` : sql``}
      sequence = sequence + ${deplacee ? 1 : 0}, version = version + 1, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${contratId} and id = ${id}::uuid and version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit('Une autre personne vient de modifier cette séance. Rechargez la page.');
  if (deplacee)
    await sql`
      update seance_participants set reponse = null, reponse_le = null, reponse_mot = ''
      where contrat_id = ${contratId} and seance_id = ${id}::uuid`.execute(tx);
}

export async function markConvoquee(tx: Db, contratId: number, id: string, quand: Date, renvoi: boolean): Promise<void> {
  await sql`
    update seances
    set etat = 'convoquee', convoquee_le = coalesce(convoquee_le, ${quand}), sequence = sequence + ${renvoi ? 1 : 0}, version = version + 1
    where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
  await sql`
    update seance_participants set convoque_le = ${quand}
    where contrat_id = ${contratId} and seance_id = ${id}::uuid and retire_le is null and (courriel <> '' or suppleant_courriel <> '')`.execute(tx);
}

export async function markAnnulee(tx: Db, contratId: number, id: string, motif: string, quand: Date): Promise<void> {
  await sql`
    update seances set etat = 'annulee', annulee_le = ${quand}, motif_annulation = ${motif}, sequence = sequence + 1, version = version + 1
    where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
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
  const { rows } = await sql<{ id: string }>`
    insert into seance_points (contrat_id, seance_id, rang, titre, genre, cle, fiche, ligne, territoire_id, minutes, rapporteur, expose)
    select ${contratId}, ${seanceId}::uuid, coalesce((select max(rang) from seance_points where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid), 0) + v.rang,
      v.titre, v.genre, v.cle, v.fiche, v.ligne, v."territoireId", v.minutes, v.rapporteur, v.expose
    from jsonb_to_recordset(${JSON.stringify(points.map((p, i) => ({ ...p, rang: i + 1 })))}::jsonb)
      as v (rang int, titre text, genre text, cle text, fiche text, ligne text, "territoireId" text, minutes smallint, rapporteur text, expose text)
    on conflict (contrat_id, seance_id, cle) where cle <> '' do nothing
    returning id`.execute(tx);
  return rows.length;
}
/** Throws 409 when `version` is no longer the current one. */
export async function updatePoint(
  tx: Db,
  ou: { contratId: number; seanceId: string; id: string; version: number },
  p: { titre: string; minutes: number; rapporteur: string; expose: string; fiche: string | null },
  par: Par,
): Promise<void> {
  const { rows } = await sql`
    update seance_points
    set titre = ${p.titre}, minutes = ${p.minutes}, rapporteur = ${p.rapporteur}, expose = ${p.expose}, fiche = ${p.fiche},
      version = version + 1, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${ou.contratId} and seance_id = ${ou.seanceId}::uuid and id = ${uuid(ou.id)} and version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit('Une autre personne vient de modifier ce point. Rechargez la page.');
}
/** Papers of the item stay with the session. */
export async function deletePoint(tx: Db, ou: { contratId: number; seanceId: string; id: string }): Promise<string | null> {
  await sql`
    update seance_documents set point_id = null
    where contrat_id = ${ou.contratId} and seance_id = ${ou.seanceId}::uuid and point_id = ${uuid(ou.id)}`.execute(tx);
  const { rows } = await sql<{ cle: string }>`
    delete from seance_points where contrat_id = ${ou.contratId} and seance_id = ${ou.seanceId}::uuid and id = ${uuid(ou.id)}
    returning cle`.execute(tx);
  return rows[0]?.cle ?? null;
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
    from jsonb_to_recordset(${JSON.stringify([...dossiers].map(([id, dossier]) => ({ id, dossier })))}::jsonb) as v (id uuid, dossier jsonb)
    where p.contrat_id = ${contratId} and p.seance_id = ${seanceId}::uuid and p.id = v.id`.execute(tx);
}

export interface Document {
  id: string;
  pointId: string | null;
  titre: string;
  nom: string;
  type: string;
  octets: number;
  deposePar: string;
  deposeLe: Date;
}
export async function listDocuments(db: Db, contratId: number, seanceId: string): Promise<Document[]> {
  const { rows } = await sql<Document>`
    select id, point_id as "pointId", titre, nom, type, octets, depose_par as "deposePar", depose_le as "deposeLe"
    from seance_documents where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)}
    order by depose_le, id`.execute(db);
  return rows;
}
export async function getDocument(db: Db, contratId: number, seanceId: string, id: string): Promise<{ nom: string; type: string; contenu: Readable } | null> {
  const ce = sql`from seance_documents where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid and id = ${uuid(id)}`;
  const { rows } = await sql<{ nom: string; type: string; octets: number }>`select nom, type, octets ${ce}`.execute(db);
  const d = rows[0];
  if (!d) return null;
  const contenu = enMorceaux(d.octets, async (depuis, longueur) => {
    const { rows: m } = await sql<{ m: Buffer }>`select substring(contenu from ${depuis} for ${longueur}) as m ${ce}`.execute(db);
    return m[0]?.m ?? null;
  });
  return { nom: d.nom, type: d.type, contenu };
}
export async function addDocument(
  tx: Db,
  contratId: number,
  seanceId: string,
  d: { titre: string; pointId: string | null; nom: string; type: string; chemin: string; octets: number; par: string; quand: Date },
): Promise<string> {
  return verser(tx, d.chemin, async (contenu) => {
    const { rows } = await sql<{ id: string }>`
      insert into seance_documents (contrat_id, seance_id, point_id, titre, nom, type, contenu, octets, depose_par, depose_le)
      values (${contratId}, ${seanceId}::uuid, ${d.pointId}::uuid, ${d.titre}, ${d.nom}, ${d.type}, ${contenu}, ${d.octets}, ${d.par}, ${d.quand})
      returning id`.execute(tx);
    return rows[0]?.id ?? '';
  });
}
export async function deleteDocument(tx: Db, contratId: number, seanceId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from seance_documents where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid and id = ${uuid(id)} returning 1`.execute(tx);
  return rows.length > 0;
}

export interface DateProposee {
  id: string;
  jour: string;
  heure: string;
  /** Answers by participant. */
  reponses: Record<string, 'oui' | 'si_besoin' | 'non'>;
}
export async function addDates(tx: Db, contratId: number, seanceId: string, dates: readonly { jour: string; heure: string }[]): Promise<void> {
  await sql`
    insert into seance_dates (contrat_id, seance_id, jour, heure)
    select ${contratId}, ${seanceId}::uuid, v.jour, v.heure
    from jsonb_to_recordset(${JSON.stringify(dates)}::jsonb) as v (jour date, heure time)
    on conflict do nothing`.execute(tx);
}
export async function listDates(db: Db, contratId: number, seanceId: string): Promise<DateProposee[]> {
  const { rows } = await sql<DateProposee>`
    select d.id, d.jour, to_char(d.heure, 'HH24:MI') as heure,
      coalesce(jsonb_object_agg(r.participant_id, r.reponse) filter (where r.participant_id is not null), '{}') as reponses
    from seance_dates d
    left join seance_dates_reponses r on r.contrat_id = d.contrat_id and r.date_id = d.id
    where d.contrat_id = ${contratId} and d.seance_id = ${uuid(seanceId)}
    group by d.id, d.jour, d.heure
    order by d.jour, d.heure`.execute(db);
  return rows;
}
export async function saveReponsesDates(
  tx: Db,
  contratId: number,
  participantId: string,
  reponses: readonly { dateId: string; reponse: string }[],
  quand: Date,
): Promise<void> {
  await sql`
    insert into seance_dates_reponses (contrat_id, date_id, participant_id, reponse, quand)
    select ${contratId}, v."dateId", ${participantId}::uuid, v.reponse, ${quand}
    from jsonb_to_recordset(${JSON.stringify(reponses)}::jsonb) as v ("dateId" uuid, reponse text)
    on conflict (contrat_id, date_id, participant_id) do update set reponse = excluded.reponse, quand = excluded.quand`.execute(tx);
}

export async function saveReponse(
  tx: Db,
  contratId: number,
  participantId: string,
  r: { reponse: ReponseConvocation; mot: string },
  quand: Date,
): Promise<void> {
  await sql`
    update seance_participants set reponse = ${r.reponse}, reponse_mot = ${r.mot}, reponse_le = ${quand}
    where contrat_id = ${contratId} and id = ${participantId}::uuid`.execute(tx);
}
