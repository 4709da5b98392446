import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type Boite = Ligne<'nominatif.situationContenus'>;

/** Every box of a cell, situation by situation, held until the end of this transaction. */
export async function listBoites(db: Db, contratId: number, celluleId: string): Promise<Boite[]> {
  const { rows } = await sql<Boite>`
    select c.* from nominatif.situation_contenus c
    join nominatif.situations s on s.contrat_id = c.contrat_id and s.id = c.situation_id
    where c.contrat_id = ${contratId} and s.cellule_id = ${uuid(celluleId)} and c.boite is not null
    order by c.situation_id, c.id
    for update`.execute(db);
  return rows;
}
export async function setContenus(db: Db, contratId: number, boites: readonly { id: string; boite: Buffer }[]): Promise<void> {
  await sql`
    update nominatif.situation_contenus c set boite = v.boite
    from unnest(${boites.map((b) => b.id)}::uuid[], ${boites.map((b) => b.boite)}::bytea[]) as v (id, boite)
    where c.contrat_id = ${contratId} and c.id = v.id`.execute(db);
}
export async function setEmpreintes(db: Db, contratId: number, empreintes: readonly { id: string; empreinte: Buffer }[]): Promise<void> {
  await sql`
    update nominatif.situations s set empreinte = v.empreinte
    from unnest(${empreintes.map((e) => e.id)}::uuid[], ${empreintes.map((e) => e.empreinte)}::bytea[]) as v (id, empreinte)
    where s.contrat_id = ${contratId} and s.id = v.id`.execute(db);
}
