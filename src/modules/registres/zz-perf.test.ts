import { sql } from 'kysely';
import { test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { openDatabase } from '../../core/database.ts';
import { essais, petiteVille } from './registres.fixtures.ts';
import { countActivites, listActivites, listActivitesApres, listEtats } from './liste/liste.queries.ts';
import { lireFiltres } from './liste/filtres.schema.ts';
import { publierVues } from './registres.views.ts';
import { updateActivite, getActivite } from './saisie/saisie.queries.ts';

test('perf', async () => {
  const base = await testDatabase();
  const { rows } = await sql<{ id: number }>`insert into contrats (slug, nom) values ('perf', 'P') returning id`.execute(base.owner);
  const id = rows[0]?.id ?? 0;
  await publierVues(base.owner, [essais]);
  let t = performance.now();
  await sql`insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, donnees, auteur, lignes, fiches)
    select ${id}, 'essais-de-terrain', date '2023-01-01' + (i % 1400), 'Essai numéro ' || i || case when i % 50000 = 0 then ' rarissime' else '' end, case when i % 20 = 0 then 'q-gare' else '99102' end, 'POLICE', jsonb_build_object('theme', case when i % 2 = 0 then 'rixes' else 'seniors' end, 'participants', i % 30), 'x',
      case when i % 1000 = 0 then array['1.1-R1.1'] else '{}'::text[] end, case when i % 1000 = 0 then array['1.1'] else '{}'::text[] end
    from generate_series(1, 1000000) i`.execute(base.owner);
  await sql`vacuum analyze activites`.execute(base.owner);
  console.log('insert 1M', Math.round(performance.now() - t));
  const db = openDatabase(base.url, { role: 'application', contratId: id, max: 2 });
  const ou = { contratId: id, d: essais, rep: petiteVille };
  for (const q of [{}, { q: 'rarissime' }, { q: 'essai' }, { theme: 'rixes' }, { ligne: '1.1-R1.1' }, { fiche: '1.1' }, { territoire: 'q-gare' }, { organisation: 'ASSO' }, { tri: 'titre' }, { tri: 'saisie' }, { q: 'introuvable', theme: 'rixes' }] as Record<string, string>[]) {
    const f = lireFiltres(essais, petiteVille, q);
    await listActivites(db, ou, f, { limite: 50, depuis: 0 });
    t = performance.now();
    const l = await listActivites(db, ou, f, { limite: 50, depuis: 0 });
    const t2 = performance.now();
    const n = await countActivites(db, ou, f);
    console.log(JSON.stringify(q), l.length, 'list', Math.round(t2 - t), 'count', n, Math.round(performance.now() - t2));
  }
  t = performance.now();
  await listActivites(db, ou, lireFiltres(essais, petiteVille, {}), { limite: 50, depuis: 9950 });
  console.log('offset 9950', Math.round(performance.now() - t));
  t = performance.now();
  await listActivitesApres(db, ou, lireFiltres(essais, petiteVille, {}), 100, { jour: '2024-01-01', id: '80000000-0000-4000-8000-000000000000' });
  console.log('keyset', Math.round(performance.now() - t));
  t = performance.now();
  await listEtats(db, id, ['essais-de-terrain', 'a', 'b']);
  console.log('etats', Math.round(performance.now() - t));
  for (const cond of ['id::text = any(array[$$x$$])', 'true and lot_id = $$80000000-0000-4000-8000-000000000000$$::uuid', 'id = any(array[$$80000000-0000-4000-8000-000000000000$$::uuid])']) {
    t = performance.now();
    await sql`select count(*) from faits_essais_de_terrain where contrat_id = ${id} and ${sql.raw(cond)}`.execute(db);
    console.log(cond, Math.round(performance.now() - t));
  }
  await db.destroy();
  await base.close();
}, 300000);
