/** What every part of the module reads: a body with the seats of who asks, a session with its items and participants. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/database.ts';
import type { DossierDePoint } from './documents/releve.modele.ts';
import { seanceVisible, type Vue, visible } from './suivi/listes.queries.ts';
import type { Qualite } from './instances.rules.ts';
import { uuid } from '../../core/id.ts';

/** `type`: kind in the contract's catalogue; `heure`: usual hour, `HH:MM`; `closeLe`: day it ended. */
export interface Instance
  extends Pick<
    Ligne<'instances'>,
    | 'id'
    | 'type'
    | 'nom'
    | 'territoireId'
    | 'porteurId'
    | 'objet'
    | 'confidentialite'
    | 'cadenceMois'
    | 'vote'
    | 'fiches'
    | 'lieu'
    | 'heure'
    | 'dureeMinutes'
    | 'version'
    | 'modifiePar'
    | 'modifieLe'
    | 'closeLe'
  > {
  /** Day it was created. */
  depuis: string;
  /** Seats held today by the person who asks. */
  sieges: Qualite[];
}
const COLONNES_INSTANCE = sql`i.id, i.type, i.nom, i.territoire_id, i.porteur_id, i.objet, i.confidentialite, i.cadence_mois, i.vote, i.fiches, i.lieu,
  to_char(i.heure, 'HH24:MI') as heure, i.duree_minutes, i.version, i.modifie_par, i.modifie_le,
  (i.cree_le at time zone concorde_fuseau(i.contrat_id))::date as depuis, i.close_le`;

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

export interface InstanceDeListe extends Instance {
  derniere: string | null;
  prochaine: string | null;
  /** The next session, planned or being prepared. */
  prochaineId: string | null;
  decisionsOuvertes: number;
  /** It has sessions that this reader may not know of: what is said of the others judges nothing. */
  reservees: boolean;
}
/**
 * Bodies of the contract with the last and next session, and the open decisions, that the reader of `v` may know of, by name. A few hundred
 * at most: rights on the bodies themselves filter in memory.
 */
export async function listInstances(
  db: Db,
  contratId: number,
  l: Lecteur,
  v: Vue | null,
  f: { id?: string; type?: string | undefined; territoires?: readonly string[] | null | undefined; closes?: boolean } = {},
): Promise<InstanceDeListe[]> {
  const { rows } = await sql<InstanceDeListe>`
    select ${COLONNES_INSTANCE}, ${siegesDe(l.courriel, l.aujourdhui)}, d.jour as derniere, p.jour as prochaine, p.id as prochaine_id,
      o.nombre as decisions_ouvertes,
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
    left join lateral (
      select count(*)::int as nombre from decisions d
      where d.contrat_id = i.contrat_id and d.instance_id = i.id and d.close_le is null
        and ${v ? visible(v, sql`d.confidentialite`) : sql`false`}) o on true
    where i.contrat_id = ${contratId}
      ${f.closes ? sql`` : sql`and i.close_le is null`}
      ${f.id ? sql`and i.id = ${f.id}::uuid` : sql``}
      ${f.type ? sql`and i.type = ${f.type}` : sql``}
      ${f.territoires ? sql`and i.territoire_id = any(${[...f.territoires]}::text[])` : sql``}
    order by i.nom, i.territoire_id`.execute(db);
  return rows;
}

/**
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
    | 'lieu'
    | 'visio'
    | 'etat'
    | 'confidentialite'
    | 'mot'
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
  > {
  relectureJusqua: string | null;
}
const COLONNES_SEANCE = sql`s.id, s.instance_id, s.titre, s.jour, to_char(s.heure, 'HH24:MI') as heure, s.duree_minutes, s.lieu, s.visio, s.etat,
  s.confidentialite, s.mot, s.sequence, s.version, s.modifie_par, s.modifie_le, s.point_courant, s.point_depuis, s.convoquee_le, s.ouverte_le,
  s.levee_le, s.relecture_jusqu_a as "relectureJusqua", s.figee_le, s.motif_annulation, s.motif_rectification, s.presents`;

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
}
/** Items in order. */
export async function listPoints(db: Db, contratId: number, seanceId: string): Promise<Point[]> {
  return (
    db
      .selectFrom('seancePoints')
      .select(COLONNES_POINT)
      .select('dossier')
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
  'presence',
  'representePar',
  'retireLe',
] as const;
export type Participant = Pick<Ligne<'seanceParticipants'>, (typeof COLONNES_PARTICIPANT)[number]>;

/** Presidents first, then by the order of the seats. */
export async function listParticipants(db: Db, contratId: number, seanceId: string): Promise<Participant[]> {
  return db
    .selectFrom('seanceParticipants')
    .select(COLONNES_PARTICIPANT)
    .where('contratId', '=', contratId)
    .where('seanceId', '=', uuid(seanceId))
    .orderBy(sql`array_position(array['president', 'secretaire', 'membre', 'invite'], qualite)`)
    .orderBy('ordre')
    .orderBy('fonction')
    .orderBy('id')
    .execute();
}
