/**
 * Two institutions hold a cell in a browser, from its charter to the certificate: a member who did not sign is refused, a session opens a
 * situation and closes it, an orientation is answered by a link after its silence was told. Every page holds at 390 px and axe finds nothing.
 */
import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ouvrirBases } from '../../src/core/base/bases.ts';
import { jourDe } from '../../src/core/clock.ts';
import { COOKIE_SESSION } from '../../src/core/http/cookies.ts';
import { createCompte, createSession } from '../../src/modules/comptes/sessions.queries.ts';
import { creerAlerte } from '../../src/modules/alertes/alertes.fixtures.ts';
import { relancer } from '../../src/modules/cellules/situations/relances.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { aLHeureDeParis } from '../support/fuseau.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';

const PHRASES = { ecole: 'sept lanternes vertes dansent sous la pluie de mai', educ: 'neuf renards calmes gardent le vieux moulin du nord' } as const;
const QUI = {
  coordination: { role: 'coordination', organisation: 'VILLE', nom: 'Claire Coordonne' },
  delegue: { role: 'dpo', organisation: 'VILLE', nom: 'Denis Délégué' },
  ecole: { role: 'membre_cellule', organisation: 'RECTORAT', nom: 'Émile École' },
  educ: { role: 'membre_cellule', organisation: 'PJJ', nom: 'Édith Éduc' },
  absent: { role: 'membre_cellule', organisation: 'PARQUET', nom: 'Paul Parquet' },
} as const;
type Nom = keyof typeof QUI;

let serveur: ServeurDeTest;
let navigateur: Browser;
let cellule = '';
const contextes = new Map<Nom, BrowserContext>();
beforeAll(async () => {
  serveur = await ouvrirServeur({ vide: true });
  navigateur = await ouvrirNavigateur();
  const { owner, contratId } = serveur.plateforme;
  for (const [nom, p] of Object.entries(QUI) as [Nom, (typeof QUI)[Nom]][]) {
    const compteId = await createCompte(owner, contratId, {
      ...{ courriel: `${nom}@exemple.fr`, nom: p.nom, fonction: 'Essai', organisationId: p.organisation, motDePasse: null },
      ...{ demonstration: false, ordre: 0, accordePar: 'essai', debut: '2020-01-01' },
      mandats: [{ role: p.role, territoireId: p.role === 'membre_cellule' ? 'mairie-18' : null, fiche: null }],
    });
    const session = await createSession(owner, contratId, { compteId: compteId ?? '', moyen: 'totp', forte: true, adresse: null, agent: null }, new Date());
    const contexte = await navigateur.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 } });
    await contexte.addCookies([{ name: COOKIE_SESSION, value: session, url: serveur.adresse }]);
    contextes.set(nom, contexte);
  }
});
afterAll(async () => {
  await navigateur?.close();
  await serveur?.close();
});

