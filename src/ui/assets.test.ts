import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { buildAssets } from './assets.ts';

test('ce que les modules gardent de styles et d’îlots est servi avec ceux du système de conception, le papier en dernier', async () => {
  const sortie = mkdtempSync(join(tmpdir(), 'concorde-statique-'));
  const manifeste = await buildAssets({ sortie, racine: process.cwd(), forcer: true });
  const css = readFileSync(join(sortie, manifeste['concorde.css'] ?? ''), 'utf8');
  const desModules = readdirSync('src/modules', { recursive: true, encoding: 'utf8' }).map((f) => f.replaceAll('\\', '/'));
  const feuilles = desModules.filter((f) => /^[^/]+\/styles\/[^/]+\.css$/.test(f));
  expect(feuilles.length).toBeGreaterThan(0);
  const classes = (f: string) => [...readFileSync(f, 'utf8').matchAll(/\.(c-[\w-]+)/g)].map((m) => m[1] ?? '');
  for (const f of feuilles) expect([f, classes(`src/modules/${f}`).filter((c) => !css.includes(`.${c}`))]).toEqual([f, []]);
  const papier = css.lastIndexOf('@media print');
  for (const f of feuilles) for (const c of classes(`src/modules/${f}`)) expect([c, css.indexOf(`.${c}`) < papier]).toEqual([c, true]);
  const ilots = ['src/ui/islands', ...desModules.filter((f) => f.endsWith('/islands')).map((f) => `src/modules/${f}`)].flatMap((d) =>
    readdirSync(d).filter((f) => /^[a-z][a-z-]*\.ts$/.test(f)),
  );
  expect(Object.keys(manifeste)).toEqual(expect.arrayContaining(ilots.map((f) => `${basename(f, '.ts')}.js`)));
});
