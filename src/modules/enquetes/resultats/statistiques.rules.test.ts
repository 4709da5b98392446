import { expect, test } from 'vitest';
import { effectifUtile, intervalleDeMoyenne, redresser, wilson } from './statistiques.rules.ts';

const arrondi = (i: { bas: number; haut: number } | null) => i && [Number(i.bas.toFixed(4)), Number(i.haut.toFixed(4))];

test('l’intervalle de Wilson a les bornes que donnent les tables', () => {
  expect(arrondi(wilson(0.1, 100))).toEqual([0.0552, 0.1744]);
  expect(arrondi(wilson(0.5, 100))).toEqual([0.4038, 0.5962]);
  expect(arrondi(wilson(81 / 263, 263))).toEqual([0.2553, 0.3662]);
  expect(arrondi(wilson(15 / 148, 148))).toEqual([0.0624, 0.1605]);
  expect(arrondi(wilson(0, 20))).toEqual([0, 0.1611]);
  expect(arrondi(wilson(1, 29))).toEqual([0.883, 1]);
  expect(wilson(0.5, 0)).toBeNull();
});

test('le redressement donne à chaque part le poids de sa population, et dit ce que les réponses apprennent encore', () => {
  const strates = [
    { poids: 0.5, n: 10, valeur: 1 },
    { poids: 0.5, n: 90, valeur: 0 },
  ];
  expect(redresser(strates)).toBe(0.5);
  expect(effectifUtile(strates)).toBeCloseTo(36, 6);
  // Answers in the very proportions of the population say as much as they are.
  expect(
    effectifUtile([
      { poids: 0.1, n: 10 },
      { poids: 0.9, n: 90 },
    ]),
  ).toBeCloseTo(100, 6);
  // A part from which nobody answered is left out, and not taken for a zero.
  expect(redresser([...strates, { poids: 0.2, n: 0, valeur: 0 }])).toBe(0.5);
  expect([redresser([]), redresser([{ poids: 1, n: 0, valeur: 0 }]), effectifUtile([])]).toEqual([null, null, 0]);
});

test('la marge d’une moyenne demande deux réponses', () => {
  expect(intervalleDeMoyenne(5, 2, 1)).toBeNull();
  expect(arrondi(intervalleDeMoyenne(5, 2, 100))).toEqual([4.608, 5.392]);
});
