import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recalculerChiffres, verifierChiffres } from '../../src/modules/indicateurs/index.ts';
import { capture, ouvrirNavigateur } from '../support/browser.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

describe('Le métier, de bout en bout', () => {
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

  test('depuis l’accueil, on trouve combien d’agents ont été formés aux rixes en 2026, où, et par quelles sessions', async () => {
    const page = await navigateur.newPage();
    await page.goto(serveur.adresse);
    await page.getByRole('link', { name: 'Baromètre', exact: true }).first().click();
    await page.getByRole('link', { name: /1\.6 Prévenir et lutter contre les phénomènes de bandes/ }).click();
    await page.getByRole('link', { name: '2026', exact: true }).click();
    const tuile = page.locator('.c-meneur', { hasText: 'Agents de police municipale formés à la prévention des rixes' });
    const affiche = (await tuile.locator('a').first().textContent()) ?? '';
    await tuile.locator('a').first().click();
    expect(page.url()).toContain('/chiffres/1.6-10b');
    await capture(page, 'preuve');
    expect(Number(affiche.replace(/\D/g, ''))).toBeGreaterThan(0);
    // The records: their sum is the figure.
    const quantites = await page.locator('#enregistrements tbody tr td:last-child').allTextContents();
    expect(quantites.length).toBeGreaterThan(0);
    await expect.poll(() => page.getByText('Par territoire', { exact: false }).count()).toBeGreaterThan(0);
    expect(await page.getByText('Mairie du 18e').count()).toBeGreaterThan(0);
    await page.close();
  });

  test('la coordonnatrice enregistre une formation et voit le chiffre bouger, sans écart avec la recomputation', async () => {
    const contexte = await navigateur.newContext();
    const page = await contexte.newPage();
    const lireChiffre = async (): Promise<number> => {
      await page.goto(`${serveur.adresse}/chiffres/1.6-10b?periode=2026&territoire=mairie-18`);
      return Number(((await page.locator('.c-preuve__chiffre .c-chiffre__valeur').first().textContent()) ?? '').replace(/\D/g, '') || 0);
    };
    await page.goto(`${serveur.adresse}/demonstration`);
    await page.getByRole('button', { name: 'Entrer comme Nadia Benali' }).click();
    await page.waitForURL('**/ma-journee');
    await capture(page, 'ma-journee');
    const avant = await lireChiffre();
    await page.goto(`${serveur.adresse}/registres/formations/nouveau`);
    await capture(page, 'formation-nouvelle');
    await page.fill('[name=jour]', '2026-10-06');
    await page.locator('#details > summary').click();
    await page.fill('[name=titre]', 'Repérer les signes d’une rixe, équipe du soir');
    await page.fill('[name=territoire_id]', 'Mairie du 18e');
    await page.selectOption('[name="donnees.theme"]', 'rixes');
    await page.selectOption('[name="donnees.employeur"]', 'dpmp');
    await page.fill('[name="donnees.participants"]', '14');
    for (const champ of await page.locator('main select').all()) {
      if ((await champ.inputValue()) === '' && (await champ.isVisible())) {
        const premiere = await champ.locator('option').nth(1).getAttribute('value');
        if (premiere) await champ.selectOption(premiere);
      }
    }
    await page.getByRole('button', { name: 'Enregistrer' }).first().click();
    await page.waitForURL(/registres\/formations\/[0-9a-f-]{36}/);
    expect(await lireChiffre()).toBe(avant + 14);
    const { differences } = await verifierChiffres(serveur.plateforme.owner, serveur.plateforme.contratId);
    expect(differences).toEqual([]);
    await recalculerChiffres(serveur.plateforme.owner, serveur.plateforme.contratId);
    expect(await lireChiffre()).toBe(avant + 14);
    await contexte.close();
  }, 120_000);

  test('elle prépare le bilan de sa mairie en PDF, en suit l’avancement et le télécharge', async () => {
    const contexte = await navigateur.newContext({ acceptDownloads: true });
    const page = await contexte.newPage();
    await page.goto(`${serveur.adresse}/demonstration`);
    await page.getByRole('button', { name: 'Entrer comme Nadia Benali' }).click();
    await page.waitForURL('**/ma-journee');
    await page.goto(`${serveur.adresse}/bilan`);
    await page.selectOption('[name=territoire]', 'mairie-18');
    await page.getByRole('button', { name: 'Préparer le bilan' }).click();
    await page.waitForURL('**/travaux/*');
    await page
      .getByRole('button', { name: 'Télécharger' })
      .or(page.getByRole('link', { name: 'Télécharger' }))
      .waitFor({ timeout: 60_000 });
    const lien = await page.locator('a[href$="/fichier"]').getAttribute('href');
    const reponse = await contexte.request.get(serveur.adresse + lien);
    expect(reponse.status()).toBe(200);
    expect((await reponse.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await contexte.close();
  }, 120_000);
});
