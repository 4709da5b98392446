import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creerService, creerStructure } from '../../src/modules/annuaire/annuaire.fixtures.ts';
import { cheminDe, listAccesOuverts } from '../../src/modules/annuaire/verification/lien.ts';
import { creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import { PAGES, PAGES_DE_TRAVAIL } from '../support/exemples.ts';
import { axe, ouvrirNavigateur, ouvrirPageRegardee } from '../support/browser.ts';
import { routesDEssai } from '../support/app.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

/** Every page without parameter, and one example of each page with one. */
const EXEMPLES = [...PAGES, '/nulle-part'];
/** Public pages that say more, or offer acts, to who signs in: looked at twice. The others are the same. */
const PLUS_QUE_PUBLIQUES = ['/', '/fiches/1.6', '/barometre', '/chiffres/1.6-10b?periode=2026', '/recherche?q=rixes', '/instances', '/calendrier'];
/** Downloads are not pages. */
const FICHIERS = /\.(csv|json|xlsx|ics|xml|txt|js)$|^\/api\//;

describe('Chaque page, dans un vrai navigateur', () => {
  let serveur: ServeurDeTest;
  let navigateur: Browser;
  let publiques: string[];
  let toutes: string[];
  beforeAll(async () => {
    serveur = await ouvrirServeur();
    navigateur = await ouvrirNavigateur();
    const routes = await routesDEssai();
    const pages = routes.filter((r) => r.methode === 'GET' && !r.chemin.includes(':') && !FICHIERS.test(r.chemin) && r.chemin !== '/decisions/nouvelle');
    publiques = [...pages.filter((r) => r.acces.genre === 'public').map((r) => r.chemin), ...EXEMPLES];
    toutes = [...pages.map((r) => r.chemin), ...EXEMPLES, ...PAGES_DE_TRAVAIL, ...(await exemplesDeSeances()), ...(await exemplesDeComptes())];
    expect(pages.length).toBeGreaterThan(15);
  });
  afterAll(async () => {
    await navigateur?.close();
    await serveur?.close();
  });

  /** Pages of a body, of a session in each of its states, of a decision: what the demonstration holds, and two made here. */
  async function exemplesDeSeances(): Promise<string[]> {
    const { owner, contratId } = serveur.plateforme;
    const un = async (q: ReturnType<typeof sql<{ id: string }>>) => (await q.execute(owner)).rows[0]?.id ?? '';
    const instance = await un(sql<{ id: string }>`select id from instances where contrat_id = ${contratId} and type = 'cspda' and territoire_id = 'mairie-18'`);
    const convoquee = await un(sql<{ id: string }>`select id from seances where contrat_id = ${contratId} and etat = 'convoquee' limit 1`);
    const decision = await un(sql<{ id: string }>`select id from decisions where contrat_id = ${contratId} and etat = 'bloque' limit 1`);
    const relecture = await creerSeance(owner, contratId, instance, { jour: '2026-11-02', etat: 'relecture', points: ['Écoles', 'Éclairage'] });
    const ouverte = await creerSeance(owner, contratId, instance, { jour: '2026-11-03', etat: 'ouverte', points: ['Écoles', 'Éclairage'] });
    expect([instance, convoquee, decision]).not.toContain('');
    return [
      `/instances/${instance}`,
      `/instances/${instance}/reglages`,
      `/instances/${instance}/membres/nouveau`,
      `/instances/${instance}/seances/nouvelle`,
      '/instances/types/cspda',
      '/instances?etat=a-reunir',
      ...['', '/preparer', '/convoquer', '/annuler', '/tenir'].map((x) => `/seances/${convoquee}${x}`),
      `/seances/${ouverte}/tenir`,
      `/seances/${relecture}/clore`,
      `/decisions/${decision}`,
      '/decisions?vue=tableau',
      `/decisions/nouvelle?instance=${instance}`,
      '/calendrier?vue=liste',
      '/calendrier/annee?annee=2025',
    ];
  }

  /** An account, what closing it would end, what takes two people, and a proposal that waits. */
  async function exemplesDeComptes(): Promise<string[]> {
    const { owner, contratId } = serveur.plateforme;
    const { rows } = await sql<{ samuel: string; laurent: string }>`
      select (select id from comptes where contrat_id = ${contratId} and nom = 'Samuel Diop') as samuel,
        (select id from comptes where contrat_id = ${contratId} and nom = 'Laurent Dubois') as laurent`.execute(owner);
    const { samuel = '', laurent = '' } = rows[0] ?? {};
    await sql`
      insert into propositions (contrat_id, genre, compte_id, motif, propose_par, expire_le)
      values (${contratId}, 'fermer', ${laurent}::uuid, 'Il rejoint une autre institution', ${samuel}::uuid, now() + interval '7 days')`.execute(owner);
    return [`/comptes/${samuel}`, `/comptes/${samuel}/fermer`, `/comptes/${laurent}/fermer`, '/comptes/organisations/DPMP/fermer'];
  }

  const ecouter = (page: Page, erreurs: string[]): void => {
    page.on('console', (m) => {
      if (m.type() === 'error' && !/status of 40[134]/.test(m.text())) erreurs.push(`${page.url()} : ${m.text()}`);
    });
    page.on('pageerror', (e) => erreurs.push(`${page.url()} : ${e.message}`));
  };

  async function ouvrir(o: { largeur: number; persona?: string; sombre?: boolean; sansScript?: boolean }): Promise<[BrowserContext, Page, string[]]> {
    const contexte = await navigateur.newContext({
      viewport: { width: o.largeur, height: 800 },
      colorScheme: o.sombre ? 'dark' : 'light',
      javaScriptEnabled: !o.sansScript,
    });
    const page = await contexte.newPage();
    const erreurs: string[] = [];
    ecouter(page, erreurs);
    if (o.persona) {
      await page.goto(`${serveur.adresse}/demonstration`);
      await page.getByRole('button', { name: `Entrer comme ${o.persona}` }).click();
      await page.waitForURL('**/ma-journee');
    }
    return [contexte, page, erreurs];
  }

  const fautesDe = async (o: { largeur: number; persona?: string; sombre?: boolean }, chemins: readonly string[], sans: readonly string[] = []) => {
    const [contexte, entree, erreurs] = await ouvrir(o);
    const { page, axe: regarder } = await ouvrirPageRegardee(contexte, serveur.adresse);
    ecouter(page, erreurs);
    await entree.close();
    const fautes: string[] = [];
    for (const chemin of chemins) {
      const reponse = await page.goto(serveur.adresse + chemin);
      if (!reponse || reponse.status() >= 500) fautes.push(`${chemin} : statut ${reponse?.status()}`);
      fautes.push(...(await regarder(sans)).map((f) => `${chemin} : ${f}`));
      // The same page on the narrowest telephone: loaded once, looked at twice.
      for (const width of new Set([o.largeur, 320])) {
        if (width !== o.largeur) await page.setViewportSize({ width, height: 800 });
        const debord = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (debord > 0) fautes.push(`${chemin} : à ${width} pixels, ${debord} de trop`);
      }
      await page.setViewportSize({ width: o.largeur, height: 800 });
    }
    await contexte.close();
    return [...fautes, ...erreurs];
  };

  test('de son onglet, axe trouve ce qu’il trouve dans la page', async () => {
    const [contexte] = await ouvrir({ largeur: 1280 });
    const { page, axe: regarder } = await ouvrirPageRegardee(contexte, serveur.adresse);
    for (const chemin of ['/fiches/1.6', '/glossaire']) {
      await page.goto(serveur.adresse + chemin);
      await page.evaluate(() => {
        const abime = '<img src="/rien.svg"><p id="pale">Une phrase pâle</p><input><ul><p>hors</p></ul><div role="rien" tabindex="3">a</div>';
        document.querySelector('main')?.insertAdjacentHTML('beforeend', abime);
        const pale = document.getElementById('pale');
        if (pale) pale.style.cssText = 'color: #999; background: #fff';
        document.documentElement.removeAttribute('lang');
      });
      const trouvees = await regarder();
      const regles = ['aria-roles', 'color-contrast', 'html-has-lang', 'image-alt', 'label', 'list', 'tabindex'];
      expect(trouvees.map((f) => f.split(' ')[0]).sort()).toEqual(regles);
      expect(trouvees).toEqual(await axe(page));
      expect(await regarder(['color-contrast'])).toEqual(trouvees.filter((f) => !f.startsWith('color-contrast')));
    }
    await contexte.close();
  });

  test('axe ne trouve rien sur les pages publiques, aucune ne défile de côté à 320 pixels, et la console reste muette', async () => {
    expect(await fautesDe({ largeur: 1280 }, publiques)).toEqual([]);
  }, 300_000);

  test('axe ne trouve rien sur les écrans de travail de la coordination, et aucun ne défile de côté à 320 pixels', async () => {
    const deTravail = toutes.filter((p) => !publiques.includes(p));
    // Their colours are the public pages' tokens, whose contrasts the style sheets' own test holds: half of axe's time.
    expect(await fautesDe({ largeur: 1280, persona: 'Claire Fontaine' }, [...deTravail, ...PLUS_QUE_PUBLIQUES], ['color-contrast'])).toEqual([]);
  }, 300_000);

  test('axe ne trouve rien en mode sombre', async () => {
    const lues = ['/', '/fiches/1.6', '/barometre', '/chiffres/1.6-10b?periode=2026', '/composants'];
    expect(await fautesDe({ largeur: 1280, sombre: true }, lues)).toEqual([]);
  }, 300_000);

  test('de l’accueil, une victime a le bon numéro en un geste, et part sans que « Précédent » y revienne', async () => {
    const [contexte, page] = await ouvrir({ largeur: 390 });
    await page.route('https://meteofrance.com/**', (r) => r.fulfill({ contentType: 'text/html', body: '<title>Météo</title>' }));
    await page.goto(serveur.adresse);
    await page.getByRole('navigation', { name: 'Aide' }).getByRole('link', { name: 'Aide aux victimes' }).click();
    const numero = page.getByRole('link', { name: /Appeler le 3919/ });
    expect(await numero.getAttribute('href')).toBe('tel:3919');
    expect(await page.title()).not.toMatch(/viol|victim/i);
    await page.getByRole('button', { name: 'Être guidé' }).click();
    await page.getByRole('link', { name: 'Des violences dans mon couple ou ma famille' }).click();
    await page.waitForURL('**/aide/guide/a');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift');
    await page.waitForURL('https://meteofrance.com/');
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe('/');
    await contexte.close();
  });

  test('de l’accueil, une victime trouve en trois gestes un lieu ouvert maintenant ; un organisme corrige sa fiche par le lien reçu', async () => {
    const { owner, contratId } = serveur.plateforme;
    const id = await creerStructure(owner, contratId, {
      ...{ nom: 'Accueil essayé', organisation_id: 'PAV', adresse: '4 rue de l’Exemple', telephone: '01 99 99 99 98', horaires: '24/7' },
      ...{ correspondant_nom: 'Une correspondante', correspondant_courriel: 'c@exemple.fr' },
    });
    await creerService(owner, contratId, id, { besoins: ['violences-couple'] });
    const [contexte, page, erreurs] = await ouvrir({ largeur: 390 });
    await page.goto(serveur.adresse);
    await page.getByRole('navigation', { name: 'Aide' }).getByRole('link', { name: 'Aide aux victimes' }).click();
    await page.getByRole('link', { name: 'Un lieu près de chez vous : Violences dans le couple' }).click();
    await page.getByRole('button', { name: 'Ouvert maintenant' }).click();
    const fiche = page.locator('.c-lieux__un', { hasText: 'Accueil essayé' });
    expect(await fiche.getByText('Ouvert', { exact: false }).first().isVisible()).toBe(true);
    expect(await fiche.getByRole('link', { name: 'Appeler Accueil essayé' }).getAttribute('href')).toBe('tel:0199999998');
    expect(await page.title()).not.toMatch(/viol|victim|aide/i);
    await fiche.getByRole('link', { name: 'Accueil essayé', exact: true }).click();
    await page.getByRole('button', { name: 'Imprimer' }).waitFor();
    expect(await axe(page)).toEqual([]);
    // By the link that its correspondent received.
    const [acces] = await listAccesOuverts(owner, contratId, [id]);
    if (!acces) throw new Error('pas de lien');
    await page.goto(serveur.adresse + cheminDe(serveur.coffre, acces));
    await page.getByLabel('Téléphone du lieu').fill('01 99 99 99 97');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Envoyer la correction' }).click();
    await page.getByText('la correction est en ligne').waitFor();
    await page.getByRole('link', { name: 'Voir la fiche publique' }).click();
    expect(await page.getByRole('link', { name: 'Appeler Accueil essayé' }).getAttribute('href')).toBe('tel:0199999997');
    expect(erreurs).toEqual([]);
    await contexte.close();
  });

  test('de l’accueil, un habitant du 18e sait qui appeler, et écrit ce qui le gêne ; en cherchant aussi', async () => {
    const [contexte, page, erreurs] = await ouvrir({ largeur: 390 });
    await page.goto(serveur.adresse);
    await page.getByRole('navigation', { name: 'Aide' }).getByRole('link', { name: 'Signaler' }).click();
    expect(await page.getByRole('link', { name: /Appeler le 3975/ }).getAttribute('href')).toBe('tel:3975');
    await page.getByRole('link', { name: 'Le dire par écrit' }).first().click();
    await page.waitForURL('**/signaler/tranquillite-publique');
    expect(await axe(page)).toEqual([]);
    await page.goto(`${serveur.adresse}/recherche?q=bruit+18e`);
    await page.getByRole('link', { name: 'Le dire par écrit' }).click();
    await page.waitForURL('**/signaler/tranquillite-publique');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(erreurs).toEqual([]);
    await contexte.close();
  });

  test('chaque langue de l’aide, de droite à gauche aussi : axe, le clavier, 390 et 320 pixels', async () => {
    const aide = (await routesDEssai()).flatMap((r) => r.options.secours ?? []).filter((x) => /^\/aide\/[a-z]{2,4}$/.test(x));
    expect(aide.length).toBeGreaterThan(8);
    const fautes: string[] = [];
    // Each is looked at by axe, then measured at its width and at 320 pixels.
    fautes.push(...(await fautesDe({ largeur: 390 }, [...aide, '/urgence', '/signaler', '/aide/guide/acbb'])));
    fautes.push(...(await fautesDe({ largeur: 320 }, ['/aide/ar', '/urgence/ar'])));
    const [contexte, page] = await ouvrir({ largeur: 390, sansScript: true });
    for (const chemin of ['/aide/ar', '/aide/en']) {
      await page.goto(serveur.adresse + chemin);
      const vus: string[] = [];
      for (let i = 0; i < 40 && !vus.includes('tel:17'); i++) {
        await page.keyboard.press('Tab');
        vus.push((await page.evaluate(() => document.activeElement?.getAttribute('href'))) ?? '');
      }
      if (!vus.includes('tel:17') || !vus.includes('/urgence')) fautes.push(`${chemin} au clavier : ${vus.join(' ')}`);
    }
    await contexte.close();
    expect(fautes).toEqual([]);
  }, 300_000);

  test('sans JavaScript, on cherche et on lit une fiche', async () => {
    const [contexte, page] = await ouvrir({ largeur: 1280, sansScript: true });
    await page.goto(serveur.adresse);
    await page.fill('#recherche', 'bandes et rixes');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Prévenir et lutter contre les phénomènes de bandes et les rixes', exact: true }).first().click();
    expect(await page.title()).toContain('1.6');
    await contexte.close();
  });

  test('le champ visé n’est jamais caché sous une barre, sur un long formulaire', async () => {
    for (const largeur of [1280, 390]) {
      const [contexte, page] = await ouvrir({ largeur, persona: 'Claire Fontaine' });
      await page.goto(`${serveur.adresse}/registres/interventions/nouveau`);
      await page.locator('main input, main select, main textarea').first().focus();
      const caches: string[] = [];
      for (let n = 0; n < 60; n++) {
        const cache = await page.evaluate(() => {
          const e = document.activeElement;
          if (!(e instanceof HTMLElement) || !e.closest('main')) return null;
          // A radio or a box is drawn by its label.
          const vu = e instanceof HTMLInputElement && /radio|checkbox/.test(e.type) ? (e.labels?.[0] ?? e) : e;
          const r = vu.getBoundingClientRect();
          const [x, y] = [r.left + Math.min(r.width, 40) / 2, [r.top + 2, r.top + r.height / 2, r.bottom - 2]];
          const visible = y.some((h) => {
            const dessus = document.elementFromPoint(x, h);
            return dessus !== null && (vu.contains(dessus) || dessus.contains(vu) || e.contains(dessus));
          });
          return visible ? null : `${e.tagName} ${e.id || e.textContent?.slice(0, 30)}`;
        });
        if (cache) caches.push(`${largeur} : ${cache}`);
        await page.keyboard.press('Tab');
      }
      expect(caches).toEqual([]);
      await contexte.close();
    }
  });

  test('sur papier, le tableau d’un graphique est là, avec l’adresse et le jour', async () => {
    const [contexte, page] = await ouvrir({ largeur: 1280 });
    for (const chemin of ['/fiches/1.6', '/chiffres/1.6-10b?periode=2025', '/territoires/mairie-18', '/barometre']) {
      await page.goto(serveur.adresse + chemin);
      await page.emulateMedia({ media: 'print' });
      const fermes = () =>
        page.evaluate(
          () =>
            [...document.querySelectorAll('main details:not([open]) > :not(summary)')].filter((e) => !e.checkVisibility({ contentVisibilityAuto: true }))
              .length,
        );
      // The browser opens them when it draws the paper.
      await expect.poll(fermes, { message: chemin }).toBe(0);
      const dit = await page.evaluate(() => document.querySelector('.c-imprime')?.textContent ?? '');
      expect(dit).toContain(`${serveur.adresse}${chemin}`);
      expect(dit).toMatch(/\d{4}\.$/);
      await page.emulateMedia({ media: 'screen' });
    }
    await contexte.close();
  });
});
