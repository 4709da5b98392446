/** Who asks: by the session of a browser, or by a token of the API. */
import type { FastifyRequest } from 'fastify';
import type { Utilisateur } from '../authorize.ts';
import { interdit } from '../errors.ts';
import { cleDansLaDemande } from './api-key.ts';
import { COOKIE_SESSION } from './cookies.ts';
import type { Route } from './http.ts';

export interface Identites {
  /** Who holds this API token, and what it may do (`lire`, `ecrire`); null when it ended or was revoked. */
  identifierJeton: (jeton: string) => Promise<{ utilisateur: Utilisateur; portees: readonly string[] } | null>;
  /** Who holds this session token; null when nobody does any more. */
  identifier: (jeton: string) => Promise<Utilisateur | null>;
}

export const identifier = async (o: Identites, { cookies: { [COOKIE_SESSION]: jeton } }: FastifyRequest): Promise<Utilisateur | null> =>
  jeton ? o.identifier(jeton) : null;

/** Who asks is who asked: a refusal, its trace and its page do not read the session again. */
const identifies = new WeakMap<FastifyRequest, Promise<Utilisateur | null>>();
export function identifierUneFois(o: Identites, request: FastifyRequest): Promise<Utilisateur | null> {
  const deja = identifies.get(request) ?? identifier(o, request);
  identifies.set(request, deja);
  return deja;
}

/** `Authorization: Bearer …` with the right scope, or the session of a person who looks at the API. */
export async function identifierApi(o: Identites, request: FastifyRequest, r: Route): Promise<Utilisateur | null> {
  const jeton = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? (r.options.cleApi ? cleDansLaDemande(request) : undefined);
  if (!jeton) return r.options.cleApi ? null : identifierUneFois(o, request);
  const trouve = await o.identifierJeton(jeton);
  const portees: readonly string[] = r.options.portees ?? [r.methode === 'GET' ? 'lire' : 'ecrire'];
  if (trouve && !trouve.portees.some((p) => portees.includes(p)))
    throw interdit(`Ce jeton n’a pas la portée « ${portees.join(' » ou « ')} ». Créez-en un autre depuis votre compte.`);
  if (!trouve && r.options.cleApi) throw interdit('Cette clé n’ouvre rien : elle est mal copiée, finie ou révoquée.');
  return trouve?.utilisateur ?? null;
}
