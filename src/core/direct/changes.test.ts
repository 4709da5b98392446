/** What a process knows of commits when the network between it and PostgreSQL goes silent without closing anything. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { laisserPasser } from '../../../tests/support/attente.ts';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { type Changements, openChangements } from './changes.ts';

let base: BaseDeTest;
let relais: Server;
let changements: Changements;
let muet = false;
const prises: Socket[] = [];

beforeAll(async () => {
  base = await testDatabase();
  const { rows } = await sql<{ id: number }>`select id from contrats order by id limit 1`.execute(base.owner);
  const url = new URL(await base.service(rows[0]?.id ?? 0));
  const [vers, chez] = [Number(url.port), url.hostname];
  // By the network, where a relay can stand.
  url.search = '';
  relais = createServer((client) => {
    const serveur = connect(vers, chez);
    prises.push(client, serveur);
    client.on('data', (d) => muet || serveur.write(d));
    serveur.on('data', (d) => muet || client.write(d));
    for (const [x, y] of [
      [client, serveur],
      [serveur, client],
    ] as const) {
      x.on('error', () => y.destroy());
      x.on('close', () => y.destroy());
    }
  });
  await new Promise<void>((pret) => relais.listen(0, '127.0.0.1', pret));
  const adresse = relais.address();
  url.port = String(typeof adresse === 'object' && adresse ? adresse.port : 0);
  changements = await openChangements(url.href, { muetteMs: 300 });
});
afterAll(async () => {
  await changements.close();
  for (const p of prises) p.destroy();
  await new Promise((fini) => relais.close(fini));
  await base.close();
});

test('une connexion qui se tait sans se fermer est tenue pour perdue : nul n’attend sans fin, rien n’est tenu pour su, puis elle revient', async () => {
  expect([await changements.rejoindre(), changements.entend()]).toEqual([true, true]);
  const place = changements.ici();
  muet = true;
  expect([await changements.rejoindre(), changements.entend()]).toEqual([false, false]);
  expect(changements.depuis(place, new Set(['activites']))).toBe('aussitot');
  // Long enough for it to be tried again, in vain.
  await laisserPasser(1800);
  expect(changements.entend()).toBe(false);
  muet = false;
  await expect.poll(() => changements.rejoindre()).toBe(true);
  expect(changements.entend()).toBe(true);
});
