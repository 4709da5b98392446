import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifierChiffres } from '../../src/modules/indicateurs/index.ts';
import { capture, ouvrirNavigateur } from '../support/browser.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';
import { recalculerChiffres } from '../../src/modules/indicateurs/formulaires.ts';

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
  });

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
      .waitFor();
    const lien = await page.locator('a[href$="/fichier"]').getAttribute('href');
    const reponse = await contexte.request.get(serveur.adresse + lien);
    expect(reponse.status()).toBe(200);
    expect((await reponse.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await contexte.close();
  });

  test('SIGN-02, saisie-de-doleance : au téléphone, au clavier seul, une demande est cherchée puis créée en moins de 40 secondes', async () => {
    const contexte = await navigateur.newContext();
    const page = await contexte.newPage();
    await page.goto(`${serveur.adresse}/demonstration`);
    await page.getByRole('button', { name: 'Entrer comme Inès Moreau' }).click();
    await page.waitForURL('**/ma-journee');
    // The usual model (Card, Moran and Newell): a key 0.28 s, deciding 1.35 s; to it is added what the machine really took.
    const fait = { touches: 0, decisions: 0, machine: 0 };
    const taper = async (touche: string, fois = 1) => {
      for (let i = 0; i < fois; i++) await page.keyboard.press(touche);
      fait.touches += fois;
    };
    const ecrire = async (texte: string) => {
      await page.keyboard.type(texte);
      fait.touches += texte.length;
    };
    /** By the tab key alone, to the field of that name. */
    const allerA = async (nom: string) => {
      for (let i = 0; i < 30; i++) {
        await taper('Tab');
        if ((await page.evaluate(() => document.activeElement?.getAttribute('name'))) === nom) break;
      }
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(nom);
      fait.decisions++;
    };
    const envoyer = async (pret: () => Promise<unknown>) => {
      const debut = Date.now();
      await taper('Enter');
      await pret();
      fait.machine += (Date.now() - debut) / 1000;
    };
    const adresse = '12 rue du Poteau';
    const passerLeMenu = async () => {
      await taper('Tab');
      await taper('Enter');
    };
    const demande = async (meme: boolean) => {
      await page.goto(`${serveur.adresse}/signalements/saisir/tranquillite-publique`);
      await passerLeMenu();
      await allerA('categorie');
      await taper('Space');
      await allerA('adresse');
      await ecrire(adresse);
      await allerA('territoire');
      await ecrire('Clig');
      await taper('Tab');
      await envoyer(() => page.waitForURL('**categorie=bruit**'));
      await passerLeMenu();
      if (meme) {
        await allerA('meme');
        await taper('Space');
      }
      await allerA('canal');
      await taper('ArrowDown');
      await allerA('q.source');
      await taper('Space');
      await allerA('texte');
      await ecrire('Musique forte sous les fenêtres depuis une heure.');
      await allerA('courriel');
      await envoyer(() => page.getByText('Votre code de suivi').waitFor());
      return fait.touches * 0.28 + fait.decisions * 1.35 + fait.machine;
    };
    const secondes = await demande(false);
    expect([secondes < 40, `${secondes.toFixed(1)} s, ${fait.touches} touches`]).toEqual([true, expect.any(String)]);
    process.stderr.write(`3975 au clavier : ${secondes.toFixed(1)} s, ${fait.touches} touches, machine ${fait.machine.toFixed(1)} s\n`);
    // The next who calls for the same place is told of it before anything else is asked.
    await demande(true);
    await contexte.close();
  });
});
