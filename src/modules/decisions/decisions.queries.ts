/** Decisions and actions in PostgreSQL. Superseded versions are kept by a trigger. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { conflit } from '../../core/errors.ts';
import type { RefOrigine } from './decisions.rules.ts';
import { uuid } from '../../core/base/id.ts';

/** `origineGenre`, `origineId`: what made it. `confidentialite`: promised when it was taken. `closeLe`: day it ended. */
export type Decision = Omit<Ligne<'decisions'>, 'contratId'>;
export const COLONNES_DECISION = sql`d.id, d.origine_genre, d.origine_id, d.seance_id, d.point_id, d.numero, d.nature, d.libelle, d.responsable_id,
  d.responsable_nom, d.responsable_courriel, d.echeance, d.fiche, d.ligne, d.territoire_id, d.etat, d.condition, d.preuve, d.preuve_lien, d.motif, d.version,
  d.auteur, d.cree_le, d.modifie_par, d.modifie_le, d.close_le, d.confidentialite, d.dite_par, d.dite_organisation, d.dite_le`;

/** Wording, who and when. */
type Charge = Pick<Decision, 'libelle' | 'responsableId' | 'responsableNom' | 'responsableCourriel' | 'echeance'>;
/** `confidentialite`: promised to those who decide; nobody else reads it, whatever becomes of the origin. */
export interface NouvelleDecision extends Charge, Pick<Decision, 'confidentialite' | 'seanceId' | 'pointId' | 'nature' | 'fiche' | 'ligne' | 'territoireId'> {
  /** Given by the browser, so that what is sent twice is written once. */
  id?: string | undefined;
  origine: RefOrigine;
}
/** Numbers it within its origin, one writer at a time. Null when this id is already written. */
export async function createDecision(
  tx: Db,
  contratId: number,
  d: NouvelleDecision,
  par: { auteur: string; quand: Date },
): Promise<Pick<Decision, 'id' | 'numero'> | null> {
  const { genre, id } = d.origine;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`decisions|${contratId}|${genre}|${id}`}, 0))`.execute(tx);
  const { rows } = await sql<Pick<Decision, 'id' | 'numero'>>`
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

async function updateDecision(tx: Db, ou: Ou, changes: Partial<Decision>, par: Par): Promise<void> {
  const faite = await tx
    .updateTable('decisions')
    .set((eb) => ({ ...changes, version: eb('version', '+', 1), modifiePar: par.auteur, modifieLe: par.quand }))
    .where('contratId', '=', ou.contratId)
    .where('id', '=', uuid(ou.id))
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit(DEPASSEE);
}

/** Passes it to a state, with what that state asks for. Throws 409 when `version` is no longer the current one. */
export const updateEtatDecision = (
  tx: Db,
  ou: Ou,
  s: Pick<Decision, 'etat' | 'condition' | 'preuve' | 'preuveLien' | 'motif' | 'closeLe' | 'ditePar' | 'diteOrganisation' | 'diteLe'>,
  par: Par,
): Promise<void> => {
  const { etat, condition, preuve, preuveLien, motif, closeLe, ditePar, diteOrganisation, diteLe } = s;
  return updateDecision(tx, ou, { etat, condition, preuve, preuveLien, motif, closeLe, ditePar, diteOrganisation, diteLe }, par);
};

/** Throws 409 as above. */
export const updateChargeDecision = (tx: Db, ou: Ou, c: Charge, par: Par): Promise<void> => {
  const { libelle, responsableId, responsableNom, responsableCourriel, echeance } = c;
  return updateDecision(tx, ou, { libelle, responsableId, responsableNom, responsableCourriel, echeance }, par);
};
