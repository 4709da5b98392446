import { laisserPasser as attendre } from '../../../tests/support/attente.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { fausseBase } from './base.fixtures.ts';
import { apresValidation, avantDeCommencer, type Db, inTransaction, remettre } from './database.ts';

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

  test('ce qui attend ce que quelqu’un tient n’en retient aucune autre, et se refait sans prendre toutes les connexions', async () => {
    let tenues = 0;
    const { db, faits, compte } = fausseBase((texte) => (texte.includes('tenue') && ++tenues < 3 ? arreter('55P03') : null));
    const premiere = ecrire(db, 'premiere');
    const suivantes = ['tenue', ...Array.from({ length: 30 }, (_, i) => `x${i}`)].map((qui) => ecrire(db, qui));
    await Promise.all([premiere, ...suivantes]);
    // With the others, alone, then for as long as it takes.
    expect([tenues, compte.auPlus <= 3]).toEqual([3, true]);
    // Each is kept once, those that could not be with `tenue` by themselves.
    const gardes = faits.filter((d) => d.includes('insert into x')).length;
    expect([faits.filter((d) => d.endsWith('insert into tenue')).length, gardes]).toEqual([1, 30]);
  });

  test('ce qui ne peut pas s’écrire n’est suivi d’aucune validation, même sur une connexion neuve, et n’en fait échouer aucune autre', async () => {
    const { db, faits } = fausseBase();
    const impossible = {
      toPostgres() {
        throw REFUS;
      },
    };
    const ecrireTel = (qui: string, v: unknown) => inTransaction(db, K, (tx) => remettre(tx, sql`insert into ${sql.raw(qui)} values (${v})`));
    await expect(ecrireTel('seule', impossible)).rejects.toThrow('refus');
    expect(faits.filter((d) => d.endsWith('commit'))).toEqual([]);
    const issues = await Promise.allSettled([ecrireTel('a', 1), ecrireTel('fautive', impossible), ecrireTel('b', 2)]);
    expect(issues.map((x) => x.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('derrière une transaction qui n’a pas commencé, rien ne s’écrit', async () => {
    const { db, faits } = fausseBase((texte) => (texte === 'begin' ? arreter('26000') : null));
    await expect(ecrire(db, 'x')).rejects.toThrow('arrêtée');
    expect(faits.filter((d) => !d.endsWith('rollback'))).toEqual([]);
  });

  test('une base qui ne répond plus à l’une ne retient pas les suivantes', async () => {
    const { db } = fausseBase((texte) => (texte.includes('muette') ? 'jamais' : null));
    void ecrire(db, 'muette');
    await attendre(10);
    await Promise.all(['a', 'b'].map((qui) => ecrire(db, qui)));
  });
});
