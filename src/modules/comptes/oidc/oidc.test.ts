import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { CustomFetch } from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ErreurConcorde } from '../../../core/errors.ts';
import { type OptionsFournisseur, ouvrirFournisseur } from './fournisseur-demo.ts';
import { ouvrirNavigateur } from './fournisseur.fixtures.ts';
import { type AttenteOidc, type ClientOidc, type MotifRefus, openOidc, RefusOidc, type ReglagesOidc } from './oidc.client.ts';

const RETOUR = 'http://127.0.0.1:3999/connexion/oidc/retour';
const APRES = 'http://127.0.0.1:3999/connexion/oidc/apres';
const ANNE = { courriel: 'Anne.Morel@Ville.exemple.fr', prenom: 'Anne', nom: 'Morel', siret: '21750001600019', mfa: true };
const BRUNO = { courriel: 'bruno@asso.exemple.fr', prenom: 'Bruno', nom: 'D’Arc & <Fils>', siret: null };
const CHARGE: OptionsFournisseur = {
  port: 0,
  clientId: 'concorde',
  secret: 'secret-de-demonstration',
  retours: [RETOUR],
  apresDeconnexion: [APRES],
  personnes: [ANNE, BRUNO],
};

let fournisseur: Awaited<ReturnType<typeof ouvrirFournisseur>>;
beforeAll(async () => {
  fournisseur = await ouvrirFournisseur(CHARGE);
});
afterAll(() => fournisseur.close());
afterEach(() => {
  vi.useRealTimers();
});

const ouvrir = (reglages: Partial<ReglagesOidc> = {}, options: { fetch?: CustomFetch } = {}): ClientOidc =>
  openOidc(
    {
      emetteur: fournisseur.emetteur,
      clientId: CHARGE.clientId,
      secret: CHARGE.secret,
      retour: RETOUR,
      apresDeconnexion: APRES,
      pkce: true,
      demanderAmr: true,
      ...reglages,
    },
    options,
  );

