import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { EXAMINABLES } from './seances.rules.ts';

export type Seance = Ligne<'nominatif.celluleSeances'>;
export type Presence = Pick<Ligne<'nominatif.cellulePresences'>, 'membreId' | 'le' | 'partiLe'> & Pick<Ligne<'nominatif.celluleMembres'>, 'organisationId'>;
export type Point = Ligne<'nominatif.cellulePoints'> & Pick<Ligne<'nominatif.situations'>, 'numero' | 'etat'>;
/** What may be put on an agenda, by number alone. */
export type Proposable = Pick<Ligne<'nominatif.situations'>, 'id' | 'numero' | 'etat' | 'etatLe'>;

export async function listSeances(db: Db, contratId: number, celluleId: string): Promise<Seance[]> {
  const { rows } = await sql<Seance>`
    select * from nominatif.cellule_seances where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)}
    order by jour desc, heure desc`.execute(db);
  return rows;
}
export async function getSeance(db: Db, contratId: number, o: { id: string; celluleId: string }): Promise<Seance | undefined> {
  const { rows } = await sql<Seance>`
    select * from nominatif.cellule_seances where contrat_id = ${contratId} and cellule_id = ${uuid(o.celluleId)} and id = ${uuid(o.id)}`.execute(db);
  return rows[0];
}
export async function addSeance(
  db: Db,
  contratId: number,
  s: Pick<Seance, 'celluleId' | 'jour' | 'heure' | 'presideId' | 'membreId'> & Partial<Pick<Seance, 'urgenceId'>>,
  quand: Date,
): Promise<string> {
  const { rows } = await sql<Pick<Seance, 'id'>>`
    insert into nominatif.cellule_seances (contrat_id, cellule_id, jour, heure, preside_id, membre_id, urgence_id, creee_le)
    values (${contratId}, ${s.celluleId}, ${s.jour}, ${s.heure}, ${s.presideId}, ${s.membreId}, ${s.urgenceId ?? null}, ${quand})
    returning id`.execute(db);
  return rows[0]?.id ?? '';
}
export async function setPreside(db: Db, contratId: number, id: string, membreId: string): Promise<void> {
  await sql`update nominatif.cellule_seances set preside_id = ${uuid(membreId)} where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}
export async function ouvrirSeance(db: Db, contratId: number, id: string, quand: Date): Promise<void> {
  await sql`
    update nominatif.cellule_seances set ouverte_le = ${quand} where contrat_id = ${contratId} and id = ${uuid(id)} and ouverte_le is null`.execute(db);
}
export async function cloreSeance(db: Db, contratId: number, id: string, quand: Date): Promise<void> {
  await sql`
    update nominatif.cellule_seances set close_le = ${quand} where contrat_id = ${contratId} and id = ${uuid(id)} and close_le is null`.execute(db);
}

/** Opened, never closed, and of a day that is over. */
export async function listPasseesOuvertes(db: Db, contratId: number, aujourdhui: string): Promise<Seance[]> {
  const { rows } = await sql<Seance>`
    select * from nominatif.cellule_seances
    where contrat_id = ${contratId} and ouverte_le is not null and close_le is null and jour < ${aujourdhui}
    order by jour, id
    for update`.execute(db);
  return rows;
}
/** True when what was ready is now examined, on that day. */
export async function examiner(db: Db, contratId: number, situationId: string, jour: string): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'nominatif.situations'>, 'id'>>`
    update nominatif.situations set etat = 'examinee', etat_le = ${jour}, version = version + 1
    where contrat_id = ${contratId} and id = ${uuid(situationId)} and etat = 'recevable'
    returning id`.execute(db);
  return rows.length > 0;
}

export async function listPoints(db: Db, contratId: number, seanceId: string): Promise<Point[]> {
  const { rows } = await sql<Point>`
    select p.*, s.numero, s.etat from nominatif.cellule_points p
    join nominatif.situations s on s.contrat_id = p.contrat_id and s.id = p.situation_id
    where p.contrat_id = ${contratId} and p.seance_id = ${uuid(seanceId)}
    order by p.rang, s.numero`.execute(db);
  return rows;
}
/** By number: who prepares reads nothing of what is behind it. Not those that are on this agenda already. */
export async function listProposables(db: Db, contratId: number, o: { celluleId: string; seanceId: string; aujourdhui: string }): Promise<Proposable[]> {
  const { rows } = await sql<Proposable>`
    select s.id, s.numero, s.etat, s.etat_le from nominatif.situations s
    where s.contrat_id = ${contratId} and s.cellule_id = ${uuid(o.celluleId)} and s.destruction_le > ${o.aujourdhui} and s.etat = any(${[...EXAMINABLES]})
      and not exists (select from nominatif.cellule_points p where p.contrat_id = s.contrat_id and p.situation_id = s.id and p.seance_id = ${uuid(o.seanceId)})
    order by (s.etat = 'recevable') desc, s.etat_le, s.numero`.execute(db);
  return rows;
}
/** After those that are there; what another secretary put meanwhile stays once. */
export async function addPoints(db: Db, contratId: number, o: { seanceId: string; membreId: string; situations: readonly string[] }): Promise<number> {
  const { rows } = await sql<Pick<Point, 'id'>>`
    insert into nominatif.cellule_points (contrat_id, seance_id, situation_id, rang, membre_id)
    select ${contratId}, ${uuid(o.seanceId)}, v.id, v.n + coalesce((
      select max(rang) from nominatif.cellule_points where contrat_id = ${contratId} and seance_id = ${uuid(o.seanceId)}), 0), ${uuid(o.membreId)}
    from unnest(${o.situations}::uuid[]) with ordinality as v (id, n)
    on conflict (contrat_id, seance_id, situation_id) do nothing
    returning id`.execute(db);
  return rows.length;
}
/** False when it was opened already, or is not there. */
export async function oterPoint(db: Db, contratId: number, o: { id: string; seanceId: string }): Promise<boolean> {
  const { rows } = await sql<Pick<Point, 'id'>>`
    delete from nominatif.cellule_points where contrat_id = ${contratId} and id = ${uuid(o.id)} and seance_id = ${uuid(o.seanceId)} and ouvert_le is null
    returning id`.execute(db);
  return rows.length > 0;
}
export async function ouvrirPoint(db: Db, contratId: number, o: { id: string; seanceId: string }, quand: Date): Promise<void> {
  await sql`
    update nominatif.cellule_points set ouvert_le = ${quand}, clos_le = null
    where contrat_id = ${contratId} and id = ${uuid(o.id)} and seance_id = ${uuid(o.seanceId)}`.execute(db);
}
/** The items that were open, now closed. */
export async function clorePoints(db: Db, contratId: number, seanceId: string, quand: Date): Promise<Pick<Point, 'id' | 'situationId'>[]> {
  const { rows } = await sql<Pick<Point, 'id' | 'situationId'>>`
    update nominatif.cellule_points set clos_le = ${quand}
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)} and ouvert_le is not null and clos_le is null
    returning id, situation_id`.execute(db);
  return rows;
}

export async function listPresences(db: Db, contratId: number, seanceId: string): Promise<Presence[]> {
  const { rows } = await sql<Presence>`
    select p.membre_id, p.le, p.parti_le, m.organisation_id from nominatif.cellule_presences p
    join nominatif.cellule_membres m on m.contrat_id = p.contrat_id and m.id = p.membre_id and m.exclu_le is null
    where p.contrat_id = ${contratId} and p.seance_id = ${uuid(seanceId)}
    order by p.le`.execute(db);
  return rows;
}
export async function addPresence(db: Db, contratId: number, o: { seanceId: string; membreId: string }, quand: Date): Promise<boolean> {
  const { rows } = await sql<Pick<Presence, 'membreId'>>`
    insert into nominatif.cellule_presences (contrat_id, seance_id, membre_id, le)
    values (${contratId}, ${uuid(o.seanceId)}, ${uuid(o.membreId)}, ${quand})
    on conflict (contrat_id, seance_id, membre_id) where parti_le is null do nothing
    returning membre_id`.execute(db);
  return rows.length > 0;
}
export async function partirDe(db: Db, contratId: number, o: { seanceId: string; membreId: string }, quand: Date): Promise<boolean> {
  const { rows } = await sql<Pick<Presence, 'membreId'>>`
    update nominatif.cellule_presences set parti_le = ${quand}
    where contrat_id = ${contratId} and seance_id = ${uuid(o.seanceId)} and membre_id = ${uuid(o.membreId)} and parti_le is null
    returning membre_id`.execute(db);
  return rows.length > 0;
}
