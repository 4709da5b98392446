import { laisserPasser as attendre } from '../../../tests/support/attente.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { apresValidation, avantDeCommencer, type Db, fromPool, inTransaction, remettre } from './database.ts';

/** What reaches PostgreSQL, by connection, and how many are out. */
function fausseBase(repondre: (texte: string) => Error | 'jamais' | null = () => null) {
  const dits: string[] = [];
  const compte = { prises: 0, rendues: 0 };
  const client = (n: number) => ({
    connection: { stream: { cork: () => {}, uncork: () => {}, destroy: () => {} }, parsedStatements: {} },
    async query(q: { text: string }) {
      dits.push(`${n} ${q.text.trim()}`);
      await attendre(2);
      const autre = repondre(q.text);
      if (autre === 'jamais') return new Promise(() => {});
      if (autre) throw autre;
      return { command: (q.text.trim().split(/[\s;]/)[0] ?? '').toUpperCase(), rows: [], rowCount: 0 };
    },
    release() {
      compte.rendues += 1;
    },
  });
  const pool: Pick<pg.Pool, 'end'> & { connect(): Promise<unknown> } = { connect: async () => client(++compte.prises), end: async () => {} };
  return { db: fromPool(pool as pg.Pool), dits, compte };
}
const K = { contratId: 1 };
const REFUS = new Error('refus');
/** The same work under so many `await`s: what it asks comes before or after the failure beside it. */
const sous = (n: number, travail: () => Promise<unknown>): Promise<unknown> => (n === 0 ? travail() : (async () => sous(n - 1, travail))());

describe('Une transaction qui échoue', () => {
  test('rend la connexion qu’un travail mené à côté demandait encore, et ne laisse rien ouvert', async () => {
    for (let n = 0; n < 8; n++) {
      const { db, dits, compte } = fausseBase();
      const rate = inTransaction(db, K, (tx) => Promise.all([sous(n, () => Promise.reject(REFUS)), sous(7 - n, () => sql`select 1`.execute(tx))]));
      await expect(rate).rejects.toBe(REFUS);
      await attendre(20);
      expect([n, compte.rendues]).toEqual([n, compte.prises]);
      expect(dits.filter((d) => d.includes('begin')).length).toBeLessThanOrEqual(dits.filter((d) => d.includes('rollback')).length);
    }
  });

  test.each(['pendant que l’autre travaille', 'une fois l’autre finie'])('ne laisse rien faire dans celle d’une autre personne : %s', async (quand) => {
    const { db, dits } = fausseBase();
    let reste: Promise<unknown> = Promise.resolve();
    const enRetard = async (tx: Db) => {
      await attendre(quand === 'une fois l’autre finie' ? 40 : 5);
      await sql`insert into reste`.execute(tx);
    };
    const premiere = inTransaction(db, K, (tx) => {
      reste = enRetard(tx);
      return Promise.all([Promise.reject(REFUS), reste]);
    });
    await expect(premiere).rejects.toBe(REFUS);
    await inTransaction(db, K, async (tx) => {
      await attendre(20);
      await sql`insert into la_sienne`.execute(tx);
    });
    await expect(reste).rejects.toThrow('Cette transaction est finie.');
    await attendre(20);
    expect(dits.map((d) => d.replace(/^\d+ /, '')).filter((d) => d.startsWith('insert'))).toEqual(['insert into la_sienne']);
  });

  test('une fois gardée, elle n’écrit, ne lit et ne promet plus rien', async () => {
    const { db, dits } = fausseBase();
    const tx = await inTransaction(db, K, async (t) => {
      await sql`select 1`.execute(t);
      return t;
    });
    const avant = dits.length;
    const finie = 'Cette transaction est finie.';
    await expect(sql`select 2`.execute(tx)).rejects.toThrow(finie);
    await expect(remettre(tx, sql`insert into x`)).rejects.toThrow(finie);
    expect(() => avantDeCommencer(tx)).toThrow(finie);
    expect(() => apresValidation(tx, () => {})).toThrow(finie);
    expect(dits.length).toBe(avant);
  });

  test('ce qui suit sa validation n’en fait pas un échec, et ne touche plus à sa connexion', async () => {
    const { db, dits, compte } = fausseBase();
    const faites: number[] = [];
    await inTransaction(db, K, async (tx) => {
      await sql`insert into x`.execute(tx);
      apresValidation(tx, () => {
        throw REFUS;
      });
      apresValidation(tx, () => void faites.push(2));
    });
    expect([dits.at(-1), compte.prises - compte.rendues, faites]).toEqual(['1 commit', 0, [2]]);
  });
});

describe('Celles qui s’écrivent ensemble', () => {
  const arreter = (code: string) => Object.assign(new pg.DatabaseError('arrêtée', 0, 'error'), { code, severity: 'ERROR' });
  const ecrire = (db: Db, qui: string) => inTransaction(db, K, (tx) => remettre(tx, sql.raw(`insert into ${qui}`)));

  test.each(['57014', '23505', '40P01'])('quand l’une échoue (%s), chacune des autres est écrite par elle-même', async (code) => {
    const { db, dits } = fausseBase((texte) => (texte.includes('fautive') ? arreter(code) : null));
    const premiere = ecrire(db, 'premiere');
    const suivantes = ['fautive', 'a', 'b'].map((qui) => ecrire(db, qui));
    await premiere;
    expect((await Promise.allSettled(suivantes)).map((x) => x.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    // With the others, then alone.
    expect(dits.filter((d) => d.endsWith('insert into a')).length).toBe(2);
  });

  test('une base qui ne répond plus à l’une ne retient pas les suivantes', async () => {
    const { db } = fausseBase((texte) => (texte.includes('muette') ? 'jamais' : null));
    void ecrire(db, 'muette');
    await attendre(10);
    await Promise.all(['a', 'b'].map((qui) => ecrire(db, qui)));
  });
});
