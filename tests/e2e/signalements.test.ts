/**
 * Each circuit of the contract in a browser, from who says something to their own word on the answer: the public form without account, the field
 * without network, a desk, the inbox of the service, the page of follow-up.
 */
import { resolve } from 'node:path';
import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/core/authorize.ts';
import { COOKIE_SESSION } from '../../src/core/http/cookies.ts';
import { createCompte, createSession } from '../../src/modules/comptes/sessions.queries.ts';
import { type Catalogue, getCatalogue } from '../../src/modules/contrats/index.ts';
import { type Circuit, estMuet } from '../../src/modules/signalements/circuits/circuit.schema.ts';
import { listCircuits } from '../../src/modules/signalements/circuits/circuits.ts';
import { type CodeEtat, ETATS } from '../../src/modules/signalements/circuits/etats.ts';
import { getSuiveur } from '../../src/modules/signalements/demandes/suiveurs.queries.ts';
import { getDemande } from '../../src/modules/signalements/demandes/demandes.queries.ts';
import { axe, ouvrirNavigateur, ouvrirPageRegardee } from '../support/browser.ts';
import { ouvrirServeur, type ServeurDeTest } from '../support/serveur.ts';
import { codeDe } from '../../src/modules/signalements/signalements.fixtures.ts';

const CIRCUITS = [...(await listCircuits(resolve('contrats/paris-2023-2026'))).values()];
const QUARTIER = '7511801';
let serveur: ServeurDeTest;
let navigateur: Browser;
let catalogue: Catalogue;
let n = 0;
const PATIENCE_MS = 8000;

beforeAll(async () => {
  serveur = await ouvrirServeur({ vide: true });
  navigateur = await ouvrirNavigateur();
  catalogue = await getCatalogue(serveur.plateforme.owner, serveur.plateforme.contratId);
});
afterAll(async () => {
  await navigateur?.close();
  await serveur?.close();
});

const ouverts = new Map<string, BrowserContext>();
/** Somebody of that organisation, at their desk or, in the field, on a phone. */
async function entrer(organisationId: string, role: Role = 'agent', mobile = false): Promise<Page> {
  const cle = `${organisationId} ${role}`;
  const deja = ouverts.get(cle);
  if (deja) return deja.newPage();
  const { owner, contratId } = serveur.plateforme;
  const mandats = [{ role, territoireId: null, fiche: null, registre: null }];
  const id = await createCompte(owner, contratId, {
    ...{ courriel: `personne-${++n}@exemple.fr`, nom: `Personne ${n}`, fonction: 'Essai', organisationId, motDePasse: null, demonstration: false, ordre: 0 },
    ...{ mandats, accordePar: 'essai', debut: '2020-01-01' },
  });
  const jeton = await createSession(owner, contratId, { compteId: id ?? '', moyen: 'totp', forte: true, adresse: null, agent: null }, new Date());
  const contexte = await navigateur.newContext(mobile ? { viewport: { width: 390, height: 844 } } : {});
  contexte.setDefaultTimeout(PATIENCE_MS);
  await contexte.addCookies([{ name: COOKIE_SESSION, value: jeton, url: serveur.adresse }]);
  ouverts.set(cle, contexte);
  return contexte.newPage();
}
async function sansCompte(width: number): Promise<Page> {
  const contexte = await navigateur.newContext({ viewport: { width, height: 844 } });
  contexte.setDefaultTimeout(PATIENCE_MS);
  return contexte.newPage();
}
/** Pressed, and the page that answers is there. */
const envoyer = (page: Page, nom: string) => Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: nom, exact: true }).click()]);

type Categorie = Circuit['categories'][number];
/** What the circuit asks for, and no more. */
async function repondre(page: Page, circuit: Circuit, k: Categorie): Promise<void> {
  for (const q of k.questions.filter((x) => x.obligatoire)) {
    const champ = page.locator(`[name="q.${q.code}"]`);
    if ('options' in q) await page.locator(`[name="q.${q.code}"][value="${q.options[0]?.code}"]`).check();
    else await champ.fill(q.type === 'nombre' ? String(Math.max(1, q.min)) : 'Un organisme');
  }
  if (circuit.texte?.obligatoire) await page.fill('[name=texte]', 'Ce qui se passe ici, chaque soir.');
}
const situer = async (page: Page, circuit: Circuit, quartier = QUARTIER) => {
  if (circuit.lieu === 'aucun') return;
  if (circuit.lieu === 'point') await page.fill('[name=adresse]', `${++n} rue du Navigateur`);
  await page.selectOption('[name=territoire]', quartier);
};
const codeDit = async (page: Page) => (await page.locator('.govuk-panel__body strong').textContent()) ?? '';

