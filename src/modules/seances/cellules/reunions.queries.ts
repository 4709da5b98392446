import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

export type ReunionsDeCellule = Pick<Ligne<'celluleReunions'>, 'genre' | 'territoireId' | 'mois' | 'nombre'>;

/** What confidential cells say: how many sessions each held, by finished month. No day, no agenda, nobody. */
export async function lireSeancesDesCellules(db: Db): Promise<ReunionsDeCellule[]> {
  const { rows } = await sql<ReunionsDeCellule>`select genre, territoire_id, mois || '-01' as mois, nombre from seances_de_cellules()`.execute(db);
  return rows;
}
interface ReunionsTenues extends ReunionsDeCellule, Pick<Ligne<'celluleReunions'>, 'id'> {}
/** As figures count them now, held until the end of the transaction. */
export async function listReunionsDeCellules(db: Db, contratId: number): Promise<ReunionsTenues[]> {
  const { rows } = await sql<ReunionsTenues>`
    select id, genre, territoire_id, mois, nombre from cellule_reunions where contrat_id = ${contratId} for update`.execute(db);
  return rows;
}
export async function oterReunionsDeCellules(db: Db, contratId: number, ids: readonly string[]): Promise<void> {
  await sql`delete from cellule_reunions where contrat_id = ${contratId} and id = any(${[...ids]}::uuid[])`.execute(db);
}
/** Their ids. */
export async function addReunionsDeCellules(db: Db, contratId: number, r: readonly ReunionsDeCellule[]): Promise<string[]> {
  const { rows } = await sql<Pick<ReunionsTenues, 'id'>>`
    insert into cellule_reunions (contrat_id, genre, territoire_id, mois, nombre)
    select ${contratId}, v.genre, v.territoire_id, v.mois, v.nombre
    from unnest(${r.map((x) => x.genre)}::text[], ${r.map((x) => x.territoireId)}::text[], ${r.map((x) => x.mois)}::date[], ${r.map((x) => x.nombre)}::int[])
      as v (genre, territoire_id, mois, nombre)
    returning id`.execute(db);
  return rows.map((x) => x.id);
}
