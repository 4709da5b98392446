/** Which addresses of this house lead to a page: a file of a contract may name one whose module is not there. */
import type { FastifyInstance } from 'fastify';
import type { Route } from './http.ts';

const motifs = new WeakMap<object, readonly RegExp[]>();
const motifDe = (chemin: string): RegExp => new RegExp(`^${chemin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z][A-Za-z0-9_]*/g, '[^/]+')}$`);

/** Said once, when the routes of the server are known. */
export const noterRoutes = (app: FastifyInstance, routes: readonly Route[]): void =>
  void motifs.set(
    app.server,
    routes.filter((r) => r.methode === 'GET').map((r) => motifDe(r.chemin)),
  );

/** `adresse`: a path of this house, with or without what follows `?` and `#`. */
export const mene = (app: FastifyInstance, adresse: string): boolean => (motifs.get(app.server) ?? []).some((m) => m.test(adresse.replace(/[?#].*$/, '')));
