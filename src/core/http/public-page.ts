/** Sending a public page as it is kept: once for everybody, compressed once, and not at all to whom has it already. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageGardee } from './kept-pages.ts';
import { COOKIE_ETAPE, COOKIE_SESSION } from './cookies.ts';

/** Its address is what opens it: neither kept, nor printed, nor offered to be shared. */
export const estSecrete = (request: FastifyRequest): boolean => (request.routeOptions.config as { secrete?: boolean } | undefined)?.secrete === true;

/** What it was asked says much of who asked. */
export const estDiscrete = (request: FastifyRequest): boolean => (request.routeOptions.config as { discrete?: boolean } | undefined)?.discrete === true;
export const taire = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');

/** One person's, whoever they are: a session, a sign-in that has begun, or an address that is itself the right. Kept nowhere. */
export const estPersonnelle = (request: FastifyRequest): boolean =>
  [COOKIE_SESSION, COOKIE_ETAPE].some((nom) => request.cookies[nom] !== undefined) || estSecrete(request);

export async function envoyerGardee(request: FastifyRequest, reply: FastifyReply, p: PageGardee): Promise<unknown> {
  reply.header('vary', 'accept-encoding, cookie').type('text/html; charset=utf-8');
  if (estDiscrete(request)) taire(reply);
  else reply.header('cache-control', 'no-cache').header('etag', p.etiquette);
  if (!estDiscrete(request) && request.headers['if-none-match'] === p.etiquette) return reply.code(304).send();
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(p.html);
  return reply.header('content-encoding', 'gzip').send(await p.gzip());
}

/** A page with a form's key is one person's: it is sent, not kept. */
export const envoyerPersonnelle = (reply: FastifyReply, html: string): unknown =>
  reply.header('cache-control', 'no-store').header('vary', 'accept-encoding, cookie').type('text/html; charset=utf-8').send(html);
