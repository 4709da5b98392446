/** The public form in a browser, without JavaScript: it holds at 320 px, in both languages, with and without faults, and its results too. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creerVague } from '../../src/modules/enquetes/enquetes.fixtures.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

let serveur: ServeurDeTest;
let navigateur: Browser;
beforeAll(async () => {
  serveur = await ouvrirServeur({ vide: true });
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  await navigateur?.close();
  await serveur?.close();
});

test('répondre à une enquête au téléphone, sans JavaScript, dans les deux langues', async () => {
  const vague = await creerVague(serveur.plateforme.owner, serveur.plateforme.contratId);
  const url = `${serveur.adresse}/enquetes/vagues/${vague}/repondre`;
  for (const [langue, bouton, merci] of [
    ['fr', 'Envoyer mes réponses', 'Merci'],
    ['en', 'Send my answers', 'Thank you'],
  ] as const) {
    const avec = await navigateur.newContext({ viewport: { width: 320, height: 640 } });
    const page = await avec.newPage();
    await page.goto(`${url}?langue=${langue}`);
    expect([langue, await axe(page)]).toEqual([langue, []]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await capture(page, `enquete-${langue}`);
    await avec.close();
    const sans = await navigateur.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    const simple = await sans.newPage();
    await simple.goto(`${url}?langue=${langue}`);
    await simple.check('input[name="q.secteur"][value="ouest"]');
    await simple.click(`text=${bouton}`);
    expect(await simple.isChecked('input[name="q.secteur"][value="ouest"]')).toBe(true);
    expect(await simple.locator('.govuk-error-message').count()).toBe(2);
    expect(await simple.getAttribute('html', 'lang')).toBe(langue);
    await capture(simple, `enquete-faute-${langue}`);
    await simple.check('input[name="q.jour"][value="plutot"]');
    await simple.check('input[name="q.nuit"][value="plutot"]');
    await simple.click(`text=${bouton}`);
    expect(await simple.textContent('h1')).toBe(merci);
    expect(await sans.cookies()).toEqual([]);
    await sans.close();
  }
});
