/**
 * Recording from a phone, at the speed of a person. The model is the usual one (Card, Moran and Newell), with figures of a thumb on glass:
 * a tap or a swipe 1.2 s, a key 0.3 s, deciding 1.35 s; a closed list is a decision and two taps. To it is added what the machine really took.
 */
import { sql } from 'kysely';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, ouvrirNavigateur } from '../support/browser.ts';
import { entrerComme, ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const TAP = 1.2;
const TOUCHE = 0.3;
const DECIDER = 1.35;

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

async function entrer(o: BrowserContextOptions = {}): Promise<Page> {
  const contexte = await navigateur.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    ...o,
  });
  const page = await contexte.newPage();
  await entrerComme(serveur, contexte, 'Samuel Diop');
  return page;
}

/** Hands that count what they do. */
function mains(page: Page) {
  const fait = { taps: 0, touches: 0, decisions: 0, machine: 0 };
  const toucher = async (selecteur: ReturnType<Page['locator']>) => {
    const vu = await selecteur.evaluate((e) => {
      const r = e.getBoundingClientRect();
      return r.top >= 0 && r.bottom <= window.innerHeight;
    });
    if (!vu) fait.taps++; // a swipe brings it in sight
    fait.taps++;
    const debut = Date.now();
    await selecteur.tap();
    fait.machine += (Date.now() - debut) / 1000;
  };
  return {
    fait,
    toucher,
    aller: async (selecteur: ReturnType<Page['locator']>, vers: RegExp) => {
      const debut = Date.now();
      await toucher(selecteur);
      await page.waitForURL(vers);
      fait.machine += (Date.now() - debut) / 1000;
    },
    choisir: async (nom: string, valeur: string) => {
      fait.decisions++;
      fait.taps++;
      await toucher(page.locator(`[name="${nom}"]`));
      await page.locator(`[name="${nom}"]`).selectOption(valeur);
    },
    ecrire: async (nom: string, texte: string) => {
      fait.decisions++;
      await toucher(page.locator(`[name="${nom}"]`));
      fait.touches += texte.length;
      await page.keyboard.type(texte);
    },
    secondes: () => fait.taps * TAP + fait.touches * TOUCHE + fait.decisions * DECIDER + fait.machine,
  };
}

const MATIN = /registres\/interventions\/nouveau/;
const FICHE = /registres\/interventions\/[0-9a-f-]{36}$/;
const formulaire = () => `${serveur.adresse}/registres/interventions/nouveau`;
const enDirect = async (page: Page) => (await page.locator('[data-compte-court]').textContent()) ?? '';

