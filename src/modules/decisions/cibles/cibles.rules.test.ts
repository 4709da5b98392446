import { expect, test } from 'vitest';
import type { Chiffre } from '../../indicateurs/index.ts';
import { anneesComparables, direCible, direEcart, ecartDe } from './cibles.rules.ts';

const chiffre = (valeur: number | null, o: Partial<Chiffre> = {}): Chiffre => ({
  etat: valeur === null ? 'manquant' : valeur === 0 ? 'zero' : 'valeur',
  valeur,
  unite: 'séances',
  texte: null,
  incomplet: 0,
  attenduDe: [],
  depuis: null,
  ...o,
});
const CIBLE = { annee: 2026, valeur: 60, sens: 'au-moins', unite: 'séances' } as const;
const lire =
  (c: Record<number, Chiffre>) =>
  (annee: number): Chiffre | undefined =>
    c[annee];

test('une année en cours ne se compare pas à une cible d’année entière ; finie, elle se compare', () => {
  const en = (aujourdhui: string, montree = 2026) => anneesComparables(CIBLE, { montree, debut: 2023, aujourdhui });
  expect(en('2026-11-29')).toEqual([2025, 2024, 2023]);
  expect(en('2026-12-31')).toEqual([2025, 2024, 2023]);
  expect(en('2027-01-01')).toEqual([2026, 2025, 2024, 2023]);
  // A later year never speaks of the target, nor a year after the one that is shown.
  expect(en('2028-03-01', 2027)).toEqual([2026, 2025, 2024, 2023]);
  expect(en('2028-03-01', 2024)).toEqual([2024, 2023]);
});

test('« au moins », un total partiel, une évolution sur quelques mois et un manquant ne se comparent pas', () => {
  const annees = [2025, 2024];
  for (const c of [
    chiffre(90, { incomplet: 2 }),
    chiffre(90, { contributions: { recues: 1, attendues: 2 } }),
    chiffre(90, { sur: '2025-01..2025-10' }),
    chiffre(null),
    chiffre(null, { etat: 'secret' }),
  ]) {
    expect(ecartDe(CIBLE, annees, lire({ 2025: c }))).toBeNull();
    expect(ecartDe(CIBLE, annees, lire({ 2025: c, 2024: chiffre(52) }))).toEqual({ annee: 2024, valeur: 52, ecart: -8, atteinte: false, provisoire: false });
  }
  expect(direEcart(null)).toBe('pas encore d’année entière à comparer');
});

test('le sens dit si la cible est atteinte, et l’écart se dit en nombre, jamais en taux', () => {
  const dire = (valeur: number, sens: 'au-moins' | 'au-plus', o: Partial<Chiffre> = {}) =>
    direEcart(ecartDe({ ...CIBLE, sens }, [2025], lire({ 2025: chiffre(valeur, o) })));
  expect(dire(52, 'au-moins')).toBe('52 en 2025 : 8 de moins que la cible');
  expect(dire(52, 'au-plus')).toBe('52 en 2025 : 8 de moins que la cible, atteinte');
  expect(dire(60, 'au-moins', { validation: 'provisoire' })).toBe('60 en 2025 (provisoire) : exactement la cible, atteinte');
  expect(dire(61, 'au-plus')).toBe('61 en 2025 : 1 de plus que la cible');
  expect(dire(0, 'au-moins')).not.toContain('%');
  expect(direCible(CIBLE)).toMatch(/^au moins 60.séances$/);
});
