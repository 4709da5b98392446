/** Does, one after the other, the jobs that wait: what the worker does in the running application. */
import { sql } from 'kysely';
import { HOUSE } from '../../src/modules.ts';
import { executerTravail, type Tache } from '../../src/core/jobs/jobs.ts';
import type { AppDeTest } from './app.ts';

/** Returns how many there were. An unexpected failure is noted on its job, as there, and goes no further. */
export async function faireTravaux(app: AppDeTest, taches: readonly Tache[] = HOUSE.taches): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from travaux where contrat_id = ${app.contratId} and etat = 'attente' order by cree_le`.execute(app.base.owner);
  for (const { id } of rows) await executerTravail(app.bases, app.contratId, id, taches).catch(() => {});
  return rows.length;
}
