/**
 * esbuild plugin: packages stay outside the bundle, but for those of pure JavaScript that are read whole at every start from
 * hundreds of small files: inside, what is not used is left out and nothing is looked for on disk.
 */
const DEDANS = new Set(['kysely', 'zod', 'luxon', 'lru-cache', 'd3-geo', 'd3-scale', 'd3-shape']);

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
      // What a package inside asks for is inside with it.
      if (/[/\\]node_modules[/\\]/.test(importer)) return null;
      return { path, external: true };
    });
  },
};
