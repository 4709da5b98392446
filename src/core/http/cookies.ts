/** The three cookies, and where a redirection may lead. */
import type { FastifyReply, FastifyRequest } from 'fastify';
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

/** In https a browser takes such a name from this host alone: no sibling domain can put its own cookie in the place of ours. */
const nomPose = (nom: string, secure: boolean): string => (secure ? `__Host-${nom}` : nom);

/** Handlers read the plain names, whatever the browser calls them. */
export function lireTemoins(request: FastifyRequest, secure: boolean): void {
  if (!secure) return;
  for (const nom of Object.values(NOMS)) request.cookies[nom] = request.cookies[nomPose(nom, true)];
}

export function poserTemoin(reply: FastifyReply, temoin: Temoin, secure: boolean): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure };
  const nom = nomPose(NOMS[temoin.nom], secure);
  const maxAge = DUREES[temoin.nom];
  if (temoin.valeur === null) reply.clearCookie(nom, options);
  else reply.setCookie(nom, temoin.valeur, maxAge === null ? options : { ...options, maxAge });
}

/**
 * Only a path of this site: refuses `//elsewhere`, `/\\elsewhere`, any scheme, and control characters, which browsers drop from an
 * address before reading it (`/<tab>/elsewhere`).
 */
export const estLocal = (vers: string): boolean => /^\/(?![/\\])\P{Cc}*$/u.test(vers);
