// Everything that must hold: types, lint, dead code, then the tests. `--check` leaves the browser out.
// Ends with one line, `tests: N passed, N failed`; each tool counts as one test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { A_PART, build } from './run.mjs';

const sansNavigateur = process.argv.includes('--check');
let reussis = 0;
let echoues = 0;

function etape(titre, commande, args) {
  console.log(`\n── ${titre}`);
  const r = spawnSync(commande, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return r.status === 0;
}
function outil(titre, commande, args) {
  if (etape(titre, commande, args)) reussis++;
  else echoues++;
}

outil('types', 'npx', ['tsc', '--noEmit', '-p', '.']);
outil('style', 'npx', ['biome', 'check', '.']);
outil('code mort', 'npx', ['knip', '--no-progress']);

await build(['src/main.ts', 'src/cli.ts', 'src/ui/assets.ts', ...A_PART]);
etape('ressources', process.execPath, ['scripts/run.mjs', '--build']);
const dossier = mkdtempSync(join(tmpdir(), 'concorde-tests-'));
const rapport = join(dossier, 'rapport.json');
const projets = ['unit', 'http', ...(sansNavigateur ? [] : ['e2e'])].flatMap((p) => ['--project', p]);
etape('tests', 'npx', ['vitest', 'run', ...projets, '--reporter=default', '--reporter=json', `--outputFile.json=${rapport}`]);
try {
  const r = JSON.parse(readFileSync(rapport, 'utf8'));
  reussis += r.numPassedTests;
  // A suite that could not even load has no test to count: it is a failure all the same.
  echoues += Math.max(r.numFailedTests, r.testResults.filter((f) => f.status === 'failed').length);
  if (r.numPassedTests === 0) echoues++;
} catch {
  echoues++;
}
rmSync(dossier, { recursive: true, force: true });
console.log(`\ntests: ${reussis} passed, ${echoues} failed`);
process.exit(echoues > 0 ? 1 : 0);
