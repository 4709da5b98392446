/** What every public page says of itself, and what each person's screens offer: walked from the table of routes and from the links themselves. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cheminsPublics } from '../src/public-files.ts';
import { HOUSE } from '../src/modules.ts';
import { headerOf, menuOf } from '../src/core/house.ts';
import { getUtilisateurDeSession } from '../src/modules/comptes/sessions.queries.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from './support/app.ts';
import { testDatabase } from './support/database.ts';
import { PAGES } from './support/exemples.ts';

/** Downloads, and what leaves the application, are not pages. */
const AILLEURS = /\.(csv|json|xlsx|ics|xml|pdf|docx|zip|ods|txt)(\?|$)|^\/(api|statique)\//;
const decoder = (t: string): string =>
  t.replace(/&(amp|lt|gt|quot|#x27);/g, (e) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': '’' })[e] ?? e);
const titreDe = (html: string): string => decoder(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '');
const descriptionDe = (html: string): string => decoder(/<meta name="description" content="([^"]*)"/.exec(html)?.[1] ?? '');
const contenuDe = (html: string): string => (/<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '').replace(/<[^>]+>|\s+/g, ' ').trim();
const liensDe = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*href="([^"]+)"/g)]
    .map((m) => decoder(m[1] ?? '').split('#')[0] ?? '')
    .filter((h) => h.startsWith('/') && !h.startsWith('//') && !AILLEURS.test(h));

