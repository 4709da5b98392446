import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exporterAudit, verifierAudit } from '../../src/modules/comptes/journal/commandes.ts';
import { hacher } from '../../src/modules/comptes/mot-de-passe.ts';
import { createCompte } from '../../src/modules/comptes/sessions.queries.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const MOT_DE_PASSE = 'Un cheval correct, 7 agrafes';

describe('Se connecter, dans un vrai navigateur', () => {
  let serveur: ServeurDeTest;
  let navigateur: Browser;
  beforeAll(async () => {
    serveur = await ouvrirServeur({ oidc: true });
    navigateur = await ouvrirNavigateur();
    for (const [courriel, role] of [
      ['deleguee@exemple.fr', 'dpo'],
      ['cle@exemple.fr', 'coordination'],
    ] as const)
      await createCompte(serveur.plateforme.owner, serveur.plateforme.contratId, {
        courriel,
        nom: 'Dominique Essai',
        fonction: 'Essai',
        organisationId: 'VILLE',
        motDePasse: await hacher(MOT_DE_PASSE),
        demonstration: false,
        ordre: 0,
        mandats: [{ role, territoireId: null, fiche: null }],
        accordePar: 'essai',
        debut: '2020-01-01',
      });
  });
  afterAll(async () => {
    await navigateur?.close();
    await serveur?.close();
  });
  const ouvrir = async (): Promise<Page> => (await navigateur.newContext({ locale: 'fr-FR' })).newPage();
  async function entrer(page: Page, courriel: string): Promise<void> {
    await page.goto(`${serveur.adresse}/connexion?retour=/mon-compte`);
    await page.fill('[name=courriel]', courriel);
    await page.fill('[name=mot_de_passe]', MOT_DE_PASSE);
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    await page.waitForLoadState();
  }

  test('mot de passe puis application : la clé se lit, le code se vérifie, les codes de secours s’affichent une fois', async () => {
    const page = await ouvrir();
    await entrer(page, 'deleguee@exemple.fr');
    await page.getByText('Un second facteur est nécessaire').waitFor();
    await capture(page, 'mon-compte');
    await page.getByRole('button', { name: 'Poser une application' }).click();
    const secret = ((await page.locator('.c-secret').textContent()) ?? '').replaceAll(' ', '');
    const totp = new TOTP({ secret });
    await capture(page, 'second-facteur');
    expect(await axe(page)).toEqual([]);
    await page.fill('[name=code]', totp.generate({ timestamp: Date.now() }));
    await page.getByRole('button', { name: 'Activer' }).click();
    expect(await page.locator('.c-codes li').count()).toBe(10);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await entrer(page, 'deleguee@exemple.fr');
    expect(page.url()).toContain('/connexion/second-facteur');
    expect(await axe(page)).toEqual([]);
    await page.fill('[name=code]', totp.generate({ timestamp: Date.now() + 30_000 }));
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.waitForURL((u) => u.pathname === '/mon-compte');
    await page.goto(`${serveur.adresse}/journal`);
    expect(await page.getByRole('heading', { name: 'Journal d’audit' }).count()).toBe(1);
    await page.context().close();
  });

  test('une clé d’accès s’ajoute, puis suffit pour entrer et pour confirmer', async () => {
    const page = await ouvrir();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await entrer(page, 'cle@exemple.fr');
    await page.fill('[name=nom_cle]', 'Téléphone d’essai');
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
    await page.getByRole('rowheader', { name: 'Téléphone d’essai' }).waitFor();
    // Its mandate is awake now.
    await page.goto(`${serveur.adresse}/comptes`);
    expect(await page.getByRole('heading', { name: 'Comptes', exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.goto(`${serveur.adresse}/connexion?retour=/comptes`);
    await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
    await page.waitForURL((u) => u.pathname === '/comptes');
    await page.goto(`${serveur.adresse}/confirmer?retour=/mon-compte`);
    await page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click();
    await page.waitForURL((u) => u.pathname === '/mon-compte');
    // A device that cannot tell who holds it opens nothing.
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    const autre = await ouvrir();
    await autre.goto(`${serveur.adresse}/connexion`);
    const cdp2 = await autre.context().newCDPSession(autre);
    await cdp2.send('WebAuthn.enable');
    await cdp2.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await autre.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
    await expect.poll(() => autre.locator('[data-cle-erreur]').textContent()).toContain('Rien n’a été fait');
    await autre.context().close();
    await page.context().close();
  });

  test('l’année de démonstration laisse une chaîne d’audit intacte', async () => {
    const { owner, contratId, slug } = serveur.plateforme;
    const sortie = join(await mkdtemp(join(tmpdir(), 'concorde-chaine-')), 'journal.jsonl');
    await exporterAudit(owner, { id: contratId, slug }, sortie, new Date());
    const v = await verifierAudit(sortie);
    expect([v.valide, v.premiereRupture, v.entrees > 5000]).toEqual([true, null, true]);
  });

  test('ProConnect : on entre avec son mandat, on sort des deux côtés ; sans invitation, le refus dit quoi faire', async () => {
    const page = await ouvrir();
    await page.goto(`${serveur.adresse}/connexion?retour=/ma-journee`);
    await capture(page, 'connexion');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'S’identifier avec ProConnect' }).click();
    await page.getByRole('button', { name: /Claire Fontaine/ }).click();
    await page.waitForURL((u) => u.pathname === '/ma-journee');
    await page.goto(`${serveur.adresse}/comptes`);
    expect(await page.getByRole('heading', { name: 'Comptes', exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('button', { name: 'Fermer aussi ma session ProConnect' }).click();
    await page.waitForURL((u) => u.origin === serveur.adresse && u.pathname === '/');
    await page.goto(`${serveur.adresse}/connexion`);
    await page.getByRole('button', { name: 'S’identifier avec ProConnect' }).click();
    await page.getByRole('button', { name: /Camille/ }).click();
    await page.getByText('aucune invitation n’attend').waitFor();
    await page.goto(`${serveur.adresse}/connexion`);
    await page.context().close();
  });
});