/** Without account: a question a page. */
async function signaler(circuit: Circuit, k: Categorie): Promise<string> {
  const page = await sansCompte(320);
  await page.goto(`${serveur.adresse}/signaler`);
  await page.locator(`a[href="/signaler/${circuit.code}"]`).click();
  await page.locator(`[name=categorie][value="${k.code}"]`).check();
  await envoyer(page, 'Continuer');
  if (circuit.urgence) {
    await page.locator('[name=danger][value=non]').check();
    await envoyer(page, 'Continuer');
  }
  await situer(page, circuit);
  expect(await axe(page)).toEqual([]);
  await envoyer(page, 'Continuer');
  await repondre(page, circuit, k);
  await envoyer(page, 'Continuer');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await envoyer(page, 'Envoyer');
  const code = await codeDit(page);
  await page.context().close();
  return code;
}
/** Whose organisation the circuit is made for. */
const declarant = (c: Circuit): string =>
  c.declarants.acteurs[0] ?? [...catalogue.acteurs.values()].find((a) => c.declarants.partenaires || c.declarants.types.includes(a.type))?.id ?? '';
async function saisir(circuit: Circuit, k: Categorie): Promise<string> {
  const page = await entrer(declarant(circuit));
  await page.goto(`${serveur.adresse}/signalements/saisir/${circuit.code}?categorie=${k.code}`);
  await situer(page, circuit);
  await repondre(page, circuit, k);
  // Sent by the page itself, which shows the answer where the form was.
  await page.getByRole('button', { name: estMuet(circuit) ? 'Enregistrer' : 'Enregistrer et transmettre', exact: true }).click();
  const code = await codeDit(page);
  await page.close();
  return code;
}
/** In the street, the network falls between the press and the answer: the server has it, nobody knows; it waits on the phone, and is done once when the network is back. */
async function surLeTerrain(circuit: Circuit, k: Categorie): Promise<string> {
  let page = await entrer('DPMP', 'operateur', true);
  const adresse = `${serveur.adresse}/signalements/saisir/${circuit.code}?categorie=${k.code}`;
  await page.goto(adresse);
  await page.waitForSelector('[data-terrain-file]', { state: 'attached' });
  await expect.poll(() => page.evaluate(async () => (await caches.match(location.href)) !== undefined)).toBe(true);
  const gardees = () => page.evaluate(() => Object.keys(localStorage).filter((x) => x.includes(':demande:')).length);
  // What is refused comes back in the form, as the server says it, and nothing of it waits.
  await page.locator('[name=canal][value=totem]').check();
  await envoyer(page, 'Enregistrer et transmettre');
  await page.waitForSelector('[data-terrain-file]', { state: 'attached' });
  expect([await page.locator('.govuk-error-summary').count(), await page.locator('[name=canal][value=totem]').isChecked(), await gardees()]).toEqual([
    1,
    true,
    0,
  ]);
  // Elsewhere than the report just made without account: nothing there may be the same.
  await situer(page, circuit, '7511802');
  const ou = await page.locator('[name=adresse]').inputValue();
  await repondre(page, circuit, k);
  let [avantLeReseau, recue] = [-1, 0];
  await page.route('**/signalements/saisir/**', async (r) => {
    if (r.request().method() !== 'POST') return r.continue();
    avantLeReseau = await gardees();
    recue = (await r.fetch()).status();
    await page.context().setOffline(true);
    await r.abort('internetdisconnected');
  });
  await page.getByRole('button', { name: 'Enregistrer et transmettre' }).click();
  await page.getByText('Une demande attend le réseau sur cet appareil').waitFor();
  expect([recue, avantLeReseau, await gardees(), await page.locator('[name=adresse]').inputValue(), await axe(page)]).toEqual([200, 1, 1, '', []]);
  // The phone closed the tab: the form opens again, still without network, with what waits.
  const contexte = page.context();
  await page.close();
  page = await contexte.newPage();
  await page.goto(adresse);
  await page.getByText('Une demande attend le réseau sur cet appareil').waitFor();
  expect(await page.locator('[name=_cle]').inputValue()).toMatch(/^[0-9a-f-]{36}$/);
  await contexte.setOffline(false);
  const envoyee = page.getByText('Envoyée :');
  await envoyee.waitFor();
  const code = codeDe((await envoyee.textContent()) ?? '');
  // Opened again, nothing is sent a second time.
  await page.reload();
  expect([await page.getByText('attend le réseau').count(), await gardees()]).toEqual([0, 0]);
  const { owner, contratId } = serveur.plateforme;
  const faites = await sql`select 1 from demandes where contrat_id = ${contratId} and circuit = ${circuit.code} and adresse = ${ou}`.execute(owner);
  expect([circuit.code, faites.rows.length]).toEqual([circuit.code, 1]);
  await page.close();
  return code;
}

