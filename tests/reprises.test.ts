/** What an earlier version left waiting is done by this one: over a real queue. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '../src/core/base/database.ts';
import { startTravaux } from '../src/core/jobs/jobs.ts';
import { migrate } from '../src/core/base/migrate.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

test('un travail mis en file sous l’ancien nom commun est repris par les processus de son contrat, une fois', async () => {
  const { owner } = app.base;
  const mettre = async (etat: string) => {
    const { rows } = await sql<{ id: string }>`
      insert into travaux (contrat_id, genre, libelle, etat) values (${app.contratId}, 'essai', 'Bilan', ${etat}) returning id`.execute(owner);
    const id = rows[0]?.id ?? '';
    await sql`select graphile_worker.add_job('travail', ${JSON.stringify({ contratId: app.contratId, id })}::json)`.execute(owner);
    return id;
  };
  const [attend, commence, fini] = [await mettre('attente'), await mettre('en_cours'), await mettre('fait')];
  await sql`select graphile_worker.add_job('travail', '{"contratId": 31000, "id": "00000000-0000-0000-0000-000000000000"}')`.execute(owner);
  await sql`delete from migrations where nom like '%travaux_repris%'`.execute(owner);
  expect(await migrate(owner, 'db/migrations')).toHaveLength(1);
  expect((await sql`select from graphile_worker.jobs where task_identifier = 'travail'`.execute(owner)).rows).toHaveLength(0);

  const faits: string[] = [];
  const pool = openPool((await app.base.acces(app.contratId)).travaux, { max: 2 });
  const essai = { genre: 'essai', executer: async ({ travailId }: { travailId: string }) => ({ n: faits.push(travailId) }) };
  const runner = await startTravaux(pool, app.bases, { contratId: app.contratId, taches: [essai], rendezvous: [] });
  await expect.poll(() => faits.length).toBe(2);
  await runner.stop();
  await pool.end();
  expect(faits.sort()).toEqual([attend, commence].sort());
  const { rows } = await sql<{ etat: string }>`select etat from travaux where id in (${attend}::uuid, ${commence}::uuid, ${fini}::uuid)`.execute(owner);
  expect(rows.map((r) => r.etat)).toEqual(['fait', 'fait', 'fait']);
});
