import { expect, test } from 'vitest';

test('rien ne reste en suspens', async () => {
  await new Promise((r) => setTimeout(r, 20));
  expect(1).toBe(1);
});
