/** What somebody writes is kept whole, or refused with what they typed: by who reported, the organisation that asked, the service. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { creerDemande } from '../signalements.fixtures.ts';

const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
/** As a browser sends a thousand characters with ends of line, then one more. */
const LIGNES = `${'Toujours là.\r\n'.repeat(10)}fin`;
const [JUSTE, TROP] = [LIGNES.padEnd(1000 + 10, 'x'), LIGNES.padEnd(1000 + 11, 'x')];
const GARDE = JUSTE.replaceAll('\r\n', '\n');
let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const gardes = async (id: string): Promise<string[]> =>
  (
    await sql<{ dit: string }>`
      select motif || message || note as dit from demande_evenements where demande_id = ${id}::uuid and rang > 1 order by rang`.execute(app.base.owner)
  ).rows.map((r) => r.dit);
const combien = (html: string): boolean => html.replaceAll(/[\u00a0\u202f]/g, ' ').includes('1 000 caractères au plus, il y en a 1 001');

test('de la personne qui a signalé', async () => {
  const { id, code } = await creerDemande(app.base.owner, app.contratId, { etat: 'repondu' });
  const refusee = await app.post(`/suivi/${code}`, { acte: 'conteste', mots: TROP });
  expect([refusee.statusCode, refusee.body.includes('Ce texte est trop long'), refusee.body.includes('x'.repeat(800)), await gardes(id)]).toEqual([
    422,
    true,
    true,
    [],
  ]);
  expect((await app.post(`/suivi/${code}`, { acte: 'conteste', mots: JUSTE })).statusCode).toBe(303);
  expect((await gardes(id))[0]).toContain(GARDE);
});

test('de l’organisation qui a demandé', async () => {
  const { id } = await creerDemande(app.base.owner, app.contratId, { etat: 'repondu' });
  await sql`update demandes set auteur_organisation = 'RATP' where id = ${id}::uuid`.execute(app.base.owner);
  const RATP: Qui = { comme: 'agent', organisation: 'RATP' };
  const dire = (mots: string) => app.post(`/signalements/demandes/${id}/dire`, { version: '1', vers_declarant: 'conteste', mots }, RATP);
  const refusee = await dire(TROP);
  expect([refusee.statusCode, combien(refusee.body), refusee.body.includes('x'.repeat(800)), await gardes(id)]).toEqual([422, true, true, []]);
  expect((await dire(JUSTE)).statusCode).toBe(303);
  expect((await gardes(id))[0]).toContain(GARDE);
});

test('du service, sur plusieurs demandes à la fois : ce qui était coché le reste', async () => {
  const { id } = await creerDemande(app.base.owner, app.contratId, { serviceId: 'DPMP' });
  const annoter = (motif: string) => app.post('/signalements/boite/lot', { demande: `${id}:1`, acte: 'note', motif }, DPMP);
  const refusee = await annoter(TROP);
  expect([refusee.statusCode, combien(refusee.body), refusee.body.includes('x'.repeat(800)), await gardes(id)]).toEqual([422, true, true, []]);
  expect(new RegExp(`<input[^>]*value="${id}:1"[^>]*checked|<input[^>]*checked[^>]*value="${id}:1"`).test(refusee.body)).toBe(true);
  expect((await annoter(JUSTE)).statusCode).toBe(303);
  expect(await gardes(id)).toEqual([GARDE]);
});
