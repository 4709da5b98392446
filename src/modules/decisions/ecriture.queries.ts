/** Decisions as those who make them write them: while their session is open, under a promise that may close. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import { COLONNES_DECISION, type Decision } from './decisions.queries.ts';
import type { Confidentialite, RefOrigine } from './decisions.rules.ts';

const deLOrigine = (db: Db, contratId: number, o: RefOrigine) =>
  db.selectFrom('decisions').where('contratId', '=', contratId).where('origineGenre', '=', o.genre).where('origineId', '=', uuid(o.id));

/** Taken in this session, in order. */
export async function listDecisionsDeSeance(db: Db, contratId: number, seanceId: string): Promise<Decision[]> {
  const { rows } = await sql<Decision>`
    select ${COLONNES_DECISION} from decisions d
    where d.contrat_id = ${contratId} and d.seance_id = ${uuid(seanceId)}
    order by d.numero`.execute(db);
  return rows;
}

/** In the order of their numbers; the caller asked who reads their origin. */
export async function listDecisionsDeLOrigine(db: Db, contratId: number, o: RefOrigine): Promise<Decision[]> {
  const { rows } = await sql<Decision>`
    select ${COLONNES_DECISION} from decisions d
    where d.contrat_id = ${contratId} and d.origine_genre = ${o.genre} and d.origine_id = ${uuid(o.id)}
    order by d.numero`.execute(db);
  return rows;
}

export async function countDecisionsDeSeance(db: Db, contratId: number, seanceId: string): Promise<number> {
  const { n } = await db
    .selectFrom('decisions')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('contratId', '=', contratId)
    .where('seanceId', '=', uuid(seanceId))
    .executeTakeFirstOrThrow();
  return n;
}

/** Open ones of what made them, late first; `promises`: only those decided under one of these. */
export async function listDecisionsOuvertes(
  db: Db,
  contratId: number,
  origine: RefOrigine,
  promises: readonly Confidentialite[],
  limite = 200,
): Promise<Decision[]> {
  const { rows } = await sql<Decision>`
    select ${COLONNES_DECISION} from decisions d
    where d.contrat_id = ${contratId} and d.origine_genre = ${origine.genre} and d.origine_id = ${uuid(origine.id)} and d.close_le is null
      and d.confidentialite = any(${[...promises]}::text[])
    order by d.echeance nulls last, d.numero
    limit ${limite}`.execute(db);
  return rows;
}

/** Decided under one of these promises, open or not. */
export async function countDecisionsPromises(db: Db, contratId: number, origine: RefOrigine, promises: readonly Confidentialite[]): Promise<number> {
  if (promises.length === 0) return 0;
  const { n } = await deLOrigine(db, contratId, origine)
    .select(sql<number>`count(*)::int`.as('n'))
    .where('confidentialite', 'in', [...promises])
    .executeTakeFirstOrThrow();
  return n;
}

/** What was decided in these sessions is from now on under this promise. */
export async function setPromesseDesSeances(tx: Db, contratId: number, seances: readonly string[], c: Confidentialite): Promise<void> {
  await sql`
    update decisions set confidentialite = ${c}
    where contrat_id = ${contratId} and seance_id = any(${uuids(seances)})`.execute(tx);
}

export type Ecriture = Pick<
  Decision,
  'pointId' | 'nature' | 'libelle' | 'responsableId' | 'responsableNom' | 'responsableCourriel' | 'echeance' | 'fiche' | 'ligne'
>;

/** Corrects a decision typed in a session that is still open: it is being written, no version is kept yet. */
export async function updateEcriture(tx: Db, contratId: number, id: string, d: Ecriture, par: { nom: string; quand: Date }): Promise<void> {
  await sql`
    update decisions
    set point_id = ${d.pointId}::uuid, nature = ${d.nature}, libelle = ${d.libelle}, responsable_id = ${d.responsableId},
      responsable_nom = ${d.responsableNom}, responsable_courriel = ${d.responsableCourriel}, echeance = ${d.echeance}::date, fiche = ${d.fiche},
      ligne = ${d.ligne}, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
}

/** Takes away what was typed by mistake; the caller checked that nobody has followed it up. */
export async function deleteEcriture(tx: Db, contratId: number, d: Pick<Decision, 'id' | 'seanceId'>): Promise<void> {
  await sql`
    delete from decisions
    where contrat_id = ${contratId} and seance_id = ${d.seanceId}::uuid and id = ${d.id}::uuid and version = 1`.execute(tx);
}

/** Every decision of what made it: when it changes, what they make owed may change. */
export async function listIdsDeLOrigine(db: Db, contratId: number, origine: RefOrigine): Promise<string[]> {
  return (await deLOrigine(db, contratId, origine).select('id').execute()).map((r) => r.id);
}
/** Those that somebody of that address is in charge of, and that are not over. `courriel`: in lower case. */
export async function listIdsDeLAdresse(db: Db, contratId: number, courriel: string): Promise<string[]> {
  const rows = await db
    .selectFrom('decisions')
    .select('id')
    .where('contratId', '=', contratId)
    .where((eb) => eb(eb.fn('lower', ['responsableCourriel']), '=', courriel))
    .where('etat', 'not in', ['fait', 'abandonne'])
    .execute();
  return rows.map((r) => r.id);
}
