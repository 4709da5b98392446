import { expect, test } from 'vitest';
import { openEnsemble } from './together.ts';

test('qui demande ensemble est servi d’une lecture ; qui demande pendant qu’elle court attend la suivante, et jamais une plus vieille', async () => {
  const ensemble = openEnsemble(5);
  let [etat, lectures] = [0, 0];
  const lire = async () => {
    lectures += 1;
    const vu = etat;
    await new Promise((fin) => setTimeout(fin, 10));
    return vu;
  };
  const premiers = Array.from({ length: 100 }, () => ensemble('a', lire));
  await new Promise((fin) => setTimeout(fin, 2));
  etat = 1;
  const seconds = Array.from({ length: 100 }, () => ensemble('a', lire));
  expect(new Set(await Promise.all(premiers))).toEqual(new Set([0]));
  expect(new Set(await Promise.all(seconds))).toEqual(new Set([1]));
  expect([lectures, await ensemble('b', lire)]).toEqual([2, 1]);
  await expect(ensemble('a', () => Promise.reject(new Error('panne')))).rejects.toThrow('panne');
  expect(await ensemble('a', lire)).toBe(1);
});
