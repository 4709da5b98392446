import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { type CleDeCellule, garderAncienne, reprendreAncienne } from './cles.ts';

type Ancienne = Pick<Ligne<'nominatif.celluleCles'>, 'epoque' | 'boite'>;

/** Keys that left and that some box still needs, the last first. */
export async function listAnciennes(db: Db, contratId: number, celluleId: string, cle: CleDeCellule): Promise<CleDeCellule[]> {
  const { rows } = await sql<Ancienne>`
    select epoque, boite from nominatif.cellule_cles where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} order by epoque desc`.execute(db);
  return Promise.all(rows.map((r) => reprendreAncienne(cle, r.boite)));
}
/** All of them, closed by the key in force. */
export async function garderAnciennes(
  db: Db,
  contratId: number,
  celluleId: string,
  o: { cle: CleDeCellule; anciennes: readonly CleDeCellule[]; epoque: number },
): Promise<void> {
  await sql`delete from nominatif.cellule_cles where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)}`.execute(db);
  const boites = await Promise.all(o.anciennes.map((a) => garderAncienne(o.cle, a)));
  await sql`
    insert into nominatif.cellule_cles (contrat_id, cellule_id, epoque, boite)
    select ${contratId}, ${uuid(celluleId)}, ${o.epoque} - v.n, v.boite from unnest(${boites}::bytea[]) with ordinality as v (boite, n)`.execute(db);
}
