import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { EXPORTS_MAX, exporterCsv, parcourir, reserverAuxPages } from './export.ts';

let base: BaseDeTest;
beforeAll(async () => {
  base = await testDatabase();
  await sql`create table essai_export as select i from generate_series(1, 5000) i`.execute(base.owner);
});
afterAll(() => base.close());

const requete = () => sql<{ i: number }>`select i from essai_export order by i`;

test('un export est une seule photographie : ce qui s’écrit pendant ne retire ni ne double rien', async () => {
  const paquets = parcourir(base.owner, requete());
  const premier = await paquets.next();
  await sql`delete from essai_export where i between 2000 and 3000`.execute(base.owner);
  await sql`insert into essai_export values (0), (5001)`.execute(base.owner);
  const tous = [...(premier.done ? [] : premier.value)];
  for await (const p of paquets) tous.push(...p);
  expect(tous.map((x) => x.i)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
});

test('un petit pool garde la moitié de ses connexions pour les pages, et une base n’en prend pas à une autre', async () => {
  const petite = base.owner.withoutPlugins();
  reserverAuxPages(petite, 4);
  const deux = [parcourir(petite, requete()), parcourir(petite, requete())];
  expect(() => parcourir(petite, requete())).toThrow('2 exports sont déjà en cours');
  const ailleurs = parcourir(base.owner, requete());
  for (const o of [...deux, ailleurs]) await o.return(undefined);
  await parcourir(petite, requete()).return(undefined);
});

test('les places sont comptées, et rendues quand la lecture finit, échoue ou n’a jamais commencé', async () => {
  const ouverts = Array.from({ length: EXPORTS_MAX }, () => parcourir(base.owner, requete()));
  expect(() => parcourir(base.owner, requete())).toThrow(/exports sont déjà en cours/);
  await ouverts[0]?.next();
  for (const o of ouverts) await o.return(undefined);
  const faux = parcourir(base.owner, sql`select 1 / (i - 2) from essai_export`);
  await expect(faux.next()).rejects.toThrow();
  const interrompu = exporterCsv(parcourir(base.owner, requete()), ['i'], (x) => [x.i]);
  for await (const morceau of interrompu) if (String(morceau).length > 0) break;
  const jamaisLu = exporterCsv(parcourir(base.owner, requete()), ['i'], (x) => [x.i]);
  jamaisLu.destroy();
  await vi.waitFor(async () => {
    const toutes: AsyncGenerator[] = [];
    try {
      for (let n = 0; n < EXPORTS_MAX; n++) toutes.push(parcourir(base.owner, requete()));
    } finally {
      for (const o of toutes) await o.return(undefined);
    }
  });
});

test('une cellule qui commence comme une formule part avec une apostrophe, un nombre garde sa virgule', async () => {
  const flux = exporterCsv(parcourir(base.owner, sql<{ t: string; n: number }>`select '=1+1' as t, -2.5::float8 as n`), ['texte', 'nombre'], (x) => [x.t, x.n]);
  let tout = '';
  for await (const m of flux) tout += String(m);
  expect(tout).toBe("\ufefftexte;nombre\r\n'=1+1;-2,5\r\n");
});
