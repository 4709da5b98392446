/** Adding a register is adding one file: the build finds it by its folder. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { verifierDefinition } from './registres.rules.ts';

const plugin: string = resolve('scripts/definitions.mjs');

test('les définitions du dossier sont trouvées et utilisables', () => {
  expect(definitionsDecouvertes.length).toBeGreaterThan(0);
  expect(definitionsDecouvertes.flatMap(verifierDefinition)).toEqual([]);
});

test('un fichier déposé dans le dossier suffit : le paquet construit le contient', async () => {
  const dossier = await mkdtemp(join(tmpdir(), 'concorde-definitions-'));
  try {
    await mkdir(join(dossier, 'definitions'));
    await writeFile(join(dossier, 'definitions', 'ateliers.ts'), "export default { code: 'ateliers' };");
    await writeFile(join(dossier, 'definitions', 'ateliers.test.ts'), "throw new Error('un test n’est pas une définition');");
    await writeFile(
      join(dossier, 'x.definitions.ts'),
      "const f = import.meta.glob<{ default: { code: string } }>('./definitions/*.ts', { eager: true });\nconsole.log(Object.values(f).map((m) => m.default.code).join());",
    );
    const { definitionsPlugin } = await import(plugin);
    const outfile = join(dossier, 'sortie.mjs');
    await build({
      entryPoints: [join(dossier, 'x.definitions.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      plugins: [definitionsPlugin],
      logLevel: 'silent',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
    expect(stdout.trim()).toBe('ateliers');
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
});
