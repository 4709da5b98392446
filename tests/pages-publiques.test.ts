/** What every public page says of itself, and what each person's screens offer: walked from the table of routes and from the links themselves. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cheminsPublics } from '../src/public-files.ts';
import { HOUSE } from '../src/modules.ts';
import { headerOf, menuOf } from '../src/core/house.ts';
import { ROLES, type Role, type Utilisateur } from '../src/core/authorize.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from './support/app.ts';
import { PAGES } from './support/exemples.ts';

/** Downloads, and what leaves the application, are not pages. */
const AILLEURS = /\.(csv|json|xlsx|ics|xml|pdf|docx|zip|ods|txt)(\?|$)|^\/(api|statique)\/|\/(html|pdf|docx|xlsx|csv)$/;
const decoder = (t: string): string =>
  t.replace(/&(amp|lt|gt|quot|#x27);/g, (e) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': '’' })[e] ?? e);
const titreDe = (html: string): string => decoder(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '');
const descriptionDe = (html: string): string => decoder(/<meta name="description" content="([^"]*)"/.exec(html)?.[1] ?? '');
const contenuDe = (html: string): string => (/<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '').replace(/<[^>]+>|\s+/g, ' ').trim();
const liensDe = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*href="([^"]+)"/g)]
    .map((m) => decoder(m[1] ?? '').split('#')[0] ?? '')
    .filter((h) => h.startsWith('/') && !h.startsWith('//') && !AILLEURS.test(h));

