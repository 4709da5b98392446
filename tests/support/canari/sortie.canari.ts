import { afterAll, expect, test } from 'vitest';

afterAll(() => {
  throw new Error('canari : fermeture');
});

test('le rangement échoue après des vérifications réussies', () => {
  expect(1).toBe(1);
});
