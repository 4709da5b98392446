/** Records of registers that sessions deal with, over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { creerInstance, creerSeance } from '../../instances/instances.fixtures.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const AGENT = { comme: 'agent', organisation: 'PP', territoire: 'mairie-5' } as const;
const etablissement = async (titre: string): Promise<string> =>
  (
    await sql<{ id: string }>`
      insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, donnees, auteur)
      values (${app.contratId}, 'etablissements', '2026-05-12', ${titre}, 'mairie-18', 'PP', '{}', 'x') returning id`.execute(app.base.owner)
  ).rows[0]?.id ?? '';
const tenir = async (nom: string, confidentialite: 'partenaires' | 'restreinte') => {
  const instance = await creerInstance(app.base.owner, app.contratId, { nom, territoire: 'mairie-18', porteur: 'DPMP', confidentialite });
  return creerSeance(app.base.owner, app.contratId, instance, { titre: `Séance de ${nom}`, jour: '2099-03-02', etat: 'convoquee', points: ['Examen'] });
};

test('GOUV-35, dossier-en-seance : un établissement examiné se lit sur la séance, et la séance sur la page de l’établissement, pour qui peut lire les deux', async () => {
  const bar = await etablissement('Le Bar des Essais');
  const [ouverte, fermee] = [await tenir('Commission ouverte', 'partenaires'), await tenir('Commission fermée', 'restreinte')];
  for (const seance of [ouverte, fermee]) {
    expect((await app.get(`/seances/${seance}?registre=etablissements&q=Essais`, AU_18E)).body).toContain('Le Bar des Essais');
    expect((await app.post(`/seances/${seance}/liens`, { objet: bar }, AU_18E)).statusCode).toBe(303);
    expect((await app.get(`/seances/${seance}`, AU_18E)).body).toContain(`/registres/etablissements/${bar}`);
  }
  const vues = async (qui?: Parameters<AppDeTest['get']>[1]) => {
    const page = (await app.get(`/registres/etablissements/${bar}`, qui)).body;
    return [page.includes('Séance de Commission ouverte'), page.includes('Commission fermée')];
  };
  expect([await vues(AU_18E), await vues(AGENT), await vues()]).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ]);
  // Who does not keep the session links nothing; a record that does not exist is none.
  expect((await app.post(`/seances/${ouverte}/liens`, { objet: bar }, AGENT)).statusCode).toBe(403);
  expect((await app.post(`/seances/${fermee}/liens`, { objet: bar }, AGENT)).statusCode).toBe(404);
  expect((await app.post(`/seances/${ouverte}/liens`, { objet: '00000000-0000-4000-8000-000000000000' }, AU_18E)).statusCode).toBe(404);

  const lien = /\/liens\/([0-9a-f-]{36})\/retirer/.exec((await app.get(`/seances/${ouverte}`, AU_18E)).body)?.[1] ?? '';
  expect((await app.post(`/seances/${fermee}/liens/${lien}/retirer`, {}, AU_18E)).statusCode).toBe(404);
  expect((await app.post(`/seances/${ouverte}/liens/${lien}/retirer`, {}, AU_18E)).statusCode).toBe(303);
  expect(await vues(AGENT)).toEqual([false, false]);
});
