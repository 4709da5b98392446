/** What every part of the module reads: a session, its items, its participants. */
import { sql } from 'kysely';
import type { Confidentialite, EtatSeance, Qualite } from '../instances/index.ts';
import type { DossierDePoint } from './releve/releve.modele.ts';
import type { GenrePoint, Presence, ReponseConvocation } from './seances.rules.ts';
import type { Db } from '../../core/database.ts';
import { uuid } from '../../core/id.ts';

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
