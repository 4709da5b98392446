/** Drafts that no screen sends: whoever writes them by hand, or from a device that two people share. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { BROUILLONS_MAX } from './brouillons.queries.ts';
import { type Gens, ouvrirSalle, type Salle } from './tenue.fixtures.ts';

let salle: Salle;
beforeAll(async () => {
  salle = await ouvrirSalle();
});
afterAll(() => salle.app.close());
beforeEach(() => salle.preparer());

const poster = (q: Gens, formulaire: string, champs: string, id = randomUUID()) => salle.poster(q, '/brouillons', { brouillon: id, formulaire, champs }, true);
const champsDe = async (id: string) =>
  (await sql<{ champs: Record<string, string> }>`select champs from seance_brouillons where id = ${id}::uuid`.execute(salle.app.base.owner)).rows[0]?.champs;

test.each([
  ['un caractère nul', '{"libelle":"a\\u0000b"}', 'ab'],
  ['une moitié de caractère', '{"libelle":"a\\ud800b"}', 'ab'],
])('%s dans une saisie est ôté, le reste est gardé', async (_, champs, garde) => {
  const id = randomUUID();
  expect((await poster(salle.anne, 'decision', champs, id)).statusCode).toBe(200);
  expect(await champsDe(id)).toEqual({ libelle: garde });
});

test.each([
  ['un formulaire inconnu', 'constructor', '{}'],
  ['un formulaire au nom trop long', `notes:${'a'.repeat(80)}`, '{}'],
  ['une correction de rien', 'correction:1', '{}'],
  ['des champs qui n’en sont pas', 'decision', '[1]'],
  ['trop de champs', 'decision', JSON.stringify(Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`c${i}`, 'a'])))],
  ['un champ trop long', 'decision', JSON.stringify({ libelle: 'a'.repeat(20_001) })],
])('%s : refusé, avec une raison', async (_, formulaire, champs) => {
  const r = await poster(salle.anne, formulaire, champs);
  expect([r.statusCode, r.json<{ erreurs: unknown[] }>().erreurs.length]).toEqual([422, 1]);
});

test('une saisie qui porte le numéro de celle d’une autre personne n’est pas dite gardée', async () => {
  const id = randomUUID();
  await poster(salle.anne, 'point', '{"titre":"Celui d’Anne"}', id);
  const r = await poster(salle.bruno, 'point', '{"titre":"Celui de Bruno"}', id);
  expect([r.statusCode, r.json()]).toEqual([409, expect.objectContaining({ autreId: true })]);
  expect(await champsDe(id)).toEqual({ titre: 'Celui d’Anne' });
  await salle.poster(salle.bruno, '/brouillons', { brouillon: id, formulaire: 'point', champs: '' }, true);
  expect(await champsDe(id)).toEqual({ titre: 'Celui d’Anne' });
});

test('une personne n’a pas plus de saisies commencées que la limite ; celles qu’elle a se complètent encore', async () => {
  const id = randomUUID();
  await poster(salle.anne, 'point', '{"titre":"Une"}', id);
  await sql`
    insert into seance_brouillons (contrat_id, id, seance_id, compte_id, par, formulaire, champs, quand)
    select contrat_id, gen_random_uuid(), seance_id, compte_id, par, formulaire, champs, quand
    from seance_brouillons, generate_series(2, ${BROUILLONS_MAX}) where id = ${id}::uuid`.execute(salle.app.base.owner);
  const r = await poster(salle.anne, 'point', '{"titre":"De trop"}');
  expect([r.statusCode, r.json<{ message: string }>().message.includes(`${BROUILLONS_MAX} saisies commencées`)]).toEqual([409, true]);
  expect((await poster(salle.anne, 'point', '{"titre":"Une, complétée"}', id)).statusCode).toBe(200);
  expect((await poster(salle.bruno, 'point', '{"titre":"Celle de Bruno"}')).statusCode).toBe(200);
});
