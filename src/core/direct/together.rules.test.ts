import { expect, test } from 'vitest';
import { openEnsemble } from './together.ts';

test('qui demande ensemble est servi d’une lecture ; qui demande pendant qu’elle court attend la suivante, et jamais une plus vieille', async () => {
  const ensemble = openEnsemble(0);
  let etat = 0;
  const finir: (() => void)[] = [];
  const lire = async () => {
    const vu = etat;
    await new Promise<void>((fin) => finir.push(fin));
    return vu;
  };
  const demander = () => Promise.all(Array.from({ length: 100 }, () => ensemble('a', lire)));
  const premiers = demander();
  await expect.poll(() => finir.length).toBe(1);
  etat = 1;
  const seconds = demander();
  finir[0]?.();
  expect(new Set(await premiers)).toEqual(new Set([0]));
  await expect.poll(() => finir.length).toBe(2);
  finir[1]?.();
  expect([new Set(await seconds), finir.length]).toEqual([new Set([1]), 2]);
  expect(await ensemble('b', async () => 'autre')).toBe('autre');
  await expect(ensemble('a', () => Promise.reject(new Error('panne')))).rejects.toThrow('panne');
  expect(await ensemble('a', async () => etat)).toBe(1);
});
