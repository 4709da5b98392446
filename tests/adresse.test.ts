/** Absolute links come from the settings, never from what a request says of itself. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ErreurConfiguration, loadConfig } from '../src/core/config.ts';
import { creerDecision, creerInstance, creerMembre, creerSeance } from '../src/modules/instances/instances.fixtures.ts';
import { ADRESSE, type AppDeTest, ouvrirApp } from './support/app.ts';
import { courriels } from './support/courriels.ts';

const SRC = resolve(import.meta.dirname, '../src');

test('aucune source ne lit le nom de machine de la requête', () => {
  const sources = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/\.test\.tsx?$/.test(e.name))
    .map((e) => join(e.parentPath, e.name));
  expect(sources.length).toBeGreaterThan(300);
  const interdit = /\brequest\.(host|hostname|protocol|originalUrl)\b|headers\.host\b|headers\[['"](host|x-forwarded-host)['"]\]/;
  expect(sources.filter((f) => !f.includes('/ui/islands/') && interdit.test(readFileSync(f, 'utf8')))).toEqual([]);
  // The rule sees what it forbids.
  for (const faute of ['c.brut.request.host', 'request.headers.host', "headers['x-forwarded-host']", 'request.protocol']) expect(faute).toMatch(interdit);
});

describe('CONCORDE_URL', () => {
  const refus = (env: Record<string, string | undefined>): string => {
    try {
      loadConfig(env);
      return '';
    } catch (e) {
      expect(e).toBeInstanceOf(ErreurConfiguration);
      return (e as Error).message;
    }
  };
  test('est demandée dès que le serveur n’est plus une démonstration sur cette machine', () => {
    for (const env of [{ CONCORDE_DEMO: '0' }, { DATABASE_URL: 'postgresql://h/b' }, { CONCORDE_DEMO: '1', HOST: '0.0.0.0' }, { HOST: '10.0.0.5' }])
      expect(refus(env)).toMatch(/CONCORDE_URL = « absent » : donnez l’adresse publique/);
    expect(refus({ DATABASE_URL: 'postgresql://h/b', CONCORDE_URL: 'https://concorde.exemple.fr' })).toBe('');
  });
  test('en démonstration sur cette machine, l’adresse est celle de la machine', () => {
    expect(loadConfig({ PORT: '3456' })).toMatchObject({ adresse: 'http://localhost:3456', hote: '127.0.0.1', demonstration: true });
    for (const HOST of ['localhost', '127.0.0.1', '::1']) expect(loadConfig({ HOST, PORT: '3456' }).adresse).toBe('http://localhost:3456');
    expect(loadConfig({ CONCORDE_URL: 'https://x.fr' }).adresse).toBe('https://x.fr');
  });
});

describe('Un en-tête Host inventé', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());
  const poster = (url: string, champs: Record<string, string>, cookie?: string) =>
    app.serveur.inject({
      method: 'POST',
      url,
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'content-type': 'application/x-www-form-urlencoded', ...(cookie ? { cookie } : {}) },
      payload: new URLSearchParams(champs).toString(),
    });
  async function attendre(destinataire: string) {
    const tous = (await courriels(app)).filter((c) => c.destinataire === destinataire);
    expect(tous.length).toBeGreaterThan(0);
    for (const c of tous) {
      expect(`${c.texte}${c.ical}`).not.toContain('evil.example');
      for (const m of `${c.texte}`.matchAll(/(\S*)\/(connexion|invitation|invitations|decisions|seances)\b/g)) expect(m[1]).toBe(ADRESSE);
      expect(c.texte).toContain(`${ADRESSE}/`);
    }
  }

  test('ne change pas le lien d’un nouveau mot de passe, ni celui d’une invitation', async () => {
    await app.temoin({ comme: 'agent' });
    await sql`update comptes set courriel = 'oublieux@exemple.fr' where id = (select id from comptes order by cree_le desc limit 1)`.execute(app.base.owner);
    expect((await poster('/connexion/oubli', { courriel: 'oublieux@exemple.fr' })).statusCode).toBe(303);
    await attendre('oublieux@exemple.fr');
    const champs = { courriel: 'invitee@exemple.fr', nom: 'Invitée', fonction: 'Essai', organisation: 'PAV', role: 'association' };
    expect((await poster('/comptes/inviter', champs, await app.temoin({ comme: 'coordination' }))).statusCode).toBe(303);
    await attendre('invitee@exemple.fr');
  });

  test('ne change pas les liens d’une convocation, ni ceux d’un rappel de décision', async () => {
    const { owner } = app.base;
    const id = await creerInstance(owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil' });
    await creerMembre(owner, app.contratId, id, { organisation: 'PP', courriel: 'convoquee@exemple.fr' });
    const seance = await creerSeance(owner, app.contratId, id, { jour: '2027-03-10', points: ['Point'] });
    const cookie = await app.temoin({ comme: 'coordination' });
    expect((await poster(`/seances/${seance}/convoquer`, {}, cookie)).statusCode).toBe(303);
    await attendre('convoquee@exemple.fr');
    const d = await creerDecision(
      owner,
      app.contratId,
      {
        instanceId: id,
        seanceId: null,
        pointId: null,
        nature: 'action',
        libelle: 'À relancer',
        responsableId: 'VILLE',
        responsableNom: 'Chargée',
        responsableCourriel: 'chargee@exemple.fr',
        echeance: '2026-01-10',
        fiche: null,
        ligne: null,
        territoireId: 'mairie-18',
      },
      { auteur: 'Essai', quand: new Date() },
    );
    expect((await poster('/decisions/lot', { decision: `${d?.id}:1`, acte: 'relance' }, cookie)).statusCode).toBe(303);
    await attendre('chargee@exemple.fr');
    expect((await app.serveur.inject({ url: '/calendrier/public.ics', headers: { host: 'evil.example' } })).body).not.toContain('evil.example');
  });
});

describe('D’où vient un formulaire', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());
  test.each([
    [{ origin: ADRESSE }, 303],
    [{ origin: ADRESSE, 'sec-fetch-site': 'same-origin' }, 303],
    [{ 'sec-fetch-site': 'same-origin' }, 303],
    [{}, 303],
    // A sibling domain: with its own Origin, or none.
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://voisin.exemple' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://evil.example', host: 'evil.example' }, 403],
  ])('%j : %i', async (entetes, attendu) => {
    const r = await app.serveur.inject({
      method: 'POST',
      url: '/connexion/oubli',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...entetes },
      payload: 'courriel=personne@exemple.fr',
      remoteAddress: `10.7.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
    });
    expect(r.statusCode).toBe(attendu);
  });
});

describe('En https', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp({ adresse: 'https://concorde.exemple' });
  });
  afterAll(() => app.close());
  test('le témoin ne vaut que pour cette machine : un domaine voisin ne peut pas le remplacer', async () => {
    const [nom = '', valeur = ''] = (await app.temoin({ comme: 'agent' })).split('=');
    const voir = async (cookie: string) => (await app.serveur.inject({ url: '/mon-compte', headers: { cookie } })).statusCode;
    expect(await voir(`__Host-${nom}=${valeur}`)).toBe(200);
    expect(await voir(`${nom}=${valeur}`)).toBe(303);
    expect(await voir(`${nom}=intrus; __Host-${nom}=${valeur}`)).toBe(200);
    const sortie = await app.serveur.inject({ method: 'POST', url: '/deconnexion', headers: { cookie: `__Host-${nom}=${valeur}` } });
    expect(String(sortie.headers['set-cookie'])).toMatch(/^__Host-concorde_session=;.*Path=\/.*HttpOnly.*Secure/);
    expect(String(sortie.headers['set-cookie'])).not.toContain('Domain');
  });
});
