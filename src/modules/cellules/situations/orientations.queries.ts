import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Orientation } from './situations.queries.ts';

export async function listOrientations(db: Db, contratId: number, situationId: string): Promise<Orientation[]> {
  const { rows } = await sql<Orientation>`
    select * from nominatif.situation_orientations where contrat_id = ${contratId} and situation_id = ${uuid(situationId)} order by faite_le, id`.execute(db);
  return rows;
}
export async function addOrientation(
  db: Db,
  contratId: number,
  o: Pick<Orientation, 'situationId' | 'celluleId' | 'genre' | 'membreId' | 'faiteLe' | 'accuseAvant' | 'issueAvant' | 'lien'>,
): Promise<void> {
  await sql`
    insert into nominatif.situation_orientations (contrat_id, situation_id, cellule_id, genre, membre_id, faite_le, accuse_avant, issue_avant, lien)
    values (${contratId}, ${o.situationId}, ${o.celluleId}, ${o.genre}, ${o.membreId}, ${o.faiteLe}, ${o.accuseAvant}, ${o.issueAvant}, ${o.lien})`.execute(db);
}
interface ParLien extends Ligne<'nominatif.situationOrientations'> {
  cellule: Ligne<'nominatif.cellules'>['genre'];
}
/** What a link opens: what was asked, when, for which kind of cell; nothing of whom. Not after the end of the situation. */
export async function getParLien(db: Db, contratId: number, empreinte: Buffer, aujourdhui: string, tenue = false): Promise<ParLien | undefined> {
  const verrou = tenue ? sql`for update of o` : sql``;
  const { rows } = await sql<ParLien>`
    select o.*, c.genre as cellule
    from nominatif.situation_orientations o
    join nominatif.situations s on s.contrat_id = o.contrat_id and s.id = o.situation_id and s.destruction_le > ${aujourdhui}
    join nominatif.cellules c on c.contrat_id = o.contrat_id and c.id = o.cellule_id
    where o.contrat_id = ${contratId} and o.lien = ${empreinte}
    ${verrou}`.execute(db);
  return rows[0];
}
export async function setAccuse(db: Db, contratId: number, id: string, jour: string): Promise<void> {
  await sql`update nominatif.situation_orientations set accuse_le = ${jour}, relance = 0 where contrat_id = ${contratId} and id = ${uuid(id)} and accuse_le is null`.execute(
    db,
  );
}
export async function setIssue(db: Db, contratId: number, id: string, issue: string, jour: string): Promise<void> {
  await sql`
    update nominatif.situation_orientations set issue = ${issue}, issue_le = ${jour}, accuse_le = coalesce(accuse_le, ${jour})
    where contrat_id = ${contratId} and id = ${uuid(id)} and issue is null`.execute(db);
}
/** Silent past their day, and not told of as far as that: `depuis` the day of the first reminder, or of the second. */
export async function listSilences(
  db: Db,
  contratId: number,
  o: { celluleId: string; relance: number; depuis: string; aujourdhui: string },
): Promise<Orientation[]> {
  const { rows } = await sql<Orientation>`
    select o.* from nominatif.situation_orientations o
    join nominatif.situations s on s.contrat_id = o.contrat_id and s.id = o.situation_id and s.destruction_le > ${o.aujourdhui}
    where o.contrat_id = ${contratId} and o.cellule_id = ${uuid(o.celluleId)} and o.issue is null and o.relance = ${o.relance}
      and case when o.accuse_le is null then o.accuse_avant else o.issue_avant end < ${o.depuis}
    order by o.faite_le
    limit 1000
    for update of o`.execute(db);
  return rows;
}
export async function setRelance(db: Db, contratId: number, ids: readonly string[], relance: number): Promise<void> {
  await sql`update nominatif.situation_orientations set relance = ${relance} where contrat_id = ${contratId} and id = any(${ids}::uuid[])`.execute(db);
}

/** One of a situation, not answered to its end. */
export async function getOrientation(db: Db, contratId: number, o: { id: string; situationId: string }): Promise<Orientation | undefined> {
  const { rows } = await sql<Orientation>`
    select * from nominatif.situation_orientations
    where contrat_id = ${contratId} and id = ${uuid(o.id)} and situation_id = ${uuid(o.situationId)} and issue is null
    for update`.execute(db);
  return rows[0];
}
/** Another link; the former opens nothing more. */
export async function setLien(db: Db, contratId: number, id: string, lien: Buffer): Promise<void> {
  await sql`update nominatif.situation_orientations set lien = ${lien} where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}
