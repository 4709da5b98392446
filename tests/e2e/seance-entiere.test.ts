import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import { verifierChiffres } from '../../src/modules/indicateurs/index.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const AUJOURDHUI = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
/** The hour at which it is planned: now, on the contract's clock. */
const MAINTENANT = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }).format(new Date());
const POINTS = 7;
/** What the coordinator's day may cost for so many agenda items, confirmations included. */
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

/** As people read it. */
const lu = (t: string | null): string => (t ?? '').replace(/[\s\u00a0\u202f]+/g, ' ');

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

  test(`de « Ma journée » au relevé arrêté, sept points : au plus ${ECRANS_MAX} écrans et ${GESTES_MAX} gestes`, async () => {
    const page = await entrer('Nadia Benali');
    const nadia = new Personne(page);
    nadia.ecrans = 1;

    // The day's page says that the council must meet; one click prepares it.
    nadia.gestes += 1;
    await page.locator('tr', { hasText: 'CSPDA, 18e' }).locator('a[href$="/seances/nouvelle"]').click();
    await page.waitForLoadState('load');
    // Nothing is ticked for her: one of what waits, and her own points, one a line.
    expect(await page.locator('input[name=points]:checked').count()).toBe(0);
    nadia.gestes += 1;
    await page.locator('input[name=points]').first().check();
    await nadia.ecrire('#libres', Array.from({ length: POINTS - 1 }, (_, i) => `Point du conseil ${i + 1} ; 5`).join('\n'));
    await nadia.ecrire('#jour', AUJOURDHUI);
    await nadia.ecrire('#heure', MAINTENANT);
    await capture(page, 'seance-1-nouvelle');
    await nadia.cliquer('Créer la séance');
    await page.waitForURL('**/preparer');
    expect(await page.locator('.c-odj__point').count()).toBe(POINTS);
    await capture(page, 'seance-2-preparer');

    // By keyboard: the last item goes up one place, in the page and on the server.
    const avantDernier = await page
      .locator('.c-odj__point')
      .nth(POINTS - 2)
      .getAttribute('data-ordre-point');
    nadia.gestes += 1;
    await page
      .locator('.c-odj__point')
      .nth(POINTS - 1)
      .getByRole('button', { name: /Monter/ })
      .press('Enter');
    await expect
      .poll(() =>
        page
          .locator('.c-odj__point')
          .nth(POINTS - 1)
          .getAttribute('data-ordre-point'),
      )
      .toBe(avantDernier);
    await expect.poll(() => page.locator('[data-ordre-annonce]').textContent()).toContain('Ordre enregistré');

    await nadia.cliquer('Convoquer');
    if ((await page.locator('#sans_lieu').count()) > 0) {
      nadia.gestes += 1;
      await page.locator('#sans_lieu').check();
    }
    await nadia.cliquer(/^(?:Envoyer la convocation|Convoquer sans envoi)$/);
    await page.waitForURL(/\/seances\/[0-9a-f-]{36}(?:#.*)?$/);
    await capture(page, 'seance-3-convoquee');
    const seance = page.url().split('#')[0] ?? '';
    expect(await page.locator('.c-odj__point').count()).toBe(POINTS);

    // It is held: everyone is there, notes and decisions are typed on the spot.
    await nadia.cliquer(/Tenir la séance|Ouvrir la page de séance/);
    await nadia.cliquer(/Ouvrir la séance/);
    await page.locator('textarea[name=texte]').first().waitFor();
    await nadia.cliquer(/Tous présents/);
    await nadia.cliquer(/^Commencer/);
    await capture(page, 'seance-4-tenue');
    for (let i = 0; i < POINTS; i++) {
      await nadia.ecrire('textarea[name=texte]:visible', `Le conseil a examiné le point ${i + 1}.`);
      await expect
        .poll(() =>
          page
            .locator('#s-etat, .c-notes__etat, [data-notes-etat]')
            .allTextContents()
            .then((t) => t.join(' ')),
        )
        .toMatch(/[Ee]nregistré/);
      if (i < POINTS - 1) {
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
    // Opened a minute ago: it asks.
    await nadia.cliquer('Lever la séance malgré cela');
    await page.waitForURL('**/clore');

    // It is closed: the window is shut, the presidency's approval arrives by mail, the relevé is frozen.
    nadia.gestes += 1;
    await page.locator('#confirme_relecture').check();
    await nadia.cliquer('Clore la relecture maintenant');
    await nadia.cliquer('Enregistrer une approbation reçue');
    await nadia.ecrire('#piece', 'Message du cabinet de la maire, ce jour');
    await nadia.cliquer('Enregistrer l’approbation');
    nadia.gestes += 1;
    await page.locator('#confirme_heures').check();
    await nadia.cliquer('Arrêter le relevé');
    await page.getByText('Relevé arrêté sous le numéro').waitFor();
    // Nobody is present who is not named.
    const arrete = lu(await (await page.context().request.get(`${seance}/releve.html?genre=compte-rendu`)).text());
    expect(arrete).toMatch(/Présents \(2\).*Sièges vacants\s: /);
    await capture(page, 'seance-6-relevee');
    process.stdout.write(`\nPréparer et clore une séance du CSPDA, ${POINTS} points : ${nadia.ecrans} écrans, ${nadia.gestes} gestes.\n`);
    expect(nadia.ecrans).toBeLessThanOrEqual(ECRANS_MAX);
    expect(nadia.gestes).toBeLessThanOrEqual(GESTES_MAX);

    // Its documents are written by a job: the page waits for them and comes back by itself.
    await page.locator('a[href$="/releve.pdf"]').first().waitFor();
    await page.waitForLoadState();
    expect(await axe(page)).toEqual([]);
    const pdf = await page.context().request.get(`${seance}/releve.pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const { differences } = await verifierChiffres(serveur.plateforme.owner, serveur.plateforme.contratId);
    expect(differences).toEqual([]);
    await page.context().close();
  });

  test('à deux, sièges vacants, décision inachevée, réseau perdu : le relevé ne dit que ce qui s’est passé', async () => {
    const { owner, contratId } = serveur.plateforme;
    const instance = await creerInstance(owner, contratId, { nom: 'Conseil attaquable', territoire: 'mairie-18', porteur: 'DPMP' });
    await creerMembre(owner, contratId, instance, { fonction: 'Maire du 18e', organisation: 'VILLE', nom: 'Fatou Ndiaye' });
    await creerMembre(owner, contratId, instance, { fonction: 'Directrice du collège', organisation: 'RECTORAT', nom: 'Jeanne Essai' });
    await creerMembre(owner, contratId, instance, { fonction: 'Commissaire central', organisation: 'PP' });
    await creerMembre(owner, contratId, instance, { fonction: 'Procureur', organisation: 'PARQUET' });
    const id = await creerSeance(owner, contratId, instance, {
      titre: 'Conseil du 18e',
      etat: 'ouverte',
      jour: AUJOURDHUI,
      heure: MAINTENANT,
      points: ['Rixes', 'Éclairage', 'Divers'],
    });
    // Just after midnight, it began the day before.
    await sql`update seances set ouverte_le = now() - interval '40 minutes', duree_minutes = 60,
      jour = (now() at time zone 'Europe/Paris' - interval '40 minutes')::date, heure = (now() at time zone 'Europe/Paris' - interval '40 minutes')::time(0)
      where id = ${id}::uuid`.execute(owner);
    const tenir = `${serveur.adresse}/seances/${id}/tenir`;
    const nadia = await entrer('Nadia Benali');
    const claire = await entrer('Claire Fontaine');
    await nadia.goto(tenir);
    await claire.goto(tenir);
    await nadia.getByText('En ligne avec vous : Claire Fontaine').waitFor();

    // Two people are named; one seat gets a name, the other stays vacant.
    await nadia.getByRole('button', { name: 'Tous présents' }).click();
    await nadia.locator('#b-resume-presences', { hasText: '2 présents et 2 sièges vacants' }).waitFor();
    await nadia.locator('#presences').evaluate((d: HTMLDetailsElement) => {
      d.open = true;
    });
    await nadia.locator('[data-participant]', { hasText: 'Commissaire central' }).getByLabel('Qui siégeait').fill('Cdt Lucie Moreau');
    await nadia.keyboard.press('Tab');
    await nadia.locator('#b-resume-presences', { hasText: '3 présents et 1 siège vacant' }).waitFor();
    await nadia.getByRole('button', { name: /Commencer : 1\. Rixes/ }).click();
    await nadia.locator('.c-courant__titre', { hasText: '1. Rixes' }).waitFor();
    await nadia.locator('textarea[name=texte]:visible').fill('Deux rixes en octobre.');

    // Two decisions, one right after the other: two clicks, two decisions.
    const f = nadia.locator('#f-decision');
    const decider = async (libelle: string) => {
      await f.locator('[name=libelle]').fill(libelle);
      await f.locator('[name=responsable]').selectOption('PP');
      await f.getByRole('button', { name: 'Ajouter', exact: true }).click();
    };
    await decider('Patrouille à la sortie');
    await decider('Réunion avec les parents');
    await expect.poll(async () => (await nadia.locator('.c-decision:visible').allTextContents()).length).toBe(2);
    // A third one is begun; Nadia goes on and forgets it.
    await f.locator('[name=libelle]').fill('Poser six lampes rue Lepic');
    await f.locator('[name=responsable_nom]').fill('Chef de projet');
    await nadia
      .getByText(/^Enregistré à/)
      .first()
      .waitFor();

    // Claire loses the network, begins a decision and adds another one.
    await claire.context().setOffline(true);
    const g = claire.locator('#f-decision');
    await g.locator('[name=libelle]').fill('Médiation notée sans réseau');
    await g.locator('[name=responsable]').selectOption('VILLE');
    await g.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await claire.getByText('Une saisie attend le réseau').waitFor();

    // Lifting shows what is unfinished; Nadia lifts all the same.
    await nadia.locator('a[href="#lever"]').click();
    await nadia.locator('#b-lever', { hasText: 'Poser six lampes rue Lepic' }).waitFor();
    await nadia.getByRole('button', { name: 'Lever la séance maintenant' }).click();
    await nadia.getByText('La séance n’est pas encore levée').waitFor();
    expect(lu(await nadia.locator('main').textContent())).toContain('Poser six lampes rue Lepic · Chef de projet');
    await capture(nadia, 'seance-lever-question');
    expect(await axe(nadia)).toEqual([]);
    await nadia.getByRole('button', { name: 'Lever la séance malgré cela' }).click();
    await nadia.waitForURL('**/clore');

    // Claire's act arrives too late: it waits with the draft minutes.
    await claire.context().setOffline(false);
    await claire.getByText('attend dans le relevé').first().waitFor();
    await nadia.reload();
    const inacheve = nadia.locator('#brouillons');
    expect(lu(await inacheve.textContent())).toMatch(/Poser six lampes rue Lepic.*|Médiation notée sans réseau/);
    expect(await inacheve.locator('.c-brouillon').count()).toBe(2);
    expect(lu(await nadia.locator('#figer').textContent())).toContain('2 saisies commencées ne sont ni ajoutées ni écartées');
    await capture(nadia, 'seance-inachevee');
    expect(await axe(nadia)).toEqual([]);
    // Claire's is complete; Nadia's lacks who is in charge, then is complete too.
    await inacheve
      .locator('.c-brouillon', { hasText: 'Médiation' })
      .getByRole('button', { name: /^Ajouter/ })
      .click();
    await inacheve
      .locator('.c-brouillon', { hasText: 'Poser six lampes' })
      .getByRole('button', { name: /^Ajouter/ })
      .click();
    await nadia.getByText('il manque quelque chose pour l’ajouter').waitFor();
    await nadia.locator('#f-decision [name=responsable]').selectOption('VILLE');
    await nadia.locator('#f-decision').getByRole('button', { name: 'Ajouter', exact: true }).click();
    await nadia.waitForURL('**/clore*');
    expect(await nadia.locator('#brouillons').count()).toBe(0);

    await nadia.locator('#confirme_relecture').check();
    await nadia.getByRole('button', { name: 'Clore la relecture maintenant' }).click();
    await nadia.getByRole('button', { name: 'Arrêter le relevé' }).waitFor();
    const heures = nadia.locator('#confirme_heures');
    if ((await heures.count()) > 0) await heures.check();
    await nadia.getByRole('button', { name: 'Arrêter le relevé' }).click();
    await nadia.getByText('Relevé arrêté sous le numéro').waitFor();
    await nadia.getByText('Lire aussi le compte rendu entier').click();
    const releve = lu(await nadia.locator('#releve').textContent());
    for (const mot of [
      'Patrouille à la sortie',
      'Réunion avec les parents',
      'Poser six lampes rue Lepic',
      'Médiation notée sans réseau',
      'Deux rixes en octobre.',
      'Présents (3)',
      'Cdt Lucie Moreau',
      'Siège vacant : Procureur',
    ])
      expect([mot, releve.includes(mot)]).toEqual([mot, true]);
    expect(releve.match(/Patrouille à la sortie/g)).toHaveLength(3);
    expect(releve).not.toMatch(/sans présence|non relevée|Aucune note n’a été prise/);
    const papier = lu(await (await nadia.context().request.get(`${serveur.adresse}/seances/${id}/releve.html?genre=compte-rendu`)).text());
    // In the first forty minutes of a day, it was lifted on the day after.
    expect(papier).toMatch(/ouverte à \d+ h(?: \d+)?, levée (?:le [^;,]+ )?à \d+ h(?: \d+)?\s; prévue de/);
    expect(papier).toContain('3 présents, 1 siège vacant');
    await nadia.context().close();
    await claire.context().close();
  });
});
