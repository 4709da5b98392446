/** Draft minutes corrected, approved, frozen, published. */
import { sql } from 'kysely';
import type { ReleveContenu } from '../releve/releve.modele.ts';
import type { Db } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';
import { uuid } from '../../../core/base/id.ts';
import { CANDIDATS } from '../../contrats/index.ts';
import { AVEC_INSTANCE, lockInstance } from '../../instances/index.ts';
import { EST_CONTESTEE } from './contenu.queries.ts';
import { enJson } from '../../../core/couper.ts';

export interface Amendement {
  id: string;
  pointId: string | null;
  participantId: string;
  auteur: string;
  texte: string;
  etat: 'propose' | 'retenu' | 'ecarte';
  reponse: string;
  quand: Date;
}
export async function listAmendements(db: Db, contratId: number, seanceId: string): Promise<Amendement[]> {
  const { rows } = await sql<Amendement>`
    select id, point_id, participant_id, auteur, texte, etat, reponse, quand
    from seance_amendements
    where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid
    order by quand, id`.execute(db);
  return rows;
}
export async function addAmendement(
  tx: Db,
  contratId: number,
  a: { seanceId: string; pointId: string | null; participantId: string; auteur: string; texte: string; quand: Date },
): Promise<void> {
  await sql`
    insert into seance_amendements (contrat_id, seance_id, point_id, participant_id, auteur, texte, quand)
    values (${contratId}, ${a.seanceId}::uuid, ${a.pointId}::uuid, ${a.participantId}::uuid, ${a.auteur}, ${a.texte}, ${a.quand})`.execute(tx);
}
/** False when it was answered already. */
export async function closeAmendement(
  tx: Db,
  contratId: number,
  ou: { seanceId: string; id: string },
  etat: 'retenu' | 'ecarte',
  reponse: string,
): Promise<boolean> {
  const { rows } = await sql`
    update seance_amendements set etat = ${etat}, reponse = ${reponse}
    where contrat_id = ${contratId} and seance_id = ${ou.seanceId}::uuid and id = ${uuid(ou.id)} and etat = 'propose'
    returning 1`.execute(tx);
  return rows.length > 0;
}

/** Throws 409 when another text came in since `version`; the former one is kept. */
export async function updateTexte(
  tx: Db,
  contratId: number,
  ou: { seanceId: string; pointId: string; version: number },
  t: { texte: string; par: string; quand: Date },
): Promise<void> {
  const { rows } = await sql`
    with avant as (
      insert into seance_notes (contrat_id, point_id, version, texte, par, quand)
      select contrat_id, id, notes_version, notes, notes_par, coalesce(notes_le, ${t.quand}) from seance_points
      where contrat_id = ${contratId} and id = ${uuid(ou.pointId)} and notes_version = ${ou.version}
      on conflict do nothing)
    update seance_points
    set notes = ${t.texte}, notes_version = notes_version + 1, notes_par = ${t.par}, notes_le = ${t.quand}
    where contrat_id = ${contratId} and seance_id = ${ou.seanceId}::uuid and id = ${uuid(ou.pointId)} and notes_version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit('Une autre personne vient de modifier ce texte.');
}

/** Throws 409 when `version` is no longer the current one. */
export async function updateRelecture(
  tx: Db,
  contratId: number,
  ou: { seanceId: string; version: number },
  jusqua: string | null,
  par: { nom: string; quand: Date },
  /** The day that it had, when it ends before it. */
  terme: string | null = null,
): Promise<void> {
  const { rows } = await sql`
    update seances
    set relecture_jusqu_a = ${jusqua}::date, relecture_terme = ${terme}::date, relecture_close_le = ${terme === null ? null : par.quand}::timestamptz,
      relecture_close_par = ${terme === null ? null : par.nom}, version = version + 1, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${contratId} and id = ${ou.seanceId}::uuid and version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit('Une autre personne vient de modifier cette séance. Rechargez la page.');
}

