import { expect, test } from 'vitest';

test('une minuterie rejette pendant que les vérifications passent', async () => {
  setTimeout(() => void Promise.reject(new Error('canari : minuterie')), 5);
  await new Promise((r) => setTimeout(r, 20));
  expect(1).toBe(1);
});
