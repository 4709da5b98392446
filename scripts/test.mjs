// Everything that must hold: types, style, dead code, the build, then the tests. Ends with one line, `tests: N passed, N failed`.
//   node scripts/test.mjs [--check]                             --check leaves the browser out
//   node scripts/test.mjs --config <vitest.config.ts> [files]   the tests of that configuration only
import { ouvrirPorte } from './porte.mjs';
import { A_PART, build } from './run.mjs';

const args = process.argv.slice(2);
const porte = ouvrirPorte();

if (args[0] === '--config') {
  porte.essais('tests', args);
} else {
  await porte.outils([
    ['types', 'npx', ['tsc', '--noEmit', '-p', '.']],
    ['style', 'npx', ['biome', 'check', '.']],
    ['code mort', 'npx', ['knip', '--no-progress']],
  ]);
  await porte.tache('construction', () => build(['src/main.ts', 'src/cli.ts', 'src/ui/assets.ts', ...A_PART]));
  porte.outil('ressources', process.execPath, ['scripts/run.mjs', '--build']);
  porte.essais('tests', ['--project', 'unit', '--project', args.includes('--check') ? 'http' : 'tout']);
}
process.exit(porte.fermer());
