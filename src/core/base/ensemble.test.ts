import pg from 'pg';
import { expect, test } from 'vitest';
import { laisserPasser } from '../../../tests/support/attente.ts';
import { demanderEnsemble, Ensemble } from './ensemble.ts';
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

test('ce que la base refuse de l’un ne fait échouer que lui : chacun est relu seul, deux à la fois au plus', async () => {
  let [ensemble, auPlus] = [0, 0];
  const doubler = demanderEnsemble<number, number>(async (_, questions) => {
    auPlus = Math.max(auPlus, ++ensemble);
    await laisserPasser(1);
    ensemble -= 1;
    if (questions.includes(3)) throw Object.assign(new pg.DatabaseError('refusé', 0, 'error'), { code: '22P05', severity: 'ERROR' });
    return questions.map((n) => 2 * n);
  });
  const issues = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => doubler(BASE, n)));
  expect(issues.map((x) => (x.status === 'fulfilled' ? x.value : null))).toEqual([2, 4, null, 8, 10]);
  expect(auPlus).toBeLessThanOrEqual(2);
});

test('qui attend trop d’être refait apprend que trop de personnes demandent, jamais l’erreur d’un autre ; l’attente d’avant ne compte pas', async () => {
  let maintenant = 0;
  const horloge = () => maintenant;
  const verrou = Object.assign(new Error('Plus rien n’entre dans cette période.'), { code: 'CF423' });
  const tentees: number[] = [];
  const seules = new Ensemble<number, number>(
    async ([n = 0]) => {
      tentees.push(n);
      // The clock goes on while the second is done, and nothing else does.
      if (n === 2) maintenant += 10_000;
      return [2 * n];
    },
    { max: 1, auPlus: 1, horloge },
  );
  const ensemble = new Ensemble<number, number>(
    async () => {
      // Longer than anyone who is done again may wait.
      maintenant += 60_000;
      throw verrou;
    },
    { tour: true, refaire: () => seules, horloge },
  );
  const issues = await Promise.allSettled([1, 2, 3].map((n) => ensemble.demander(n)));
  expect(issues.slice(0, 2)).toEqual([
    { status: 'fulfilled', value: 2 },
    { status: 'fulfilled', value: 4 },
  ]);
  expect([issues[2], tentees]).toMatchObject([{ status: 'rejected', reason: { id: 'indisponible', statut: 503, aRenvoyer: true } }, [1, 2]]);
});

test('qui a échoué seul et attend trop d’être refait garde sa propre erreur', async () => {
  let maintenant = 0;
  const horloge = () => maintenant;
  let [liberer, tousRefuses] = [() => {}, () => {}];
  const libre = new Promise<void>((r) => {
    liberer = r;
  });
  const tous = new Promise<void>((r) => {
    tousRefuses = r;
  });
  const suite = new Ensemble<number, number>(
    async (questions) => {
      await libre;
      return questions.map((n) => 2 * n);
    },
    { max: 1, auPlus: 1, horloge },
  );
  const encombrer = suite.demander(0);
  let refuses = 0;
  const seul = new Ensemble<number, number>(async ([n]) => Promise.reject(new Error(`refus de ${n}`)), {
    max: 1,
    auPlus: 1,
    horloge,
    refaire: () => {
      refuses += 1;
      if (refuses === 2) tousRefuses();
      return suite;
    },
  });
  const issues = Promise.allSettled([1, 2].map((n) => seul.demander(n)));
  await tous;
  // The second is in the queue of repeats too.
  await laisserPasser(0);
  maintenant = 10_000;
  liberer();
  expect([await encombrer, (await issues).map((x) => (x.status === 'rejected' ? String(x.reason) : x.value))]).toEqual([
    0,
    ['Error: refus de 1', 'Error: refus de 2'],
  ]);
});
