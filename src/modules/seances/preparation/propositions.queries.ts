/** What is open around a body: its decisions, what members ask, its last minutes. */
import { sql } from 'kysely';
import { aussiOuvertes, type Instance, origineInstance } from '../../instances/index.ts';
import type { Db } from '../../../core/base/database.ts';
import { type Decision, listDecisionsOuvertes } from '../../decisions/index.ts';

/** A session quotes only what its own readers may read. */
export type Citant = Pick<Instance, 'id' | 'confidentialite'>;
const citable = (i: Citant) => sql`any(${[...aussiOuvertes(i.confidentialite)]}::text[])`;

/** Of its decisions too. */
export const listDecisionsCitables = (db: Db, contratId: number, i: Citant): Promise<Decision[]> =>
  listDecisionsOuvertes(db, contratId, origineInstance(i.id), aussiOuvertes(i.confidentialite));

/** The last session that met, for its minutes to be recalled. */
export async function getDerniereTenue(db: Db, contratId: number, i: Citant): Promise<{ id: string; jour: string; etat: string } | null> {
  const { rows } = await sql<{ id: string; jour: string; etat: string }>`
    select id, jour, etat from seances
    where contrat_id = ${contratId} and instance_id = ${i.id}::uuid and etat in ('relecture', 'figee') and confidentialite = ${citable(i)}
    order by jour desc limit 1`.execute(db);
  return rows[0] ?? null;
}
