/**
 * A real OpenID Connect provider on this machine, for the demonstration and the tests: it answers as ProConnect does
 * (signed userinfo, short lives, refused parameters), and signs in fictive people without a password.
 * Source: ProConnect, « Implémentation technique », service provider.
 */
import { createHash, generateKeyPair, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type Provider from 'oidc-provider';
import type { AdapterFactory, AdapterPayload, JWK } from 'oidc-provider';

interface PersonneFictive {
  courriel: string;
  prenom: string;
  nom: string;
  siret: string | null;
  /** Signed in with a second factor. */
  mfa?: boolean;
}

export interface OptionsFournisseur {
  /** 0 takes a free port. */
  port: number;
  clientId: string;
  secret: string;
  /** Allowed redirect URIs. */
  retours: string[];
  /** Allowed post_logout_redirect_uris. */
  apresDeconnexion: string[];
  personnes: readonly PersonneFictive[];
}

/** ProConnect’s list, then the two parameters of PKCE. */
const PARAMETRES = new Set([
  ...['response_type', 'client_id', 'redirect_uri', 'scope', 'claims', 'state', 'nonce', 'prompt', 'idp_hint', 'login_hint'],
  ...['code_challenge', 'code_challenge_method'],
]);
/** Characters, for `state` and `nonce`. */
const LONGUEUR_MINIMALE = 32;
const SCOPES = ['openid', 'given_name', 'usual_name', 'email', 'uid', 'siret', 'idp_id'];
/** The fictive identity provider behind this one. */
const IDP = '00000000-0000-4000-8000-00000000de40';

const echapper = (texte: string) => texte.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (titre: string, corps: string) => `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${echapper(titre)}</title></head>
<body>
<p><strong>Fournisseur d’identité de démonstration : données fictives</strong></p>
<main>
<h1>${echapper(titre)}</h1>
${corps}
</main>
</body>
</html>
`;

const pageErreur = (code: string, detail: string) =>
  page('Erreur', `<p>${echapper(code)} : ${echapper(detail)}</p>\n<p>Revenez à Concorde et recommencez.</p>`);

const pageChoix = (chemin: string, personnes: readonly PersonneFictive[]) => {
  const boutons = personnes.map(
    (p, i) =>
      `<p><button name="personne" value="${i}">${echapper(`${p.prenom} ${p.nom}`)}</button> ${echapper(p.courriel)}${p.mfa ? ', avec un second facteur' : ''}</p>`,
  );
  return page(
    'Choisissez une personne',
    `<form method="post" action="${echapper(chemin)}">\n${boutons.join('\n')}\n<p><button name="personne" value="">Annuler</button></p>\n</form>`,
  );
};

/** The form comes from oidc-provider; the script spares the person a click. */
const pageDeconnexion = (formulaire: string) =>
  page(
    'Déconnexion',
    `${formulaire}
<button form="op.logoutForm" name="logout" value="yes">Se déconnecter</button>
<script>document.querySelector('button').click()</script>`,
  );

/** What is wrong in an authorization request, or null. */
function fauteDe(demande: URLSearchParams): string | null {
  const inconnu = [...demande.keys()].find((nom) => !PARAMETRES.has(nom));
  if (inconnu !== undefined) return `paramètre inattendu « ${inconnu} »`;
  const court = ['state', 'nonce'].find((nom) => (demande.get(nom) ?? '').length < LONGUEUR_MINIMALE);
  return court === undefined ? null : `« ${court} » doit compter au moins ${LONGUEUR_MINIMALE} caractères`;
}

/** Everything in memory: a restart forgets sessions and tokens. */
function createMemoire(): AdapterFactory {
  return () => {
    const rangs = new Map<string, { charge: AdapterPayload; fin: number }>();
    const lire = (id: string) => {
      const rang = rangs.get(id);
      return rang && rang.fin > Date.now() ? rang.charge : undefined;
    };
    const chercher = (est: (charge: AdapterPayload) => boolean) => [...rangs.keys()].map(lire).find((charge) => charge && est(charge));
    return {
      async upsert(id, charge, duree) {
        for (const [autre, rang] of rangs) if (rang.fin <= Date.now()) rangs.delete(autre);
        rangs.set(id, { charge, fin: duree === undefined ? Number.POSITIVE_INFINITY : Date.now() + duree * 1000 });
      },
      find: async (id) => lire(id),
      findByUid: async (uid) => chercher((charge) => charge.uid === uid),
      findByUserCode: async (code) => chercher((charge) => charge.userCode === code),
      async consume(id) {
        const charge = lire(id);
        if (charge) charge.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        rangs.delete(id);
      },
      async revokeByGrantId(grantId) {
        for (const [id, rang] of rangs) if (rang.charge.grantId === grantId) rangs.delete(id);
      },
    };
  };
}

async function createCle(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' };
}

async function createProvider(emetteur: string, cle: JWK, o: OptionsFournisseur): Promise<Provider> {
  // Loaded only where a demonstration asks for it.
  const { default: Provider } = await import('oidc-provider');
  /** As at ProConnect, the same person has another `sub` for another service. */
  const sujet = (p: PersonneFictive) => createHash('sha256').update(`${o.clientId} ${IDP} ${p.courriel.toLowerCase()}`).digest('hex');
  const parSujet = new Map(o.personnes.map((p) => [sujet(p), p]));

  const provider = new Provider(emetteur, {
    adapter: createMemoire(),
    jwks: { keys: [cle] },
    clients: [
      {
        client_id: o.clientId,
        client_secret: o.secret,
        redirect_uris: o.retours,
        post_logout_redirect_uris: o.apresDeconnexion,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'RS256',
        userinfo_signed_response_alg: 'RS256',
        // ProConnect always gives acr and auth_time; amr only when asked.
        default_acr_values: ['eidas1'],
        require_auth_time: true,
      },
    ],
    routes: { authorization: '/authorize', token: '/token', userinfo: '/userinfo', jwks: '/jwks', end_session: '/session/end' },
    responseTypes: ['code'],
    scopes: SCOPES,
    acrValues: ['eidas1'],
    claims: {
      ...Object.fromEntries(SCOPES.map((s) => [s, [s === 'openid' ? 'sub' : s]])),
      ...{ acr: null, amr: null, auth_time: null },
    },
    pkce: { required: () => false },
    // Cookies know no port: these names must not meet those of Concorde on the same host.
    cookies: {
      keys: [randomBytes(32)],
      names: { session: 'fournisseur_session', interaction: 'fournisseur_interaction', resume: 'fournisseur_reprise' },
    },
    /** Seconds. */
    ttl: { AuthorizationCode: 30, AccessToken: 60, IdToken: 60, Interaction: 600, Session: 43_200, Grant: 43_200 },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, formulaire) => {
          ctx.body = pageDeconnexion(formulaire);
        },
      },
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => {
      const p = parSujet.get(sub);
      if (!p) return undefined;
      const donnees = { given_name: p.prenom, usual_name: p.nom, email: p.courriel, uid: `demo-${sub.slice(0, 12)}`, idp_id: IDP };
      return { accountId: sub, claims: async () => ({ sub, ...donnees, ...(p.siret ? { siret: p.siret } : {}) }) };
    },
    /** Nobody is asked to consent: what the service asks is granted. */
    loadExistingGrant: async (ctx) => {
      const { client, account, provider: ici, params, requestParamClaims } = ctx.oidc;
      const grant = new ici.Grant({ clientId: client?.clientId, accountId: account?.accountId });
      grant.addOIDCScope(String(params?.scope ?? 'openid'));
      grant.addOIDCClaims([...requestParamClaims]);
      await grant.save();
      return grant;
    },
    renderError: (ctx, sortie) => {
      ctx.type = 'html';
      ctx.body = pageErreur(sortie.error, sortie.error_description ?? 'demande refusée');
    },
  });

  provider.use(async (ctx, next) => {
    const faute = ctx.path === '/authorize' ? fauteDe(new URLSearchParams(ctx.querystring)) : null;
    if (faute !== null) {
      ctx.status = 400;
      ctx.type = 'html';
      ctx.body = pageErreur('Y000400', faute);
      return;
    }
    if (!ctx.path.startsWith('/interaction/')) return next();

    const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(() => null);
    ctx.type = 'html';
    if (interaction?.uid !== ctx.path.slice('/interaction/'.length)) {
      ctx.status = 400;
      ctx.body = pageErreur('Connexion expirée', 'cette page ne correspond plus à une connexion en cours');
      return;
    }
    if (ctx.method !== 'POST') {
      ctx.body = pageChoix(ctx.path, o.personnes);
      return;
    }
    const envoi: Buffer[] = [];
    for await (const morceau of ctx.req) envoi.push(morceau as Buffer);
    const choix = new URLSearchParams(Buffer.concat(envoi).toString()).get('personne');
    const personne = choix ? o.personnes[Number(choix)] : undefined;
    ctx.status = 303;
    ctx.redirect(
      await provider.interactionResult(
        ctx.req,
        ctx.res,
        personne
          ? { login: { accountId: sujet(personne), acr: 'eidas1', amr: personne.mfa ? ['pwd', 'mfa'] : ['pwd'] } }
          : { error: 'access_denied', error_description: 'User abandoned' },
        { mergeWithLastSubmission: false },
      ),
    );
  });
  return provider;
}

/** Listens on 127.0.0.1 only. Rejects when the port is taken, or when a setting is invalid (the secret must be ASCII). */
export async function ouvrirFournisseur(o: OptionsFournisseur): Promise<{ emetteur: string; close(): Promise<void> }> {
  const cle = await createCle();
  const serveur = createServer();
  await new Promise<void>((resolve, reject) => {
    serveur.once('error', reject);
    serveur.listen(o.port, '127.0.0.1', resolve);
  });
  const emetteur = `http://127.0.0.1:${(serveur.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      serveur.close(() => resolve());
      serveur.closeAllConnections();
    });
  try {
    const provider = await createProvider(emetteur, cle, o);
    // The client’s settings are otherwise checked at the first request only.
    await provider.Client.find(o.clientId);
    serveur.on('request', provider.callback());
  } catch (erreur) {
    await close();
    throw erreur;
  }
  return { emetteur, close };
}
