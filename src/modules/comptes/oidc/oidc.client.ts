/**
 * Sign-in through an OpenID Connect provider (ProConnect or another): authorization code flow, signed answers verified.
 * Two kinds of failure: `RefusOidc` (this sign-in does not count, nobody is signed in) and `indisponible` of core/errors.ts
 * (the provider or our settings are at fault). No message ever carries a code, a token or a text chosen by the provider.
 * Source: ProConnect, « Implémentation technique », service provider; OpenID Connect Core 1.0 and RP-Initiated Logout 1.0.
 */
import * as client from 'openid-client';
import { z } from 'zod';
import { ErreurConcorde, indisponible } from '../../../core/errors.ts';

export interface ReglagesOidc {
  /** Issuer URL, exactly as the provider announces it. */
  emetteur: string;
  clientId: string;
  secret: string;
  /** Absolute redirect URI, as registered at the provider. */
  retour: string;
  /** Absolute post_logout_redirect_uri, as registered at the provider. */
  apresDeconnexion: string;
  /** Send the PKCE parameters: they are not in ProConnect’s list, other providers require them. */
  pkce: boolean;
  /** Ask how the person was authenticated (`amr`), to know of a second factor. */
  demanderAmr: boolean;
}

/** What must be kept, in the browser’s session, between the departure and the return. */
export const attenteSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  /** PKCE code verifier; null without PKCE. */
  verificateur: z.string().nullable(),
});
export type AttenteOidc = z.infer<typeof attenteSchema>;

/** Who came back. `sub` belongs to one (service, identity provider) pair: it changes with the agent’s identity provider. */
export interface IdentiteOidc {
  emetteur: string;
  sub: string;
  /** ProConnect’s `idp_id`: the identity provider behind the issuer. */
  idp: string | null;
  /** Lower case. */
  courriel: string;
  prenom: string;
  nom: string;
  /** 14 digits, or null when absent or malformed. */
  siret: string | null;
  acr: string | null;
  amr: string[];
  /** Time of authentication, in seconds since 1970. */
  authTime: number | null;
  /** Needed to sign out; keep it on the server. */
  idToken: string;
}

/** Why a sign-in was refused, for the audit trail. */
export type MotifRefus = 'refuse' | 'etat' | 'nonce' | 'code' | 'reponse' | 'identite';

/** The sign-in does not count. The message is for the screen; there is no `cause`, which could hold tokens. */
export class RefusOidc extends Error {
  readonly motif: MotifRefus;

  constructor(motif: MotifRefus, message: string) {
    super(message);
    this.name = 'RefusOidc';
    this.motif = motif;
  }
}

export interface ClientOidc {
  /** Where to send the browser, and what to keep until it returns. */
  commencer(): Promise<{ url: string; attente: AttenteOidc }>;
  /** Reads the return URL. Throws RefusOidc, or `indisponible` (503). A code serves once and lives 30 s. */
  terminer(urlDeRetour: URL, attente: AttenteOidc): Promise<IdentiteOidc>;
  /** Where to send the browser to sign out at the provider, which then sends it back with `state`. */
  deconnexion(idToken: string, state: string): Promise<string>;
}

const SCOPES = 'openid given_name usual_name email uid siret idp_id';
const CLAIMS_AMR = JSON.stringify({ id_token: { amr: { essential: true } } });
/** Seconds before a silent provider counts as unavailable: someone is waiting. */
const DELAI = 10;

const RECOMMENCER = 'Recommencez depuis la page de connexion.';
const MESSAGES = {
  etat: `Ce retour ne correspond pas à une connexion commencée dans ce navigateur, ou elle a expiré. ${RECOMMENCER}`,
  code: `Cette réponse du fournisseur d’identité a déjà servi ou a expiré (elle ne vaut que 30 secondes). ${RECOMMENCER}`,
  nonce: `La réponse du fournisseur d’identité ne répond pas à cette demande de connexion : personne n’a été connecté. ${RECOMMENCER}`,
  reponse:
    'L’authenticité de la réponse du fournisseur d’identité n’a pas pu être vérifiée : personne n’a été connecté. Recommencez ; si ce message revient, prévenez l’administration de Concorde.',
  identite: 'Le fournisseur d’identité n’a pas transmis d’adresse électronique valable. Vérifiez votre fiche auprès de lui, puis recommencez.',
  annulee:
    'La connexion a été annulée, ou le fournisseur d’identité l’a refusée. Recommencez, ou choisissez un autre moyen de connexion sur la page de connexion.',
  panneAnnoncee: 'Le fournisseur d’identité annonce une panne momentanée. Réessayez dans quelques minutes, ou choisissez un autre moyen de connexion.',
} as const;

const refus = (motif: Exclude<MotifRefus, 'refuse'>) => new RefusOidc(motif, MESSAGES[motif]);

