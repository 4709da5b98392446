import { expect, test } from 'vitest';

// What a developer forgets: the other tests of the file no longer run.
// biome-ignore lint/suspicious/noFocusedTests: the canary shows that the run refuses it
test.only('cet essai est seul', () => {
  expect(1).toBe(1);
});
test('celui-ci ne passe plus', () => {
  expect(1).toBe(2);
});
