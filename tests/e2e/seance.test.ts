import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { entrerComme, ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const AUJOURDHUI = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
/** Far from now, whatever the hour. */
const AUTRE_HEURE =
  Number(new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit' }).format(new Date()).slice(0, 2)) < 12 ? '20:00' : '01:00';
const NADIA = 'Nadia Benali';
const CLAIRE = 'Claire Fontaine';

/** Saving waits for a second of rest, the network for longer. */
const bientot = <T>(lire: () => T | Promise<T>) => expect.poll(lire);

describe('Tenir une séance à plusieurs, dans un vrai navigateur', () => {
  let serveur: ServeurDeTest;
  let navigateur: Browser;
  let seance: string;
  let points: string[];
  const contextes: BrowserContext[] = [];
  /** Of the scripts, in any window. */
  const fautes: string[] = [];
  beforeAll(async () => {
    serveur = await ouvrirServeur();
    navigateur = await ouvrirNavigateur();
  });
  afterAll(async () => {
    await navigateur?.close();
    await serveur?.close();
  });
  beforeEach(async () => {
    const { owner, contratId } = serveur.plateforme;
    const instance = await creerInstance(owner, contratId, { nom: 'Conseil d’essai', territoire: 'mairie-18', porteur: 'DPMP', vote: true, fiches: ['1.6'] });
    await creerMembre(owner, contratId, instance, { qualite: 'president', fonction: 'Maire du 18e', organisation: 'VILLE', nom: 'Fatou Ndiaye' });
    await creerMembre(owner, contratId, instance, { fonction: 'Commissaire central du 18e', organisation: 'PP', courriel: 'commissaire@exemple.fr' });
    await creerMembre(owner, contratId, instance, { fonction: 'Directrice du collège', organisation: 'RECTORAT', nom: 'Jeanne Essai' });
    seance = await creerSeance(owner, contratId, instance, {
      titre: 'Conseil du 18e',
      etat: 'ouverte',
      jour: AUJOURDHUI,
      heure: AUTRE_HEURE,
      points: ['Ouverture et tour de table', 'Rixes aux abords des collèges', 'Suites des décisions'],
    });
    const { rows } = await sql<{ id: string }>`select id from seance_points where seance_id = ${seance} order by rang`.execute(owner);
    points = rows.map((r) => r.id);
  });

  afterEach(async () => {
    // Pages left open go on listening and drawing.
    for (const c of contextes.splice(0)) await c.close();
    expect(fautes.splice(0)).toEqual([]);
  });

  async function entrer(qui: string, o: { sansScript?: boolean; largeur?: number } = {}): Promise<Page> {
    const contexte = await navigateur.newContext({
      viewport: { width: o.largeur ?? 1280, height: 900 },
      javaScriptEnabled: !o.sansScript,
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
    });
    contextes.push(contexte);
    const page = await contexte.newPage();
    // The browser's own word when a click comes before its cross-fade between two pages has ended is no fault of a script.
    contexte.on('weberror', (e) => /^Transition was (?:aborted|skipped)/.test(e.error().message) || fautes.push(e.error().message));
    await entrerComme(serveur, contexte, qui);
    return page;
  }
  const tenir = async (page: Page, point = 0): Promise<Page> => {
    await page.goto(`${serveur.adresse}/seances/${seance}/tenir?point=${points[point]}`);
    return page;
  };
  const notesDe = (page: Page, point: number) => page.locator(`#notes-${points[point]}`);
  const enBase = async (point: number): Promise<string> => {
    const { rows } = await sql<{ notes: string }>`select notes from seance_points where id = ${points[point]}::uuid`.execute(serveur.plateforme.owner);
    return rows[0]?.notes ?? '';
  };
  const decisions = async () =>
    (
      await sql<{ libelle: string }>`select libelle from decisions where seance_id = ${seance}::uuid order by numero`.execute(serveur.plateforme.owner)
    ).rows.map((r) => r.libelle);
  const saisirAction = async (page: Page, libelle: string) => {
    const f = page.locator('#f-decision');
    await f.getByLabel('Action', { exact: true }).check();
    await f.locator('[name=libelle]').fill(libelle);
    await f.locator('[name=responsable]').selectOption('PP');
    await f.locator('[name=echeance]').fill('2027-03-01');
    await f.getByRole('button', { name: 'Ajouter', exact: true }).click();
  };

  test('deux personnes écrivent sur deux points : chacune voit l’autre, sans perdre le curseur', async () => {
    const nadia = await tenir(await entrer(NADIA), 0);
    const claire = await tenir(await entrer(CLAIRE), 0);
    await nadia.getByText(`En ligne avec vous : ${CLAIRE}`).waitFor();
    await claire.locator('[data-montrer]', { hasText: 'Rixes' }).first().click();
    await notesDe(claire, 1).pressSequentially('Deux rixes en octobre.');
    await nadia.getByText(`${CLAIRE} (écrit, point 2)`).waitFor();
    // Nadia is writing elsewhere: her caret stays where it is.
    await notesDe(nadia, 0).fill('Le maire ouvre la séance.');
    await notesDe(nadia, 0).evaluate((t: HTMLTextAreaElement) => t.setSelectionRange(8, 8));
    await bientot(() => notesDe(nadia, 1).inputValue()).toBe('Deux rixes en octobre.');
    expect(await notesDe(nadia, 0).evaluate((t: HTMLTextAreaElement) => [document.activeElement === t, t.selectionStart])).toEqual([true, 8]);
    await nadia
      .getByText(/^Enregistré à \d+\sh\s\d\d/)
      .first()
      .waitFor();
    await bientot(() => notesDe(claire, 0).inputValue()).toBe('Le maire ouvre la séance.');
    // Attendance, current item, decision, vote: the other sees them without reloading.
    await nadia.getByRole('button', { name: /Commencer : 1\. Ouverture/ }).click();
    await claire.locator('.c-courant__titre', { hasText: '1. Ouverture' }).waitFor();
    await nadia.locator('#presences > summary').click();
    await nadia.locator('[data-participant]', { hasText: 'Directrice' }).getByLabel('excusé').check();
    await claire.locator('#b-resume-presences', { hasText: '1 excusé' }).waitFor();
    await nadia.getByRole('button', { name: 'Tous présents' }).click();
    await claire.locator('#b-resume-presences', { hasText: '1 présent, 1 excusé et 1 siège vacant' }).waitFor();
    await saisirAction(nadia, 'Patrouille à la sortie du collège');
    await claire.locator('[data-montrer]', { hasText: 'Ouverture' }).first().click();
    await claire.locator(`#b-decisions-${points[0]}`, { hasText: 'Patrouille à la sortie du collège' }).waitFor();
    await capture(nadia, 'seance-1280');
    expect(await axe(nadia)).toEqual([]);
  });

  test('le même point écrit à deux : le conflit montre les deux textes, on les joint, rien n’est écrasé', async () => {
    const nadia = await tenir(await entrer(NADIA), 1);
    const claire = await tenir(await entrer(CLAIRE), 1);
    await nadia.getByText(`En ligne avec vous : ${CLAIRE}`).waitFor();
    await claire.context().setOffline(true);
    await notesDe(nadia, 1).fill('Constat de Nadia.');
    await bientot(() => enBase(1)).toBe('Constat de Nadia.');
    await notesDe(claire, 1).fill('Constat de Claire.');
    await claire.context().setOffline(false);
    await claire.getByText(`Texte enregistré par ${NADIA}`).waitFor();
    expect(await enBase(1)).toBe('Constat de Nadia.');
    expect(await notesDe(claire, 1).inputValue()).toBe('Constat de Claire.');
    await capture(claire, 'seance-conflit');
    expect(await axe(claire)).toEqual([]);
    await claire.getByRole('button', { name: 'Joindre les deux' }).click();
    await bientot(() => enBase(1)).toBe('Constat de Nadia.\nConstat de Claire.');
    await bientot(() => notesDe(nadia, 1).inputValue()).toBe('Constat de Nadia.\nConstat de Claire.');
    expect(await claire.locator('.c-conflit').count()).toBe(0);
  });

  test('hors ligne, page fermée puis rouverte : tout arrive une fois, et l’autre le voit', async () => {
    const nadia = await tenir(await entrer(NADIA), 0);
    const claire = await tenir(await entrer(CLAIRE), 0);
    await claire.getByText(`En ligne avec vous : ${NADIA}`).waitFor();
    await nadia.getByRole('button', { name: /Commencer : 1\. Ouverture/ }).click();
    await nadia.locator('.c-courant__titre', { hasText: '1. Ouverture' }).waitFor();
    await nadia.context().setOffline(true);
    await notesDe(nadia, 0).fill('Écrit sans réseau.');
    await nadia.getByText('Hors ligne : gardé sur cet appareil').first().waitFor();
    await saisirAction(nadia, 'Action notée sans réseau');
    await nadia.locator('#presences > summary').click();
    await nadia.locator('[data-participant]', { hasText: 'Directrice' }).getByLabel('excusé').check();
    await nadia.getByRole('button', { name: 'Point suivant' }).click();
    await nadia.locator(`#point-${points[1]}:not([hidden])`).waitFor();
    await notesDe(nadia, 1).fill('Suite, toujours sans réseau.');
    await nadia.getByText('3 saisies attendent le réseau').waitFor();
    await nadia.locator('#f-decision [name=libelle]').fill('Décision à moitié tapée');
    await capture(nadia, 'seance-hors-ligne');
    expect(await axe(nadia)).toEqual([]);
    expect(await decisions()).toEqual([]);
    // The laptop is closed, then opened again where there is a network.
    const contexte = nadia.context();
    await nadia.close();
    await contexte.setOffline(false);
    const retour = await tenir(await contexte.newPage(), 1);
    await bientot(() => enBase(0)).toBe('Écrit sans réseau.');
    await bientot(() => enBase(1)).toBe('Suite, toujours sans réseau.');
    await bientot(decisions).toEqual(['Action notée sans réseau']);
    expect(await retour.locator('#f-decision [name=libelle]').inputValue()).toBe('Décision à moitié tapée');
    await claire.locator('.c-courant__titre', { hasText: '2. Rixes' }).waitFor();
    await claire.locator('#b-resume-presences', { hasText: '1 excusé' }).waitFor();
    await claire.locator(`#b-decisions-${points[0]}`, { hasText: 'Action notée sans réseau' }).waitFor();
    await bientot(() => notesDe(claire, 1).inputValue()).toBe('Suite, toujours sans réseau.');
    // Reloading sends nothing again, and nothing accepted stays on the device.
    await retour
      .getByText(/Tout est enregistré|Enregistré à/)
      .first()
      .waitFor();
    await retour.reload();
    await retour.getByText(`En ligne avec vous : ${CLAIRE}`).waitFor();
    expect(await decisions()).toEqual(['Action notée sans réseau']);
    expect(await retour.evaluate(() => Object.keys(localStorage).filter((k) => /:(note|acte|refus):/.test(k)))).toEqual([]);
  });

  test('un brouillon d’une autre personne sur le même poste n’est pas montré', async () => {
    const page = await tenir(await entrer(NADIA), 0);
    await page.context().setOffline(true);
    await notesDe(page, 0).fill('Brouillon de Nadia');
    await page.locator(`[data-etat-notes="${points[0]}"]`, { hasText: 'Hors ligne' }).waitFor();
    const autre = await page.context().newPage();
    await page.close();
    await autre.context().setOffline(false);
    await autre.goto(`${serveur.adresse}/demonstration`);
    await autre.getByRole('button', { name: `Entrer comme ${CLAIRE}` }).click();
    await autre.waitForURL('**/ma-journee');
    await tenir(autre, 0);
    await autre.getByText('Tout ce que vous avez écrit est enregistré').waitFor();
    expect(await autre.locator('#s-messages').textContent()).toContain('Une saisie d’un autre compte est gardée sur cet appareil');
    expect(await notesDe(autre, 0).inputValue()).toBe('');
    expect(await enBase(0)).toBe('');
  });

  test('la levée est vue de tous ; un texte arrivé trop tard reste sur l’écran et sur l’appareil', async () => {
    const nadia = await tenir(await entrer(NADIA), 0);
    const claire = await tenir(await entrer(CLAIRE), 0);
    await nadia.getByText(`En ligne avec vous : ${CLAIRE}`).waitFor();
    await claire.context().setOffline(true);
    await notesDe(claire, 0).fill('Arrivé trop tard');
    await nadia.locator('#lever summary').click();
    await nadia.locator('#b-lever', { hasText: 'n’ont pas été abordés' }).waitFor();
    await nadia.getByRole('button', { name: 'Lever la séance maintenant' }).click();
    // It is held far from its planned hours: lifting asks.
    await nadia.getByRole('button', { name: 'Lever la séance malgré cela' }).click();
    await nadia.waitForURL(/\/clore$/);
    await claire.context().setOffline(false);
    await claire.getByText('La séance est levée.').first().waitFor();
    expect(await notesDe(claire, 0).inputValue()).toBe('Arrivé trop tard');
    await tenir(claire, 0);
    await claire.getByText('ne sont pas entrées dans la séance').waitFor();
    expect(await claire.locator('#s-messages').textContent()).toContain('Arrivé trop tard');
  });

  test('sans script, chaque formulaire suffit, et le conflit se règle sur une page', async () => {
    const nadia = await tenir(await entrer(NADIA, { sansScript: true }), 0);
    const claire = await tenir(await entrer(CLAIRE, { sansScript: true }), 0);
    await nadia.locator('[name=texte]:visible').fill('Notes de Nadia');
    await nadia.getByRole('button', { name: 'Enregistrer les notes' }).first().click();
    await nadia.waitForLoadState();
    await claire.locator('[name=texte]:visible').fill('Notes de Claire');
    await claire.getByRole('button', { name: 'Enregistrer les notes' }).first().click();
    await claire.getByText(`Enregistré par ${NADIA}`).waitFor();
    await capture(claire, 'seance-conflit-sans-script');
    await claire.getByRole('button', { name: 'Enregistrer ces choix' }).click();
    await bientot(() => enBase(0)).toBe('Notes de Nadia\nNotes de Claire');
    await saisirAction(nadia, 'Action sans script');
    await nadia.getByText('Action sans script').waitFor();
    await nadia.getByRole('button', { name: /Commencer : 1\./ }).click();
    await nadia.getByRole('button', { name: 'Point suivant' }).click();
    await nadia.locator('.c-courant__titre', { hasText: '2. Rixes' }).waitFor();
    await nadia.locator('#presences > summary').click();
    await nadia.getByRole('button', { name: 'Tous présents' }).click();
    await nadia.locator('#b-resume-presences', { hasText: '2 présents et 1 siège vacant' }).waitFor();
  });

  test.each([1280, 768, 320])('à %i px, rien ne dépasse et axe ne trouve rien', async (largeur) => {
    const page = await tenir(await entrer(NADIA, { largeur }), 1);
    await page.getByText('Tout est enregistré').waitFor();
    await notesDe(page, 1).fill('Deux rixes en octobre, une en novembre.\n- le collège demande une présence le matin\n- la police propose le mercredi');
    await saisirAction(page, 'Renforcer la présence à la sortie du collège, le mercredi et le vendredi');
    await page.locator(`#b-decisions-${points[1]} .c-decision`).waitFor();
    await page.evaluate(() => window.scrollTo(0, 0));
    await capture(page, `seance-${largeur}-saisie`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await axe(page)).toEqual([]);
  });
});
