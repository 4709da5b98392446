import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type Situation = Ligne<'nominatif.situations'>;
export type Certificat = Ligne<'nominatif.certificats'>;

/** Those whose day is there, or comes before `jour`, soonest first. */
export async function listADetruire(db: Db, contratId: number, o: { jour: string; celluleId: string | null }): Promise<Situation[]> {
  const { rows } = await sql<Situation>`
    select * from nominatif.situations
    where contrat_id = ${contratId} and destruction_le <= ${o.jour} and (${o.celluleId === null} or cellule_id = ${uuid(o.celluleId)})
    order by destruction_le, id`.execute(db);
  return rows;
}
export async function getADetruire(db: Db, contratId: number, id: string, jour: string): Promise<Situation | undefined> {
  const { rows } = await sql<Situation>`
    select * from nominatif.situations where contrat_id = ${contratId} and id = ${uuid(id)} and destruction_le <= ${jour} for update`.execute(db);
  return rows[0];
}
type Boite = Pick<Ligne<'nominatif.situationContenus'>, 'groupe' | 'boite'>;
export async function listBoitesDe(db: Db, contratId: number, situationId: string): Promise<Boite[]> {
  const { rows } = await sql<Boite>`
    select groupe, boite from nominatif.situation_contenus where contrat_id = ${contratId} and situation_id = ${uuid(situationId)} order by id`.execute(db);
  return rows;
}
/** All of it but the reads and what was asked for it, which say who saw and who answered, and the certificate. */
export async function effacer(db: Db, contratId: number, situationId: string): Promise<void> {
  for (const table of ['cellule_points', 'situation_contenus', 'situation_habilitations', 'situation_informations', 'situation_orientations'])
    await sql`delete from ${sql.table(`nominatif.${table}`)} where contrat_id = ${contratId} and situation_id = ${uuid(situationId)}`.execute(db);
  await sql`delete from nominatif.situations where contrat_id = ${contratId} and id = ${uuid(situationId)}`.execute(db);
}
export async function addCertificat(db: Db, contratId: number, c: Omit<Certificat, 'contratId'>): Promise<void> {
  await sql`
    insert into nominatif.certificats (contrat_id, situation_id, cellule_id, contenu, signature, publique, etabli_le)
    values (${contratId}, ${c.situationId}, ${c.celluleId}, ${c.contenu}, ${c.signature}, ${c.publique}, ${c.etabliLe})`.execute(db);
}
/** Newest first; of every cell when none is named. */
export async function listCertificats(db: Db, contratId: number, celluleId: string | null): Promise<Certificat[]> {
  const { rows } = await sql<Certificat>`
    select * from nominatif.certificats
    where contrat_id = ${contratId} and (${celluleId === null} or cellule_id = ${uuid(celluleId)})
    order by etabli_le desc, situation_id`.execute(db);
  return rows;
}
export async function listVivantes(db: Db, contratId: number): Promise<Set<string>> {
  const { rows } = await sql<Pick<Situation, 'id'>>`select id from nominatif.situations where contrat_id = ${contratId}`.execute(db);
  return new Set(rows.map((r) => r.id));
}

/** Who read, who looked for a name, what was read out of turn, and what was asked and answered: kept for a year. */
export async function oublierLectures(db: Db, contratId: number, maintenant: Date): Promise<void> {
  const unAn = sql`${maintenant}::timestamptz - interval '12 months'`;
  await sql`delete from nominatif.situation_lectures where contrat_id = ${contratId} and le < ${unAn}`.execute(db);
  await sql`delete from nominatif.situation_acces where contrat_id = ${contratId} and demande_le < ${unAn}`.execute(db);
  await sql`delete from nominatif.cellule_recherches where contrat_id = ${contratId} and jour < ${unAn}`.execute(db);
  // One that nobody answered has a term too: a year later.
  await sql`delete from nominatif.situation_demandes where contrat_id = ${contratId} and coalesce(repondue_le, recue_le + interval '12 months') < ${unAn}`.execute(
    db,
  );
}
