/** The three cookies, and where a redirection may lead. */
import type { FastifyReply } from 'fastify';
import type { Temoin } from './http.ts';

export const COOKIE_SESSION = 'concorde_session';
export const COOKIE_ETAPE = 'concorde_etape';
/** How long a sign-in that has begun may wait, in seconds. */
const ETAPE_S = 900;
/** A browser that has signed in: opens nothing, but is not kept out by whoever fails from elsewhere. */
export const COOKIE_APPAREIL = 'concorde_appareil';
const APPAREIL_S = 180 * 86_400;

const NOMS = { session: COOKIE_SESSION, etape: COOKIE_ETAPE, appareil: COOKIE_APPAREIL } as const;
const DUREES = { session: null, etape: ETAPE_S, appareil: APPAREIL_S } as const;

export function poserTemoin(reply: FastifyReply, temoin: Temoin, secure: boolean): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure };
  const nom = NOMS[temoin.nom];
  const maxAge = DUREES[temoin.nom];
  if (temoin.valeur === null) reply.clearCookie(nom, options);
  else reply.setCookie(nom, temoin.valeur, maxAge === null ? options : { ...options, maxAge });
}

/**
 * Only a path of this site: refuses `//elsewhere`, `/\\elsewhere`, any scheme, and control characters, which browsers drop from an
 * address before reading it (`/<tab>/elsewhere`).
 */
export const estLocal = (vers: string): boolean => /^\/(?![/\\])\P{Cc}*$/u.test(vers);
