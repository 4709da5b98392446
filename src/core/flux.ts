/** Sends a stream of server-sent events, and ends it when its reader may no longer read it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Utilisateur } from './authorize.ts';

const CONTROLE_MS = 15_000;

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