/** The shortest way to an answer, by states that a service passes it to. */
function chemin(c: Circuit): CodeEtat[] {
  const file: CodeEtat[][] = [['recu']];
  for (const voie of file) {
    const ici = voie.at(-1) ?? 'recu';
    if (ici === 'fait' || ici === 'repondu') return voie.slice(1);
    for (const v of c.etats[ici]?.vers ?? [])
      if (!('parLeDeclarant' in ETATS[v]) && v !== 'transmis' && v !== 'hors-competence' && v !== 'refuse' && !voie.includes(v)) file.push([...voie, v]);
  }
  return [];
}
async function traiter(circuit: Circuit, code: string): Promise<CodeEtat> {
  const { owner, contratId } = serveur.plateforme;
  const suiveur = await getSuiveur(owner, contratId, code);
  const d = suiveur && (await getDemande(owner, contratId, suiveur.demandeId));
  if (!d) throw new Error(`${circuit.code} : aucune demande n’a le code « ${code} ».`);
  const page = await entrer(d.serviceId);
  // Found in the inbox of the service, by who opens it.
  await page.goto(`${serveur.adresse}/signalements/boite?circuit=${circuit.code}&territoire=tous`);
  await Promise.all([page.waitForURL(`**/signalements/demandes/${d.id}`), page.locator(`a[href="/signalements/demandes/${d.id}"]`).click()]);
  for (const vers of chemin(circuit)) {
    await page.locator(`[name=vers][value="${vers}"]`).check();
    if (vers === 'programme') {
      const dans = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      await page.fill('[name=jour]', dans).catch(() => page.fill('[name=jour]', dans.split('-').reverse().join('/')));
    }
    if (!estMuet(circuit) && (vers === 'fait' || vers === 'repondu')) await page.fill('[name=message]', 'Le service est intervenu ce matin.');
    const registre = page.locator('[name=enregistrer]');
    if ((await registre.count()) > 0) await registre.uncheck();
    await envoyer(page, 'Enregistrer');
    expect([circuit.code, vers, await page.locator('.govuk-error-summary').count()]).toEqual([circuit.code, vers, 0]);
  }
  if (circuit === CIRCUITS[0]) expect(await axe(page)).toEqual([]);
  await page.close();
  return chemin(circuit).at(-1) ?? 'recu';
}
async function confirmer(circuit: Circuit, code: string, etat: CodeEtat): Promise<void> {
  const page = await sansCompte(390);
  await page.goto(`${serveur.adresse}/suivi`);
  await page.fill('[name=code]', code.toLowerCase());
  await envoyer(page, 'Voir la demande');
  // Where no word enters, the state alone says it.
  const dit = estMuet(circuit) ? (circuit.etats[etat]?.libelle ?? '') : 'Le service est intervenu ce matin.';
  await page.getByText(dit).first().waitFor();
  // One page for all circuits: looked at once.
  if (circuit === CIRCUITS[0]) expect(await axe(page)).toEqual([]);
  if (etat === 'fait') {
    await page.locator('[name=acte][value=resolu]').check();
    await page.locator('[name=note][value="4"]').check();
    await envoyer(page, 'Envoyer ma réponse');
    await page.getByText('Merci : vous avez confirmé que c’est réglé.').waitFor();
  }
  await page.context().close();
}

describe('Chaque circuit, de qui le dit à qui le confirme', () => {
  test.each(CIRCUITS.map((c) => [c.code, c] as const))(
    '%s',
    async (_, circuit) => {
      const [k] = circuit.categories;
      if (!k) throw new Error(`${circuit.code} n’a pas de catégorie.`);
      const codes = [circuit.declarants.public ? await signaler(circuit, k) : await saisir(circuit, k)];
      if (circuit.canaux.includes('totem')) codes.push(await surLeTerrain(circuit, k));
      for (const code of codes) {
        expect([circuit.code, code]).toEqual([circuit.code, expect.stringMatching(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/)]);
        await confirmer(circuit, code, await traiter(circuit, code));
      }
    },
    120_000,
  );
});

