import { expect, test } from 'vitest';
import { etenduesDe } from './couverture.rules.ts';

test('un fichier couvre ses jours, d’une ligne à l’autre ; une ligne au loin ne couvre que le sien', () => {
  expect(etenduesDe([])).toEqual([]);
  expect(etenduesDe(['2025-12-31', '2025-12-24', '2026-01-01'])).toEqual([{ du: '2025-12-24', au: '2026-01-01' }]);
  expect(etenduesDe(['2026-03-14', '2026-03-15', '2026-04-03', '2026-03-08'])).toEqual([
    { du: '2026-03-08', au: '2026-03-15' },
    { du: '2026-04-03', au: '2026-04-03' },
  ]);
  expect(etenduesDe(['2026-02-21', '2026-03-01']).length).toBe(2);
});
