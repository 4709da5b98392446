import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type AccesHorsTour = Ligne<'nominatif.situationAcces'>;
export type AccesLu = AccesHorsTour & { lectures: number };

/** The last first; `lectures`: how often it was really used. */
export async function listAcces(db: Db, contratId: number, celluleId: string): Promise<AccesLu[]> {
  const { rows } = await sql<AccesLu>`
    select a.*, (select count(*)::int from nominatif.situation_lectures l
        where l.contrat_id = a.contrat_id and l.situation_id = a.situation_id and l.membre_id = a.membre_id and l.titre = a.genre
          and l.le >= a.demande_le and l.le <= a.expire_le) as lectures
    from nominatif.situation_acces a
    where a.contrat_id = ${contratId} and a.cellule_id = ${uuid(celluleId)} and a.genre = 'secours'
    order by a.demande_le desc`.execute(db);
  return rows;
}
export async function addAcces(
  db: Db,
  contratId: number,
  a: Pick<AccesHorsTour, 'celluleId' | 'situationId' | 'numero' | 'genre' | 'membreId' | 'motif' | 'demandeLe' | 'expireLe' | 'accordePar'>,
): Promise<string> {
  const { rows } = await sql<Pick<AccesHorsTour, 'id'>>`
    insert into nominatif.situation_acces (contrat_id, cellule_id, situation_id, numero, genre, membre_id, motif, demande_le, expire_le, accorde_par, accorde_le)
    values (${contratId}, ${a.celluleId}, ${a.situationId}, ${a.numero}, ${a.genre}, ${a.membreId}, ${a.motif}, ${a.demandeLe}, ${a.expireLe}, ${a.accordePar},
      ${a.accordePar ? a.demandeLe : null}::timestamptz)
    returning id`.execute(db);
  return rows[0]?.id ?? '';
}
/** A request that waits for an answer, held. */
export async function getEnAttente(db: Db, contratId: number, o: { id: string; celluleId: string; maintenant: Date }): Promise<AccesHorsTour | undefined> {
  const { rows } = await sql<AccesHorsTour>`
    select * from nominatif.situation_acces
    where contrat_id = ${contratId} and cellule_id = ${uuid(o.celluleId)} and id = ${uuid(o.id)} and genre = 'secours' and accorde_le is null
      and refuse_le is null and expire_le > ${o.maintenant}
    for update`.execute(db);
  return rows[0];
}
export async function accorder(db: Db, contratId: number, id: string, o: { par: string; le: Date; expireLe: Date }): Promise<void> {
  await sql`
    update nominatif.situation_acces set accorde_par = ${o.par}, accorde_le = ${o.le}, expire_le = ${o.expireLe}
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}
export async function refuser(db: Db, contratId: number, id: string, quand: Date): Promise<void> {
  await sql`update nominatif.situation_acces set refuse_le = ${quand} where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}
/** False when it was reviewed already, or never granted. */
export async function revoir(
  db: Db,
  contratId: number,
  o: { id: string; celluleId: string; par: string; avis: NonNullable<AccesHorsTour['avis']>; le: Date },
): Promise<boolean> {
  const { rows } = await sql<Pick<AccesHorsTour, 'id'>>`
    update nominatif.situation_acces set revu_par = ${o.par}, revu_le = ${o.le}, avis = ${o.avis}
    where contrat_id = ${contratId} and cellule_id = ${uuid(o.celluleId)} and id = ${uuid(o.id)} and accorde_le is not null and genre = 'secours' and avis is null
    returning id`.execute(db);
  return rows.length > 0;
}
type ARevoir = Pick<AccesHorsTour, 'id'>;
/** Granted, over, not reviewed, and of which who reviews was not told. */
export async function listARevoir(db: Db, contratId: number, celluleId: string, maintenant: Date): Promise<ARevoir[]> {
  const { rows } = await sql<ARevoir>`
    select id from nominatif.situation_acces
    where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} and genre = 'secours' and accorde_le is not null and avis is null and not relance
      and expire_le < ${maintenant}`.execute(db);
  return rows;
}
export async function setRevueRelancee(db: Db, contratId: number, dites: readonly ARevoir[]): Promise<void> {
  await sql`update nominatif.situation_acces set relance = true where contrat_id = ${contratId} and id = any(${dites.map((d) => d.id)}::uuid[])`.execute(db);
}
/** By number: whoever asks has read nothing of it. */
type Numerotee = Pick<Ligne<'nominatif.situations'>, 'id' | 'numero'>;
export async function getParNumero(db: Db, contratId: number, o: { celluleId: string; numero: number; aujourdhui: string }): Promise<Numerotee | undefined> {
  const { rows } = await sql<Numerotee>`
    select id, numero from nominatif.situations
    where contrat_id = ${contratId} and cellule_id = ${uuid(o.celluleId)} and numero = ${o.numero} and destruction_le > ${o.aujourdhui}`.execute(db);
  return rows[0];
}
