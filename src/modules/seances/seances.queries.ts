/** What every part of the module reads: a session, its items, its participants. */
import { sql } from 'kysely';
import { horloge, jourDe } from '../../core/clock.ts';
import type { Db, Ligne } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import { contributionAcceptee } from '../instances/index.ts';
import { estFermee, estJoignable } from './adresses.sql.ts';
import { type NomDeMot, NOMS_DES_MOTS } from './preparation/cadre.ts';
import type { DossierDePoint } from './releve/releve.modele.ts';

/**
 * `partieDe`: it is the reserved part of that session, read by the seats of `reserveA` alone.
 * `jour` and `heure`: null while the date is being chosen; wall clock of the contract. `confidentialite`: promised when it was created; the
 * body's own may close it further. `modifiePar`: who wrote its frame last.
 */
export interface Seance
  extends Pick<
    Ligne<'seances'>,
    | 'id'
    | 'instanceId'
    | 'titre'
    | 'jour'
    | 'heure'
    | 'dureeMinutes'
    | 'etat'
    | 'confidentialite'
    | 'confidentialiteMotif'
    | 'sequence'
    | 'version'
    | 'modifiePar'
    | 'modifieLe'
    | 'pointCourant'
    | 'pointDepuis'
    | 'convoqueeLe'
    | 'ouverteLe'
    | 'leveeLe'
    | 'figeeLe'
    | 'motifAnnulation'
    | 'motifRectification'
    | 'presents'
    | 'partieDe'
    | 'reserveA'
    | 'relectureCloseLe'
    | 'relectureClosePar'
    | NomDeMot
  > {
  relectureJusqua: string | null;
  /** The day that the reading period had, when it was ended before it. */
  relectureTerme: string | null;
}
const COLONNES_SEANCE = sql`s.id, s.instance_id, s.titre, s.jour, to_char(s.heure, 'HH24:MI') as heure, s.duree_minutes, s.etat, ${sql.join(NOMS_DES_MOTS.map((nom) => sql.ref(`s.${nom}`)))},
  s.confidentialite, s.confidentialite_motif, s.sequence, s.version, s.modifie_par, s.modifie_le, s.point_courant, s.point_depuis, s.convoquee_le, s.ouverte_le,
  s.levee_le, s.relecture_jusqu_a as "relectureJusqua", s.relecture_terme, s.relecture_close_le, s.relecture_close_par, s.figee_le, s.motif_annulation, s.motif_rectification, s.presents, s.partie_de, s.reserve_a`;

