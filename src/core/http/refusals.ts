/**
 * Refusals of people nobody knows: they cost nothing to make, so they must cost little to keep. One line a minute for an
 * address and a route, sixty a minute in all: a flood neither fills the trail nor holds its chain against everyone.
 */
import { couper } from '../couper.ts';
import { code } from '../trace/details.ts';
import type { FastifyRequest } from 'fastify';
import { entree, type Journal } from '../trace/audit.ts';
import type { Utilisateur } from '../authorize.ts';
import type { ErreurConcorde } from '../errors.ts';
import { COOKIE_SESSION } from './cookies.ts';

interface Suivi {
  audit: Journal | null;
  horloge: () => Date;
}

export const REFUS_PAR_MINUTE = 60;

/** Says whether this refusal is to be noted. */
export function openRefus(): (cle: string, maintenant: Date) => boolean {
  let minute = -1;
  let vus = new Set<string>();
  return (cle, maintenant) => {
    const m = Math.floor(maintenant.getTime() / 60_000);
    if (m !== minute) {
      minute = m;
      vus = new Set();
    }
    if (vus.size >= REFUS_PAR_MINUTE || vus.has(cle)) return false;
    vus.add(cle);
    return true;
  };
}

export const quiDe = (o: Suivi, request: FastifyRequest, utilisateur: Utilisateur | null) => ({ utilisateur, quand: o.horloge(), adresse: request.ip });
/** Path without its query, where words typed in a search could hold a name. */
export const cheminDe = (request: FastifyRequest): string => {
  const { config, url } = request.routeOptions;
  return couper((config as { secrete?: boolean }).secrete ? (url ?? '') : (request.url.split('?')[0] ?? ''), 500);
};

const refusDe = new WeakMap<Suivi, ReturnType<typeof openRefus>>();
/** Of people nobody knows, few refusals are kept: the flood is told, not copied. */
function aNoter(o: Suivi, request: FastifyRequest): boolean {
  const noter = refusDe.get(o) ?? openRefus();
  refusDe.set(o, noter);
  return noter(`${request.ip} ${request.method} ${request.routeOptions.url ?? ''}`, o.horloge());
}

/** A door that stayed closed: someone signed in without the right, a write without a session, a token that no longer holds. */
export function noterRefus(o: Suivi, request: FastifyRequest, u: Utilisateur | null, erreur: ErreurConcorde): void {
  const jetonMort = u === null && request.cookies[COOKIE_SESSION] !== undefined;
  const sansDroit = erreur.id === 'interdit' || (erreur.id === 'non-connecte' && (request.method !== 'GET' || jetonMort));
  if (!sansDroit || (u === null && !aNoter(o, request))) return;
  o.audit?.noter(entree(quiDe(o, request, u), 'acces.refuse', cheminDe(request), { methode: code(request.method), statut: erreur.statut }));
}

/** RFC 9457. */
export const problemeDe = (erreur: ErreurConcorde, instance: string): string =>
  JSON.stringify({
    type: `about:blank#${erreur.id}`,
    title: erreur.message,
    status: erreur.statut,
    instance,
    ...(erreur.champs.length > 0 ? { erreurs: erreur.champs } : {}),
  });
