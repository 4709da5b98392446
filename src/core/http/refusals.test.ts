import { expect, test } from 'vitest';
import { openRefus, REFUS_PAR_MINUTE } from './refusals.ts';

test('d’inconnus, une ligne par minute, par adresse et par route, et soixante en tout', () => {
  const noter = openRefus();
  const t = new Date('2026-11-28T10:00:00Z');
  const plusTard = new Date('2026-11-28T10:01:00Z');
  expect(noter('10.0.0.1 POST /comptes/:id/fermer', t)).toBe(true);
  expect(Array.from({ length: 150 }, () => noter('10.0.0.1 POST /comptes/:id/fermer', t))).not.toContain(true);
  const autres = Array.from({ length: 500 }, (_, i) => noter(`10.0.${i}.1 POST /x`, t)).filter(Boolean);
  expect(autres).toHaveLength(REFUS_PAR_MINUTE - 1);
  expect(noter('10.0.0.1 POST /comptes/:id/fermer', plusTard)).toBe(true);
});
