import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifierChiffres } from '../../src/modules/indicateurs/index.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const AUJOURDHUI = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
/** What the coordinator's day may cost for ten agenda items. */
const ECRANS_MAX = 12;
const GESTES_MAX = 40;

/** Counts what a person does: screens opened, and acts (a click, a field filled). */
class Personne {
  ecrans = 0;
  gestes = 0;
  constructor(readonly page: Page) {
    page.on('load', () => {
      this.ecrans += 1;
    });
  }
  /** A button, a link that looks like one, or what unfolds. */
  async cliquer(nom: string | RegExp): Promise<void> {
    this.gestes += 1;
    await this.page.locator('main').locator('button:visible, a:visible, summary:visible').filter({ hasText: nom }).first().click();
    await this.page.waitForLoadState('load');
  }
  async ecrire(champ: string, valeur: string): Promise<void> {
    this.gestes += 1;
    await this.page.locator(champ).first().fill(valeur);
  }
}

describe('Une séance entière, comme la vit la coordonnatrice', () => {
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

  async function entrer(nom: string): Promise<Page> {
    const contexte = await navigateur.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    const page = await contexte.newPage();
    await page.goto(`${serveur.adresse}/demonstration`);
    await page.getByRole('button', { name: `Entrer comme ${nom}` }).click();
    await page.waitForURL('**/ma-journee');
    return page;
  }

  test(`de « Ma journée » au relevé arrêté, dix points : au plus ${ECRANS_MAX} écrans et ${GESTES_MAX} gestes`, async () => {
    const page = await entrer('Nadia Benali');
    const nadia = new Personne(page);
    nadia.ecrans = 1;

    // The day's page says that the council must meet; one click prepares it.
    nadia.gestes += 1;
    await page.locator('tr', { hasText: 'CSPDA, 18e' }).locator('a[href$="/seances/nouvelle"]').click();
    await page.waitForLoadState('load');
    const coches = await page.locator('input[name=points]:checked').count();
    expect(coches).toBe(10);
    await nadia.ecrire('#jour', AUJOURDHUI);
    await capture(page, 'seance-1-nouvelle');
    await nadia.cliquer('Créer la séance');
    await page.waitForURL('**/preparer');
    expect(await page.locator('.c-odj__point').count()).toBe(10);
    await capture(page, 'seance-2-preparer');

    // By keyboard: the last item goes up one place, in the page and on the server.
    const avantDernier = await page.locator('.c-odj__point').nth(8).getAttribute('data-ordre-point');
    nadia.gestes += 1;
    await page
      .locator('.c-odj__point')
      .nth(9)
      .getByRole('button', { name: /Monter/ })
      .press('Enter');
    await expect.poll(() => page.locator('.c-odj__point').nth(9).getAttribute('data-ordre-point')).toBe(avantDernier);
    await expect.poll(() => page.locator('[data-ordre-annonce]').textContent()).toContain('Ordre enregistré');

    await nadia.cliquer('Convoquer');
    await nadia.cliquer('Envoyer la convocation');
    await page.waitForURL(/\/seances\/[0-9a-f-]{36}$/);
    await capture(page, 'seance-3-convoquee');
    const seance = page.url();
    expect(await page.locator('.c-odj__point').count()).toBe(10);

    // It is held: everyone is there, notes and decisions are typed on the spot.
    await nadia.cliquer(/Tenir la séance|Ouvrir la page de séance/);
    await nadia.cliquer(/Ouvrir la séance/);
    await page.locator('textarea[name=texte]').first().waitFor();
    await nadia.cliquer(/Tous présents/);
    await nadia.cliquer(/^Commencer/);
    await capture(page, 'seance-4-tenue');
    for (let i = 0; i < 10; i++) {
      await nadia.ecrire('textarea[name=texte]:visible', `Le conseil a examiné le point ${i + 1}.`);
      await expect
        .poll(
          () =>
            page
              .locator('#s-etat, .c-notes__etat, [data-notes-etat]')
              .allTextContents()
              .then((t) => t.join(' ')),
          { timeout: 15_000 },
        )
        .toMatch(/[Ee]nregistré/);
      if (i < 9) {
        nadia.gestes += 1;
        const courant = page.locator('#b-courant form').first();
        const avant = await courant.getAttribute('action');
        await page
          .getByRole('button', { name: /Point suivant/ })
          .first()
          .click();
        // The bar speaks of the next item: until then, pressing again means the same act.
        await expect.poll(() => courant.getAttribute('action')).not.toBe(avant);
      }
    }
    // One decision, typed as an object.
    await nadia.ecrire('#f-decision textarea', 'Renforcer l’éclairage aux abords du métro');
    nadia.gestes += 1;
    await page.locator('#f-decision select[name=responsable]').selectOption('VILLE');
    await nadia.cliquer(/^Ajouter$/);
    await page.locator('.c-decisions, [id^=decisions], main').getByText('Renforcer l’éclairage').first().waitFor();
    await capture(page, 'seance-5-notes');
    await nadia.cliquer(/^Lever la séance$/);
    await nadia.cliquer('Lever la séance maintenant');
    await page.waitForURL('**/clore');

    // It is closed: the window is shut, the presidency's approval arrives by mail, the relevé is frozen.
    await nadia.cliquer('Clore la relecture maintenant');
    await nadia.cliquer('Enregistrer une approbation reçue');
    await nadia.ecrire('#piece', 'Message du cabinet de la maire, ce jour');
    await nadia.cliquer('Enregistrer l’approbation');
    await nadia.cliquer('Arrêter le relevé');
    await page.getByText('Relevé arrêté sous le numéro').waitFor();
    await capture(page, 'seance-6-relevee');
    process.stdout.write(`\nPréparer et clore une séance du CSPDA, 10 points : ${nadia.ecrans} écrans, ${nadia.gestes} gestes.\n`);
    expect(nadia.ecrans).toBeLessThanOrEqual(ECRANS_MAX);
    expect(nadia.gestes).toBeLessThanOrEqual(GESTES_MAX);

    // Its documents are written by a job: the page waits for them and comes back by itself.
    await page.locator('a[href$="/releve.pdf"]').first().waitFor({ timeout: 60_000 });
    await page.waitForLoadState();
    expect(await axe(page)).toEqual([]);
    const pdf = await page.context().request.get(`${seance}/releve.pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const { differences } = await verifierChiffres(serveur.plateforme.owner, serveur.plateforme.contratId);
    expect(differences).toEqual([]);
    await page.context().close();
  }, 180_000);
});
