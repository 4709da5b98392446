/** When a figure is owed: a month after its period, or after the days that it takes to be available. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluer, type Lectures, type MesureSuivie } from './evaluation.rules.ts';
import { direDelai, echeance, periode } from './periode.rules.ts';

const code = fc
  .tuple(fc.integer({ min: 1950, max: 2090 }), fc.constantFrom('', '-S1', '-S2', '-T1', '-T4', '-01', '-02', '-06', '-12'))
  .map(([a, p]) => `${a}${p}`);
const jours = (de: string, a: string) => (Date.parse(a) - Date.parse(de)) / 86_400_000;

describe('Le jour où un chiffre est dû', () => {
  test('est à un mois de la fin de sa période quand la mesure ne dit rien', () => {
    expect(['2025', '2026-S1', '2025-12', '2026-01', '2028-01'].map((c) => echeance(c))).toEqual([
      '2026-01-31',
      '2026-07-31',
      '2026-01-31',
      '2026-02-28',
      '2028-02-29',
    ]);
  });
  test('est au nombre de jours que la mesure dit, quelle que soit la période', () => {
    fc.assert(
      // The first day after the period is one day after its end.
      fc.property(code, fc.integer({ min: 1, max: 730 }), (c, n) => {
        expect(jours(periode(c).fin, echeance(c, n)) + 1).toBe(n);
      }),
    );
    expect([echeance('2025', 90), echeance('2025', 31)]).toEqual(['2026-03-31', '2026-01-31']);
    expect([direDelai(null), direDelai(90)].map((x) => x.replace(/\s/g, ' '))).toEqual([
      'un mois après la fin de la période',
      '90 jours après la fin de la période',
    ]);
  });
  test('sépare ce qui n’est pas encore dû de ce qui est en retard, pour la mesure qui a son délai comme pour les autres', () => {
    const mesure = (delaiJours: number | null): MesureSuivie => ({
      id: 'm',
      unite: 'faits',
      nature: 'compte',
      obtention: 'collecte',
      aupres: ['PP'],
      delaiJours,
    });
    const lectures = (delaiJours: number | null, aujourdhui: string): Lectures => ({
      formules: new Map(),
      mesures: new Map([['m', mesure(delaiJours)]]),
      agregats: new Map(),
      tenues: new Set(),
      valeurs: new Map(),
      debut: '2023-01-01',
      aujourdhui,
    });
    const le = (delai: number | null, jour: string) => evaluer('m', '2025', lectures(delai, jour)).depuis;
    expect([le(null, '2026-02-15'), le(90, '2026-02-15'), le(90, '2026-04-01')]).toEqual(['2026-01-31', '2026-03-31', '2026-03-31']);
  });
});
