/** What every part of the module reads: a body with the seats of who asks, a session with its items and participants. */
import { sql } from 'kysely';
import { FUSEAU } from '../../core/clock.ts';
import type { Db } from '../../core/database.ts';
import type { DossierDePoint } from '../seances/releve/releve.modele.ts';
import type { Confidentialite, EtatSeance, GenrePoint, Presence, Qualite, ReponseConvocation } from './instances.rules.ts';
import { uuid } from '../../core/id.ts';
import { seanceVisible, type Vue } from './instances.vue.ts';

export interface Instance {
  id: string;
  /** Kind in the contract's catalogue. */
  type: string | null;
  nom: string;
  territoireId: string;
  porteurId: string;
  objet: string;
  confidentialite: Confidentialite;
  cadenceMois: number | null;
  vote: boolean;
  fiches: string[];
  lieu: string;
  /** `HH:MM` usual hour. */
  heure: string;
  dureeMinutes: number;
  version: number;
  modifiePar: string;
  modifieLe: Date | null;
  /** Day it was created, and day it ended. */
  depuis: string;
  closeLe: string | null;
  /** Seats held today by the person who asks. */
  sieges: Qualite[];
}
const COLONNES_INSTANCE = sql`i.id, i.type, i.nom, i.territoire_id as "territoireId", i.porteur_id as "porteurId", i.objet, i.confidentialite,
  i.cadence_mois as "cadenceMois", i.vote, i.fiches, i.lieu, to_char(i.heure, 'HH24:MI') as heure, i.duree_minutes as "dureeMinutes", i.version,
  i.modifie_par as "modifiePar", i.modifie_le as "modifieLe",
  (i.cree_le at time zone ${sql.lit(FUSEAU)})::date as depuis, i.close_le as "closeLe"`;

/** Seats of the person with this address, today; a substitute sits as the seat's holder. */
const siegesDe = (courriel: string, aujourdhui: string) => sql`array(
  select m.qualite from instance_membres m
  where m.contrat_id = i.contrat_id and m.instance_id = i.id and ${courriel} <> '' and ${courriel} in (m.courriel, m.suppleant_courriel)
    and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)) as sieges`;

export interface Lecteur {
  courriel: string;
  aujourdhui: string;
}

