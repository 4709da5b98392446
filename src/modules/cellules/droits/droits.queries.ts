import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type Demande = Ligne<'nominatif.situationDemandes'>;
/** With whether its situation is still there. */
export type DemandeLue = Demande & { vivante: boolean };

/** Not answered first, those due soonest first. `situationId` null: of the whole cell. */
export async function listDemandes(db: Db, contratId: number, o: { celluleId: string; situationId: string | null }): Promise<DemandeLue[]> {
  const { rows } = await sql<DemandeLue>`
    select d.*, exists (select from nominatif.situations s where s.contrat_id = d.contrat_id and s.id = d.situation_id) as vivante
    from nominatif.situation_demandes d
    where contrat_id = ${contratId} and cellule_id = ${uuid(o.celluleId)} and (${o.situationId === null} or situation_id = ${uuid(o.situationId)})
    order by (reponse is null) desc, avant_le, id`.execute(db);
  return rows;
}
/** One that waits for an answer, held. */
export async function getDemande(db: Db, contratId: number, o: { id: string; situationId: string }): Promise<Demande | undefined> {
  const { rows } = await sql<Demande>`
    select * from nominatif.situation_demandes
    where contrat_id = ${contratId} and situation_id = ${uuid(o.situationId)} and id = ${uuid(o.id)} and reponse is null
    for update`.execute(db);
  return rows[0];
}
export async function addDemande(
  db: Db,
  contratId: number,
  d: Pick<Demande, 'celluleId' | 'situationId' | 'numero' | 'droit' | 'qui' | 'membreId' | 'recueLe' | 'avantLe'>,
): Promise<void> {
  await sql`
    insert into nominatif.situation_demandes (contrat_id, cellule_id, situation_id, numero, droit, qui, membre_id, recue_le, avant_le)
    values (${contratId}, ${d.celluleId}, ${d.situationId}, ${d.numero}, ${d.droit}, ${d.qui}, ${d.membreId}, ${d.recueLe}, ${d.avantLe})`.execute(db);
}
export async function setReponse(db: Db, contratId: number, id: string, r: Pick<Demande, 'reponse' | 'motif' | 'repondueLe'>): Promise<void> {
  await sql`
    update nominatif.situation_demandes set reponse = ${r.reponse}, motif = ${r.motif}, repondue_le = ${r.repondueLe}
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}
export async function prolonger(db: Db, contratId: number, id: string, avantLe: string): Promise<void> {
  await sql`
    update nominatif.situation_demandes set prolongee = true, avant_le = ${avantLe}, relance = false where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(
    db,
  );
}
type Due = Pick<Demande, 'id'>;
/** Due by that day, not answered, and of which nobody was told. */
export async function listDemandesEnRetard(db: Db, contratId: number, celluleId: string, jour: string): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select id from nominatif.situation_demandes
    where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} and reponse is null and not relance and avant_le <= ${jour}`.execute(db);
  return rows;
}
export async function setDemandesRelancees(db: Db, contratId: number, dites: readonly Due[]): Promise<void> {
  await sql`update nominatif.situation_demandes set relance = true where contrat_id = ${contratId} and id = any(${dites.map((d) => d.id)}::uuid[])`.execute(db);
}
