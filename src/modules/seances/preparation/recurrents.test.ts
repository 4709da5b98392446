/** Items that come back at each session, over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { siegeant } from '../../../../tests/support/siegeant.ts';
import { creerInstance } from '../../instances/instances.fixtures.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
const creer = (o: { nom: string; type?: string }) =>
  creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', confidentialite: 'partenaires', ...o });
const seance = async (instance: string, jour: string): Promise<string> => {
  const champs = { titre: `Séance du ${jour}`, choix: 'fixe', jour, heure: '10:00', duree_minutes: '60' };
  const r = await app.post(`/instances/${instance}/seances/nouvelle`, champs, COORDINATION);
  expect(r.statusCode).toBe(303);
  return /\/seances\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1] ?? '';
};
const points = async (id: string) =>
  (
    await sql<{ id: string; titre: string }>`
      select id, titre from seance_points where contrat_id = ${app.contratId} and seance_id = ${id}::uuid order by rang`.execute(app.base.owner)
  ).rows;
const titres = async (id: string) => (await points(id)).map((p) => p.titre);

describe('Un point qui revient', () => {
  test('GOUV-06, point-recurrent : ce que le contrat demande est mis à chaque ordre du jour ; écarté une fois avec sa raison, il revient à la suivante', async () => {
    const etatMajor = await creer({ nom: 'État-major essayé', type: 'etats-majors-securite' });
    const premiere = await seance(etatMajor, '2027-01-10');
    expect(await titres(premiere)).toEqual(['Dérives sectaires']);
    const [point] = await points(premiere);
    const retirer = (motif: string) => app.post(`/seances/${premiere}/points/${point?.id}/retirer`, { version: '1', motif }, COORDINATION);
    const sans = await retirer('');
    expect([sans.statusCode, sans.body.includes('Dites pourquoi ce point est écarté cette fois.')]).toEqual([422, true]);
    expect((await retirer('Le rapporteur est absent.')).statusCode).toBe(303);
    expect(await titres(premiere)).toEqual([]);
    // Members read why, where the agenda is.
    expect((await app.get(`/seances/${premiere}`, COORDINATION)).body).toContain('Dérives sectaires (Le rapporteur est absent.)');
    expect(await titres(await seance(etatMajor, '2027-02-10'))).toEqual(['Dérives sectaires']);
    // Put back, it is dropped no more.
    const cle = 'recurrent:derives-sectaires';
    expect((await app.post(`/seances/${premiere}/points`, { cle }, COORDINATION)).statusCode).toBe(303);
    expect((await app.get(`/seances/${premiere}`, COORDINATION)).body).not.toContain('Le rapporteur est absent.');
  });

  test('la présidence en fixe un toutes les trois séances ; arrêté, il ne revient plus', async () => {
    const conseil = await creer({ nom: 'Conseil qui revient' });
    const preside = await siegeant(app, conseil, { qualite: 'president' });
    const membre = await siegeant(app, conseil);
    const saisie = { titre: 'Vidéoprotection', tous_les: '3', minutes: '20' };
    expect((await membre.post(`/instances/${conseil}/recurrents/nouveau`, saisie)).statusCode).toBe(403);
    expect((await preside.post(`/instances/${conseil}/recurrents/nouveau`, { ...saisie, tous_les: '0' })).statusCode).toBe(422);
    expect((await preside.post(`/instances/${conseil}/recurrents/nouveau`, saisie)).statusCode).toBe(303);
    expect((await membre.get(`/instances/${conseil}`)).body).toContain('toutes les 3 séances');
    const ordres: string[][] = [];
    for (const jour of ['2027-01-10', '2027-02-10', '2027-03-10', '2027-04-10']) ordres.push(await titres(await seance(conseil, jour)));
    expect(ordres).toEqual([['Vidéoprotection'], [], [], ['Vidéoprotection']]);
    const { rows } = await sql<{ id: string }>`select id from points_recurrents where instance_id = ${conseil}::uuid`.execute(app.base.owner);
    const arret = { ...saisie, expose: '', rapporteur: '', arrete: 'oui', version: '1' };
    expect((await preside.post(`/instances/${conseil}/recurrents/${rows[0]?.id}`, arret)).statusCode).toBe(303);
    for (const jour of ['2027-05-10', '2027-06-10', '2027-07-10']) expect(await titres(await seance(conseil, jour))).toEqual([]);
  });
});
