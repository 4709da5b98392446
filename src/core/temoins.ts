/** The two cookies, and where a redirection may lead. */
import type { FastifyReply } from 'fastify';
import type { Temoin } from './http.ts';

export const COOKIE_SESSION = 'concorde_session';
export const COOKIE_ETAPE = 'concorde_etape';
/** How long a sign-in that has begun may wait, in seconds. */
const ETAPE_S = 900;

export function poserTemoin(reply: FastifyReply, temoin: Temoin, secure: boolean): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure };
  const nom = temoin.nom === 'session' ? COOKIE_SESSION : COOKIE_ETAPE;
  if (temoin.valeur === null) reply.clearCookie(nom, options);
  else reply.setCookie(nom, temoin.valeur, temoin.nom === 'etape' ? { ...options, maxAge: ETAPE_S } : options);
}

/**
 * Only a path of this site: refuses `//elsewhere`, `/\\elsewhere`, any scheme, and control characters, which browsers drop from an
 * address before reading it (`/<tab>/elsewhere`).
 */
export const estLocal = (vers: string): boolean => /^\/(?![/\\])\P{Cc}*$/u.test(vers);