describe('Les pages que tout le monde lit, et la journée de chacun', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());

  test('aucune adresse publique n’a le titre d’une autre, et chacune dit ce qu’elle est', async () => {
    const routes = await routesDEssai();
    const publiques = routes.filter((r) => r.methode === 'GET' && r.acces.genre === 'public' && !r.options.secrete);
    // Whoever stands behind must not read on the tab what is looked for: these keep one neutral title.
    const neutre = (html: string) => html.includes('govuk-exit-this-page');
    const modele = (chemin: string) => {
      const parties = (chemin.split('?')[0] ?? '').split('/');
      return publiques.find((r) => {
        const p = r.chemin.split('/');
        return p.length === parties.length && p.every((x, i) => x.startsWith(':') || x === parties[i]);
      })?.chemin;
    };
    // Some addresses of each route, with and without a query: enough to meet every kind of link, not every figure.
    const [PAR_ROUTE, vues, parModele] = [6, new Map<string, { titre: string; contenu: string }>(), new Map<string, number>()];
    const file = [
      ...cheminsPublics(
        publiques.filter((r) => !r.chemin.includes(':')),
        app.catalogue,
      ),
      ...PAGES,
      '/fiches/1.6?annee=2023',
      '/chiffres/1.6-10b?periode=2023',
      '/territoires/mairie-18?annee=2023',
    ];
    const fautes: string[] = [];
    for (let url = file.shift(); url !== undefined; url = file.shift()) {
      const m = modele(url);
      const cle = `${m} ${[...new URLSearchParams(url.split('?')[1] ?? '').keys()].sort().join()}`;
      // Further on in a list that is read page after page: nobody is sent there.
      if (/[?&]apres=/.test(url)) continue;
      if (vues.has(url) || !m || (parModele.get(cle) ?? 0) >= PAR_ROUTE) continue;
      parModele.set(cle, (parModele.get(cle) ?? 0) + 1);
      const reponse = await app.get(url);
      if (reponse.statusCode !== 200 || !String(reponse.headers['content-type']).includes('html')) continue;
      if (neutre(reponse.body)) {
        file.push(...liensDe(reponse.body));
        continue;
      }
      const [titre, description, contenu] = [titreDe(reponse.body), descriptionDe(reponse.body), contenuDe(reponse.body)];
      if (description.length < 40) fautes.push(`${url} : description « ${description} »`);
      if (!reponse.body.includes('property="og:image"')) fautes.push(`${url} : rien pour le partage`);
      for (const [autre, v] of vues) if (v.titre === titre && v.contenu !== contenu) fautes.push(`${url} et ${autre} : « ${titre} »`);
      vues.set(url, { titre, contenu });
      file.push(...liensDe(reponse.body));
    }
    expect(vues.size).toBeGreaterThan(80);
    expect(fautes).toEqual([]);
  }, 240_000);

  test('une adresse perdue mène où elle voulait mener ; une porte fermée dit à qui elle s’ouvre', async () => {
    for (const [perdue, vers] of [
      ['/fiche/1.6', '/fiches/1.6'],
      ['/fiches-1-6.html', '/fiches/1.6'],
      ['/figure/1.6-10b', '/chiffres/1.6-10b'],
      ['/mairie/18e', '/territoires/mairie-18'],
      ['/barometres', '/barometre'],
      ['/acteur/DPMP', '/acteurs/DPMP'],
    ] as const) {
      const r = await app.get(perdue);
      expect([perdue, r.statusCode, liensDe(contenuBrut(r.body)).includes(vers)]).toEqual([perdue, 404, true]);
      expect(r.body).toContain('action="/recherche"');
      expect(titreDe(r.body)).toContain(perdue);
    }
    const refus = await app.get('/journal', { comme: 'agent' });
    expect(refus.statusCode).toBe(403);
    expect(refus.body).toContain('DPO-auditeur');
    expect(refus.body).toContain('http://concorde.exemple/journal');
    // To who has no session, a door says nothing of itself.
    expect((await app.get('/journal')).headers.location).toBe('/connexion?retour=%2Fjournal');
  });

  test('la journée du délégué et de l’administratrice dit ce qui est à elles, et aux autres rien de cela', async () => {
    const journee = async (comme: Role) => contenuDe((await app.get('/ma-journee', { comme })).body);
    const delegue = await journee('dpo');
    expect(delegue).toContain('Aucune demande en attente');
    expect(delegue).toMatch(/Accès refusés \(7 jours\)\s+[^J]*agent|Accès refusés \(7 jours\)\s+\S/);
    const administratrice = await journee('administrateur');
    expect(administratrice).toMatch(/Courriels non partis\s+aucun/);
    expect(administratrice).toMatch(/Invitations sans réponse\s+aucune/);
    for (const role of ['agent', 'elu', 'coordination'] as const) expect(await journee(role)).not.toMatch(/Courriels non partis|Accès refusés/);
  });

  test('les raccourcis d’une touche sont éteints, et chacun les active pour soi', async () => {
    const cookie = await app.temoin({ comme: 'agent' });
    expect((await app.get('/')).body).not.toContain('data-raccourcis');
    expect((await app.get('/ma-journee', cookie)).body).not.toContain('data-raccourcis');
    expect((await app.post('/mon-compte/raccourcis', { oui: '1' }, cookie)).statusCode).toBe(303);
    expect((await app.get('/ma-journee', cookie)).body).toContain('data-touche="j"');
    await app.post('/mon-compte/raccourcis', { oui: '0' }, cookie);
    expect((await app.get('/ma-journee', cookie)).body).not.toContain('data-raccourcis');
  });

  test('qui se connecte trouve au menu chaque page de l’en-tête', () => {
    const sans = { id: 'x', nom: 'x', courriel: 'x', organisationId: 'x', fonction: 'x', forte: true };
    for (const role of Object.keys(ROLES) as Role[]) {
      const u: Utilisateur = { ...sans, mandats: [{ role, territoireId: null, fiche: null }] };
      const menu = menuOf(HOUSE, u).flatMap((x) => x.entrees.map((e) => e.href));
      expect(menu).toEqual(expect.arrayContaining(headerOf(HOUSE).map((e) => e.href)));
    }
  });

  test('le plan du site mène partout, le flux d’une fiche et d’une mairie se lit, l’agenda public se restreint', async () => {
    const plan = [...(await app.get('/sitemap.xml')).body.matchAll(/<loc>http:\/\/concorde\.exemple([^<]*)<\/loc>/g)].map((m) => m[1] ?? '');
    expect(plan).toEqual(expect.arrayContaining(['/', '/fiches/1.6', '/chiffres/1.6-10b', '/territoires/mairie-18', '/glossaire']));
    expect(plan.filter((p) => /connexion|:|demonstration/.test(p))).toEqual([]);
    const pas = Math.ceil(plan.length / 40);
    for (const chemin of plan.filter((_, i) => i % pas === 0)) expect([chemin, (await app.get(chemin)).statusCode]).toEqual([chemin, 200]);
    expect((await app.get('/robots.txt')).body).toContain('Sitemap: http://concorde.exemple/sitemap.xml');
    // Nobody said whom to tell.
    expect((await app.get('/.well-known/security.txt')).statusCode).toBe(404);
    for (const [page, flux] of [
      ['/fiches/2.1', '/fiches/2.1/nouvelles.xml'],
      ['/territoires/mairie-18', '/territoires/mairie-18/nouvelles.xml'],
      ['/', '/nouvelles.xml'],
    ] as const) {
      expect((await app.get(page)).body).toContain(`<link rel="alternate" type="application/atom+xml"`);
      const r = await app.get(flux);
      expect([flux, r.statusCode, r.headers['content-type']]).toEqual([flux, 200, 'application/atom+xml; charset=utf-8']);
      expect(r.body).toContain('<feed xmlns="http://www.w3.org/2005/Atom"');
      for (const [, href] of [...r.body.matchAll(/<entry>[\s\S]*?<link rel="alternate" href="http:\/\/concorde\.exemple([^"]+)"/g)].slice(0, 5))
        expect([href, (await app.get(decoder(href ?? ''))).statusCode]).toEqual([href, 200]);
    }
    expect((await app.get('/fiches/9.99/nouvelles.xml')).statusCode).toBe(404);
    expect((await app.get('/suivre?fiche=9.99')).statusCode).toBe(404);
    expect((await app.get('/calendrier/public.ics?territoire=nulle-part')).statusCode).toBe(404);
  });
});
const contenuBrut = (html: string): string => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
