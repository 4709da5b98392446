import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { laisserPasser } from '../../../tests/support/attente.ts';
import { fausseBase } from './base.fixtures.ts';
import { inTransaction, remettre } from './database.ts';

const SILENCE = { nommees: true, silenceMs: 100 };
const DITE = 'La base ne répond plus.';

test('une connexion laissée pour son silence fait laisser celles qui n’ont rien dit depuis, et celles-là seulement', async () => {
  let muette = false;
  const { db, faits, compte } = fausseBase((texte) => (muette && texte.includes('1') ? 'jamais' : null), SILENCE);
  const lire = (n: number) => sql.raw(`select ${n}`).execute(db);
  await Promise.all([lire(1), lire(2), lire(3)]);
  muette = true;
  await expect(lire(1)).rejects.toThrow(DITE);
  // Three were opened, one of them is gone: the two others are not asked anything more.
  await lire(4);
  expect([compte.ouvertes, faits.at(-1)]).toEqual([4, '4 select 4']);
  await lire(5);
  expect([compte.ouvertes, faits.at(-1), compte.prises - compte.rendues]).toEqual([4, '4 select 5', 0]);
});

test('ce qui répond en une fois pour plusieurs a deux fois le temps de ce qui répond seul', async () => {
  const lente = 120;
  const seule = fausseBase(() => lente, SILENCE);
  await expect(sql`select 1`.execute(seule.db)).rejects.toThrow(DITE);
  const { db, faits } = fausseBase((texte) => (texte.includes('x') ? lente : null), SILENCE);
  await inTransaction(db, { contratId: 1 }, (tx) => remettre(tx, sql`insert into x`));
  expect(faits.at(-1)).toBe('1 commit');
  const { db: morte } = fausseBase(() => 'jamais', SILENCE);
  await expect(inTransaction(morte, { contratId: 1 }, (tx) => remettre(tx, sql`insert into x`))).rejects.toThrow(DITE);
  await laisserPasser(1);
});
