/** Figures given in a browser: on a telephone, in a grid whose sum follows what is typed, validated in one gesture, read by everyone. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/core/authorize.ts';
import { COOKIE_SESSION } from '../../src/core/http/cookies.ts';
import { createCompte, createSession } from '../../src/modules/comptes/sessions.queries.ts';
import { type Catalogue, getCatalogue } from '../../src/modules/contrats/index.ts';
import { verifierChiffres } from '../../src/modules/indicateurs/index.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { lireFormulaire } from '../support/formulaire.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

interface Personne {
  role: Role;
  organisation: string;
  territoire?: string;
}
const COORDINATION: Personne = { role: 'coordination', organisation: 'DPMP' };
const TELEPHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('Les contributions, de la saisie à la page publique', () => {
  let serveur: ServeurDeTest;
  let navigateur: Browser;
  let c: Catalogue;
  const mairies = () => c.territoiresDeType('mairie').map((t) => t.id);
  beforeAll(async () => {
    serveur = await ouvrirServeur({ vide: true });
    navigateur = await ouvrirNavigateur();
    c = await getCatalogue(serveur.plateforme.owner, serveur.plateforme.contratId);
  });
  afterAll(async () => {
    await navigateur?.close();
    await serveur?.close();
  });

  let rang = 0;
  async function ouvrirSession(p: Personne): Promise<string> {
    const { owner, contratId } = serveur.plateforme;
    const id = await createCompte(owner, contratId, {
      courriel: `contribue-${++rang}@exemple.fr`,
      nom: `Personne ${rang}`,
      fonction: 'Essai',
      organisationId: p.organisation,
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: [{ role: p.role, territoireId: p.territoire ?? null, fiche: null }],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
    return createSession(owner, contratId, { compteId: id ?? '', moyen: 'totp', forte: true, adresse: null, agent: null }, new Date());
  }
  /** In the browser, as this person, or as anyone. */
  async function avec<T>(p: Personne | null, faire: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
    const contexte = await navigateur.newContext({ locale: 'fr-FR', ...options });
    if (p) await contexte.addCookies([{ name: COOKIE_SESSION, value: await ouvrirSession(p), url: serveur.adresse }]);
    try {
      return await faire(await contexte.newPage());
    } finally {
      await contexte.close();
    }
  }
  /** The same form without a browser: read, changed, sent. */
  async function envoyer(p: Personne, formulaire: string, action: string, champs: Record<string, string>): Promise<void> {
    const entetes = { cookie: `${COOKIE_SESSION}=${await ouvrirSession(p)}`, origin: serveur.adresse };
    const html = await (await fetch(serveur.adresse + formulaire, { headers: entetes })).text();
    const lus = Object.fromEntries(Object.entries(lireFormulaire(html, action)).map(([nom, v]) => [nom, v[0] ?? '']));
    const r = await fetch(serveur.adresse + action, { method: 'POST', headers: entetes, body: new URLSearchParams({ ...lus, ...champs }), redirect: 'manual' });
    expect([formulaire, r.status]).toEqual([formulaire, 303]);
  }
  const saisir = (p: Personne, mesure: string, ou: Record<string, string>, valeurs: Record<string, string>) =>
    envoyer(p, `/chiffres/${mesure}/saisir?${new URLSearchParams(ou)}`, `/chiffres/${mesure}/saisir`, { source: 'Comptage du service', ...valeurs });
  /** Types it, and records. */
  async function remplir(page: Page, mesure: string, valeurs: Record<string, string>): Promise<void> {
    for (const [nom, valeur] of Object.entries(valeurs)) await page.fill(`[name="${nom}"]`, valeur);
    await page.fill('[name=source]', 'Comptage du service');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.waitForURL(`**/chiffres/${mesure}?*`);
  }
  const choisirPeriode = async (page: Page, periode: string): Promise<void> => {
    await page.selectOption('[name=periode]', periode);
    await page.getByRole('button', { name: 'Ouvrir' }).click();
    await page.waitForURL(`**periode=${periode}*`);
  };
  /** All of what others gave. */
  const valider = (mesure: string, periode: string) =>
    avec({ role: 'coordination', organisation: 'VILLE' }, async (page) => {
      await page.goto(`${serveur.adresse}/chiffres/${mesure}?periode=${periode}`);
      expect(await page.locator(`form[action$="/valider"] input[type=checkbox]`).count()).toBe(2);
      await page.getByRole('button', { name: 'Tout valider', exact: true }).click();
      await page.waitForURL('**#contributions');
    });
  /** What everyone reads: the figure as it is written large, then what the page says of its parts. */
  const lirePublic = (mesure: string, periode: string) =>
    avec(null, async (page) => {
      await page.goto(`${serveur.adresse}/chiffres/${mesure}?periode=${periode}`);
      const propre = (s: string | null) => (s ?? '').replace(/[\u00a0\u202f]/g, ' ');
      return { chiffre: propre(await page.locator('.c-preuve__chiffre').textContent()), page: propre(await page.locator('main').textContent()) };
    });
  const sansEcart = async () => {
    const { differences } = await verifierChiffres(serveur.plateforme.owner, serveur.plateforme.contratId);
    expect(differences).toEqual([]);
  };

  // What six partners, seventeen town halls and two half-years add up to: indicateurs/saisie/contributions.test.
  test('2.2-03 : un partenaire donne le sien au téléphone, un autre ensuite ; « au moins » une fois les deux validés d’un geste', async () => {
    const [premier = '', second = ''] = c.mesures.get('2.2-03')?.aupres ?? [];
    await avec(
      { role: 'producteur', organisation: premier },
      async (page) => {
        await page.goto(`${serveur.adresse}/chiffres/2.2-03/saisir`);
        await choisirPeriode(page, '2025-S1');
        expect(await axe(page)).toEqual([]);
        await remplir(page, '2.2-03', { valeur: '10' });
      },
      TELEPHONE,
    );
    await saisir({ role: 'producteur', organisation: second }, '2.2-03', { periode: '2025-S1' }, { valeur: '20' });
    await valider('2.2-03', '2025-S1');
    expect((await lirePublic('2.2-03', '2025-S1')).chiffre).toMatch(/^au moins 30 signalements \(2 contributions sur 6\)/);
  });

  test('1.3-02, 2.1-01a : d’une grille, au téléphone ou sur écran large, la somme suit la frappe', async () => {
    const [mairie = ''] = mairies();
    const codes = c.mesures.get('1.3-02')?.grain.ventilations[0]?.valeurs.map((v) => v.code) ?? [];
    await avec(
      { role: 'coordonnateur', organisation: 'DPMP', territoire: mairie },
      async (page) => {
        await page.goto(`${serveur.adresse}/chiffres/1.3-02/saisir?periode=2025&territoire=${mairie}`);
        const somme = page.locator('[data-somme-total]');
        expect(await somme.textContent()).toBe('0');
        await page.fill(`[name="valeur.${mairie}.partenaire-education"]`, '1 200');
        await page.fill(`[name="valeur.${mairie}.partenaire-social"]`, '2,5');
        // A total given by hand stands beside its parts: it is not added to them.
        await page.fill(`[name="valeur.${mairie}"]`, '9999');
        await expect.poll(async () => ((await somme.textContent()) ?? '').replace(/\s/g, ' ')).toBe('1 202,5');
        await page.fill(`[name="valeur.${mairie}"]`, '');
        expect(await axe(page)).toEqual([]);
        await capture(page, 'grille');
        await remplir(page, '1.3-02', Object.fromEntries(codes.map((x) => [`valeur.${mairie}.partenaire-${x}`, '3'])));
        expect(await page.locator('main').textContent()).toMatch(new RegExp(`\\b${3 * codes.length}\\s+signalements`));
      },
      TELEPHONE,
    );
    await avec({ role: 'producteur', organisation: 'DSPAP' }, async (page) => {
      await page.goto(`${serveur.adresse}/chiffres/2.1-01a/saisir?periode=2025-S1&territoire=tous`);
      for (const t of mairies()) await page.fill(`[name="valeur.${t}.sexe-femmes"]`, '3');
      await page.fill(`[name="valeur.${mairie}.sexe-hommes"]`, '2');
      await expect.poll(() => page.locator('[data-somme-total]').textContent()).toBe('53');
      expect(await axe(page)).toEqual([]);
      await remplir(page, '2.1-01a', {});
      expect(await page.locator('main').textContent()).toMatch(/\b53\s+plaintes/);
    });
  });

  test('2.2-06 : calculé des interventions, par mois et par public rencontré, sans rien attendre d’une validation', async () => {
    const intervention = { 'donnees.nature': 'sensibilisation', 'donnees.theme': 'vif' };
    const envoyee = await avec(COORDINATION, async (page) => {
      let corps = '';
      page.on('request', (r) => {
        if (r.method() === 'POST') corps = r.postData() ?? corps;
      });
      await page.goto(`${serveur.adresse}/registres/interventions/nouveau`);
      await page.locator('main details').evaluateAll((blocs) => {
        for (const bloc of blocs) (bloc as HTMLDetailsElement).open = true;
      });
      await page.fill('[name=jour]', '2026-09-03');
      await page.fill('[name=titre]', 'Prévenir les violences dans le couple');
      for (const [nom, valeur] of Object.entries(intervention)) await page.selectOption(`[name="${nom}"]`, valeur);
      await page.selectOption('[name="donnees.public_rencontre"]', 'femmes');
      await page.fill('[name=territoire_id]', 'Mairie du 18e');
      for (const champ of await page.locator('main select[required], main select').all()) {
        const nom = (await champ.getAttribute('name')) ?? '';
        if ((await champ.inputValue()) === '' && /service|cadre|\.public$/.test(nom)) await champ.selectOption({ index: 1 });
      }
      await page.getByRole('button', { name: 'Enregistrer' }).first().click();
      await page.waitForURL(/registres\/interventions\/[0-9a-f-]{36}/);
      return Object.fromEntries(new URLSearchParams(corps));
    });
    const valeurs = Object.fromEntries(Object.entries(envoyee).filter(([nom]) => /^(donnees\.|titre|territoire_id|organisation_id)/.test(nom)));
    for (const [jour, rencontre] of [
      ['2026-09-17', 'femmes'],
      ['2026-09-24', 'hommes'],
      ['2026-10-06', 'tous'],
      ['2026-10-08', 'femmes'],
    ] as const)
      await envoyer(COORDINATION, '/registres/interventions/nouveau', '/registres/interventions/nouveau', {
        ...valeurs,
        titre: `Atelier du ${jour}`,
        jour,
        'donnees.public_rencontre': rencontre,
      });
    // Neither another theme nor an outreach tour counts.
    await envoyer(COORDINATION, '/registres/interventions/nouveau', '/registres/interventions/nouveau', {
      ...valeurs,
      titre: 'Maraude du soir',
      jour: '2026-10-09',
      'donnees.nature': 'maraude',
    });
    const mois = async (periode: string) => (await lirePublic('2.2-06', periode)).chiffre;
    expect([await mois('2026-09'), await mois('2026-10')]).toEqual(['3 actions', '2 actions']);
    const annee = await lirePublic('2.2-06', '2026');
    expect(annee.chiffre).toMatch(/^5 actions/);
    const parts = await avec(null, async (page) => {
      await page.goto(`${serveur.adresse}/chiffres/2.2-06?periode=2026`);
      return page
        .locator('section', { hasText: 'Par public rencontré' })
        .last()
        .locator('table tbody tr')
        .evaluateAll((trs) => trs.map((tr) => [...tr.children].map((td) => (td.textContent ?? '').trim())));
    });
    expect(parts).toEqual(expect.arrayContaining([expect.arrayContaining([expect.stringMatching(/femmes/i), '3'])]));
    await sansEcart();
  });
});
