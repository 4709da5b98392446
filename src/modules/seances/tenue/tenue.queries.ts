/** A session while it is held, in PostgreSQL: its course, who came, votes. */
import { sql } from 'kysely';
import { listParticipants, listPoints, type Participant, type Point, type Seance } from '../seances.queries.ts';
import type { EtatPoint } from './tenue.rules.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { type Decision, listDecisionsDeSeance } from '../../decisions/index.ts';

export interface Vote {
  id: string;
  pointId: string;
  objet: string;
  pour: number;
  contre: number;
  abstention: number;
}
async function listVotes(db: Db, contratId: number, seanceId: string): Promise<Vote[]> {
  const { rows } = await sql<Vote>`
    select id, point_id, objet, pour, contre, abstention
    from seance_votes
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)}
    order by quand, id`.execute(db);
  return rows;
}

export interface Contenu {
  points: Point[];
  participants: Participant[];
  decisions: Decision[];
  votes: Vote[];
}
export async function lireSeance(db: Db, contratId: number, seanceId: string): Promise<Contenu> {
  const [points, participants, decisions, votes] = await lireEnsemble(db, [
    () => listPoints(db, contratId, seanceId),
    () => listParticipants(db, contratId, seanceId),
    () => listDecisionsDeSeance(db, contratId, seanceId),
    () => listVotes(db, contratId, seanceId),
  ]);
  return { points, participants, decisions, votes };
}

export async function ouvrirSeance(tx: Db, contratId: number, id: string, quand: Date): Promise<void> {
  await sql`update seances set etat = 'ouverte', ouverte_le = ${quand} where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
}

/**
 * Ends the current item in this state, with the time spent on it, and goes to `vers` (or to none). The session's row is
 * locked by the caller.
 */
export async function passerAu(
  tx: Db,
  contratId: number,
  s: Pick<Seance, 'id' | 'pointCourant' | 'pointDepuis'>,
  o: { fin: EtatPoint; vers: string | null; quand: Date },
): Promise<void> {
  if (s.pointCourant)
    await sql`
      update seance_points
      set etat = ${o.fin}, secondes = secondes + greatest(0, extract(epoch from ${o.quand}::timestamptz - ${s.pointDepuis}::timestamptz))::int
      where contrat_id = ${contratId} and seance_id = ${s.id}::uuid and id = ${s.pointCourant}::uuid`.execute(tx);
  if (o.vers) await setEtatPoint(tx, contratId, s.id, o.vers, 'en_cours');
  await sql`
    update seances set point_courant = ${o.vers}::uuid, point_depuis = ${o.vers ? o.quand : null}
    where contrat_id = ${contratId} and id = ${s.id}::uuid`.execute(tx);
}

export async function setEtatPoint(tx: Db, contratId: number, seanceId: string, pointId: string, etat: EtatPoint): Promise<void> {
  await sql`
    update seance_points set etat = ${etat}
    where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid and id = ${pointId}::uuid`.execute(tx);
}

/** An item that came up in the session, last in order. Null when this id is already written. */
export async function addPoint(tx: Db, contratId: number, seanceId: string, p: { id?: string | undefined; titre: string }): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into seance_points (contrat_id, id, seance_id, rang, titre, genre)
    select ${contratId}, coalesce(${p.id ?? null}::uuid, gen_random_uuid()), ${seanceId}::uuid, coalesce(max(x.rang), 0) + 1, ${p.titre}, 'libre'
    from seance_points x
    where x.contrat_id = ${contratId} and x.seance_id = ${seanceId}::uuid
    on conflict (contrat_id, id) do nothing
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Closes: what was not dealt with is deferred. The current item was ended before. */
export async function leverSeance(
  tx: Db,
  contratId: number,
  id: string,
  o: { quand: Date; par: string; relectureJusqua: string },
): Promise<{ reportes: string[] }> {
  const { rows } = await sql<{ id: string }>`
    update seance_points set etat = 'reporte'
    where contrat_id = ${contratId} and seance_id = ${id}::uuid and etat in ('a_venir', 'en_cours') and genre <> 'reserve'
    returning id`.execute(tx);
  // Its own minutes say what became of it.
  await sql`
    update seance_points set etat = 'traite' where contrat_id = ${contratId} and seance_id = ${id}::uuid and genre = 'reserve'`.execute(tx);
  await sql`
    update seances
    set etat = 'relecture', levee_le = ${o.quand}, levee_par = ${o.par}, relecture_jusqu_a = ${o.relectureJusqua}::date, point_courant = null, point_depuis = null
    where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
  return { reportes: rows.map((r) => r.id) };
}

/** Who closed it; null while it is open. */
export async function getLeveePar(db: Db, contratId: number, seanceId: string): Promise<string | null> {
  const { rows } = await sql<{ par: string }>`
    select levee_par as par from seances where contrat_id = ${contratId} and id = ${uuid(seanceId)} and levee_par <> ''`.execute(db);
  return rows[0]?.par ?? null;
}

/** Null when this id is already written. */
export async function addVote(
  tx: Db,
  contratId: number,
  ou: { seanceId: string; pointId: string },
  v: { id?: string | undefined; objet: string; pour: number; contre: number; abstention: number },
  par: { nom: string; quand: Date },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into seance_votes (contrat_id, id, seance_id, point_id, objet, pour, contre, abstention, par, quand)
    values (${contratId}, coalesce(${v.id ?? null}::uuid, gen_random_uuid()), ${ou.seanceId}::uuid, ${ou.pointId}::uuid, ${v.objet}, ${v.pour},
      ${v.contre}, ${v.abstention}, ${par.nom}, ${par.quand})
    on conflict (contrat_id, id) do nothing
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

export async function deleteVote(tx: Db, contratId: number, seanceId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from seance_votes where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid and id = ${uuid(id)}`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}
