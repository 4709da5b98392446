import { readFile, writeFile } from 'node:fs/promises';

/**
 * esbuild plugin: packages stay outside the bundle, but for those of pure JavaScript that are read whole at every start from
 * hundreds of small files: inside, what is not used is left out and nothing is looked for on disk.
 */
const DEDANS = new Set(['kysely', 'zod', 'luxon', 'lru-cache', 'd3-geo', 'd3-scale', 'd3-shape']);

/**
 * Packages that only modules loaded on demand ask for. In one bundle those modules are inside, and what they import from outside would be loaded
 * with it at every start: asked for by name when the module is, it waits as it does.
 */
const A_LA_DEMANDE = new Set(['docx']);
const NOMMABLE = /^(?!default$)[A-Za-z_$][\w$]*$/;

/** `zod` of `zod/v4/core`, `@fastify/cookie` of itself. */
const paquetDe = (chemin) =>
  chemin
    .split('/')
    .slice(0, chemin.startsWith('@') ? 2 : 1)
    .join('/');

export const dependancesPlugin = {
  name: 'dependances',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      if (kind === 'entry-point' || DEDANS.has(paquetDe(path))) return null;
      if (kind === 'import-statement' && A_LA_DEMANDE.has(path)) return { path, namespace: 'a-la-demande' };
      // What a package inside asks for is inside with it.
      if (/[/\\]node_modules[/\\]/.test(importer)) return null;
      return { path, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: 'a-la-demande' }, async ({ path }) => {
      const noms = Object.keys(await import(path)).filter((nom) => NOMMABLE.test(nom));
      return { contents: `export const { ${noms.join(', ')} } = await import('${path}');`, resolveDir: import.meta.dirname };
    });
  },
};

/** One letter beyond Latin-1, and V8 keeps the whole bundle at two bytes a letter; esbuild leaves them in regular expressions. */
export const unOctetPlugin = {
  name: 'un-octet',
  setup(build) {
    build.onEnd(async ({ errors }) => {
      const { outfile } = build.initialOptions;
      if (errors.length > 0) return;
      const texte = await readFile(outfile, 'utf8');
      const echappe = texte.replace(/[^\0-\xff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
      if (echappe !== texte) await writeFile(outfile, echappe);
    });
  },
};
