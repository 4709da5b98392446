import { expect, test } from 'vitest';
import { demanderEnsemble } from './asked-together.ts';
import type { Db } from './database.ts';

const BASE = {} as Db;

test('ce qui se demande au même moment est lu une fois, chacun a sa réponse ; ce qui se demande ensuite est lu après', async () => {
  const lues: number[][] = [];
  const doubler = demanderEnsemble<number, number>(async (_, questions) => {
    lues.push([...questions]);
    return questions.map((n) => 2 * n);
  });
  const questions = Array.from({ length: 12 }, (_, i) => i);
  const reponses = await Promise.all(questions.map(async (n) => [await doubler(BASE, n), n === 0 ? await doubler(BASE, 100) : null]));
  expect(reponses).toEqual(questions.map((n) => [2 * n, n === 0 ? 200 : null]));
  expect(lues).toEqual([questions, [100]]);
  // Two bases are two readings.
  await Promise.all([doubler(BASE, 1), doubler({} as Db, 2)]);
  expect(lues.slice(2)).toEqual([[1], [2]]);
});

test('une lecture qui échoue, ou qui ne répond pas à tous, échoue pour tous', async () => {
  const issues = async (lire: (db: Db, q: readonly number[]) => Promise<number[]>) => {
    const demander = demanderEnsemble<number, number>(lire);
    return (await Promise.allSettled([1, 2].map((n) => demander(BASE, n)))).map((r) => r.status);
  };
  expect(await issues(async () => Promise.reject(new Error('perdue')))).toEqual(['rejected', 'rejected']);
  expect(await issues(async () => [1])).toEqual(['rejected', 'rejected']);
});
