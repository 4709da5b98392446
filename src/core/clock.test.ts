import { describe, expect, test } from 'vitest';
import { instantDe, jourDe } from './clock.ts';

describe('L’heure de l’horloge au mur', () => {
  test.each([
    ['en hiver', '2026-01-15', '10:00', '2026-01-15T09:00:00.000Z'],
    ['en été', '2026-07-01', '10:00', '2026-07-01T08:00:00.000Z'],
    ['juste avant le passage à l’heure d’été', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['juste après', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['une heure que l’horloge montre deux fois est la première', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ])('%s', (_, jour, heure, instant) => {
    expect(instantDe(jour, heure)?.toISOString()).toBe(instant);
  });

  test('une heure que le changement saute, un jour ou une heure qui n’existent pas ne sont aucun instant', () => {
    expect(instantDe('2026-03-29', '02:30')).toBeNull();
    expect(instantDe('2026-02-30', '10:00')).toBeNull();
    expect(instantDe('2026-02-28', '24:00')).toBeNull();
    expect(instantDe('demain', 'midi')).toBeNull();
    expect(instantDe('2026-03-29', '02:30', 'Indian/Reunion')?.toISOString()).toBe('2026-03-28T22:30:00.000Z');
  });

  test('le jour est celui du fuseau, pas celui du temps universel', () => {
    expect(jourDe(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
    expect(jourDe(new Date('2026-06-30T22:30:00Z'), 'America/New_York')).toBe('2026-06-30');
  });
});