const pageDe = async (nom: Nom): Promise<Page> => (contextes.get(nom) as BrowserContext).newPage();
/** Holds for everybody: nothing found by axe, no page wider than a phone; a picture of both. */
async function regarder(page: Page, nom: string): Promise<void> {
  expect([nom, await axe(page)]).toEqual([nom, []]);
  await capture(page, `cellules-${nom}`);
  await page.setViewportSize({ width: 390, height: 844 });
  expect([nom, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([nom, 390]);
  await capture(page, `cellules-${nom}-390`);
  await page.setViewportSize({ width: 1280, height: 900 });
}
const clic = (page: Page, libelle: string) => page.locator('main').getByRole('button', { name: libelle, exact: true }).first().click();
const lien = (page: Page, libelle: string | RegExp) => page.locator('main').getByRole('link', { name: libelle }).first().click();
const dit = async (page: Page) => ((await page.textContent('main')) ?? '').replace(/[\u00a0\u202f\s]+/g, ' ');

test('deux institutions tiennent une cellule, de la charte au certificat', async () => {
  const [coordination, delegue, ecole, educ, absent] = (await Promise.all((['coordination', 'delegue', 'ecole', 'educ', 'absent'] as const).map(pageDe))) as [
    Page,
    Page,
    Page,
    Page,
    Page,
  ];
  const aller = (page: Page, chemin: string) => page.goto(serveur.adresse + chemin);
  // Made, composed, its durations decided.
  await aller(coordination, '/cellules');
  await coordination.selectOption('#genre', 'cenomed');
  await coordination.selectOption('#territoire', 'mairie-18');
  await clic(coordination, 'Créer la cellule');
  cellule = new URL(coordination.url()).pathname;
  for (const nom of ['ecole', 'educ', 'absent'] as const) {
    await coordination.fill('#courriel', `${nom}@exemple.fr`);
    await coordination.fill('#fonction', 'Référent');
    await coordination.fill('#debut', '2020-01-01');
    await clic(coordination, 'Désigner');
  }
  expect(await dit(coordination)).toContain('Charte à signer');
  await lien(coordination, 'Joindre le règlement');
  await coordination.fill('#reference', 'Délibération d’essai 2020-1');
  await coordination.fill('#adopteLe', '2020-01-02');
  await coordination.setInputFiles('#fichier', { name: 'reglement.pdf', mimeType: 'application/pdf', buffer: Buffer.from('Règlement d’essai') });
  await clic(coordination, 'Joindre ce règlement');
  expect(await dit(coordination)).toContain('Délibération d’essai 2020-1, adopté le 2 janvier 2020');
  await regarder(coordination, 'coordination');
  await aller(coordination, `${cellule}/reglement`);
  await regarder(coordination, 'reglement');
  await aller(delegue, cellule);
  await clic(delegue, 'Fixer les durées');
  // Each signs and chooses a phrase; the second is given the key, compared aloud.
  for (const [page, nom] of [
    [ecole, 'ecole'],
    [educ, 'educ'],
  ] as const) {
    await aller(page, `${cellule}/charte`);
    if (nom === 'ecole') await regarder(page, 'charte');
    expect(await dit(page)).toContain('Délibération d’essai 2020-1');
    await page.fill('#phrase', PHRASES[nom]);
    await page.fill('#encore', PHRASES[nom]);
    await page.check('#reglement');
    await page.check('#lu');
    await clic(page, 'Signer la charte');
  }
  const ouvrir = async (page: Page, nom: keyof typeof PHRASES) => {
    await aller(page, `${cellule}/ouvrir`);
    await page.fill('#phrase', PHRASES[nom]);
    await clic(page, 'Ouvrir');
  };
  await ouvrir(ecole, 'ecole');
  const empreinte = /l’empreinte de votre clé : ([0-9a-f ]{23})/.exec(await dit(educ))?.[1] ?? 'aucune';
  expect(await dit(ecole)).toContain(empreinte);
  await clic(ecole, 'Passer la clé à Édith Éduc');
  await ouvrir(educ, 'educ');
  // Who did not sign opens nothing, whatever the address.
  await aller(absent, cellule);
  expect(await dit(absent)).toContain('Rien ne s’ouvre avant votre signature');
  for (const chemin of ['ouvrir', 'chercher', 'seances/convoquer', 'lectures']) {
    const r = await aller(absent, `${cellule}/${chemin}`);
    expect([chemin, r?.status()]).toEqual([chemin, 403]);
  }
  // Looked for, then entered.
  await aller(ecole, `${cellule}/chercher`);
  await ecole.fill('#nom', 'Lepré');
  await ecole.fill('#prenom', 'Ysaline');
  await ecole.fill('#naissance', '2012-04');
  await clic(ecole, 'Chercher');
  await ecole.check('input[name="origine"][value="ecole"]');
  await ecole.check('input[name="difficulte"][value="decrochage"]');
  await regarder(ecole, 'entrer');
  await ecole.locator('main form button').last().click();
  const situation = new URL(ecole.url()).pathname;
  expect(await dit(ecole)).toContain('Ysaline');
  expect((await aller(educ, situation))?.status()).toBe(404);
  await clic(ecole, 'Déclarer recevable');
  // A session: prepared by number, opened, read by who is there, closed.
  await aller(educ, `${cellule}/seances/convoquer`);
  const aujourdhui = jourDe(new Date(), 'Europe/Paris');
  await educ.fill('#jour', aujourdhui);
  await educ.fill('#heure', '14:30');
  await educ.selectOption('#preside', { label: 'Édith Éduc, Protection judiciaire de la jeunesse' }).catch(() => educ.selectOption('#preside', { index: 2 }));
  await clic(educ, 'Convoquer');
  const seance = new URL(educ.url()).pathname;
  await educ.check('input[name="situations"]');
  await clic(educ, 'Inscrire');
  if (!(await dit(educ)).includes('Présidence : Édith')) await clic(educ, 'Prendre la présidence');
  await clic(educ, 'Je suis dans la salle');
  await aller(ecole, seance);
  await clic(ecole, 'Je suis dans la salle');
  await educ.reload();
  await clic(educ, 'Ouvrir la séance');
  await regarder(educ, 'seance');
  await educ.locator('table form button', { hasText: 'Ouvrir' }).first().click();
  await lien(educ, 'Situation n° 1');
  expect(await dit(educ)).toContain('Lepré');
  // A laptop without network: the form says so and keeps what was ticked; sent again when the network is back.
  await educ.check('input[name="codes"][value="contact"]');
  await contextes.get('educ')?.setOffline(true);
  await clic(educ, 'Ajouter');
  await educ.getByText('Vous êtes hors ligne : rien n’est parti').waitFor();
  expect([await educ.isChecked('input[name="codes"][value="contact"]'), await axe(educ)]).toEqual([true, []]);
  await contextes.get('educ')?.setOffline(false);
  // A second click in the same second is one click too many for the button.
  await expect
    .poll(async () => {
      await clic(educ, 'Ajouter');
      return dit(educ);
    })
    .toContain('Protection judiciaire de la jeunesse, ');
  await regarder(educ, 'situation-presente');
  // A laptop that loses the network shows nothing that its browser would have kept, and finds all of it again.
  await contextes.get('educ')?.setOffline(true);
  const horsLigne = await aller(educ, situation).then(
    () => 'lue',
    () => 'perdue',
  );
  expect(horsLigne).toBe('perdue');
  await contextes.get('educ')?.setOffline(false);
  await aller(educ, situation);
  expect(await dit(educ)).toContain('Nous pouvons prendre contact');
  await aller(educ, `${seance}/projeter`);
  expect(await dit(educ)).toContain('Nous pouvons prendre contact');
  expect(await dit(educ)).not.toMatch(/Lepré|Ysaline|(?<![\w-])2012(?![\w-])/);
  await regarder(educ, 'projection');
  await aller(educ, seance);
  await educ.locator('table form button', { hasText: 'Fermer' }).first().click();
  expect((await aller(educ, situation))?.status()).toBe(404);
  await aller(educ, seance);
  await clic(educ, 'Clore la séance');
  // An orientation: silence is told to its author then to everyone, the answer comes by a link that names nobody.
  await aller(ecole, situation);
  await ecole.selectOption('#orientation', 'reussite-educative');
  await clic(ecole, 'Décider cette orientation');
  const adresse = ((await ecole.locator('main .c-coupe').first().textContent()) ?? '').trim();
  expect(adresse).toContain('/cellules/reponse/');
  await regarder(ecole, 'situation');
  const { owner, contratId } = serveur.plateforme;
  const dans = (jours: number) => ({ contratId, adresse: serveur.adresse, maintenant: new Date(Date.now() + jours * 86_400_000) });
  const avis = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from courriels where texte not like '%/seances/%'`.execute(owner)).rows[0]?.n ?? 0;
  const relances = aLHeureDeParis(async (jours: number) => {
    const ouvertes = ouvrirBases(serveur.plateforme.acces, contratId, 1);
    try {
      return await relancer(ouvertes.bases.nominatif, dans(jours));
    } finally {
      await ouvertes.close();
    }
  });
  const avant = await avis();
  expect([await relances(16), (await avis()) - avant]).toEqual([1, 1]);
  expect(await relances(30)).toBe(1);
  expect((await avis()) - avant).toBeGreaterThan(2);
  const service = await navigateur.newContext({ locale: 'fr-FR', javaScriptEnabled: false });
  const reponse = await service.newPage();
  await reponse.goto(adresse);
  expect(await dit(reponse)).not.toMatch(/Lepré|Ysaline|n° 1\b/);
  await reponse.check('input[value="accuse"]');
  await reponse.locator('main form button').click();
  await reponse.goto(adresse);
  await reponse.check('input[value="suivi"]');
  await reponse.locator('main form button').click();
  expect(await dit(reponse)).toContain('ne sert plus');
  expect(await service.cookies()).toEqual([]);
  await service.close();
  // An emergency, agreed by the other institution, reviewed.
  await aller(educ, `${cellule}/secours`);
  await educ.fill('#numero', '1');
  await educ.check('input[value="danger"]');
  await clic(educ, 'Demander');
  await aller(ecole, `${cellule}/secours`);
  await regarder(ecole, 'secours');
  await clic(ecole, 'Accorder');
  await aller(educ, situation);
  expect(await dit(educ)).toContain('Lecture d’urgence');
  await aller(delegue, `${cellule}/secours`);
  await delegue.selectOption('select[name="avis"]', 'fonde');
  await clic(delegue, 'Noter mon avis');
  expect(await dit(delegue)).toContain('Fondée');
  // What the parents ask, and its end.
  await aller(ecole, `${situation}/droits`);
  await ecole.check('input[name="droit"][value="opposition"]');
  await ecole.check('input[name="demandeur"][value="parents"]');
  await clic(ecole, 'Noter la demande');
  await regarder(ecole, 'droits');
  await ecole.selectOption('select[name="reponse"]', 'accueillie');
  await clic(ecole, 'Noter la réponse');
  await aller(delegue, `${cellule}/lectures`);
  expect(await dit(delegue)).toContain('Vue projetée');
  expect(await dit(delegue)).not.toMatch(/Lepré|Ysaline/);
  await regarder(delegue, 'lectures');
  await aller(ecole, situation);
  expect(await dit(ecole)).toContain('demande sa destruction');
  await ecole.check('#confirme');
  await clic(ecole, 'Détruire');
  expect(await dit(ecole)).toContain('La situation est détruite');
  await regarder(ecole, 'cellule');
  await aller(delegue, `${cellule}/destructions`);
  expect(await dit(delegue)).toContain(situation.split('/').at(-1));
  await regarder(delegue, 'destructions');
  expect((await aller(ecole, situation))?.status()).toBe(404);
});

test('une alerte grave ouvre le recours accéléré, et n’en apprend que le moment ; ce qui se tient ailleurs le dit', async () => {
  const [coordination, ecole] = (await Promise.all((['coordination', 'ecole'] as const).map(pageDe))) as [Page, Page];
  const aller = (page: Page, chemin: string) => page.goto(serveur.adresse + chemin);
  const { owner, contratId } = serveur.plateforme;
  const alerte = await creerAlerte(owner, contratId, { palier: 'grave', etat: 'diffusee', organisation: 'VILLE' });
  await sql`insert into alerte_points (contrat_id, alerte_id, code, ordre, libelle, qui, cellules, du_le)
    values (${contratId}, ${alerte}::uuid, 'cenomed', 1, 'Ouvrir le recours accéléré', 'Mairie', true, now() + interval '1 day')`.execute(owner);
  await aller(coordination, `${cellule}/acceleree`);
  await regarder(coordination, 'acceleree');
  await coordination.fill(`#jour-${alerte}`, jourDe(new Date(), 'Europe/Paris'));
  await coordination.fill(`#heure-${alerte}`, '18:00');
  await coordination.selectOption(`#preside-${alerte}`, { index: 1 });
  await clic(coordination, 'Ouvrir le recours accéléré');
  expect(await dit(coordination)).toContain('jusqu’au');
  await regarder(coordination, 'acceleree-ouvert');
  await aller(coordination, `/alertes/${alerte}`);
  expect(await dit(coordination)).toContain('Recours accéléré ouvert dans une cellule');
  await regarder(coordination, 'alerte');
  await aller(ecole, `${cellule}/chercher`);
  await clic(ecole, 'Entrer sans identité');
  await ecole.getByLabel(/Recours accéléré, alerte du/).check();
  await ecole.check('input[value="police-nationale"]');
  await ecole.check('input[value="fratrie"]');
  await regarder(ecole, 'entrer-accelere');
  await clic(ecole, 'Entrer la situation');
  expect(await dit(ecole)).toContain('À examiner avant le');
  await regarder(ecole, 'situation-acceleree');
  for (const [chemin, nom] of [
    ['/aide/hors-concorde', 'hors-concorde'],
    ['/aide/demarches/evvi', 'demarche-evvi'],
    ['/signalements/saisir/evvi?categorie=requisition', 'saisir-evvi'],
  ] as const) {
    await aller(coordination, chemin);
    await regarder(coordination, nom);
  }
});

test('une clé d’accès ouvre la cellule à la place de la phrase ; un appareil qui ne sait pas le faire le dit', async () => {
  const page = await pageDe('educ');
  const aller = (chemin: string) => page.goto(serveur.adresse + chemin);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const poser = (hasPrf: boolean) =>
    cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true, hasPrf },
      },
    });
  const sans = await poser(false);
  const inscrire = async (nom: string) => {
    await aller('/mon-compte');
    await page.fill('[name=nom_cle]', nom);
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
    await page.getByRole('rowheader', { name: nom }).waitFor();
  };
  const ajouter = async () => {
    await aller(`${cellule}/cle-d-acces`);
    await page.fill('#phrase', PHRASES.educ);
    await page.getByRole('button', { name: /Ajouter ma clé d’accès/ }).click();
  };
  await inscrire('Vieil appareil');
  await aller(`${cellule}/cle-d-acces`);
  await regarder(page, 'cle-d-acces');
  await ajouter();
  await expect.poll(() => page.locator('[data-cle-erreur]').textContent()).toContain('ne sait pas ouvrir ainsi');
  await cdp.send('WebAuthn.removeVirtualAuthenticator', sans);
  await poser(true);
  await inscrire('Téléphone');
  // What leaves the browser is neither what the device made, nor twice the same for two seats: 32 bytes, once.
  const envois: string[] = [];
  page.on('request', (r) => void (r.method() === 'POST' && r.url().includes('/cellules/') && envois.push(r.postData() ?? '')));
  await ajouter();
  await page.waitForURL(/fait=cle-d-acces/);
  await clic(page, 'Fermer la cellule').catch(() => undefined);
  await aller(`${cellule}/ouvrir`);
  await regarder(page, 'ouvrir-par-cle');
  await page.getByRole('button', { name: 'Ouvrir avec ma clé d’accès' }).click();
  await page.waitForURL((u) => u.pathname === cellule);
  expect(await dit(page)).toContain('Ouverte pour vous');
  const secrets = envois.flatMap((e) => new URLSearchParams(e).get('prf') ?? []);
  expect([secrets.length, secrets[0] === secrets[1], Buffer.from(secrets[0] ?? '', 'base64url').length]).toEqual([2, true, 32]);
  expect(new URLSearchParams(envois.at(-1) ?? '').get('phrase')).toBeNull();
  // Without script, the phrase alone is offered.
  const nu = await navigateur.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const sansScript = await nu.newPage();
  await sansScript.goto(`${serveur.adresse}${cellule}/ouvrir`);
  expect([
    await sansScript.getByRole('button', { name: 'Ouvrir avec ma clé d’accès' }).isVisible(),
    await sansScript.getByLabel('Votre phrase').isVisible(),
  ]).toEqual([false, true]);
  await nu.close();
});