test('les écrans du module tiennent, avec ce qui vient d’y être dit', async () => {
  const entree = await entrer('DPMP', 'coordination');
  const { page, axe: regarder } = await ouvrirPageRegardee(entree.context(), serveur.adresse);
  const ecrans = ['boite?territoire=tous&service=tous&etat=closes', 'boite?territoire=tous&service=tous&vue=carte', 'points-chauds', 'points-chauds/moyens'];
  for (const e of [...ecrans, 'points-chauds/fiche', 'recurrences', 'operations', 'saisir']) {
    await page.goto(`${serveur.adresse}/signalements/${e}`);
    // Loaded once, looked at twice.
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect([e, width, await regarder()]).toEqual([e, width, []]);
      expect([e, width, await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)]).toEqual([e, width, true]);
    }
  }
  await page.close();
  await entree.close();
});

test('un plan se touche du doigt et remplit le point ; il ne se charge que demandé, et le clavier s’en passe', async () => {
  const { owner, contratId } = serveur.plateforme;
  const quartiers = catalogue.descendants('mairie-18').filter((id) => catalogue.enfants(id).length === 0);
  const boite = (o: number, s: number, e: number, n: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [o, s],
        [e, s],
        [e, n],
        [o, n],
        [o, s],
      ],
    ],
  });
  const lieux = [
    ['mairie-18', boite(2.32, 48.88, 2.36, 48.9)] as const,
    ['mairie-19', boite(2.36, 48.88, 2.4, 48.9)] as const,
    ...quartiers.map((id, i) => [id, boite(2.32 + i / 100, 48.88, 2.33 + i / 100, 48.9)] as const),
  ];
  for (const [id, contour] of lieux)
    await sql`insert into contours (contrat_id, territoire_id, version, geometrie, source) values (${contratId}, ${id}, 1, ${JSON.stringify(contour)}::jsonb, 'Essai')`.execute(
      owner,
    );
  const page = await sansCompte(320);
  const demandes: string[] = [];
  page.on('request', (r) => demandes.push(new URL(r.url()).pathname));
  /** The page and all that it loads, style sheet, scripts and fonts, as they travel: what a first visit that begins there costs. */
  const poids = async (visite: Page): Promise<[mesure: number, dit: string]> => {
    await visite.evaluate(() => document.fonts.ready.then(() => true));
    const pieces = await visite.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((e): [string, number] => [
        e.name.split('/').at(-1) ?? '',
        (e as PerformanceResourceTiming).encodedBodySize,
      ]),
    );
    return [pieces.reduce((somme, [, octets]) => somme + octets, 0), pieces.map(([nom, octets]) => `${nom} ${octets}`).join(', ')];
  };
  const legere = async (max = 100_000, visite = page) => {
    const [octets, dit] = await poids(visite);
    // A font that was not counted would make the measure say nothing.
    expect([octets < max, dit]).toEqual([true, expect.stringMatching(/\.woff2 [1-9].*\.css [1-9]|\.css [1-9].*\.woff2 [1-9]/)]);
  };
  await page.goto(`${serveur.adresse}/signaler/tranquillite-publique`);
  await legere();
  await page.locator('[name=categorie][value=bruit]').check();
  await envoyer(page, 'Continuer');
  await page.locator('[name=danger][value=non]').check();
  await envoyer(page, 'Continuer');
  await legere();
  // Its letters are in another cut of the font (decision 41): a visit of its own, the browser would fetch that cut again for the next page.
  const turque = await sansCompte(320);
  await turque.goto(`${serveur.adresse}/signaler/tranquillite-publique?langue=tr`);
  await legere(105_000, turque);
  expect(demandes.filter((d) => d.includes('contours'))).toEqual([]);
  await page.getByRole('button', { name: 'Montrer sur un plan' }).click();
  const milieu = async (id: string) => {
    await page.locator(`[data-lieu="${id}"]`).scrollIntoViewIfNeeded();
    await page.locator(`[data-lieu="${id}"]`).click();
  };
  await milieu('mairie-18');
  await milieu(quartiers[1] ?? '');
  expect(await page.locator('[name=point]').inputValue()).toMatch(/^48\.89\d* 2\.33[45]\d*$/);
  expect([await page.locator('.c-plan-touche__ici').count(), await axe(page)]).toEqual([1, []]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  // No place is chosen: the point says it.
  await envoyer(page, 'Continuer');
  await page.locator('[name="q.source"][value=rue]').check();
  await envoyer(page, 'Continuer');
  await page
    .getByText(catalogue.territoires.get(quartiers[1] ?? '')?.nom ?? '?')
    .first()
    .waitFor();
  await page.context().close();
}, 120_000);
