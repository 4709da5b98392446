/** The demonstration year on the real contract folder: quick, reproducible, and only values that the definitions accept. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BaseDeTest, testDatabase } from '../../../../tests/support/database.ts';
import { ouvrirMesure } from '../../../../tests/support/mesure.ts';
import { chargerContrat, getCatalogue, lireDemonstration, type Catalogue } from '../../contrats/index.ts';
import { lire } from '../../../core/http/http.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { genererDemoDe, type OptionsDemo } from './registres.demo.ts';
import { repertoireDe } from '../registres.repertoire.ts';
import { type Contenu, pourContrat } from '../registres.rules.ts';
import { buildCreation } from '../registres.schema.ts';
import { publierVues } from '../registres.views.ts';

const annee = { annees: [2023, 2024, 2025, 2026], graine: 7, jusquau: '2026-06-30' };
let options: OptionsDemo;
let base: BaseDeTest;
let catalogue: Catalogue;
beforeAll(async () => {
  base = await testDatabase();
  await publierVues(base.owner, definitionsDecouvertes);
  const { contratId } = await chargerContrat(base.owner, 'contrats/paris-2023-2026', () => {});
  catalogue = await getCatalogue(base.owner, contratId);
  const demo = await lireDemonstration('contrats/paris-2023-2026');
  if (!demo) throw new Error('Le contrat de Paris a une démonstration.');
  options = { ...annee, profils: demo.profils };
});
afterAll(() => base.close());

test('une démonstration complète se fait vite, deux fois la même, sans dépasser le jour dit', async () => {
  const cout = ouvrirMesure();
  const n = await genererDemoDe(base.owner, catalogue, definitionsDecouvertes, options);
  expect(cout()).toBeLessThan(6000);
  expect(n).toBeGreaterThan(1000);
  const empreinte = async () =>
    (
      await sql<{ e: string; max: string }>`
      select md5(string_agg(id::text || activite_contenu(a)::text, '' order by id)) as e, max(jour) filter (where etape = 'realisee')::text as max
      from activites a where contrat_id = ${catalogue.contratId}`.execute(base.owner)
    ).rows[0];
  const premiere = await empreinte();
  await sql`truncate activites, activite_liens, activite_lieux, activite_versions, lots, lot_lignes`.execute(base.owner);
  await genererDemoDe(base.owner, catalogue, definitionsDecouvertes, options);
  expect(await empreinte()).toEqual(premiere);
  expect(premiere && premiere.max <= options.jusquau).toBe(true);
});

test('chaque enregistrement fictif est un enregistrement que le formulaire accepterait', async () => {
  const rep = repertoireDe(catalogue);
  for (const d of definitionsDecouvertes.map((x) => pourContrat(x, catalogue))) {
    const schema = buildCreation(d, rep);
    const { rows } = await sql<{ contenu: Contenu }>`
      select activite_contenu(a) as contenu from activites a
      where contrat_id = ${catalogue.contratId} and registre = ${d.code} order by id limit 300`.execute(base.owner);
    const fautes = rows.flatMap((r) => {
      const lu = lire(schema, r.contenu);
      return lu.ok ? [] : lu.erreurs.map((e) => `${d.code} › ${r.contenu.titre} › ${e.champ} : ${e.message}`);
    });
    expect([...new Set(fautes)].slice(0, 10)).toEqual([]);
  }
});
