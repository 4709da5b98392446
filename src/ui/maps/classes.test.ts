import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classer, parHabitants } from './classes.ts';

const CENTRE = { nombre: 244, base: 96_719 };
const rapport = fc.record({ nombre: fc.integer({ min: 20, max: 2000 }), base: fc.integer({ min: 5000, max: 240_000 }) });

describe('Les classes d’une carte', () => {
  test('ne distinguent pas ce que le hasard suffit à expliquer', () => {
    // 58 to 70 contacts in places of the same size: one shade.
    expect(classer([58, 60, 63, 67, 70].map((nombre) => ({ nombre, base: 100_000 })))).toEqual([0, 0, 0, 0, 0]);
    expect(
      classer([
        { nombre: 0, base: 50_000 },
        { nombre: 2, base: 50_000 },
      ]),
    ).toEqual([0, 0]);
  });
  test('comparent des taux : quatre arrondissements ensemble ne sont pas en tête pour être quatre', () => {
    const onzieme = { nombre: 353, base: 139_983 };
    expect(classer([CENTRE, onzieme, { nombre: 40, base: 139_788 }])).toEqual([1, 1, 0]);
  });
  test('suivent l’ordre des taux, cinq au plus, et deux classes voisines sont nettement séparées', () => {
    fc.assert(
      fc.property(fc.array(rapport, { minLength: 1, maxLength: 20 }), (rapports) => {
        const classes = classer(rapports);
        const taux = rapports.map((r) => r.nombre / r.base);
        expect(Math.max(...classes)).toBeLessThan(5);
        for (const [i, a] of taux.entries()) for (const [j, b] of taux.entries()) if (a < b) expect(classes[i] ?? 0).toBeLessThanOrEqual(classes[j] ?? 0);
        const poids = (k: number) =>
          rapports.filter((_, i) => classes[i] === k).reduce((t, r) => ({ nombre: t.nombre + r.nombre, base: t.base + r.base }), { nombre: 0, base: 0 });
        for (let k = 1; k <= Math.max(...classes); k++) {
          const [bas, haut] = [poids(k - 1), poids(k)];
          const ecart = haut.nombre / haut.base - bas.nombre / bas.base;
          // Further apart than either is uncertain.
          expect(ecart).toBeGreaterThan(1.8 * Math.max(Math.sqrt(haut.nombre) / haut.base, Math.sqrt(bas.nombre) / bas.base));
        }
      }),
    );
  });
  test('le taux est donné pour assez d’habitants pour se lire', () => {
    expect([parHabitants([CENTRE]), parHabitants([{ nombre: 2, base: 100_000 }])]).toEqual([10_000, 100_000]);
  });
});
