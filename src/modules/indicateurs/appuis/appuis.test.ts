import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { getFormulaire } from '../formulaires.ts';
import { getAppuis } from './appuis.queries.ts';
import { CLE_FICHE, suffixeDe } from './appuis.rules.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

test('ce qui appuie toutes les fiches, lu en une fois, est ce qui appuie chacune', async () => {
  const f = await getFormulaire(app.db, app.contratId);
  const fiches = [...f.catalogue.fiches.keys()];
  // Of one key in three, something in some months of the year: told at once, later, or never.
  const bases = fiches.flatMap((n) => [`${CLE_FICHE}${n}`, ...(f.catalogue.fiches.get(n)?.lignes ?? []).map((l) => `_preuve/${l.id}`)]);
  const suffixes = [...new Set([...f.sources.values()].map(suffixeDe))];
  const cles = suffixes.flatMap((x) => bases.map((b) => `${b}${x}`)).filter((_, i) => i % 3 === 0);
  await sql`
    insert into mesure_cellules (contrat_id, mesure_id, mois, territoire_id, ventilation, nombre)
    select ${app.contratId}, k.cle, m.mois, 'mairie-18', '{}', 1 + (k.n + extract(month from m.mois))::int % 4
    from unnest(${cles}::text[]) with ordinality as k (cle, n), unnest(array['2026-01-01', '2026-03-01', '2026-11-01']::date[]) as m (mois)`.execute(
    app.base.owner,
  );
  await sql`
    insert into mesure_annees (contrat_id, mesure_id, annee, territoire_id, ventilation, nombre)
    select contrat_id, mesure_id, 2026, territoire_id, ventilation, sum(nombre) from mesure_cellules where contrat_id = ${app.contratId} and mesure_id = any(${cles}::text[])
    group by 1, 2, 4, 5`.execute(app.base.owner);
  let lus = 0;
  for (const [annee, jour] of [
    ['2025', '2026-11-20'],
    ['2026', '2026-11-20'],
    ['2026', '2026-03-02'],
  ] as const)
    for (const territoireId of [f.catalogue.racine.id, 'mairie-18']) {
      const d = { annee, territoireId, aujourdhui: jour };
      const toutes = await getAppuis(app.db, app.contratId, f, { ...d, fiches });
      const chacune = await Promise.all(fiches.map((n) => getAppuis(app.db, app.contratId, f, { ...d, fiches: [n] })));
      expect([...toutes.fiches]).toEqual(chacune.flatMap((a) => [...a.fiches]));
      expect([...toutes.lignes]).toEqual(chacune.flatMap((a) => [...a.lignes]));
      lus += [...toutes.fiches.values()].reduce((a, b) => a + b, 0);
    }
  expect(lus).toBeGreaterThan(100);
});
