import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { GALLERY } from './Gallery.tsx';
import type { Example } from './types.ts';

test('la galerie montre chaque composant, avec au moins un exemple, sous un nom qui ne sert qu’une fois', async () => {
  const composants = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.tsx') && !/\.test\.|Gallery/.test(f));
  const montres = GALLERY.flatMap((g) => g.composants);
  const oublies: string[] = [];
  for (const f of composants) {
    const { examples } = (await import(/* @vite-ignore */ resolve('src/ui', f))) as { examples?: readonly Example[] };
    if (examples && !montres.some((c) => c.examples === examples)) oublies.push(f);
  }
  expect(oublies).toEqual([]);
  expect(montres.length).toBeGreaterThan(40);
  expect(montres.filter((c) => c.examples.length === 0).map((c) => c.nom)).toEqual([]);
  for (const c of montres) expect(new Set(c.examples.map((e) => e.nom)).size).toBe(c.examples.length);
});
