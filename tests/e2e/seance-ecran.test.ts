/** The screen of a session: what is needed to hold it is under the eyes, measured in a real browser. */
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { entrerComme, ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const AUJOURDHUI = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());

describe('L’écran de la séance', () => {
  let serveur: ServeurDeTest;
  let navigateur: Browser;
  beforeAll(async () => {
    serveur = await ouvrirServeur();
    navigateur = await ouvrirNavigateur();
  });
  afterAll(async () => {
    await navigateur?.close();
    await serveur?.close();
  });

  /** A council of eleven seats, nine of them vacant, six items. */
  async function seance(): Promise<string> {
    const { owner, contratId } = serveur.plateforme;
    const instance = await creerInstance(owner, contratId, { nom: 'Conseil d’essai', territoire: 'mairie-18', porteur: 'DPMP', vote: true, fiches: ['1.6'] });
    await creerMembre(owner, contratId, instance, { qualite: 'president', fonction: 'Maire du 18e', organisation: 'VILLE', nom: 'Fatou Ndiaye' });
    await creerMembre(owner, contratId, instance, { fonction: 'Directrice du collège', organisation: 'RECTORAT', nom: 'Jeanne Essai' });
    for (let i = 1; i <= 9; i++) await creerMembre(owner, contratId, instance, { fonction: `Siège vacant ${i}`, organisation: 'PP' });
    const points = ['Ouverture et tour de table', 'Rixes aux abords des collèges', 'Éclairage', 'Commerces de nuit', 'Suites des décisions', 'Divers'];
    const id = await creerSeance(owner, contratId, instance, { titre: 'Conseil de prévention du 18e', etat: 'ouverte', jour: AUJOURDHUI, points });
    await sql`update seances set ouverte_le = now() where id = ${id}::uuid`.execute(owner);
    return id;
  }
  async function entrer(largeur: number, hauteur: number): Promise<Page> {
    const contexte = await navigateur.newContext({ viewport: { width: largeur, height: hauteur }, locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    const page = await contexte.newPage();
    await entrerComme(serveur, contexte, 'Nadia Benali');
    return page;
  }
  /** Where each stands in the window, in pixels from its top; what does not fit in it is a fault. */
  async function placer(page: Page, quoi: Readonly<Record<string, string>>): Promise<string[]> {
    const { height, width } = page.viewportSize() ?? { height: 0, width: 0 };
    const fautes: string[] = [];
    for (const [nom, selecteur] of Object.entries(quoi)) {
      const b = await page.locator(selecteur).first().boundingBox();
      if (!b || b.y < 0 || b.x < 0 || b.y + b.height > height || b.x + b.width > width) fautes.push(`${nom} : ${JSON.stringify(b)}`);
    }
    return fautes;
  }

  test.each([
    [1280, 900],
    [390, 844],
  ])('à %i x %i : le point, ses notes, la décision et « Lever » sans faire défiler ; les présences se replient', async (largeur, hauteur) => {
    const id = await seance();
    const page = await entrer(largeur, hauteur);
    await page.goto(`${serveur.adresse}/seances/${id}/tenir`);
    await page.getByText('Tout est enregistré').waitFor();
    // The first thing to do is open; it folds once the first item starts.
    expect(await page.locator('#presences').getAttribute('open')).not.toBeNull();
    await capture(page, `seance-ecran-${largeur}-presences`);
    await page.getByRole('button', { name: /Commencer : 1\. Ouverture/ }).click();
    await page.locator('.c-courant__titre', { hasText: '1. Ouverture' }).waitFor();
    await expect.poll(() => page.locator('#presences').getAttribute('open')).toBeNull();
    await page.evaluate(() => window.scrollTo(0, 0));
    const voulu = {
      'point en cours': '.c-courant__titre',
      'titre du point': '.c-point:not([hidden]) .c-point__titre',
      notes: '.c-point:not([hidden]) textarea',
      décision: '#f-decision textarea',
      suivant: '#b-courant button',
      lever: 'a[href="#lever"]',
      présences: '#presences > summary',
    };
    await capture(page, `seance-ecran-${largeur}`);
    expect(await placer(page, voulu)).toEqual([]);
    if (largeur >= 1280) expect(await placer(page, { 'ordre du jour': '#b-points', ajouter: '#f-decision button' })).toEqual([]);
    else expect(await page.locator('#b-points').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.locator('a[href="#lever"]').first().click();
    await page.locator('#lever[open]').waitFor();
    expect(await placer(page, { 'lever maintenant': '#f-lever button' })).toEqual([]);
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});
