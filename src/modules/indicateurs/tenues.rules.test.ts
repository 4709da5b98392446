import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ajouterMois } from '../../core/jours.ts';
import { periode } from './periode.rules.ts';
import { direTenues } from './tenues.rules.ts';

test('un registre se tait, a commencé, a cessé : chacun à son mois', () => {
  const dire = (mois: string[], code: string) => [...direTenues(new Map([['r', mois]]), [code])].map((x) => x.slice(code.length + 2)).sort();
  expect(dire([], '2026')).toEqual([]);
  expect(dire(['2027-01-01'], '2026')).toEqual([]);
  expect(dire(['2025-12-01'], '2026')).toEqual(['|commencee', '|depuis']);
  expect(dire(['2026-02-01'], '2026')).toEqual(['', '|depuis']);
  expect(dire(['2026-01-01'], '2026')).toEqual(['', '|commencee', '|depuis']);
  // Silent for three months at most.
  expect(dire(['2026-01-01', '2026-09-01'], '2026')).toEqual(['', '|commencee', '|depuis']);
  expect(dire(['2026-01-01', '2026-10-01'], '2026')).toEqual(['', '|commencee', '|depuis', '|entiere']);
  // Whatever comes after the period says nothing of it.
  expect(dire(['2026-01-01', '2026-11-01'], '2026-T1')).toEqual(['', '|commencee', '|depuis', '|entiere']);
  expect(dire(['2026-01-01'], '2026-02..2026-05')).toEqual(['|commencee', '|depuis']);
});

test('quels que soient les mois et les périodes, ce qui est dit est ce que dit leur définition', () => {
  const codes = ['2024', '2025', '2025-S1', '2025-S2', '2025-T3', '2025-02', '2025-12', '2025-03..2025-08'];
  const rang = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.uniqueArray(rang, { maxLength: 12 }), fc.subarray(codes, { minLength: 1 }), (rangs, demandees) => {
      const mois = rangs.sort((a, b) => a - b).map((n) => ajouterMois('2023-06-01', n));
      const attendues = demandees.flatMap((code) => {
        const { debut, fin } = periode(code);
        const dedans = mois.some((m) => m >= debut && m < fin);
        const commencee = mois.some((m) => m <= debut);
        const alaFin = mois.some((m) => m >= debut && m < fin && m >= ajouterMois(fin, -3));
        return [
          ...(dedans ? [`${code}|r`] : []),
          ...(mois.some((m) => m < fin) ? [`${code}|r|depuis`] : []),
          ...(commencee ? [`${code}|r|commencee`] : []),
          ...(commencee && alaFin ? [`${code}|r|entiere`] : []),
        ];
      });
      expect([...direTenues(new Map([['r', mois]]), demandees)].sort()).toEqual(attendues.sort());
    }),
    { numRuns: 300, seed: 13 },
  );
});