export interface Releve {
  seanceId: string;
  version: number;
  numero: string;
  contenu: ReleveContenu;
  empreinte: string;
  motif: string;
  figePar: string;
  figeLe: Date;
}
const COLONNES_RELEVE = sql`seance_id, version, numero, contenu, empreinte, motif, fige_par, fige_le`;
/** Frozen versions, the latest first. */
export async function listReleves(db: Db, contratId: number, seanceId: string): Promise<Releve[]> {
  const { rows } = await sql<Releve>`
    select ${COLONNES_RELEVE} from releves where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)} order by version desc`.execute(db);
  return rows;
}
export async function getReleve(db: Db, contratId: number, o: { seanceId: string; version: number }): Promise<Releve | undefined> {
  const { rows } = await sql<Releve>`
    select ${COLONNES_RELEVE} from releves
    where contrat_id = ${contratId} and seance_id = ${o.seanceId}::uuid and version = ${o.version}`.execute(db);
  return rows[0];
}
/** How many sessions of the body have frozen minutes for that year; the body is locked, so that two never take one number. */
export async function countNumeros(tx: Db, contratId: number, instanceId: string, annee: string): Promise<number> {
  await lockInstance(tx, contratId, instanceId);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from releves r
    join seances s on s.contrat_id = r.contrat_id and s.id = r.seance_id
    where r.contrat_id = ${contratId} and r.version = 1 and s.instance_id = ${instanceId}::uuid and to_char(s.jour, 'YYYY') = ${annee}`.execute(tx);
  return rows[0]?.n ?? 0;
}
/** The caller holds the session's lock. Notes that others replaced, and what was set aside, go with the freezing of the first version. */
export async function addReleve(tx: Db, contratId: number, r: Releve): Promise<void> {
  await sql`
    insert into releves (contrat_id, seance_id, version, numero, contenu, empreinte, motif, fige_par, fige_le)
    values (${contratId}, ${r.seanceId}::uuid, ${r.version}, ${r.numero}, ${enJson(r.contenu)}::jsonb, ${r.empreinte}, ${r.motif}, ${r.figePar},
      ${r.figeLe})`.execute(tx);
  await sql`
    update seances set etat = 'figee', figee_le = ${r.figeLe}, motif_rectification = '', version = version + 1
    where contrat_id = ${contratId} and id = ${r.seanceId}::uuid`.execute(tx);
  await sql`delete from seance_brouillons where contrat_id = ${contratId} and seance_id = ${r.seanceId}::uuid`.execute(tx);
  await sql`
    delete from seance_notes where contrat_id = ${contratId}
      and point_id in (select id from seance_points where contrat_id = ${contratId} and seance_id = ${r.seanceId}::uuid)`.execute(tx);
}
/** Back to the draft, for a rectificatif only. */
export async function rouvrir(tx: Db, contratId: number, seanceId: string, motif: string): Promise<void> {
  await sql`
    update seances set etat = 'relecture', relecture_jusqu_a = null, relecture_terme = null, relecture_close_le = null, relecture_close_par = null,
      motif_rectification = ${motif}, version = version + 1
    where contrat_id = ${contratId} and id = ${seanceId}::uuid`.execute(tx);
}

/** Opening and lifting as they really were. */
export async function setHeuresReelles(
  tx: Db,
  contratId: number,
  seanceId: string,
  h: { ouverteLe: Date; leveeLe: Date },
  par: { nom: string; quand: Date },
): Promise<void> {
  await sql`
    update seances
    set ouverte_le = ${h.ouverteLe}, levee_le = ${h.leveeLe}, version = version + 1, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${contratId} and id = ${seanceId}::uuid`.execute(tx);
}

export interface Publication {
  seanceId: string;
  version: number;
  numero: string;
  /** Of the frozen version that it comes from. */
  empreinte: string;
  contenu: ReleveContenu;
  /** The frozen version, with its names: read to tell lines apart, shown to nobody. */
  arrete: ReleveContenu;
  retraits: number;
  publieLe: Date;
  publiePar: string;
  /** Taken out, as written in the minutes. */
  passages: string[];
  /** Found by the platform and kept, with the reason. */
  gardes: Garde[];
  instanceId: string;
}
const COLONNES_PUBLICATION = sql`p.seance_id, p.version, r.numero, r.empreinte, p.contenu, r.contenu as arrete, p.retraits, p.publie_le,
  p.publie_par, p.passages, p.gardes, s.instance_id`;
const PUBLIEES = sql`releve_publications p
  join releves r on r.contrat_id = p.contrat_id and r.seance_id = p.seance_id and r.version = p.version
  join seances s on s.contrat_id = p.contrat_id and s.id = p.seance_id and s.confidentialite = 'publique'
  ${AVEC_INSTANCE}`;

/** The version that the public reads; null when there is none, or the session is public no more. A body that closes takes nothing back. */
export async function getPublication(db: Db, contratId: number, seanceId: string): Promise<Publication | null> {
  const { rows } = await sql<Publication>`
    select ${COLONNES_PUBLICATION} from ${PUBLIEES}
    where p.contrat_id = ${contratId} and p.seance_id = ${uuid(seanceId)} and p.retire_le is null
    order by p.version desc limit 1`.execute(db);
  return rows[0] ?? null;
}
export interface PublicationDeListe {
  seanceId: string;
  numero: string;
  jour: string;
  instance: string;
  territoireId: string;
  titre: string;
  /** A president says that they did not give the approval noted for them. */
  contestee: boolean;
}
/** The latest version of each, by day of the session. */
export async function listPublications(
  db: Db,
  contratId: number,
  f: { territoires?: readonly string[] | undefined; annee?: string | undefined; requete?: string },
  page: { limite: number; decalage: number },
): Promise<{ lignes: PublicationDeListe[]; total: number }> {
  const { rows } = await sql<PublicationDeListe & { total: number }>`
    select distinct on (s.jour, p.seance_id) p.seance_id, r.numero, s.jour, r.contenu #>> '{instance,nom}' as instance, i.territoire_id as "territoireId", s.titre,
      ${EST_CONTESTEE} as contestee, count(*) over ()::int as total
    from ${PUBLIEES}
    where p.contrat_id = ${contratId} and p.retire_le is null
      and p.version = (select max(v.version) from releve_publications v where v.contrat_id = p.contrat_id and v.seance_id = p.seance_id and v.retire_le is null)
      ${f.territoires ? sql`and i.territoire_id = any(${[...f.territoires]}::text[])` : sql``}
      ${f.annee ? sql`and to_char(s.jour, 'YYYY') = ${f.annee}` : sql``}
      ${f.requete ? sql`and p.seance_id = any(array(select seance_id from chercher_releves(${f.requete}, ${CANDIDATS})))` : sql``}
    order by s.jour desc, p.seance_id
    limit ${page.limite} offset ${page.decalage}`.execute(db);
  return { lignes: rows, total: rows[0]?.total ?? 0 };
}
/** A passage that was found and that someone chose to let the public read. */
export interface Garde {
  passage: string;
  nature: string;
  raison: string;
}
export async function savePublication(
  tx: Db,
  contratId: number,
  p: {
    seanceId: string;
    version: number;
    contenu: ReleveContenu;
    retraits: number;
    passages: readonly string[];
    gardes: readonly Garde[];
    par: string;
    quand: Date;
  },
): Promise<void> {
  await sql`
    insert into releve_publications (contrat_id, seance_id, version, contenu, retraits, passages, gardes, publie_par, publie_le)
    values (${contratId}, ${p.seanceId}::uuid, ${p.version}, ${enJson(p.contenu)}::jsonb, ${p.retraits}, ${[...p.passages]}::text[], ${enJson(p.gardes)}::jsonb, ${p.par}, ${p.quand})
    on conflict (contrat_id, seance_id, version) do update
    set contenu = excluded.contenu, retraits = excluded.retraits, passages = excluded.passages, gardes = excluded.gardes, publie_par = excluded.publie_par, publie_le = excluded.publie_le, retire_le = null`.execute(
    tx,
  );
}
/** Every version: the public reads nothing of it any more. */
export async function retirePublication(tx: Db, contratId: number, seanceId: string, quand: Date): Promise<boolean> {
  const { rows } = await sql`
    update releve_publications set retire_le = ${quand}
    where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid and retire_le is null
    returning 1`.execute(tx);
  return rows.length > 0;
}
