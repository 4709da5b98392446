/**
 * esbuild plugin: expands `import.meta.glob('./folder/*.ts', { eager: true })` as Vite does, so that a folder of definitions
 * is found by its files and no list has to be kept. Only this exact form is supported.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const APPEL = /import\.meta\.glob(?:<[^;=]*?>)?\(\s*'(\.\/[a-z-]+)\/\*\.ts',\s*\{ eager: true \}\s*\)/;

/** Source text with the call replaced by an object of static imports; tests and declaration files are left out. */
export function expandGlob(source, dossier) {
  const m = APPEL.exec(source);
  if (!m) return source;
  const fichiers = readdirSync(join(dossier, m[1]))
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.endsWith('.d.ts'))
    .sort();
  const imports = fichiers.map((f, i) => `import * as __glob${i} from '${m[1]}/${f}';`).join('\n');
  const objet = `{ ${fichiers.map((f, i) => `'${m[1]}/${f}': __glob${i}`).join(', ')} }`;
  return `${imports}\n${source.replace(APPEL, objet)}`;
}

export const definitionsPlugin = {
  name: 'definitions',
  setup(build) {
    build.onLoad({ filter: /\.definitions\.ts$/ }, ({ path }) => ({
      contents: expandGlob(readFileSync(path, 'utf8'), dirname(path)),
      loader: 'ts',
      watchDirs: [dirname(path)],
    }));
  },
};