describe('Les pages que tout le monde lit, et les écrans de chacun', () => {
  let app: AppDeTest;
  let personnes: { id: string; nom: string }[];
  beforeAll(async () => {
    app = await ouvrirApp({ demonstration: true, base: await testDatabase({ demonstration: true }) });
    const page = (await app.get('/demonstration')).body;
    personnes = [...page.matchAll(/name="compte" value="([^"]+)".*?Entrer comme ([^<"]+)/gs)].map((m) => ({ id: m[1] ?? '', nom: decoder(m[2] ?? '').trim() }));
  });
  afterAll(async () => {
    await app.close();
    await app.base.close();
  });

  /** Cookie of that person of the demonstration, by the button of its page. */
  const entrer = async (id: string): Promise<string> => {
    const temoin = (await app.post('/demonstration', { compte: id })).headers['set-cookie'];
    return (
      [temoin]
        .flat()
        .join(';')
        .match(/concorde_session=[^;]+|[\w-]*session=[^;]+/)?.[0] ?? ''
    );
  };

  test('aucune adresse publique n’a le titre d’une autre, et chacune dit ce qu’elle est', async () => {
    const routes = await routesDEssai();
    const publiques = routes.filter((r) => r.methode === 'GET' && r.acces.genre === 'public');
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
      if (vues.has(url) || !m || (parModele.get(cle) ?? 0) >= PAR_ROUTE) continue;
      parModele.set(cle, (parModele.get(cle) ?? 0) + 1);
      const reponse = await app.get(url);
      if (reponse.statusCode !== 200 || !String(reponse.headers['content-type']).includes('html')) continue;
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

  test('chaque page de l’en-tête est aussi dans le menu de qui se connecte, et rien n’y est fermé', async () => {
    expect(personnes.length).toBeGreaterThan(10);
    const fautes: string[] = [];
    for (const p of personnes) {
      const cookie = await entrer(p.id);
      const u = await getUtilisateurDeSession(app.db, app.contratId, cookie.split('=')[1] ?? '', new Date());
      if (!u) throw new Error(`${p.nom} n’est pas entré`);
      const menu = new Set(menuOf(HOUSE, u).flatMap((s) => s.entrees.map((e) => e.href)));
      fautes.push(...headerOf(HOUSE).flatMap((e) => (menu.has(e.href) ? [] : [`${p.nom} : ${e.href} n’est pas au menu`])));
      // What their day and their main pages draw: each link opens, each form goes to a door that is theirs.
      const aVoir = new Set<string>();
      for (const depart of ['/ma-journee', ...menu]) {
        const r = await app.get(depart, cookie);
        if (r.statusCode >= 400) fautes.push(`${p.nom} : ${depart} répond ${r.statusCode}`);
        if (depart !== '/ma-journee') continue;
        for (const href of liensDe(r.body)) aVoir.add(href);
        for (const f of r.body.matchAll(/<form [^>]*action="([^"]+)"[^>]*method="post"/g)) {
          const action = decoder(f[1] ?? '');
          const route = (await routesDEssai()).find(
            (x) => x.methode === 'POST' && new RegExp(`^${x.chemin.replace(/:\w+/g, '[^/]+')}$`).test(action.split('?')[0] ?? ''),
          );
          if (!route) fautes.push(`${p.nom} : le formulaire ${action} ne va nulle part`);
          else if (route.acces.genre === 'roles' && !u.mandats.some((m) => route.acces.genre === 'roles' && route.acces.roles.includes(m.role)))
            fautes.push(`${p.nom} : ${action} lui est fermé`);
        }
      }
      for (const href of aVoir) {
        const r = await app.get(href, cookie);
        if (r.statusCode === 403 || r.statusCode === 404) fautes.push(`${p.nom} : sa journée mène à ${href}, qui répond ${r.statusCode}`);
      }
    }
    expect(fautes).toEqual([]);
  }, 240_000);

  test('la journée du délégué, de l’administratrice et de l’élue dit ce qui est à elles', async () => {
    const journee = async (nom: string) => contenuDe((await app.get('/ma-journee', await entrer(personnes.find((p) => p.nom === nom)?.id ?? ''))).body);
    expect(await journee('Laurent Dubois')).toMatch(/Demandes à traiter|Aucune demande en attente/);
    expect(await journee('Laurent Dubois')).toContain('Accès refusés (7 jours)');
    expect(await journee('Sophie Leroy')).toMatch(/Courriels non partis\s+aucun/);
    expect(await journee('Fatou Ndiaye')).toContain('la note de séance');
    expect(await journee('Samuel Diop')).not.toMatch(/Courriels non partis|Accès refusés/);
  });

  test('les raccourcis d’une touche sont éteints, et chacun les active pour soi', async () => {
    const cookie = await entrer(personnes.find((p) => p.nom === 'Samuel Diop')?.id ?? '');
    expect((await app.get('/')).body).not.toContain('data-raccourcis');
    expect((await app.get('/ma-journee', cookie)).body).not.toContain('data-raccourcis');
    expect((await app.post('/mon-compte/raccourcis', { oui: '1' }, cookie)).statusCode).toBe(303);
    expect((await app.get('/ma-journee', cookie)).body).toContain('data-touche="j"');
    await app.post('/mon-compte/raccourcis', { oui: '0' }, cookie);
    expect((await app.get('/ma-journee', cookie)).body).not.toContain('data-raccourcis');
  });

  test('le plan du site mène partout, le flux d’une fiche et d’une mairie se lit, l’agenda public se restreint', async () => {
    const plan = [...(await app.get('/sitemap.xml')).body.matchAll(/<loc>http:\/\/concorde\.exemple([^<]*)<\/loc>/g)].map((m) => m[1] ?? '');
    expect(plan).toEqual(expect.arrayContaining(['/', '/fiches/1.6', '/chiffres/1.6-10b', '/territoires/mairie-18', '/glossaire']));
    expect(plan.filter((p) => /connexion|:|demonstration/.test(p))).toEqual([]);
    const pas = Math.ceil(plan.length / 40);
    for (const chemin of plan.filter((_, i) => i % pas === 0)) expect([chemin, (await app.get(chemin)).statusCode]).toEqual([chemin, 200]);
    expect((await app.get('/robots.txt')).body).toBe('User-agent: *\nDisallow: /\n');
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
    const seances = async (url: string) => ((await app.get(url)).body.match(/BEGIN:VEVENT/g) ?? []).length;
    const [toutes, duLieu] = [await seances('/calendrier/public.ics'), await seances('/calendrier/public.ics?territoire=mairie-18')];
    expect(toutes).toBeGreaterThan(duLieu);
    expect((await app.get('/calendrier/public.ics?territoire=nulle-part')).statusCode).toBe(404);
  });
});
const contenuBrut = (html: string): string => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
