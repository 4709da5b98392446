/** A file comes in piece by piece, whole, and leaves nothing else behind: over HTTP and on the real roles. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { inTransaction } from './database.ts';
import { verser } from './chunks.ts';

let app: AppDeTest;
let dossier: string;
beforeAll(async () => {
  app = await ouvrirApp();
  dossier = await mkdtemp(join(tmpdir(), 'concorde-morceaux-'));
});
afterAll(async () => {
  await app.close();
  await rm(dossier, { recursive: true, force: true });
});
const lire = (tx: typeof app.db, chemin: string) =>
  verser(tx, chemin, async (contenu) => (await sql<{ c: Buffer }>`select ${contenu} as c`.execute(tx)).rows[0]?.c);
const restes = async () => (await sql<{ n: number }>`select count(*)::int as n from morceaux`.execute(app.base.owner)).rows[0]?.n;

test.each([0, 1, 1_048_576, 3_500_001])('un fichier de %i octets entre entier, et rien n’en reste à côté', async (octets) => {
  const contenu = randomBytes(octets);
  const chemin = join(dossier, String(octets));
  await writeFile(chemin, contenu);
  const lu = await inTransaction(app.db, { contratId: app.contratId }, (tx) => lire(tx, chemin));
  expect(lu?.equals(contenu)).toBe(true);
  expect(await restes()).toBe(0);
});

test('deux à la fois ne se mêlent pas, et ce qui échoue n’en laisse rien', async () => {
  const chemins = await Promise.all(
    [0, 1].map(async (i) => {
      const chemin = join(dossier, `deux-${i}`);
      await writeFile(chemin, Buffer.alloc(2_500_000, i));
      return chemin;
    }),
  );
  const lus = await Promise.all(chemins.map((ch) => inTransaction(app.db, { contratId: app.contratId }, (tx) => lire(tx, ch))));
  expect(lus.map((l, i) => l?.equals(Buffer.alloc(2_500_000, i)))).toEqual([true, true]);
  await expect(
    inTransaction(app.db, { contratId: app.contratId }, (tx) => verser(tx, chemins[0] ?? '', () => Promise.reject(new Error('refusé')))),
  ).rejects.toThrow('refusé');
  expect(await restes()).toBe(0);
});