/** `verrou` locks the row until the end of the transaction. */
export async function getInstance(db: Db, contratId: number, id: string, l: Lecteur, verrou = false): Promise<Instance | null> {
  const { rows } = await sql<Instance>`
    select ${COLONNES_INSTANCE}, ${siegesDe(l.courriel, l.aujourdhui)}
    from instances i
    where i.contrat_id = ${contratId} and i.id = ${uuid(id)}
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Those that still exist, by name: rights filter in memory. */
export async function listInstancesOuvertes(db: Db, contratId: number, l: Lecteur): Promise<Instance[]> {
  const { rows } = await sql<Instance>`
    select ${COLONNES_INSTANCE}, ${siegesDe(l.courriel, l.aujourdhui)}
    from instances i
    where i.contrat_id = ${contratId} and i.close_le is null
    order by i.nom, i.territoire_id`.execute(db);
  return rows;
}

export interface InstanceDeListe extends Instance {
  derniere: string | null;
  prochaine: string | null;
  /** The next session, planned or being prepared. */
  prochaineId: string | null;
  /** It has sessions that this reader may not know of: what is said of the others judges nothing. */
  reservees: boolean;
}
/**
 * Bodies of the contract with the last and next session that the reader of `v` may know of, by name. A few hundred at most: rights on the
 * bodies themselves filter in memory.
 */
export async function listInstances(
  db: Db,
  contratId: number,
  l: Lecteur,
  v: Vue | null,
  f: { id?: string; type?: string | undefined; territoires?: readonly string[] | null | undefined; closes?: boolean } = {},
): Promise<InstanceDeListe[]> {
  const { rows } = await sql<InstanceDeListe>`
    select ${COLONNES_INSTANCE}, ${siegesDe(l.courriel, l.aujourdhui)}, d.jour as derniere, p.jour as prochaine, p.id as "prochaineId",
      exists (select from seances s where s.contrat_id = i.contrat_id and s.instance_id = i.id and s.etat not in ('preparation', 'annulee')
        and not ${seanceVisible(v)}) as reservees
    from instances i
    left join lateral (
      select max(s.jour) as jour from seances s
      where s.contrat_id = i.contrat_id and s.instance_id = i.id and s.etat in ('ouverte', 'relecture', 'figee', 'declaree')
        and ${seanceVisible(v)}) d on true
    left join lateral (
      select s.id, s.jour from seances s
      where s.contrat_id = i.contrat_id and s.instance_id = i.id and s.etat in ('preparation', 'convoquee', 'ouverte')
        and ${seanceVisible(v)}
      order by s.jour nulls last limit 1) p on true
    where i.contrat_id = ${contratId}
      ${f.closes ? sql`` : sql`and i.close_le is null`}
      ${f.id ? sql`and i.id = ${f.id}::uuid` : sql``}
      ${f.type ? sql`and i.type = ${f.type}` : sql``}
      ${f.territoires ? sql`and i.territoire_id = any(${[...f.territoires]}::text[])` : sql``}
    order by i.nom, i.territoire_id`.execute(db);
  return rows;
}

export interface Seance {
  id: string;
  instanceId: string;
  titre: string;
  /** Null while the date is being chosen; wall clock of the contract. */
  jour: string | null;
  heure: string | null;
  dureeMinutes: number;
  lieu: string;
  visio: string;
  etat: EtatSeance;
  /** Promised when it was created; the body's own may close it further. */
  confidentialite: Confidentialite;
  mot: string;
  sequence: number;
  version: number;
  /** Who wrote its frame last, and when. */
  modifiePar: string;
  modifieLe: Date | null;
  pointCourant: string | null;
  pointDepuis: Date | null;
  convoqueeLe: Date | null;
  ouverteLe: Date | null;
  leveeLe: Date | null;
  relectureJusqua: string | null;
  figeeLe: Date | null;
  motifAnnulation: string;
  motifRectification: string;
  presents: number | null;
}
const COLONNES_SEANCE = sql`s.id, s.instance_id as "instanceId", s.titre, s.jour, to_char(s.heure, 'HH24:MI') as heure,
  s.duree_minutes as "dureeMinutes", s.lieu, s.visio, s.etat, s.confidentialite, s.mot, s.sequence, s.version,
  s.modifie_par as "modifiePar", s.modifie_le as "modifieLe", s.point_courant as "pointCourant",
  s.point_depuis as "pointDepuis", s.convoquee_le as "convoqueeLe", s.ouverte_le as "ouverteLe", s.levee_le as "leveeLe",
  s.relecture_jusqu_a as "relectureJusqua", s.figee_le as "figeeLe", s.motif_annulation as "motifAnnulation",
  s.motif_rectification as "motifRectification", s.presents`;

export async function getSeance(db: Db, contratId: number, id: string, verrou = false): Promise<Seance | null> {
  const { rows } = await sql<Seance>`
    select ${COLONNES_SEANCE} from seances s where s.contrat_id = ${contratId} and s.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Sessions of a body, the latest first; those without a date come first of all. */
export async function listSeances(db: Db, contratId: number, instanceId: string, limite: number): Promise<Seance[]> {
  const { rows } = await sql<Seance>`
    select ${COLONNES_SEANCE} from seances s
    where s.contrat_id = ${contratId} and s.instance_id = ${uuid(instanceId)}
    order by s.jour desc nulls first, s.heure desc, s.id
    limit ${limite}`.execute(db);
  return rows;
}

/** Sessions that wait for something: being prepared, convoked, held or reread; by day. */
export async function listSeancesVives(db: Db, contratId: number): Promise<Seance[]> {
  const { rows } = await sql<Seance>`
    select ${COLONNES_SEANCE} from seances s
    where s.contrat_id = ${contratId} and s.etat in ('preparation', 'convoquee', 'ouverte', 'relecture')
    order by s.jour nulls first, s.heure, s.id
    limit 500`.execute(db);
  return rows;
}

export interface Point {
  id: string;
  rang: number;
  titre: string;
  genre: GenrePoint;
  cle: string;
  fiche: string | null;
  ligne: string | null;
  territoireId: string | null;
  minutes: number;
  rapporteur: string;
  expose: string;
  dossier: DossierDePoint | null;
  etat: 'a_venir' | 'en_cours' | 'traite' | 'reporte';
  secondes: number;
  notes: string;
  notesVersion: number;
  notesPar: string;
  version: number;
  modifiePar: string;
  modifieLe: Date | null;
}
/** Items in order. */
export async function listPoints(db: Db, contratId: number, seanceId: string): Promise<Point[]> {
  const { rows } = await sql<Point>`
    select id, rang, titre, genre, cle, fiche, ligne, territoire_id as "territoireId", minutes, rapporteur, expose, dossier, etat, secondes,
      notes, notes_version as "notesVersion", notes_par as "notesPar", version,
      modifie_par as "modifiePar", modifie_le as "modifieLe"
    from seance_points
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)}
    order by rang, id`.execute(db);
  return rows;
}

export interface Participant {
  id: string;
  membreId: string | null;
  qualite: Qualite;
  fonction: string;
  organisationId: string;
  nom: string;
  courriel: string;
  suppleantNom: string;
  suppleantCourriel: string;
  convoqueLe: Date | null;
  reponse: ReponseConvocation | null;
  reponseLe: Date | null;
  reponseMot: string;
  presence: Presence | null;
  representePar: string;
  retireLe: Date | null;
}
/** Presidents first, then by the order of the seats. */
export async function listParticipants(db: Db, contratId: number, seanceId: string): Promise<Participant[]> {
  const { rows } = await sql<Participant>`
    select id, membre_id as "membreId", qualite, fonction, organisation_id as "organisationId", nom, courriel, suppleant_nom as "suppleantNom",
      suppleant_courriel as "suppleantCourriel", convoque_le as "convoqueLe", reponse, reponse_le as "reponseLe", reponse_mot as "reponseMot",
      presence, represente_par as "representePar", retire_le as "retireLe"
    from seance_participants
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)}
    order by array_position(array['president', 'secretaire', 'membre', 'invite'], qualite), ordre, fonction, id`.execute(db);
  return rows;
}
