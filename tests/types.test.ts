import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { genererTypes } from '../scripts/types/generer.ts';
import { type BaseDeTest, testDatabase } from './support/database.ts';

let base: BaseDeTest;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

test('les types des lignes sont ceux de la base migrée (sinon : npm run types)', async () => {
  expect(await readFile('src/core/base/database.types.ts', 'utf8')).toBe(await genererTypes(base.owner.withoutPlugins()));
});
