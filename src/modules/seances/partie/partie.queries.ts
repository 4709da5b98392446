/** A reserved part of a session, in PostgreSQL. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Confidentialite } from '../../instances/index.ts';
import { syncParticipants } from '../preparation/seances.queries.ts';
import type { Seance } from '../seances.queries.ts';
import { TITRE_RESERVE } from './partie.rules.ts';
import { couper } from '../../../core/couper.ts';

const FERMEE: Confidentialite = 'restreinte';

interface PartieACreer {
  /** Seats of the body that read it. */
  sieges: readonly string[];
  /** Items of the session that go there, with their papers. */
  points: readonly string[];
}
/** The same day and place; the session keeps an item that says nothing, where the first of those that left stood. */
export async function createPartie(
  tx: Db,
  contratId: number,
  s: Seance,
  p: PartieACreer,
  par: { compteId: string; quand: Date; aujourdhui: string },
): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'seances'>, 'id'>>`
    insert into seances (contrat_id, instance_id, titre, jour, heure, duree_minutes, lieu, acces, visio, confidentialite, partie_de, reserve_a, cree_par, cree_le)
    values (${contratId}, ${s.instanceId}::uuid, ${couper(`Partie réservée : ${s.titre}`, 200)}, ${s.jour}::date, ${s.heure}::time, ${s.dureeMinutes},
      ${s.lieu}, ${s.acces}, ${s.visio}, ${FERMEE}, ${s.id}::uuid, ${uuids(p.sieges)}, ${par.compteId}::uuid, ${par.quand})
    returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await syncParticipants(tx, contratId, { id, instanceId: s.instanceId, jour: s.jour ?? par.aujourdhui }, par.quand);
  const dela = sql`contrat_id = ${contratId} and seance_id = ${s.id}::uuid`;
  await sql`
    insert into seance_points (contrat_id, seance_id, rang, titre, genre, cle)
    select ${contratId}, ${s.id}::uuid,
      coalesce((select min(rang) from seance_points where ${dela} and id = any(${uuids(p.points)})),
        (select max(rang) + 1 from seance_points where ${dela}), 1),
      ${TITRE_RESERVE}, 'reserve', ${`reserve:${id}`}`.execute(tx);
  await sql`update seance_documents set seance_id = ${id}::uuid where ${dela} and point_id = any(${uuids(p.points)})`.execute(tx);
  await sql`
    update seance_points set seance_id = ${id}::uuid
    where ${dela} and id = any(${uuids(p.points)}) and genre = 'libre' and cle = ''`.execute(tx);
  return id;
}

/** Given up by itself: nothing stands for it any more. */
export const retirerPlace = async (tx: Db, contratId: number, partie: Pick<Seance, 'id' | 'partieDe'>): Promise<void> =>
  void (await sql`
    delete from seance_points
    where contrat_id = ${contratId} and seance_id = ${partie.partieDe}::uuid and cle = ${`reserve:${partie.id}`}`.execute(tx));

/** Of that body, whoever reads. */
export async function listParties(db: Db, contratId: number, instanceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('seances')
    .select('id')
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where('partieDe', 'is not', null)
    .execute();
  return rows.map((r) => r.id);
}