/** Departure, choice of a person (the button’s value), return. */
async function partirEtRevenir(client: ClientOidc, personne = '0', navigateur = ouvrirNavigateur()): Promise<{ url: URL; attente: AttenteOidc }> {
  const { url, attente } = await client.commencer();
  const choix = await navigateur.aller(url);
  expect([choix.statut, choix.url.pathname]).toEqual([200, expect.stringMatching(/^\/interaction\//)]);
  const { url: retour } = await navigateur.aller(choix.url, { personne });
  expect(retour.href.startsWith(`${RETOUR}?`)).toBe(true);
  return { url: retour, attente };
}

async function connecter(client: ClientOidc, personne?: string, navigateur?: ReturnType<typeof ouvrirNavigateur>) {
  const { url, attente } = await partirEtRevenir(client, personne, navigateur);
  return client.terminer(url, attente);
}

async function refusDe(promesse: Promise<unknown>): Promise<RefusOidc> {
  const erreur: unknown = await promesse.then(
    () => null,
    (e: unknown) => e,
  );
  if (!(erreur instanceof RefusOidc)) throw new Error(`refus attendu, obtenu : ${String(erreur)}`);
  return erreur;
}

/** What a refusal could show or log must hold none of these secrets. */
function sansFuite(erreur: Error, secrets: readonly string[]) {
  expect(erreur.cause).toBeUndefined();
  const visible = `${erreur.message} ${JSON.stringify(erreur)} ${erreur.stack ?? ''}`;
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20);
    expect(visible).not.toContain(secret);
  }
}

const ecrire = (partie: object) => Buffer.from(JSON.stringify(partie)).toString('base64url');
const lire = (jeton: string) => JSON.parse(Buffer.from(jeton.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const AUTRE_CLE = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const signer = (entete: object, charge: object) => {
  const base = `${ecrire(entete)}.${ecrire(charge)}`;
  return `${base}.${sign('sha256', Buffer.from(base), AUTRE_CLE).toString('base64url')}`;
};

type Reecriture = (corps: string) => { type: string; corps: string };
const enJson = (corps: object) => ({ type: 'application/json', corps: JSON.stringify(corps) });
const enJwt = (corps: string) => ({ type: 'application/jwt; charset=utf-8', corps });

/** A network that rewrites the bodies of some paths, and lists the tokens it saw there. */
function reseau(reecritures: Record<string, Reecriture>) {
  const vus: string[] = [];
  const appel: CustomFetch = async (url, demande) => {
    const reponse = await fetch(url, demande as RequestInit);
    const reecrire = reecritures[new URL(url).pathname];
    if (!reecrire) return reponse;
    const corps = await reponse.text();
    vus.push(...(corps.match(/[\w-]{30,}/g) ?? []));
    const neuf = reecrire(corps);
    return new Response(neuf.corps, { status: reponse.status, headers: { 'content-type': neuf.type } });
  };
  return { appel, vus };
}
/** The provider vouches for our other key: what it signs is authentic, only its content may be wrong. */
const avecAutreCle: Reecriture = (corps) => {
  const { keys } = JSON.parse(corps) as { keys: object[] };
  return enJson({ keys: [...keys, { ...createPublicKey(AUTRE_CLE).export({ format: 'jwk' }), kid: 'autre' }] });
};

describe('Connexion par un fournisseur d’identité', () => {
  test.each([{ pkce: true }, { pkce: false }])('la personne choisie revient identifiée ($pkce)', async ({ pkce }) => {
    const client = ouvrir({ pkce });
    const { url, attente } = await partirEtRevenir(client);
    const recue = await client.terminer(url, attente);
    expect(recue).toEqual({
      emetteur: fournisseur.emetteur,
      sub: expect.stringMatching(/^[\da-f]{64}$/),
      idp: expect.stringMatching(/^[\da-f-]{36}$/),
      courriel: 'anne.morel@ville.exemple.fr',
      prenom: 'Anne',
      nom: 'Morel',
      siret: '21750001600019',
      acr: 'eidas1',
      amr: ['pwd', 'mfa'],
      authTime: expect.any(Number),
      idToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
    expect(Math.abs((recue.authTime ?? 0) - Date.now() / 1000)).toBeLessThan(60);
    expect(attente.verificateur === null).toBe(!pkce);
  });

  test('la demande ne porte que les paramètres admis, et des valeurs neuves', async () => {
    const base = ['client_id', 'nonce', 'redirect_uri', 'response_type', 'scope', 'state'];
    const demandes: [Partial<ReglagesOidc>, string[]][] = [
      [{ pkce: false, demanderAmr: false }, base],
      [{ pkce: false, demanderAmr: true }, [...base, 'claims']],
      [{ pkce: true, demanderAmr: false }, [...base, 'code_challenge', 'code_challenge_method']],
    ];
    for (const [reglages, attendus] of demandes) {
      const { url, attente } = await ouvrir(reglages).commencer();
      const envoyes = new URL(url).searchParams;
      expect([...envoyes.keys()].sort()).toEqual([...attendus].sort());
      expect(envoyes.get('scope')).toBe('openid given_name usual_name email uid siret idp_id');
      if (reglages.demanderAmr) expect(envoyes.get('claims')).toBe('{"id_token":{"amr":{"essential":true}}}');
      expect([attente.state, attente.nonce]).toEqual([envoyes.get('state'), envoyes.get('nonce')]);
      for (const v of [attente.state, attente.nonce]) expect(v).toMatch(/^[\w-]{43,}$/);
    }
    const client = ouvrir();
    const [a, b] = [(await client.commencer()).attente, (await client.commencer()).attente];
    expect(new Set([a.state, b.state, a.nonce, b.nonce, a.verificateur, b.verificateur]).size).toBe(6);
  });

  test('sans SIRET, sans second facteur, sans « amr » demandé, rien n’est inventé', async () => {
    expect(await connecter(ouvrir(), '1')).toMatchObject({ courriel: BRUNO.courriel, nom: BRUNO.nom, siret: null, amr: ['pwd'] });
    expect(await connecter(ouvrir({ demanderAmr: false }), '0')).toMatchObject({ amr: [], acr: 'eidas1' });
  });

  test('deux personnes ont deux « sub », une personne garde le sien', async () => {
    const client = ouvrir();
    const subs = [await connecter(client, '0'), await connecter(client, '1'), await connecter(client, '0')].map((i) => i.sub);
    expect([subs[0] === subs[1], subs[0] === subs[2]]).toEqual([false, true]);
  });

  test('la déconnexion ferme la session du fournisseur et revient', async () => {
    const client = ouvrir();
    const navigateur = ouvrirNavigateur();
    const { idToken } = await connecter(client, '0', navigateur);
    const etat = 'e'.repeat(43);
    const depart = await client.deconnexion(idToken, etat);
    expect([...new URL(depart).searchParams.keys()].sort()).toEqual(['id_token_hint', 'post_logout_redirect_uri', 'state']);
    const dejaConnecte = await navigateur.aller((await client.commencer()).url);
    expect(dejaConnecte.url.href.startsWith(RETOUR)).toBe(true);

    const page = await navigateur.aller(depart);
    const [, action = ''] = /action="([^"]+)"/.exec(page.corps) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page.corps) ?? [];
    const { url } = await navigateur.aller(action, { xsrf, logout: 'yes' });
    expect(url.href).toBe(`${APRES}?state=${etat}`);
    const { corps } = await navigateur.aller((await client.commencer()).url);
    expect(corps).toContain('Choisissez une personne');
  });
});

describe('Un retour douteux est refusé', () => {
  test('annulation', async () => {
    const client = ouvrir();
    const { url, attente } = await partirEtRevenir(client, '');
    expect(url.searchParams.get('error')).toBe('access_denied');
    const refus = await refusDe(client.terminer(url, attente));
    expect([refus.motif, refus.message]).toEqual(['refuse', expect.stringContaining('annulée')]);
  });

  test('autre erreur annoncée : le texte du fournisseur n’est pas répété', async () => {
    const client = ouvrir();
    const { url, attente } = await partirEtRevenir(client, '');
    const dits: [string, RegExp][] = [
      ['temporarily_unavailable', /panne momentanée/],
      ['invalid_scope', /refusé la demande.*\(invalid_scope\)/],
      ['<b>appelez le 01</b>', /refusé la demande de connexion\. /],
    ];
    for (const [code, message] of dits) {
      url.searchParams.set('error', code);
      url.searchParams.set('error_description', 'appelez le 01');
      const refus = await refusDe(client.terminer(url, attente));
      expect(refus.message).toMatch(message);
      expect(refus.message).not.toContain('appelez');
    }
  });

  test('« state » absent, double ou d’une autre demande, sans dépenser le code', async () => {
    const client = ouvrir();
    const { url, attente } = await partirEtRevenir(client);
    const autre = (await client.commencer()).attente;
    const [sans, double] = [new URL(url), new URL(url)];
    sans.searchParams.delete('state');
    double.searchParams.append('state', attente.state);
    const essais: [URL, AttenteOidc][] = [
      [url, autre],
      [sans, attente],
      [double, attente],
      [sans, { ...attente, state: '' }],
    ];
    for (const [u, a] of essais) expect((await refusDe(client.terminer(u, a))).motif).toBe('etat');
    expect((await client.terminer(url, attente)).nom).toBe('Morel');
  });

  test('« nonce », émetteur ou vérificateur d’une autre demande', async () => {
    const client = ouvrir();
    const autre = (await client.commencer()).attente;
    const essais: [(u: URL, a: AttenteOidc) => [URL, AttenteOidc], MotifRefus][] = [
      [(u, a) => [u, { ...a, nonce: autre.nonce }], 'nonce'],
      [(u, a) => [u, { ...a, verificateur: autre.verificateur }], 'code'],
      [(u, a) => [new URL(u.href.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fautre.exemple')), a], 'reponse'],
    ];
    for (const [changer, motif] of essais) {
      const { url, attente } = await partirEtRevenir(client);
      const refus = await refusDe(client.terminer(...changer(url, attente)));
      expect(refus.motif).toBe(motif);
      sansFuite(refus, [url.searchParams.get('code') ?? '', attente.nonce]);
    }
  });

  test('code rejoué, ou présenté après 30 secondes', async () => {
    const client = ouvrir();
    const { url, attente } = await partirEtRevenir(client);
    await client.terminer(url, attente);
    const rejoue = await refusDe(client.terminer(url, attente));
    expect([rejoue.motif, rejoue.message]).toEqual(['code', expect.stringContaining('déjà servi ou a expiré')]);

    const tardif = await partirEtRevenir(client);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    expect((await refusDe(client.terminer(tardif.url, tardif.attente))).motif).toBe('code');
  });

  test('informations altérées, mal signées ou d’une autre personne', async () => {
    const rs256 = { alg: 'RS256' };
    const reecritures: Record<string, Reecriture> = {
      altérées: (c) => enJwt(c.replace(/\.[^.]+\./, `.${ecrire({ ...lire(c), siret: '11000001500013' })}.`)),
      'signées d’une autre clé': (c) => enJwt(signer(rs256, lire(c))),
      'non signées': (c) => enJwt(`${ecrire({ alg: 'none' })}.${ecrire(lire(c))}.`),
      illisibles: () => enJwt('ceci.nest-pas.un-jeton'),
      'd’une autre personne, en JSON': (c) => enJson({ ...lire(c), sub: 'f'.repeat(64) }),
    };
    for (const [cas, reecrire] of Object.entries(reecritures)) {
      const { appel, vus } = reseau({ '/userinfo': reecrire });
      const refus = await refusDe(connecter(ouvrir({}, { fetch: appel })));
      expect([cas, refus.motif]).toEqual([cas, 'reponse']);
      sansFuite(refus, vus);
    }
  });

  test('informations bien signées, mais d’un autre émetteur, pour un autre service, d’une autre personne ou périmées', async () => {
    const rendre = (change: object) =>
      ouvrir(
        {},
        { fetch: reseau({ '/jwks': avecAutreCle, '/userinfo': (c) => enJwt(signer({ alg: 'RS256', kid: 'autre' }, { ...lire(c), ...change })) }).appel },
      );
    expect((await connecter(rendre({}))).nom).toBe('Morel');
    const ecarts = [{ iss: undefined }, { aud: undefined }, { iss: 'https://autre.exemple' }, { aud: 'autre' }, { sub: 'f'.repeat(64) }, { exp: 1 }];
    for (const ecart of ecarts) expect([ecart, (await refusDe(connecter(rendre(ecart)))).motif]).toEqual([ecart, 'reponse']);
  });

  test('jeton d’identité mal signé, ou bien signé mais d’un autre émetteur, pour un autre service ou périmé', async () => {
    const rendre = (change: object, entete: object) =>
      reseau({
        '/jwks': avecAutreCle,
        '/token': (corps) => {
          const reponse = JSON.parse(corps) as { id_token: string };
          return enJson({ ...reponse, id_token: signer({ alg: 'RS256', ...entete }, { ...lire(reponse.id_token), ...change }) });
        },
      });
    expect((await connecter(ouvrir({}, { fetch: rendre({}, { kid: 'autre' }).appel }))).nom).toBe('Morel');
    const connue = await fetch(`${fournisseur.emetteur}/jwks`);
    const { keys } = (await connue.json()) as { keys: { kid: string }[] };
    const essais: [object, object][] = [
      [{}, { kid: keys[0]?.kid }],
      [{}, { kid: 'inconnue' }],
      [{ iss: 'https://autre.exemple' }, { kid: 'autre' }],
      [{ aud: 'autre' }, { kid: 'autre' }],
      [{ exp: 1 }, { kid: 'autre' }],
    ];
    for (const [change, entete] of essais) {
      const { appel, vus } = rendre(change, entete);
      const refus = await refusDe(connecter(ouvrir({}, { fetch: appel })));
      expect([change, entete, refus.motif]).toEqual([change, entete, 'reponse']);
      sansFuite(refus, vus);
    }
  });

  test('informations en JSON : admises, mais pas sans adresse ; un SIRET mal formé est ignoré', async () => {
    const rendre = (change: object) => ouvrir({}, { fetch: reseau({ '/userinfo': (c) => enJson({ ...lire(c), ...change }) }).appel });
    expect(await connecter(rendre({ siret: '217 500 016 00019' }))).toMatchObject({ prenom: 'Anne', siret: '21750001600019' });
    expect(await connecter(rendre({ siret: '2175' }))).toMatchObject({ siret: null });
    for (const email of [undefined, 'anne', 12]) expect((await refusDe(connecter(rendre({ email })))).motif).toBe('identite');
  });
});

describe('Réglages et pannes', () => {
  test('un émetteur en clair n’est admis que sur cette machine', () => {
    expect(() => ouvrir({ emetteur: 'http://proconnect.exemple.fr/api/v2' })).toThrow(/doit être en https/);
    expect(() => ouvrir({ emetteur: 'http://127.0.0.1.exemple.fr' })).toThrow(/doit être en https/);
    expect(() => ouvrir({ emetteur: 'proconnect' })).toThrow(/l’émetteur « proconnect » n’est pas une adresse complète/);
    expect(() => ouvrir({ emetteur: 'https://proconnect.exemple.fr/api/v2' })).not.toThrow();
  });

  test('un secret faux est dit à l’exploitant, sans le montrer', async () => {
    const erreur: unknown = await connecter(ouvrir({ secret: 'un-tout-autre-secret-de-service' })).catch((e: unknown) => e);
    expect(erreur).toBeInstanceOf(ErreurConcorde);
    expect((erreur as ErreurConcorde).message).toMatch(/mal réglée : il refuse l’identifiant, le secret/);
    sansFuite(erreur as ErreurConcorde, ['un-tout-autre-secret-de-service']);
  });

  test('un autre émetteur que celui attendu est refusé', async () => {
    await expect(ouvrir({ emetteur: fournisseur.emetteur.replace('127.0.0.1', 'localhost') }).commencer()).rejects.toThrow(
      /n’est pas celui que Concorde attend/,
    );
  });

  test('fournisseur arrêté : un message clair, puis tout remarche, même avec d’autres clés', async () => {
    const ecrit = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const premier = await ouvrirFournisseur(CHARGE);
    const client = ouvrir({ emetteur: premier.emetteur });
    await connecter(client);
    expect(ecrit).not.toHaveBeenCalled();
    const pendant = await partirEtRevenir(client);
    await premier.close();

    const neuf = ouvrir({ emetteur: premier.emetteur });
    const panne = /^Le fournisseur d’identité ne répond pas comme attendu \(ECONNREFUSED\)\. Réessayez/;
    // The first call may still find a closed socket kept for reuse.
    await expect(client.terminer(pendant.url, pendant.attente)).rejects.toThrow(/^Le fournisseur d’identité ne répond pas.*\(\w+\)\. Réessayez/);
    await expect(client.deconnexion('jeton', 'etat')).rejects.toThrow(panne);
    for (const _ of [1, 2]) await expect(neuf.commencer()).rejects.toThrow(panne);
    // Whoever runs the platform reads it too, without what was exchanged.
    const journal = ecrit.mock.calls.map((a) => String(a[0]));
    ecrit.mockRestore();
    expect(journal).toHaveLength(4);
    for (const ligne of journal) expect(ligne).toMatch(/^connexion par le fournisseur d’identité : Le fournisseur d’identité ne répond pas[^\n]*\n$/u);
    expect(journal.join()).not.toMatch(/code=|state=|jeton/);

    const second = await ouvrirFournisseur({ ...CHARGE, port: Number(new URL(premier.emetteur).port) });
    expect(second.emetteur).toBe(premier.emetteur);
    for (const c of [client, neuf]) expect((await connecter(c)).prenom).toBe('Anne');
    await second.close();
  });

  test('le fournisseur de démonstration dit tout de suite qu’un réglage est faux ou que le port est pris', async () => {
    await expect(ouvrirFournisseur({ ...CHARGE, secret: 'clé accentuée' })).rejects.toThrow(/client_metadata/);
    await expect(ouvrirFournisseur({ ...CHARGE, port: Number(new URL(fournisseur.emetteur).port) })).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('Le fournisseur de démonstration se conduit comme ProConnect', () => {
  test('paramètre inconnu, « state » ou « nonce » courts : Y000400', async () => {
    const changements: [string, string, string][] = [
      ['ui_locales', 'fr', 'paramètre inattendu « ui_locales »'],
      ['acr_values', 'eidas1', 'paramètre inattendu « acr_values »'],
      ['state', 's'.repeat(31), '« state » doit compter au moins 32 caractères'],
      ['nonce', 'n'.repeat(31), '« nonce » doit compter au moins 32 caractères'],
    ];
    for (const [nom, valeur, message] of changements) {
      const url = new URL((await ouvrir().commencer()).url);
      url.searchParams.set(nom, valeur);
      const { statut, corps } = await ouvrirNavigateur().aller(url);
      expect([statut, corps]).toEqual([400, expect.stringContaining(`Y000400 : ${message}`)]);
    }
  });

  test('une adresse de retour inconnue est refusée sur place', async () => {
    const url = new URL((await ouvrir().commencer()).url);
    url.searchParams.set('redirect_uri', 'https://voleur.exemple/');
    const { statut, corps } = await ouvrirNavigateur().aller(url);
    expect([statut, corps]).toEqual([400, expect.stringContaining('invalid_redirect_uri')]);
  });

  test('la page de choix est en français, échappée, et dit que tout est fictif', async () => {
    const navigateur = ouvrirNavigateur();
    const { url, corps } = await navigateur.aller((await ouvrir().commencer()).url);
    expect(corps).toContain('<html lang="fr">');
    expect(corps).toContain('Fournisseur d’identité de démonstration : données fictives');
    expect(corps).toContain('>Anne Morel</button> Anne.Morel@Ville.exemple.fr, avec un second facteur');
    expect(corps).toContain('Bruno D’Arc &#38; &#60;Fils&#62;');
    expect((await ouvrirNavigateur().aller(url)).corps).toContain('Connexion expirée');
  });

  test('les jetons sont ceux de ProConnect : signés RS256, courts', async () => {
    const vus: string[] = [];
    const appel: CustomFetch = async (url, demande) => {
      const reponse = await fetch(url, demande as RequestInit);
      if (/\/(token|userinfo)$/.test(url)) vus.push(`${reponse.headers.get('content-type')} ${await reponse.clone().text()}`);
      return reponse;
    };
    await connecter(ouvrir({}, { fetch: appel }));
    expect(vus[0]).toMatch(/^application\/json.*"expires_in":60/);
    expect(vus[1]).toMatch(/^application\/jwt/);
    const jeton = vus[1]?.split(' ').pop() ?? '';
    expect(JSON.parse(Buffer.from(jeton.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ alg: 'RS256' });
    expect(Object.keys(lire(jeton)).sort()).toEqual(['aud', 'email', 'exp', 'given_name', 'iat', 'idp_id', 'iss', 'siret', 'sub', 'uid', 'usual_name']);
  });
});
