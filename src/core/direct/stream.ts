/** Sends a stream of server-sent events, and ends it when its reader may no longer read it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Utilisateur } from '../authorize.ts';
import { tropDeRequetes } from '../errors.ts';

const CONTROLE_MS = 15_000;

/** Streams that one person keeps open at once: tabs and devices, not a flood. */
export const FLUX_MAX = 20;
const ouverts = new WeakMap<object, Map<string, number>>();

/** Throws 429 beyond the limit, and closes the stream; `serveur` is where they are counted. */
export function compterFlux(serveur: object, qui: string, source: Readable): void {
  const ici = ouverts.get(serveur) ?? new Map<string, number>();
  ouverts.set(serveur, ici);
  const deja = ici.get(qui) ?? 0;
  if (deja >= FLUX_MAX) {
    source.destroy();
    throw tropDeRequetes(`Vous suivez déjà ${FLUX_MAX} pages en direct. Fermez-en, puis rechargez celle-ci : sans le direct, elle reste utilisable.`);
  }
  ici.set(qui, deja + 1);
  source.once('close', () => {
    const reste = (ici.get(qui) ?? 1) - 1;
    if (reste > 0) ici.set(qui, reste);
    else ici.delete(qui);
  });
}

/** Still allowed? Asked again and again with the person as they are now: mandates change, sessions end. */
export type Garde = (u: Utilisateur) => Promise<boolean>;

export function envoyerFlux(
  request: FastifyRequest,
  reply: FastifyReply,
  source: Readable,
  garde: Garde,
  identifier: () => Promise<Utilisateur | null>,
  controleMs = CONTROLE_MS,
): FastifyReply {
  reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
  if (request.method === 'HEAD') {
    source.destroy();
    return reply.send();
  }
  const controle = setInterval(() => {
    // A database that does not answer for a moment is no reason to close.
    void identifier()
      .then(async (u) => {
        if (!u || !(await garde(u))) source.destroy();
      })
      .catch(() => {});
  }, controleMs);
  source.once('close', () => clearInterval(controle));
  return reply.send(source);
}
