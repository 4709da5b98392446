/** A flood exercise in a browser, from its opening to the archive: an event handled, a means, a desk without network, a report, the lessons. */
import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { entrerComme, ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

let serveur: ServeurDeTest;
let navigateur: Browser;
const contextes: BrowserContext[] = [];
beforeAll(async () => {
  serveur = await ouvrirServeur();
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  for (const c of contextes) await c.close();
  await navigateur?.close();
  await serveur?.close();
});
const bientot = <T>(lire: () => T | Promise<T>) => expect.poll(lire);

async function entrer(qui: string, largeur = 1280): Promise<Page> {
  const contexte = await navigateur.newContext({ viewport: { width: largeur, height: 900 }, locale: 'fr-FR', timezoneId: 'Europe/Paris' });
  contextes.push(contexte);
  const page = await contexte.newPage();
  await entrerComme(serveur, contexte, qui);
  return page;
}
const regarder = async (page: Page, nom: string) => {
  await capture(page, nom);
  expect([nom, await axe(page)]).toEqual([nom, []]);
};

test('un exercice de crue se joue de son ouverture à son archivage, un guichet coupé du réseau compris', async () => {
  const julie = await entrer('Julie Perrin');
  await julie.goto(`${serveur.adresse}/crises/ouvrir`);
  await julie.getByLabel('Exercice', { exact: true }).check();
  await julie.locator('[name=type]').selectOption('inondation');
  await julie.locator('[name=titre]').fill('Crue de décembre');
  await julie.locator('[name=territoire]').selectOption('mairie-12');
  await julie.getByRole('button', { name: 'Ouvrir la salle' }).click();
  // The demonstration has an exercise open over the whole city.
  await julie.getByRole('radio', { name: 'C’en est un autre' }).check();
  await julie.getByRole('button', { name: 'Ouvrir la salle' }).click();
  await julie.waitForURL('**/acteurs');
  const salle = julie.url().replace(/\/acteurs.*/, '');
  const id = salle.split('/').pop() ?? '';
  const aller = (page: Page, suite: string) => page.goto(`${salle}${suite}`);

  await aller(julie, '/exercice');
  await julie.getByLabel('Habitants invités').fill('40');
  await julie.getByLabel('Dans quel quartier').fill('Bercy');
  await julie.getByRole('button', { name: 'Choisir ce scénario' }).click();
  await julie.getByRole('button', { name: 'Démarrer' }).click();
  await julie.getByRole('link', { name: /Dire ce qui a été fait : Vigilance orange/ }).click();
  await julie.getByLabel('Ce que vous avez fait').fill('Main courante ouverte, astreintes prévenues.');
  await julie.getByRole('button', { name: 'Noter' }).click();
  await julie.getByText('C’est noté, à la minute de l’exercice.').waitFor();
  await regarder(julie, 'crise-exercice-1280');

  await aller(julie, '/moyens');
  await julie.getByLabel('Moyen', { exact: true }).selectOption('vpu');
  await julie.getByLabel('Où', { exact: true }).fill('Quai de la Rapée');
  await julie.getByRole('button', { name: 'Demander' }).click();
  await julie.getByRole('button', { name: 'Accorder (n° 1)' }).click();
  await julie.getByRole('button', { name: 'Parti (n° 1)' }).waitFor();
  await regarder(julie, 'crise-moyens-1280');

  await aller(julie, '/centres');
  await julie.getByLabel('Genre').selectOption('care');
  await julie.getByLabel('Nom du lieu').fill('Gymnase de l’exercice');
  await julie.getByLabel('Adresse').fill('Bercy');
  await julie.getByLabel('Capacité').fill('50');
  await julie.getByRole('button', { name: 'Prévoir ce centre' }).click();
  await julie.getByRole('button', { name: 'Ouvrir', exact: true }).click();
  await julie.getByText('Le centre est ouvert.').waitFor();
  const centre = julie.url().replace(/\?.*/, '');
  await regarder(julie, 'crise-centre-1280');

  // Two desks; one loses the network while people arrive.
  const claire = await entrer('Claire Fontaine', 390);
  await claire.goto(`${centre}/guichet?guichet=B`);
  await julie.goto(`${centre}/guichet?guichet=A`);
  await claire.context().setOffline(true);
  const sinistre = (page: Page) => page.getByRole('button', { name: /^Sinistré/ });
  for (let i = 0; i < 12; i++) await sinistre(claire).click();
  await claire.getByRole('button', { name: 'Annuler : Sinistré' }).first().click();
  for (let i = 0; i < 5; i++) await sinistre(julie).click();
  await claire.getByText('Hors ligne').waitFor();
  await regarder(claire, 'crise-guichet-390');
  const compte = async () => {
    const { rows } = await sql<{ n: number }>`
      select coalesce(sum(nombre), 0)::int as n from crise_comptages k join crise_centres c on c.id = k.centre_id where c.crise_id = ${id}::uuid`.execute(
      serveur.plateforme.owner,
    );
    return rows[0]?.n;
  };
  await bientot(compte).toBe(5);
  // The shift changes before the network is back, and the centre closes: what the device keeps is seen by who comes, and leaves.
  const releve = await claire.context().newPage();
  await claire.close();
  await aller(julie, `/centres/${centre.split('/').pop()}`);
  await julie.getByRole('button', { name: 'Fermer', exact: true }).click();
  await julie.getByText('Le centre est fermé.').waitFor();
  await releve.context().setOffline(false);
  await releve.goto(`${serveur.adresse}/demonstration`);
  await releve.getByRole('button', { name: 'Entrer comme Julie Perrin' }).click();
  await releve.waitForURL('**/ma-journee');
  await releve.goto(`${centre}/guichet?guichet=C`);
  await releve.getByText('Tout est envoyé.').waitFor();
  expect(await compte()).toBe(16);
  await regarder(releve, 'crise-guichet-ferme-390');

  await aller(julie, '/points');
  await julie.getByRole('button', { name: 'Préparer le point' }).click();
  await julie.getByLabel('Synthèse').fill('Un centre ouvert, un VPU accordé.');
  await julie.getByRole('button', { name: 'Signer' }).click();
  await julie.getByText('il ne change plus').waitFor();
  await regarder(julie, 'crise-point-1280');

  await aller(julie, '/exercice');
  await julie.getByRole('button', { name: 'Finir l’exercice' }).click();
  await aller(julie, '/bilan');
  await julie.locator('[name=confirme]').check();
  await julie.getByRole('button', { name: 'Clore', exact: true }).click();
  await aller(julie, '/retex');
  for (const temps of ['À chaud', 'À froid']) {
    // Told with distance, ten days later.
    if (temps === 'À froid') {
      const { owner } = serveur.plateforme;
      await sql`update crises set ouverte_le = ouverte_le - interval '10 days', close_le = close_le - interval '10 days' where id = ${id}::uuid`.execute(owner);
      await sql`update crise_retex set tenu_le = tenu_le - 10 where crise_id = ${id}::uuid`.execute(owner);
      await aller(julie, '/retex');
    }
    const ajout = julie.locator('form', { has: julie.getByRole('button', { name: 'Ajouter', exact: true }) });
    await ajout.getByLabel(temps).check();
    await ajout.getByLabel('Constat').fill('Le centre a ouvert vite.');
    await ajout.getByLabel('Ce qui a bien marché').check();
    await ajout.getByRole('button', { name: 'Ajouter', exact: true }).click();
    const signature = julie.locator('form', { has: julie.getByRole('button', { name: 'Signer', exact: true }) });
    await signature.getByLabel('Quel temps').selectOption(temps);
    await signature.getByLabel('Participants').fill('12');
    await signature.getByLabel('Synthèse').fill('Exercice utile, à refaire au printemps.');
    await signature.getByRole('button', { name: 'Signer', exact: true }).click();
    await julie.getByText('Signé.', { exact: true }).waitFor();
  }
  await regarder(julie, 'crise-retex-1280');
  // What is still out comes back before the archive.
  await aller(julie, '/moyens');
  await julie.getByRole('button', { name: 'Annuler (n° 1)' }).click();
  await aller(julie, '/bilan');
  await julie.locator('form[action$="/archiver"] [name=confirme]').check();
  await julie.getByRole('button', { name: 'Archiver' }).click();
  await julie.getByText('Archivée').first().waitFor();
  const { rows } = await sql<{ etat: string }>`select etat from crises where id = ${id}::uuid`.execute(serveur.plateforme.owner);
  expect(rows[0]?.etat).toBe('archivee');
});
