/** The two cookies, and where a redirection may lead. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Temoin } from './http.ts';

export const COOKIE_SESSION = 'concorde_session';
export const COOKIE_ETAPE = 'concorde_etape';
/** How long a sign-in that has begun may wait, in seconds. */
const ETAPE_S = 900;

/** In https a browser takes such a name from this host alone: no sibling domain can put its own cookie in the place of ours. */
const nomPose = (nom: string, secure: boolean): string => (secure ? `__Host-${nom}` : nom);

/** Handlers read the plain names, whatever the browser calls them. */
export function lireTemoins(request: FastifyRequest, secure: boolean): void {
  if (!secure) return;
  for (const nom of [COOKIE_SESSION, COOKIE_ETAPE]) request.cookies[nom] = request.cookies[nomPose(nom, true)];
}

export function poserTemoin(reply: FastifyReply, temoin: Temoin, secure: boolean): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure };
  const nom = nomPose(temoin.nom === 'session' ? COOKIE_SESSION : COOKIE_ETAPE, secure);
  if (temoin.valeur === null) reply.clearCookie(nom, options);
  else reply.setCookie(nom, temoin.valeur, temoin.nom === 'etape' ? { ...options, maxAge: ETAPE_S } : options);
}

/**
 * Only a path of this site: refuses `//elsewhere`, `/\\elsewhere`, any scheme, and control characters, which browsers drop from an
 * address before reading it (`/<tab>/elsewhere`).
 */
export const estLocal = (vers: string): boolean => /^\/(?![/\\])\P{Cc}*$/u.test(vers);