describe('Enregistrer depuis un téléphone', () => {
  test('le premier écran tient ce qui compte : quoi, quand, où, qui, combien, et les boutons', async () => {
    const page = await entrer();
    await page.goto(formulaire());
    const haut = await page.locator('.c-actions').evaluate((e) => e.getBoundingClientRect().top);
    expect(haut).toBeLessThan(844 - 60);
    for (const nom of ['donnees.nature', 'jour', 'territoire_id', 'donnees.service', 'donnees.beneficiaires']) {
      const bas = await page.locator(`[name="${nom}"]`).evaluate((e) => e.getBoundingClientRect().bottom);
      expect({ nom, sousLaBarre: bas > haut }).toEqual({ nom, sousLaBarre: false });
    }
    // Today, and the place and team that hardly change.
    expect(await page.inputValue('[name=jour]')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const aujourdhui = await page.inputValue('[name=jour]');
    await page.getByRole('button', { name: 'Hier', exact: true }).tap();
    expect(Date.parse(aujourdhui) - Date.parse(await page.inputValue('[name=jour]'))).toBe(86_400_000);
    // Only asked of a request received.
    const suite = page.locator('[name="donnees.suite"]');
    await page.locator('#details > summary').tap();
    expect(await suite.isVisible()).toBe(false);
    await page.selectOption('[name="donnees.nature"]', 'sollicitation');
    expect(await suite.isVisible()).toBe(true);
    await suite.selectOption('sans-suite');
    await page.selectOption('[name="donnees.nature"]', 'maraude');
    expect(await suite.isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(844);
    await page.context().close();
  });

  test('une première intervention prend trente secondes au plus, et dit avant d’enregistrer ce qu’elle comptera', async () => {
    const page = await entrer();
    await page.goto(`${serveur.adresse}/ma-journee`);
    const m = mains(page);
    await m.aller(page.locator('a', { hasText: 'Nouvelle intervention' }).first(), MATIN);
    await m.choisir('donnees.nature', 'sensibilisation');
    await m.ecrire('donnees.beneficiaires', '14');
    await m.choisir('donnees.theme', 'securite-routiere');
    await m.choisir('donnees.cadre', 'milieu-scolaire');
    await m.choisir('donnees.public', 'eleves');
    await expect.poll(() => enDirect(page)).toMatch(/^Compte pour\s: /);
    const promis = (await page.locator('[data-compte-pour] li').allTextContents()).flatMap((t) => [...t.matchAll(/\((\d\.\d+-\w+)\)/g)].map((x) => x[1]));
    expect(promis.length).toBeGreaterThan(0);
    await m.aller(page.getByRole('button', { name: 'Enregistrer', exact: true }), FICHE);
    const dit = (await page.locator('main').textContent()) ?? '';
    for (const id of promis) expect(dit).toContain(id);
    expect(await page.locator('h1').textContent()).toMatch(/^Prévention ou sensibilisation, /);
    expect({ ...m.fait, trop: m.secondes() > 30, secondes: Math.round(m.secondes()) }).toMatchObject({ trop: false });
    expect(m.secondes()).toBeGreaterThan(10);
    await page.context().close();
  });

  test('la suivante tient en trois gestes : comme la dernière fois, le nombre, enregistrer', async () => {
    const page = await entrer();
    await page.goto(`${serveur.adresse}/registres/interventions`);
    const m = mains(page);
    await m.aller(page.locator('a', { hasText: 'Comme la dernière fois' }), MATIN);
    // No number of another day is left to be saved by mistake.
    expect(await page.inputValue('[name="donnees.beneficiaires"]')).toBe('');
    expect(await page.inputValue('[name="donnees.nature"]')).not.toBe('');
    await m.ecrire('donnees.beneficiaires', '9');
    await m.aller(page.getByRole('button', { name: 'Enregistrer', exact: true }), FICHE);
    expect(m.fait.taps).toBe(3);
    expect(m.secondes()).toBeLessThan(12);

    // One after the other: the same day and place, and two gestures.
    await page.goto(`${formulaire()}?dupliquer=dernier`);
    await page.getByRole('button', { name: 'Hier', exact: true }).tap();
    const hier = await page.inputValue('[name=jour]');
    await page.getByRole('button', { name: 'Enregistrer et une autre' }).tap();
    await page.waitForURL(/nouveau\?apres=/);
    expect(await page.getByRole('status').first().textContent()).toContain('C’est enregistré');
    expect(await page.inputValue('[name=jour]')).toBe(hier);
    const n = mains(page);
    await n.ecrire('donnees.beneficiaires', '4');
    await n.aller(page.getByRole('button', { name: 'Enregistrer', exact: true }), FICHE);
    expect(n.fait.taps).toBe(2);
    await page.context().close();
  });

  test('« ici » trouve le territoire par l’appareil, sans garder où il était', async () => {
    const { owner, contratId } = serveur.plateforme;
    const carre = {
      type: 'Polygon',
      coordinates: [
        [
          [2.34, 48.88],
          [2.36, 48.88],
          [2.36, 48.9],
          [2.34, 48.9],
          [2.34, 48.88],
        ],
      ],
    };
    await sql`insert into contours (contrat_id, territoire_id, version, geometrie, source)
      values (${contratId}, '75118', 1, ${JSON.stringify(carre)}::jsonb, 'essai')`.execute(owner);
    const page = await entrer({ geolocation: { longitude: 2.35, latitude: 48.89 }, permissions: ['geolocation'] });
    await page.goto(formulaire());
    await page.getByRole('button', { name: 'Ici', exact: true }).tap();
    await expect.poll(() => page.inputValue('[name=territoire_id]')).toContain('18e');
    await page.context().close();
  });

  test('à 320 pixels, au clavier, sans script et pour axe, le formulaire se remplit', async () => {
    const page = await entrer({ viewport: { width: 320, height: 640 } });
    for (const registre of ['interventions', 'operations', 'audits', 'postes']) {
      await page.goto(`${serveur.adresse}/registres/${registre}/nouveau`);
      expect({ registre, large: await page.evaluate(() => document.documentElement.scrollWidth) }).toEqual({ registre, large: 320 });
      expect({ registre, axe: await axe(page) }).toEqual({ registre, axe: [] });
    }
    await page.goto(formulaire());
    await page.focus('[name="donnees.nature"]');
    for (let i = 0; i < 12; i++) {
      const cache = await page.evaluate(() => {
        const e = document.activeElement;
        const barre = document.querySelector('.c-actions');
        if (!e || !barre || barre.contains(e)) return null;
        const r = e.getBoundingClientRect();
        return r.top >= barre.getBoundingClientRect().top ? e.outerHTML.slice(0, 80) : null;
      });
      expect(cache).toBeNull();
      await page.keyboard.press('Tab');
    }
    await page.context().close();

    const nue = await entrer({ javaScriptEnabled: false });
    await nue.goto(formulaire());
    await nue.selectOption('[name="donnees.nature"]', 'sensibilisation');
    await nue.selectOption('[name="donnees.theme"]', 'seniors');
    await nue.fill('[name=territoire_id]', '18e');
    await nue.getByRole('button', { name: 'Vérifier ce qui comptera' }).click();
    expect(await nue.locator('#compte-pour').textContent()).toContain('Compte pour');
    expect(await nue.inputValue('[name="donnees.theme"]')).toBe('seniors');
    // What is wrong is never behind a closed title.
    await nue.locator('#details > summary').click();
    await nue.fill('[name="donnees.dont_mineurs"]', 'beaucoup');
    await nue.getByRole('button', { name: 'Enregistrer', exact: true }).last().click();
    expect(await nue.locator('#details').getAttribute('open')).not.toBeNull();
    expect(await nue.locator('[name="donnees.dont_mineurs"]').isVisible()).toBe(true);
    expect(await nue.title()).toMatch(/^Erreur\s:\sNouvelle/);
    await nue.context().close();
  });
});
