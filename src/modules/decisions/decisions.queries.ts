/** Decisions and actions in PostgreSQL. Superseded versions are kept by a trigger. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { conflit } from '../../core/errors.ts';
import type { Confidentialite, EtatDecision, Nature, RefOrigine } from './decisions.rules.ts';
import { uuid } from '../../core/base/id.ts';

export interface Decision {
  id: string;
  /** What made it: its kind, its id. */
  origineGenre: string;
  origineId: string;
  seanceId: string | null;
  pointId: string | null;
  numero: number;
  nature: Nature;
  libelle: string;
  responsableId: string;
  responsableNom: string;
  responsableCourriel: string;
  echeance: string | null;
  fiche: string | null;
  ligne: string | null;
  territoireId: string;
  etat: EtatDecision;
  condition: string;
  preuve: string;
  preuveLien: string;
  motif: string;
  version: number;
  auteur: string;
  creeLe: Date;
  modifiePar: string;
  modifieLe: Date;
  closeLe: string | null;
  /** Promised when it was taken. */
  confidentialite: Confidentialite;
}
export const COLONNES_DECISION = sql`d.id, d.origine_genre as "origineGenre", d.origine_id as "origineId", d.seance_id as "seanceId", d.point_id as "pointId", d.numero, d.nature, d.libelle,
  d.responsable_id as "responsableId", d.responsable_nom as "responsableNom", d.responsable_courriel as "responsableCourriel", d.echeance,
  d.fiche, d.ligne, d.territoire_id as "territoireId", d.etat, d.condition, d.preuve, d.preuve_lien as "preuveLien", d.motif, d.version,
  d.auteur, d.cree_le as "creeLe", d.modifie_par as "modifiePar", d.modifie_le as "modifieLe", d.close_le as "closeLe", d.confidentialite`;

export interface NouvelleDecision {
  /** Given by the browser, so that what is sent twice is written once. */
  id?: string | undefined;
  origine: RefOrigine;
  /** What is promised to those who decide: nobody else reads it, whatever becomes of the origin. */
  confidentialite: Confidentialite;
  seanceId: string | null;
  pointId: string | null;
  nature: Nature;
  libelle: string;
  responsableId: string;
  responsableNom: string;
  responsableCourriel: string;
  echeance: string | null;
  fiche: string | null;
  ligne: string | null;
  territoireId: string;
}
/** Numbers it within its origin, one writer at a time. Null when this id is already written. */
export async function createDecision(
  tx: Db,
  contratId: number,
  d: NouvelleDecision,
  par: { auteur: string; quand: Date },
): Promise<{ id: string; numero: number } | null> {
  const { genre, id } = d.origine;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`decisions|${contratId}|${genre}|${id}`}, 0))`.execute(tx);
  const { rows } = await sql<{ id: string; numero: number }>`
    insert into decisions (contrat_id, id, origine_genre, origine_id, confidentialite, seance_id, point_id, numero, nature, libelle, responsable_id,
      responsable_nom, responsable_courriel, echeance, fiche, ligne, territoire_id, auteur, cree_le, modifie_par, modifie_le)
    select ${contratId}, coalesce(${d.id ?? null}::uuid, gen_random_uuid()), ${genre}, ${id}::uuid, ${d.confidentialite}, ${d.seanceId}::uuid,
      ${d.pointId}::uuid, coalesce(max(x.numero), 0) + 1, ${d.nature}, ${d.libelle}, ${d.responsableId}, ${d.responsableNom}, ${d.responsableCourriel},
      ${d.echeance}::date, ${d.fiche}, ${d.ligne}, ${d.territoireId}, ${par.auteur}, ${par.quand}, ${par.auteur}, ${par.quand}
    from decisions x
    where x.contrat_id = ${contratId} and x.origine_genre = ${genre} and x.origine_id = ${id}::uuid
    on conflict (contrat_id, id) do nothing
    returning id, numero`.execute(tx);
  return rows[0] ?? null;
}

/** `verrou` locks the row until the end of the transaction. */
export async function getDecision(db: Db, contratId: number, id: string, verrou = false): Promise<Decision | null> {
  const { rows } = await sql<Decision>`
    select ${COLONNES_DECISION} from decisions d where d.contrat_id = ${contratId} and d.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

const DEPASSEE = 'Une autre personne vient de modifier cette décision. Relisez ce qu’elle a écrit ; votre texte est gardé ci-dessous.';
interface Ou {
  contratId: number;
  id: string;
  version: number;
}
interface Par {
  auteur: string;
  quand: Date;
}

/** Passes it to a state, with what that state asks for. Throws 409 when `version` is no longer the current one. */
export async function updateEtatDecision(
  tx: Db,
  ou: Ou,
  s: { etat: EtatDecision; condition: string; preuve: string; preuveLien: string; motif: string; closeLe: string | null },
  par: Par,
): Promise<void> {
  const { rows } = await sql`
    update decisions
    set etat = ${s.etat}, condition = ${s.condition}, preuve = ${s.preuve}, preuve_lien = ${s.preuveLien}, motif = ${s.motif},
      close_le = ${s.closeLe}::date, version = version + 1, modifie_par = ${par.auteur}, modifie_le = ${par.quand}
    where contrat_id = ${ou.contratId} and id = ${ou.id}::uuid and version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit(DEPASSEE);
}

/** Wording, who and when. Throws 409 as above. */
export async function updateChargeDecision(
  tx: Db,
  ou: Ou,
  c: { libelle: string; responsableId: string; responsableNom: string; responsableCourriel: string; echeance: string | null },
  par: Par,
): Promise<void> {
  const { rows } = await sql`
    update decisions
    set libelle = ${c.libelle}, responsable_id = ${c.responsableId}, responsable_nom = ${c.responsableNom},
      responsable_courriel = ${c.responsableCourriel}, echeance = ${c.echeance}::date,
      version = version + 1, modifie_par = ${par.auteur}, modifie_le = ${par.quand}
    where contrat_id = ${ou.contratId} and id = ${ou.id}::uuid and version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit(DEPASSEE);
}
