import { describe, expect, test } from 'vitest';
import { direMotif, type Fait, grilleDe } from './motif.rules.ts';

// 2026-03-02 is a Monday.
const fait = (jour: number, heure: number | null): Fait => ({ jour: `2026-03-${String(jour).padStart(2, '0')}`, heure });

describe('Le motif d’un lieu qui revient', () => {
  test('dit les jours et les heures qui tiennent les deux tiers, et rien de ce qui est trop peu', () => {
    const vendredisSoir = [6, 13, 20, 27].map((j) => fait(j, 22));
    expect(direMotif(grilleDe(vendredisSoir))).toBe('');
    const cinq = [...vendredisSoir, fait(7, 23), fait(3, null)];
    expect(direMotif(grilleDe(cinq))).toBe('Surtout le vendredi (4 sur 6), entre 18 h et minuit (5 sur 5 dont l’heure est dite).');
    expect(direMotif(grilleDe([fait(6, 22), fait(7, 23), fait(13, 1), fait(14, 2), fait(20, 8), fait(21, 9)]))).toBe(
      'Surtout le vendredi et samedi (6 sur 6).',
    );
  });
  test('ne distingue pas ce qui est à égalité, et se tait quand tout est étalé', () => {
    expect(direMotif(grilleDe([2, 3, 4, 5, 6, 7, 8].map((j) => fait(j, 6 * (j % 4)))))).toBe('');
    expect(grilleDe([fait(8, 0), fait(2, 23), fait(2, null)]).map((l) => l.join(''))).toEqual(['00011', '00000', '00000', '00000', '00000', '00000', '10000']);
  });
});
