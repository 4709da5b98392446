import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../src/core/authorize.ts';
import type { Route } from '../src/core/http/http.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from './support/app.ts';

/** Generated over the route table: a new route is covered on the day it appears. */
describe('Accès : chaque route avec chaque personne', () => {
  let app: AppDeTest;
  let autre: AppDeTest;
  let routes: Route[];
  const temoins = new Map<Role | 'etranger', string>();
  beforeAll(async () => {
    app = await ouvrirApp({ demonstration: true });
    autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
    routes = await routesDEssai();
    for (const role of Object.keys(ROLES) as Role[]) temoins.set(role, await app.temoin({ comme: role }));
    temoins.set('etranger', await app.temoin({ comme: 'coordination', organisation: 'MAIRIE' }, autre.contratId));
  });
  afterAll(async () => {
    await autre.close();
    await app.close();
  });

  const exemple = (r: Route): string =>
    r.chemin
      .replace(':numero', r.chemin.startsWith('/axes') ? '1' : '1.6')
      .replace(':mesure', '1.6-10b')
      .replace(':registre', 'formations')
      .replace(':annee', '2026')
      .replace(':territoire', 'paris')
      .replace(':format', 'csv')
      .replace(':id', r.chemin.startsWith('/territoires') ? 'paris' : r.chemin.startsWith('/acteurs') ? 'VILLE' : '00000000-0000-4000-8000-000000000000')
      .replace(/:\w+/g, 'inconnu');
  const appeler = (r: Route, cookie?: string) =>
    app.serveur.inject({
      method: r.methode,
      url: exemple(r),
      headers: { ...(cookie ? { cookie } : {}), ...(r.methode === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      ...(r.methode === 'POST' ? { payload: '' } : {}),
      remoteAddress: `10.0.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
    });
  const versConnexion = (x: { statusCode: number; headers: Record<string, unknown> }) =>
    x.statusCode === 401 || (x.statusCode === 303 && String(x.headers.location).startsWith('/connexion?retour='));

  test('la table des routes est vue, et chacune déclare son accès', () => {
    expect(routes.length).toBeGreaterThan(40);
    for (const r of routes) expect(['public', 'connecte', 'roles']).toContain(r.acces.genre);
    expect(new Set(routes.map((r) => `${r.methode} ${r.chemin}`)).size).toBe(routes.length);
  });

  test('sans session, seules les pages publiques répondent', async () => {
    for (const r of routes) {
      const reponse = await appeler(r);
      expect([r.methode, r.chemin, versConnexion(reponse)]).toEqual([r.methode, r.chemin, r.acces.genre !== 'public']);
      expect([r.chemin, reponse.statusCode < 500]).toEqual([r.chemin, true]);
    }
  });

  test('une session d’un autre contrat ne vaut rien ici', async () => {
    for (const r of routes.filter((x) => x.acces.genre !== 'public')) {
      const reponse = await appeler(r, temoins.get('etranger'));
      expect([r.chemin, versConnexion(reponse)]).toEqual([r.chemin, true]);
    }
  });

  test.each(Object.keys(ROLES) as Role[])('%s : refusé partout où son rôle n’est pas déclaré, jamais d’erreur interne', async (role) => {
    // Public pages say the same to everybody: three roles read them, the days of fifteen people read them again (journees.test). What a role
    // may open, it opens on objects that exist, limited in four ways, never by an internal error either (acces-bornes.test).
    const lit = ['coordination', 'elu', 'administrateur'].includes(role);
    const ferme = (r: Route) => r.acces.genre === 'roles' && !r.acces.roles.includes(role);
    for (const r of routes.filter((x) => lit || ferme(x))) {
      const reponse = await appeler(r, temoins.get(role));
      const interdit = ferme(r);
      if (interdit) expect([r.chemin, reponse.statusCode]).toEqual([r.chemin, 403]);
      expect([r.methode, r.chemin, reponse.statusCode < 500]).toEqual([r.methode, r.chemin, true]);
      if (r.chemin === '/deconnexion') temoins.set(role, await app.temoin({ comme: role }));
    }
  });

  test('l’administrateur technique ne lit aucune donnée métier', async () => {
    for (const chemin of ['/registres/formations', '/signalements', '/chiffres'])
      expect((await app.get(chemin, { comme: 'administrateur' })).statusCode).toBe(403);
  });

  test('un formulaire venu d’un autre site est refusé', async () => {
    const reponse = await app.serveur.inject({
      method: 'POST',
      url: '/deconnexion',
      headers: { cookie: temoins.get('coordination') ?? '', 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
      payload: '',
    });
    expect(reponse.statusCode).toBe(403);
  });

  test('après la connexion, on ne part jamais vers un autre site', async () => {
    for (const retour of ['https://ailleurs.example', '//ailleurs.example', '/\\ailleurs.example']) {
      const reponse = await app.get(`/connexion?retour=${encodeURIComponent(retour)}`, { comme: 'elu' });
      expect(reponse.headers.location).toBe('/ma-journee');
    }
  });

  test('hors démonstration, la page des personnes fictives n’existe pas', async () => {
    const sans = await ouvrirApp({ base: app.base });
    expect((await sans.get('/demonstration')).statusCode).toBe(404);
    await sans.close();
  });

  test('la petite ville fictive a son accueil, ses fiches et ses chiffres, et rien de Paris', async () => {
    for (const url of [
      '/',
      '/fiches/1.1',
      '/fiches/2.1',
      '/barometre',
      '/territoires',
      '/territoires/v-gare',
      '/chiffres/1.1-01b',
      '/bilan/2026/valbourg',
      '/recherche?q=formation',
      '/contrat',
    ]) {
      const reponse = await autre.get(url);
      expect([url, reponse.statusCode]).toEqual([url, 200]);
      expect(reponse.body).not.toMatch(/Paris|mairie-18/);
    }
    expect((await autre.get('/fiches/3.14')).statusCode).toBe(404);
    expect((await autre.get('/territoires/mairie-18')).statusCode).toBe(404);
  });
});