function lireAdresse(adresse: string, quoi: string): URL {
  if (!URL.canParse(adresse)) throw new Error(`Réglage incorrect : ${quoi} « ${adresse} » n’est pas une adresse complète.`);
  return new URL(adresse);
}

/** Clear text may not leave the machine. */
const isLoopback = (adresse: URL) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(adresse.hostname);

/** openid-client compares `iss` and `aud` of a signed userinfo only when present: absent, the token could be anyone’s. */
async function exigerDestinataire(reponse: Response): Promise<void> {
  if (!/^application\/jwt\b/i.test(reponse.headers.get('content-type') ?? '')) return;
  const [, charge = ''] = (await reponse.clone().text()).split('.');
  let lue: unknown;
  try {
    lue = JSON.parse(Buffer.from(charge, 'base64url').toString());
  } catch {
    throw refus('reponse');
  }
  if (typeof lue !== 'object' || lue === null || !('iss' in lue) || !('aud' in lue)) throw refus('reponse');
}

function refusAnnonce(code: string): RefusOidc {
  if (code === 'access_denied') return new RefusOidc('refuse', MESSAGES.annulee);
  if (code === 'server_error' || code === 'temporarily_unavailable') return new RefusOidc('refuse', MESSAGES.panneAnnoncee);
  const dit = /^[a-z_]{1,40}$/.test(code) ? ` (${code})` : '';
  return new RefusOidc(
    'refuse',
    `Le fournisseur d’identité a refusé la demande de connexion${dit}. Recommencez ; si cela revient, prévenez l’administration de Concorde.`,
  );
}

/** The claim an openid-client error complains about. */
function claimFautif(erreur: client.ClientError): unknown {
  const detail = erreur.cause instanceof Error ? erreur.cause.cause : null;
  return typeof detail === 'object' && detail !== null && 'claim' in detail ? detail.claim : null;
}

/** The system or library code of a failure, safe to show: ECONNREFUSED, OAUTH_TIMEOUT… */
function codeDe(erreur: unknown): string {
  for (let e = erreur; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string' && /^[A-Z][A-Z_\d]{2,60}$/.test(e.code)) return ` (${e.code})`;
  }
  return '';
}

/** Whoever runs the platform learns it from the log, not from the people who could not come in. Codes only: no answer, no address. */
function signaler(message: string) {
  process.stderr.write(`connexion par le fournisseur d’identité : ${message}\n`);
  return indisponible(message);
}
const muet = (erreur: unknown) =>
  signaler(
    `Le fournisseur d’identité ne répond pas comme attendu${codeDe(erreur)}. Réessayez dans quelques minutes, ou choisissez un autre moyen de connexion.`,
  );
const malRegle = (quoi: string) => signaler(`La connexion par le fournisseur d’identité est mal réglée : ${quoi}. Prévenez l’administration de Concorde.`);

/** Turns any failure of the return into RefusOidc or `indisponible`. */
function traduire(erreur: unknown): RefusOidc | ErreurConcorde {
  if (erreur instanceof RefusOidc || erreur instanceof ErreurConcorde) return erreur;
  if (erreur instanceof client.AuthorizationResponseError) return refusAnnonce(erreur.error);
  if (erreur instanceof client.ResponseBodyError) {
    if (erreur.error === 'invalid_grant') return refus('code');
    return erreur.status >= 500 ? muet(erreur) : malRegle('il refuse l’identifiant, le secret ou l’adresse de retour de Concorde');
  }
  if (erreur instanceof client.WWWAuthenticateChallengeError) {
    const jetonPerime = erreur.cause.some((c) => c.scheme === 'bearer' && c.parameters.error === 'invalid_token');
    return jetonPerime ? refus('code') : malRegle('il refuse l’identifiant ou le secret de Concorde');
  }
  if (!(erreur instanceof client.ClientError)) return muet(erreur);
  if (erreur.cause instanceof RefusOidc) return erreur.cause;
  switch (erreur.code) {
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return refus(claimFautif(erreur) === 'nonce' ? 'nonce' : 'reponse');
    case 'OAUTH_INVALID_RESPONSE':
    case 'OAUTH_PARSE_ERROR':
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
    case 'OAUTH_KEY_SELECTION_FAILED':
      return refus('reponse');
    case 'OAUTH_UNSUPPORTED_OPERATION':
      return malRegle('il signe avec un algorithme que Concorde ne vérifie pas (demandez RS256 ou ES256)');
    default:
      return muet(erreur);
  }
}

const texte = (valeur: unknown): string => (typeof valeur === 'string' ? valeur.trim() : '');

