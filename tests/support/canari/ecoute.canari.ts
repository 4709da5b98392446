import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';

// What a LISTEN client does when its connection is cut and nobody listens to its errors.
test('une connexion perdue lève une erreur que personne n’écoute', async () => {
  const client = new EventEmitter();
  setTimeout(() => client.emit('error', new Error('canari : connexion perdue')), 5);
  await new Promise((r) => setTimeout(r, 20));
  expect(1).toBe(1);
});