/** Whether its row is held: by one alone, or by several who add to it, and whom nobody may move from one state to another meanwhile. */
export type Verrou = boolean | 'avec-d-autres';
export async function getSeance(db: Db, contratId: number, id: string, verrou: Verrou = false): Promise<Seance | null> {
  const tenue = verrou === 'avec-d-autres' ? sql`for share` : sql`for update`;
  const { rows } = await sql<Seance>`
    select ${COLONNES_SEANCE} from seances s where s.contrat_id = ${contratId} and s.id = ${uuid(id)} ${verrou ? tenue : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** The reserved part of a session, whoever reads: null when it has none, or gave it up. */
export async function getPartie(db: Db, contratId: number, seanceId: string): Promise<Seance | null> {
  const { rows } = await sql<Seance>`
    select ${COLONNES_SEANCE} from seances s
    where s.contrat_id = ${contratId} and s.partie_de = ${uuid(seanceId)} and s.etat <> 'annulee'`.execute(db);
  return rows[0] ?? null;
}

/** Sessions of a body, the latest first; those without a date come first of all. */
export async function listSeances(db: Db, contratId: number, instanceId: string): Promise<Seance[]> {
  const { rows } = await sql<Seance>`
    select ${COLONNES_SEANCE} from seances s
    where s.contrat_id = ${contratId} and s.instance_id = ${uuid(instanceId)}
    order by s.jour desc nulls first, s.heure desc, s.id`.execute(db);
  return rows;
}

/** Sessions of these bodies that wait for something: being prepared, convoked, held or reread; by day. */
export async function listSeancesVives(db: Db, contratId: number, instances: readonly string[]): Promise<Seance[]> {
  const { rows } = await sql<Seance>`
    select ${COLONNES_SEANCE} from seances s
    where s.contrat_id = ${contratId} and s.etat in ('preparation', 'convoquee', 'ouverte', 'relecture')
      and s.instance_id = any(${uuids(instances)})
    order by s.jour nulls first, s.heure, s.id`.execute(db);
  return rows;
}

/** Whom a sending reaches: members with an address, named members without one, seats where nobody sits. */
export interface Comptes {
  joints: number;
  sansAdresse: number;
  vacants: number;
  /** Of `sansAdresse`, those whose only addresses are of closed accounts; not kept with what was sent. */
  partis?: number;
}
const JOIGNABLE = estJoignable('seance_participants');
const VACANT = sql<boolean>`(courriel = '' and suppleant_courriel = '' and nom = '' and suppleant_nom = '')`;
/** By session: whom its convocation reached (`portee.rules.ts` says the same of participants). */
export async function countPortees(db: Db, contratId: number, seances: readonly string[]): Promise<Map<string, Comptes>> {
  const rows = await db
    .selectFrom('seanceParticipants')
    .select([
      'seanceId',
      sql<number>`count(*) filter (where convoque_le is not null and ${JOIGNABLE})::int`.as('joints'),
      sql<number>`count(*) filter (where not ${JOIGNABLE} and not ${VACANT})::int`.as('sansAdresse'),
      sql<number>`count(*) filter (where not ${JOIGNABLE} and (courriel <> '' or suppleant_courriel <> ''))::int`.as('partis'),
      sql<number>`count(*) filter (where ${VACANT})::int`.as('vacants'),
    ])
    .where('contratId', '=', contratId)
    .where('seanceId', '=', sql<string>`any(${uuids(seances)})`)
    .where('retireLe', 'is', null)
    .groupBy('seanceId')
    .execute();
  return new Map(rows.map(({ seanceId, ...n }) => [seanceId, n]));
}

const COLONNES_POINT = [
  'id',
  'rang',
  'titre',
  'genre',
  'cle',
  'fiche',
  'ligne',
  'territoireId',
  'minutes',
  'rapporteur',
  'expose',
  'etat',
  'secondes',
  'notes',
  'notesVersion',
  'notesPar',
  'version',
  'modifiePar',
  'modifieLe',
] as const;
export interface Point extends Pick<Ligne<'seancePoints'>, (typeof COLONNES_POINT)[number]> {
  dossier: DossierDePoint | null;
  /** A resident's contribution: the organisation that accepted it. */
  acceptePar: string | null;
}
/** Items in order. */
export async function listPoints(db: Db, contratId: number, seanceId: string): Promise<Point[]> {
  return (
    db
      .selectFrom('seancePoints')
      .select(COLONNES_POINT)
      .select(['dossier', contributionAcceptee(sql.ref('seance_points.contrat_id'), sql.ref('seance_points.cle')).as('acceptePar')])
      .where('contratId', '=', contratId)
      .where('seanceId', '=', uuid(seanceId))
      .orderBy('rang')
      .orderBy('id')
      // The dossier is a JSON value that `freezeDossiers` wrote.
      .$castTo<Point>()
      .execute()
  );
}

const COLONNES_PARTICIPANT = [
  'id',
  'membreId',
  'qualite',
  'fonction',
  'organisationId',
  'nom',
  'courriel',
  'suppleantNom',
  'suppleantCourriel',
  'convoqueLe',
  'reponse',
  'reponseLe',
  'reponseMot',
  'reponseVoie',
  'reponsePar',
  'representeDit',
  'suppleantReponse',
  'suppleantReponseLe',
  'suppleantReponseMot',
  'suppleantReponsePar',
  'presence',
  'representePar',
  'retireLe',
  'nommeEnSeance',
] as const;
export type Participant = Pick<Ligne<'seanceParticipants'>, (typeof COLONNES_PARTICIPANT)[number]> & {
  /** Away on the day when this is read: their substitute is written to. */
  absent: boolean;
  /** Their account is closed, or that address was not theirs: nobody of them reads there. */
  parti: boolean;
  suppleantParti: boolean;
  /** Where this seat was convoked, whatever it says since: holders first, then as they left; with where else it was read that day. */
  convocations: Convocation[];
  /** Who keeps the body said that these were not theirs: nobody of the seat speaks from there. */
  ecartees: string[];
  /** No convocation of this session ever left to anybody. */
  nulConvoque: boolean;
};
/** `nom`: who was written to; empty when the seat alone was known. `partie`: a letter left there. */
export type Convocation = Pick<Ligne<'seanceConvocations'>, 'adresse' | 'suppleant' | 'nom' | 'partie'>;
const CONVOCATIONS = sql<Convocation[]>`coalesce((
  select jsonb_agg(jsonb_build_object('adresse', k.adresse, 'suppleant', k.suppleant, 'nom', k.nom, 'partie', k.partie)
    order by k.suppleant, k.quand, k.adresse, k.nom)
  from seance_convocations k
  where k.contrat_id = seance_participants.contrat_id and k.participant_id = seance_participants.id), '[]')`;
const ECARTEES = sql<string[]>`array(
  select e.adresse from seance_adresses_ecartees e
  where e.contrat_id = seance_participants.contrat_id and e.participant_id = seance_participants.id order by e.adresse)`;
const estPerdue = (c: 'courriel' | 'suppleant_courriel') =>
  sql<boolean>`(${estFermee('seance_participants', c)} or lower(${sql.ref(`seance_participants.${c}`)}) = any(${ECARTEES}))`;
const NUL_CONVOQUE = sql<boolean>`not exists (
  select from seance_convocations k
  join seance_participants x on x.contrat_id = k.contrat_id and x.id = k.participant_id
  where x.contrat_id = seance_participants.contrat_id and x.seance_id = seance_participants.seance_id)`;

/** Presidents first, then by the order of the seats. */
export async function listParticipants(db: Db, contratId: number, seanceId: string): Promise<Participant[]> {
  return db
    .selectFrom('seanceParticipants')
    .select([
      ...COLONNES_PARTICIPANT,
      sql<boolean>`coalesce(absent_jusquau >= ${jourDe(horloge())}::date, false)`.as('absent'),
      estPerdue('courriel').as('parti'),
      estPerdue('suppleant_courriel').as('suppleantParti'),
      CONVOCATIONS.as('convocations'),
      ECARTEES.as('ecartees'),
      NUL_CONVOQUE.as('nulConvoque'),
    ])
    .where('contratId', '=', contratId)
    .where('seanceId', '=', uuid(seanceId))
    .orderBy(sql`array_position(array['president', 'secretaire', 'membre', 'invite'], qualite)`)
    .orderBy('ordre')
    .orderBy('fonction')
    .orderBy('id')
    .execute();
}
