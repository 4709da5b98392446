// Runs a TypeScript entry: bundles it with esbuild into dist/ when a source is newer, builds the assets, then imports it.
//   node scripts/run.mjs src/main.ts [arguments]     node scripts/run.mjs --build
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { definitionsPlugin } from './definitions.mjs';
import { dependancesPlugin, unOctetPlugin } from './dependances.mjs';

const racine = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Latest modification below a folder, in milliseconds. */
function dernier(dossier) {
  let max = 0;
  for (const e of readdirSync(join(racine, dossier), { withFileTypes: true, recursive: true }))
    if (e.isFile() && !/node_modules|[/\\]\.next/.test(e.parentPath ?? e.path)) max = Math.max(max, statSync(join(e.parentPath ?? e.path, e.name)).mtimeMs);
  return max;
}

/** Entries that run in a process of their own beside the one that serves. */
export const A_PART = ['src/core/tableur/lecteur.ts', 'src/core/images/decodeur.ts'];

const sortieDe = (entree) => join(racine, 'dist', entree.replace(/[/\\]/g, '-').replace(/\.tsx?$/, '.mjs'));

/** Entries that another one loads or starts by itself. */
const AVEC = { 'src/main.ts': ['src/servir.ts', 'src/preparer.ts'] };

export async function build(voulues) {
  const entrees = voulues.flatMap((e) => [e, ...(AVEC[e] ?? [])]);
  const sources = Math.max(
    dernier('src'),
    ...(existsSync(join(racine, 'scripts')) ? [dernier('scripts')] : []),
    existsSync(join(racine, 'bench')) ? dernier('bench') : 0,
    statSync(join(racine, 'package.json')).mtimeMs,
  );
  const perimees = entrees.filter((e) => !existsSync(sortieDe(e)) || statSync(sortieDe(e)).mtimeMs < sources);
  if (perimees.length > 0) {
    const { build: esbuild } = await import('esbuild');
    for (const entree of perimees)
      await esbuild({
        entryPoints: [join(racine, entree)],
        outfile: sortieDe(entree),
        bundle: true,
        platform: 'node',
        target: 'node20',
        format: 'esm',
        jsx: 'automatic',
        plugins: [definitionsPlugin, dependancesPlugin, unOctetPlugin],
        // What is loaded stays in memory as text, comments included.
        minifyWhitespace: true,
        sourcemap: 'linked',
        // The lines and names are what a trace needs; the sources themselves would stay in memory.
        sourcesContent: false,
        logLevel: 'error',
        define: { 'process.env.NODE_ENV': '"production"' },
        banner: { js: `// built from ${entree}` },
      });
  }
  return perimees.length > 0;
}

/** CSS, fonts and islands into dist/statique. */
async function buildAssets() {
  const entree = 'src/ui/assets.ts';
  if (!existsSync(join(racine, entree))) return;
  await build([entree]);
  const { buildAssets: construire } = await import(pathToFileURL(sortieDe(entree)).href);
  await construire({ sortie: join(racine, 'dist', 'statique') });
}

const [entree, ...args] = process.argv.slice(2);
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(process.env.INIT_CWD && existsSync(process.env.INIT_CWD) ? racine : process.cwd());
  process.env.NODE_ENV ??= 'production';
  // The server translates the traces that it logs (core/trace/pile.ts): Node would keep the whole map in memory.
  if (entree !== 'src/main.ts') process.setSourceMapsEnabled(true);
  try {
    if (entree === '--build') {
      await build(['src/main.ts', 'src/cli.ts', ...A_PART]);
      await buildAssets();
    } else {
      await build([entree, ...A_PART]);
      if (entree !== 'src/cli.ts' && !entree.startsWith('scripts/')) await buildAssets();
    }
  } catch (e) {
    console.error(`Construction impossible (${relative(racine, entree ?? '')}) :\n${e.message}`);
    process.exit(1);
  }
  if (entree !== '--build') {
    process.argv = [process.argv[0], sortieDe(entree), ...args];
    await import(pathToFileURL(sortieDe(entree)).href);
  }
}