function parseIdentite(emetteur: string, idToken: string, jeton: client.IDToken, infos: client.UserInfoResponse): IdentiteOidc {
  const courriel = texte(infos.email).toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(courriel)) throw refus('identite');
  const siret = texte(infos.siret).replace(/\s/g, '');
  return {
    emetteur,
    sub: jeton.sub,
    idp: texte(infos.idp_id) || null,
    courriel,
    prenom: texte(infos.given_name),
    nom: texte(infos.usual_name),
    siret: /^\d{14}$/.test(siret) ? siret : null,
    acr: texte(jeton.acr) || null,
    amr: Array.isArray(jeton.amr) ? jeton.amr.filter((v) => typeof v === 'string') : [],
    authTime: jeton.auth_time ?? null,
    idToken,
  };
}

/**
 * Nothing is fetched before the first use; a failed discovery is tried again at the next one. Throws at once when an address
 * is malformed, or when the issuer is in clear text elsewhere than on this machine. `options.fetch` replaces the network calls.
 */
export function openOidc(reglages: ReglagesOidc, options: { fetch?: client.CustomFetch } = {}): ClientOidc {
  const emetteur = lireAdresse(reglages.emetteur, 'l’émetteur');
  lireAdresse(reglages.retour, 'l’adresse de retour');
  lireAdresse(reglages.apresDeconnexion, 'l’adresse d’après déconnexion');
  const enClair = emetteur.protocol === 'http:' && isLoopback(emetteur);
  if (emetteur.protocol !== 'https:' && !enClair) {
    throw new Error(`Réglage incorrect : l’émetteur « ${reglages.emetteur} » doit être en https (http n’est admis que sur cette machine).`);
  }

  const appeler: client.CustomFetch = async (url, demande) => {
    const reponse = await (options.fetch?.(url, demande) ?? fetch(url, demande as RequestInit));
    await exigerDestinataire(reponse);
    return reponse;
  };

  let connue: Promise<client.Configuration> | null = null;
  const decouvrir = async (): Promise<client.Configuration> => {
    try {
      return await client.discovery(emetteur, reglages.clientId, {}, client.ClientSecretPost(reglages.secret), {
        timeout: DELAI,
        execute: [client.enableNonRepudiationChecks, ...(enClair ? [client.allowInsecureRequests] : [])],
        [client.customFetch]: appeler,
      });
    } catch (erreur) {
      connue = null;
      if (erreur instanceof client.ClientError && erreur.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
        throw malRegle('l’émetteur qu’il annonce n’est pas celui que Concorde attend');
      }
      throw muet(erreur);
    }
  };
  const configuration = () => {
    connue ??= decouvrir();
    return connue;
  };

  return {
    async commencer() {
      const config = await configuration();
      const verificateur = reglages.pkce ? client.randomPKCECodeVerifier() : null;
      const attente: AttenteOidc = { state: client.randomState(), nonce: client.randomNonce(), verificateur };
      // ProConnect answers Y000400 to any parameter outside its list: add none.
      const parametres = {
        redirect_uri: reglages.retour,
        scope: SCOPES,
        state: attente.state,
        nonce: attente.nonce,
        ...(reglages.demanderAmr ? { claims: CLAIMS_AMR } : {}),
        ...(verificateur ? { code_challenge: await client.calculatePKCECodeChallenge(verificateur), code_challenge_method: 'S256' } : {}),
      };
      return { url: client.buildAuthorizationUrl(config, parametres).href, attente };
    },

    async terminer(urlDeRetour, attente) {
      const [state, ...autres] = urlDeRetour.searchParams.getAll('state');
      if (!state || autres.length > 0 || state !== attente.state || !attente.nonce) throw refus('etat');
      const config = await configuration();
      // Behind a proxy the address we see may differ from the registered one, which the token request must repeat.
      const retour = new URL(reglages.retour);
      retour.search = urlDeRetour.search;
      try {
        const jetons = await client.authorizationCodeGrant(config, retour, {
          expectedState: attente.state,
          expectedNonce: attente.nonce,
          pkceCodeVerifier: attente.verificateur ?? undefined,
        });
        const jeton = jetons.claims();
        if (!jeton || !jetons.id_token) throw refus('reponse');
        const infos = await client.fetchUserInfo(config, jetons.access_token, jeton.sub);
        return parseIdentite(config.serverMetadata().issuer, jetons.id_token, jeton, infos);
      } catch (erreur) {
        const dite = traduire(erreur);
        // Its addresses or keys may have changed: the next sign-in discovers them again.
        if (!(dite instanceof RefusOidc) || dite.motif === 'reponse') connue = null;
        throw dite;
      }
    },

    async deconnexion(idToken, state) {
      const config = await configuration();
      if (!config.serverMetadata().end_session_endpoint) throw malRegle('il n’annonce pas de page de déconnexion');
      const url = client.buildEndSessionUrl(config, { id_token_hint: idToken, state, post_logout_redirect_uri: reglages.apresDeconnexion });
      // openid-client adds it; ProConnect’s list has three parameters.
      url.searchParams.delete('client_id');
      return url.href;
    },
  };
}
