/** A flood with two rooms, a desk without a network for an hour: merged without loss, one room joined to the other, through to the close and its lessons; letters leave by a real SMTP server. */
import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { direChaines } from '../../src/modules/crises/main-courante/verifier.ts';
import { type Boite, ouvrirBoite } from '../support/boite.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { entrerComme, ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const bientot = <T>(lire: () => T | Promise<T>) => expect.poll(lire);
const HEURE_MS = 3_600_000;

describe('Une crue jouée par deux salles, dans de vrais navigateurs', () => {
  let boite: Boite;
  let serveur: ServeurDeTest;
  let navigateur: Browser;
  const contextes: BrowserContext[] = [];
  const fautes: string[] = [];
  beforeAll(async () => {
    boite = await ouvrirBoite();
    serveur = await ouvrirServeur({ reglages: { SMTP_URL: boite.url } });
    navigateur = await ouvrirNavigateur();
  });
  afterAll(async () => {
    for (const c of contextes) await c.close();
    await navigateur?.close();
    await serveur?.close();
    await boite?.close();
  });

  async function entrer(qui: string, o: { largeur?: number; horloge?: Date } = {}): Promise<Page> {
    const contexte = await navigateur.newContext({ viewport: { width: o.largeur ?? 1280, height: 900 }, locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    contextes.push(contexte);
    const page = await contexte.newPage();
    contexte.on('weberror', (e) => /^Transition was (?:aborted|skipped)/.test(e.error().message) || fautes.push(e.error().message));
    await entrerComme(serveur, contexte, qui);
    if (o.horloge) await page.clock.install({ time: o.horloge });
    return page;
  }
  const champ = (page: Page) => page.locator('#texte');
  /** At the speed of talk: a line, then Enter. */
  async function dire(page: Page, texte: string): Promise<void> {
    await champ(page).fill(texte);
    await champ(page).press('Enter');
  }
  const ecrit = (page: Page, texte: string) => bientot(() => page.locator('#b-entrees tbody tr', { hasText: texte }).count());
  const attendent = (page: Page) => bientot(() => page.locator('#s-attente li').count());

  test('la Ville écrit, la Préfecture perd le réseau une heure, tout se rejoint sans perte ni renumérotation, les deux salles n’en font qu’une, qui se clôt et signe son retour d’expérience', async () => {
    const ville = await entrer('Julie Perrin');
    // The demonstration has an exercise open over the whole city.
    const ouvrir = async (titre: string): Promise<string> => {
      await ville.goto(`${serveur.adresse}/crises/ouvrir`);
      expect(await axe(ville)).toEqual([]);
      await ville.getByRole('radio', { name: 'Exercice' }).check();
      await ville.getByLabel('Type').selectOption('inondation');
      await ville.getByLabel('Titre').fill(titre);
      await ville.getByLabel('Territoire').selectOption('mairie-18');
      await ville.getByRole('button', { name: 'Ouvrir la salle' }).click();
      await ville.getByRole('radio', { name: 'C’en est un autre' }).check();
      await ville.getByRole('button', { name: 'Ouvrir la salle' }).click();
      await ville.waitForURL('**/acteurs');
      return ville.url().replace('/acteurs', '');
    };
    // The same flood, seen from two places: a room each.
    const seconde = await ouvrir('Quais de la Chapelle inondés');
    const base = await ouvrir('Crue de la Seine');
    await ville.getByLabel('Organisation à nommer').selectOption('PP');
    await ville.getByLabel('Rôle dans la salle').selectOption('pp');
    await ville.getByRole('button', { name: 'Nommer' }).click();
    // Those that are called have a letter: where, and not what.
    const appel = await boite.lettreA('philippe.roux@demo.concorde.example', (m) => (m.subject ?? '').includes('appelée dans une salle'));
    expect([appel.subject, appel.text?.includes(base), /Crue|Seine/.test(appel.text ?? '')]).toEqual([
      '[EXERCICE] Votre organisation est appelée dans une salle d’exercice',
      true,
      false,
    ]);
    await ville.goto(base);

    // The laptop of the Préfecture is twelve minutes fast.
    const pp = await entrer('Philippe Roux', { horloge: new Date(Date.now() + 12 * 60_000) });
    await pp.goto(base);
    expect(await pp.getByText('Exercice : rien de ceci n’est réel').isVisible()).toBe(true);
    await dire(ville, '/déc de:Ville Quais bas fermés');
    await ecrit(pp, 'Quais bas fermés').toBe(1);
    await bientot(() => ville.locator('#s-la').textContent()).toContain('Philippe Roux');

    // The network goes; an hour passes on the laptop, and it keeps writing.
    const coquilles = () => pp.evaluate(async () => [(await caches.keys()).length, (await caches.match(location.pathname)) !== undefined]);
    await bientot(coquilles).toEqual([1, true]);
    await pp.context().setOffline(true);
    for (const [i, texte] of ['Pont fermé aux piétons', 'Mme Martin cherche son fils', 'Voie sur berge sous l’eau'].entries()) {
      await dire(pp, texte);
      await attendent(pp).toBe(i + 1);
      await pp.clock.fastForward(HEURE_MS / 3);
    }
    await bientot(() => pp.locator('#s-etat').textContent()).toContain('3 entrées gardées sur ce poste');
    await bientot(() => pp.locator('#s-la').textContent()).toContain('ce qui est montré est de');
    // The tab was closed: the room opens without network, empty but for what this device wrote, and goes on.
    const rouverte = await pp.context().newPage();
    await rouverte.setViewportSize({ width: 390, height: 800 });
    await rouverte.goto(base);
    await rouverte.getByRole('heading', { name: 'Main courante, sans réseau' }).waitFor();
    await attendent(rouverte).toBe(3);
    expect([await axe(rouverte), (await rouverte.textContent('body'))?.includes('Quais bas fermés')]).toEqual([[], false]);
    await capture(rouverte, 'crise-rouverte-390');
    await rouverte.close();
    // Of what this shared machine keeps, whoever opens its storage reads nothing.
    expect(await pp.evaluate(() => JSON.stringify(Object.entries(localStorage)))).toMatch(/^(?!.*(?:Martin|Pont fermé)).*ferme \d+ \/crises\//s);
    // What is too long is said, and stays where it was typed.
    await champ(pp).fill('z'.repeat(50_000));
    await champ(pp).press('Enter');
    expect(await pp.locator('#s-messages').textContent()).toContain('votre texte reste');
    expect((await champ(pp).inputValue()).length).toBe(50_000);
    await champ(pp).fill('');
    await dire(ville, 'de:Ville Gymnase ouvert');
    await ecrit(ville, 'Gymnase ouvert').toBe(1);
    await capture(pp, 'crise-hors-ligne');

    // It comes back: numbers are given at arrival, the order of the laptop is kept, and a name is asked about.
    await pp.context().setOffline(false);
    await ecrit(ville, 'Pont fermé aux piétons').toBe(1);
    await ecrit(ville, 'Voie sur berge sous l’eau').toBe(1);
    await attendent(pp).toBe(1);
    expect(await ville.locator('#b-entrees').textContent()).not.toContain('Martin');
    // Leaving the machine, one is told what stays on it.
    await pp.getByRole('button', { name: 'Se déconnecter' }).click();
    const depart = pp.getByRole('dialog', { name: 'Une saisie n’est pas envoyée' });
    await depart.waitFor();
    expect(await axe(pp)).toEqual([]);
    await capture(pp, 'depart-1280');
    await depart.getByRole('button', { name: 'Rester connecté' }).click();
    await pp.getByRole('button', { name: 'Reprendre ce texte' }).click();
    expect(await champ(pp).inputValue()).toBe('Mme Martin cherche son fils');
    await dire(pp, 'Un enfant est cherché, sans nom ici');
    await ecrit(ville, 'Un enfant est cherché').toBe(1);
    await attendent(pp).toBe(0);
    await ecrit(pp, 'Gymnase ouvert').toBe(1);
    await ville.reload();
    expect(await ville.locator('#b-entrees').textContent()).toMatch(/horloge du poste en avance de/);

    const { owner, contratId } = serveur.plateforme;
    const id = base.split('/').pop() ?? '';
    const { rows } = await sql<{ contenu: string }>`
      select contenu from main_courante where crise_id = ${id}::uuid and not automatique order by numero`.execute(owner);
    expect(rows.map((r) => r.contenu)).toEqual([
      'Quais bas fermés',
      'Gymnase ouvert',
      'Pont fermé aux piétons',
      'Voie sur berge sous l’eau',
      'Un enfant est cherché, sans nom ici',
    ]);

    const telephone = await entrer('Julie Perrin', { largeur: 390 });
    for (const fin of ['', '/taches', '/acteurs', '/main-courante', '/bilan']) {
      for (const page of [ville, telephone]) {
        await page.goto(`${base}${fin}`);
        expect([fin, await axe(page)]).toEqual([fin, []]);
        expect([fin, await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)]).toEqual([fin, true]);
        await capture(page, `crise${fin.replace('/', '-')}-${page === ville ? 1280 : 390}`);
      }
    }
    await ville.goto(`${serveur.adresse}/crises/avis`);
    expect(await axe(ville)).toEqual([]);
    await capture(ville, 'crise-avis');
    // It was one flood: the second room ends in the first, which closes.
    await ville.goto(`${seconde}/bilan`);
    await ville.getByText('C’est le même événement qu’une autre salle').click();
    await ville.getByRole('radio', { name: /^Crue de la Seine/ }).check();
    await ville.getByRole('button', { name: 'Joindre à celle-là' }).click();
    await ville.waitForURL(base);
    await ecrit(ville, 'La salle « Quais de la Chapelle inondés »').toBe(1);
    await ville.goto(`${base}/bilan`);
    await ville.getByLabel('La crise est finie').check();
    await ville.getByRole('button', { name: 'Clore' }).click();
    await bientot(() => ville.locator('.c-crise__quoi').textContent()).toContain('Close');
    // What was learnt, said while it is warm.
    await ville.goto(`${base}/retex`);
    const ajout = ville.locator('form', { has: ville.getByRole('button', { name: 'Ajouter', exact: true }) });
    await ajout.getByLabel('À chaud').check();
    await ajout.getByLabel('Constat').fill('Le poste sans réseau n’a rien perdu.');
    await ajout.getByLabel('Ce qui a bien marché').check();
    await ajout.getByRole('button', { name: 'Ajouter', exact: true }).click();
    const signature = ville.locator('form', { has: ville.getByRole('button', { name: 'Signer', exact: true }) });
    await signature.getByLabel('Participants').fill('9');
    await signature.getByLabel('Synthèse').fill('Une crue, deux salles, une main courante.');
    await signature.getByRole('button', { name: 'Signer', exact: true }).click();
    await ville.getByText('Signé.', { exact: true }).waitFor();
    expect(await ville.textContent('main')).toContain('Le poste sans réseau n’a rien perdu.');
    expect(await direChaines(owner, contratId, id)).toMatchObject({ code: 0 });
    // Signed out, nothing of theirs opens any more.
    await pp.getByRole('button', { name: 'Se déconnecter' }).click();
    await pp.waitForURL((u) => u.pathname === '/');
    await bientot(() => pp.evaluate(() => caches.keys())).toEqual([]);
    expect(fautes).toEqual([]);
  });
});
