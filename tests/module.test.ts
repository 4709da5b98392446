/** Adding a module is a folder and a line: everything else reads its manifest. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHouse } from '../src/core/house.ts';
import { HOUSE } from '../src/modules.ts';
import { buildMatrice } from '../src/modules/comptes/gestion/matrice.rules.ts';
import { chargerPlateforme } from '../src/preparation.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { testDatabase } from './support/database.ts';
import visites from './support/module-essai.tsx';
import { PARIS } from './support/template.ts';
import { faireTravaux } from './support/travaux.ts';

describe('Un module ajouté d’une ligne', () => {
  const house = buildHouse([...HOUSE.modules, visites]);
  let app: AppDeTest;
  beforeAll(async () => {
    const base = await testDatabase();
    await sql`create table visites (contrat_id smallint not null, id bigint generated always as identity, le timestamptz not null, primary key (contrat_id, id))`.execute(
      base.owner,
    );
    await sql`select proteger('visites')`.execute(base.owner);
    await chargerPlateforme(base.owner, PARIS, () => {}, house);
    app = await ouvrirApp({ base, modules: [visites] });
  });
  afterAll(async () => {
    await app.close();
    await app.base.close();
  });

  test('a sa page, sa place au menu et sa porte', async () => {
    const page = await app.get('/visites', { comme: 'agent' });
    expect([page.statusCode, page.body.includes('Visites de http'), page.body.includes('href="/visites"')]).toEqual([200, true, true]);
    expect((await app.get('/visites')).headers.location).toContain('/connexion');
    expect((await app.get('/visites', { comme: 'administrateur' })).statusCode).toBe(403);
    expect((await app.get('/ma-journee', { comme: 'administrateur' })).body).not.toContain('href="/visites"');
  });

  test('dit son mot sur la fiche, au public aussi', async () => {
    expect((await app.get('/fiches/1.6')).body).toContain('Visites de la fiche 1.6');
  });

  test('son acte est audité et lu dans les mots du journal ; son travail se fait', async () => {
    const reponse = await app.post('/visites', {}, { comme: 'agent' });
    expect(reponse.statusCode).toBe(303);
    expect(await faireTravaux(app, house.taches)).toBe(1);
    const { rows } = await sql<{ etat: string }>`select etat from travaux where genre = 'visite'`.execute(app.base.owner);
    expect(rows).toEqual([{ etat: 'fait' }]);
    expect((await app.get('/journal', { comme: 'dpo' })).body).toContain('visite demandée');
  });

  test('ses droits sont imprimés, sa table est au registre des traitements, sa durée est au bureau du délégué', async () => {
    expect(buildMatrice(house.droits).find((l) => l.objet === 'Visites')?.roles).toMatchObject({ agent: 'oui', administrateur: 'non' });
    expect((await app.get('/comptes/droits', { comme: 'dpo' })).body).toContain('demander une visite');
    expect((await app.get('/dpo/traitements', { comme: 'dpo' })).body).toContain('visites');
    expect((await app.get('/dpo/conservation', { comme: 'dpo' })).body).toContain('Visites de plus de 40 jours');
  });
});
