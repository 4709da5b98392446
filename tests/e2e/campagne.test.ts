/**
 * A year's campaign from its opening to its rectificatif, in a browser and over real mail: letters leave by a real SMTP server, a workbook
 * comes back by Concorde's own. Four producers, four ways: page, workbook deposited, workbook mailed, interface.
 */
import exceljs from 'exceljs';
import type { ParsedMail } from 'mailparser';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../src/core/authorize.ts';
import { COOKIE_SESSION } from '../../src/core/http/cookies.ts';
import { createCompte, createSession } from '../../src/modules/comptes/sessions.queries.ts';
import { verifierEcheances } from '../../src/modules/echeances/accorder.ts';
import { verifierChiffres } from '../../src/modules/indicateurs/index.ts';
import { type Boite, ouvrirBoite } from '../support/boite.ts';
import { axe, capture, ouvrirNavigateur } from '../support/browser.ts';
import { aLHeureDeParis } from '../support/fuseau.ts';
import { lireFormulaire } from '../support/formulaire.ts';
import { ouvrirMesure } from '../support/mesure.ts';
import { ouvrirServeur, portLibre, type ServeurDeTest } from '../support/serveur.ts';

interface Personne {
  role: Role;
  organisation: string;
  fiches?: readonly string[];
}
/** Ten figures of one institution: what five of its fiches ask for a year. */
const PARQUET = 'parquet@exemple.fr';
const PREFECTURE = 'prefecture@exemple.fr';
const CELLULE = 'cellule@exemple.fr';
const RECTORAT = 'rectorat@exemple.fr';
const QUI: Readonly<Record<string, Personne>> = {
  [PARQUET]: { role: 'producteur', organisation: 'PARQUET', fiches: ['1.5', '2.3', '2.5', '2.6', '3.12'] },
  [PREFECTURE]: { role: 'producteur', organisation: 'PP', fiches: ['1.8'] },
  [CELLULE]: { role: 'producteur', organisation: 'CELABS' },
  [RECTORAT]: { role: 'producteur', organisation: 'RECTORAT', fiches: ['1.2'] },
  'pilote@exemple.fr': { role: 'pilote', organisation: 'DPMP', fiches: ['1.8'] },
  'coordination@exemple.fr': { role: 'coordination', organisation: 'DPMP' },
  'centrale@exemple.fr': { role: 'coordination', organisation: 'VILLE' },
};
const DIX = ['1.5-01', '1.5-02', '2.3-01b', '2.3-01c', '2.5-01b', '2.5-02', '2.6-08', '2.6-09', '3.12-04a', '3.12-04b'];
const DOMAINE = 'reponses.exemple.fr';

let serveur: ServeurDeTest;
let navigateur: Browser;
let boite: Boite;
let portEntrant = 0;
const comptes = new Map<string, string>();
beforeAll(async () => {
  boite = await ouvrirBoite();
  portEntrant = await portLibre();
  serveur = await ouvrirServeur({
    vide: true,
    reglages: {
      SMTP_URL: boite.url,
      COURRIER_ENTRANT_PORT: String(portEntrant),
      COURRIER_ENTRANT_DOMAINE: DOMAINE,
    },
  });
  navigateur = await ouvrirNavigateur();
  const { owner, contratId } = serveur.plateforme;
  for (const [courriel, p] of Object.entries(QUI)) {
    const id = await createCompte(owner, contratId, {
      ...{ courriel, nom: `Personne ${courriel.split('@')[0]}`, fonction: 'Essai', organisationId: p.organisation, motDePasse: null },
      ...{ demonstration: false, ordre: 0, accordePar: 'essai', debut: '2020-01-01' },
      mandats: (p.fiches ?? [null]).map((fiche) => ({ role: p.role, territoireId: null, fiche })),
    });
    comptes.set(courriel, id ?? '');
  }
});
afterAll(async () => {
  await navigateur?.close();
  await serveur?.close();
  await boite?.close();
});

const propre = (s: string | null | undefined) => (s ?? '').replace(/[\u00a0\u202f]/g, ' ');
const session = async (courriel: string): Promise<string> =>
  createSession(
    serveur.plateforme.owner,
    serveur.plateforme.contratId,
    { compteId: comptes.get(courriel) ?? '', moyen: 'totp', forte: true, adresse: null, agent: null },
    new Date(),
  );
const contextes = new Map<string, BrowserContext>();
/** In the browser, as this person; '' is anyone. */
async function page(courriel: string): Promise<Page> {
  const ouvert = contextes.get(courriel);
  const contexte = ouvert ?? (await navigateur.newContext({ locale: 'fr-FR' }));
  contextes.set(courriel, contexte);
  if (!ouvert && courriel !== '') await contexte.addCookies([{ name: COOKIE_SESSION, value: await session(courriel), url: serveur.adresse }]);
  return contexte.newPage();
}
/** The same form without a browser: read, changed, sent. */
async function envoyer(courriel: string, formulaire: string, action: string, champs: Record<string, string> = {}): Promise<void> {
  const entetes = { cookie: `${COOKIE_SESSION}=${await session(courriel)}`, origin: serveur.adresse };
  const html = await (await fetch(serveur.adresse + formulaire, { headers: entetes })).text();
  const corps = new URLSearchParams();
  for (const [nom, valeurs] of Object.entries(lireFormulaire(html, action))) for (const v of champs[nom] === undefined ? valeurs : []) corps.append(nom, v);
  for (const [nom, v] of Object.entries(champs)) corps.append(nom, v);
  const r = await fetch(serveur.adresse + action, { method: 'POST', headers: entetes, body: corps, redirect: 'manual' });
  expect([formulaire, r.status]).toEqual([formulaire, 303]);
}
const lienDe = (m: ParsedMail): string => /http:\/\/\S+\/collecte\/repondre\/\S+/.exec(m.text ?? '')?.[0] ?? '';
const campagneOuverte = (m: ParsedMail): boolean => (m.subject ?? '').startsWith('Bilan 2025');
/** The workbook of that link, filled: `ecrire` gives the answer to each line, by its key. */
async function classeurDe(lien: string, ecrire: (cle: string) => number | null): Promise<Buffer> {
  const livre = new exceljs.Workbook();
  await livre.xlsx.load(await (await fetch(`${lien}/classeur.xlsx`)).arrayBuffer());
  livre.getWorksheet('À remplir')?.eachRow((r) => {
    const valeur = ecrire(String(r.getCell(1).value ?? ''));
    if (valeur !== null) r.getCell(8).value = valeur;
  });
  return Buffer.from(await livre.xlsx.writeBuffer());
}
const publique = async (mesure: string): Promise<string> => {
  const p = await page('');
  await p.goto(`${serveur.adresse}/chiffres/${mesure}?periode=2025`);
  const dit = propre(await p.locator('.c-preuve__chiffre').textContent());
  await p.close();
  return dit;
};

/** Card, Moran and Newell: a key of an average typist, a decision, and reading one figure off one's own papers (s). */
const MODELE = { touche: 0.28, decision: 1.35, lire: 3 };

test('une année de collecte : ouverte, répondue par quatre voies, contrôlée, contestée, signée, figée, publiée, rectifiée', async () => {
  // A year before, to compare with.
  await envoyer(PREFECTURE, '/chiffres/1.8-01/saisir?periode=2024', '/chiffres/1.8-01/saisir', { valeur: '20', source: 'Secrétariat de la cellule' });

  // --- The coordination opens it, and sees it live.
  const centrale = await page('coordination@exemple.fr');
  await centrale.goto(`${serveur.adresse}/collecte/campagnes/nouvelle`);
  await centrale.selectOption('[name=annee]', '2025');
  await centrale.getByRole('button', { name: 'Voir la liste' }).click();
  await centrale.waitForURL('**annee=2025**');
  await centrale.fill('[name=titre]', 'Bilan 2025');
  await centrale.getByRole('button', { name: /^Ouvrir et écrire à 4 personnes/ }).click();
  await centrale.waitForURL('**fait=ouverte');
  const campagne = new URL(centrale.url()).pathname;
  const arrives = async (): Promise<number> => {
    await centrale.goto(serveur.adresse + campagne);
    return Number(/(\d+) sur \d+ arrivés/.exec(propre(await centrale.locator('main').textContent()).replace(/(\d) (\d)/g, '$1$2'))?.[1]);
  };
  expect(await arrives()).toBe(0);
  const lettres = new Map<string, ParsedMail>();
  for (const courriel of [PARQUET, PREFECTURE, CELLULE, RECTORAT]) lettres.set(courriel, await boite.lettreA(courriel, campagneOuverte));
  expect(boite.recus.filter(campagneOuverte)).toHaveLength(4);
  expect(propre(lettres.get(PARQUET)?.subject)).toContain('10 chiffres');

  // --- A: the link of the letter, ten figures, the keyboard alone.
  await dixChiffresAuClavier(lienDe(lettres.get(PARQUET) as ParsedMail));
  expect(await arrives()).toBe(10);

  // --- B: the workbook, deposited; one figure surprises, and is justified.
  const lienB = lienDe(lettres.get(PREFECTURE) as ParsedMail);
  const prefecture = await page('');
  await prefecture.goto(lienB);
  const valeursB: Readonly<Record<string, number>> = { '1.8-01': 900, '1.8-02': 60, '1.8-03': 12, '1.8-05': 3 };
  await prefecture.getByText('Remplir un classeur Excel').click();
  await prefecture.setInputFiles('[name=classeur]', {
    name: 'retour.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await classeurDe(lienB, (cle) => valeursB[cle.split('|')[0] ?? ''] ?? null),
  });
  await prefecture.locator('form[action$="/classeur"] button').click();
  await prefecture.waitForURL('**enregistre=oui');
  for (const m of Object.keys(valeursB)) await prefecture.fill(`[name="s.${m}"]`, 'Secrétariat de la cellule');
  await prefecture.getByRole('button', { name: 'Envoyer', exact: true }).click();
  const explication = prefecture.locator('main input[name^="x"]');
  await explication.waitFor();
  expect(propre(await prefecture.locator('.govuk-error-summary').textContent())).toMatch(/900 est .*20/);
  expect(await axe(prefecture)).toEqual([]);
  await explication.fill('La cellule examine depuis janvier tous les signalements, et non les seuls retenus.');
  await prefecture.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await prefecture.waitForURL('**faites=4**');
  expect(await arrives()).toBe(14);

  // --- C: the workbook, in answer to the letter.
  const lettreC = lettres.get(CELLULE) as ParsedMail;
  const adresse = lettreC.replyTo?.value[0]?.address ?? '';
  expect(adresse).toMatch(new RegExp(`^collecte\\+[0-9a-f]{52}@${DOMAINE}$`));
  const transport = createTransport({ host: '127.0.0.1', port: portEntrant, ignoreTLS: true });
  await transport.sendMail({
    ...{ from: CELLULE, to: adresse, subject: `Re: ${lettreC.subject}`, text: 'Voici.', inReplyTo: lettreC.messageId },
    attachments: [
      {
        filename: 'classeur.xlsx',
        content: await classeurDe(lienDe(lettreC), (cle) => (/^1\.2-0/.test(cle) && !cle.endsWith('|') ? 7 : /^1\.2-02/.test(cle) ? 9 : null)),
      },
    ],
  });
  transport.close();
  const accuse = await boite.lettreA(CELLULE, (m) => /enregistrée/.test(m.text ?? ''));
  expect(propre(accuse.text)).toContain('10 réponses enregistrées');
  expect(await arrives()).toBe(18);

  // --- D: a program, with a token of its own.
  const rectorat = await page(RECTORAT);
  await rectorat.goto(`${serveur.adresse}/mon-compte`);
  await rectorat.fill('form[action="/mon-compte/jetons"] [name=nom]', 'Logiciel de l’académie');
  await rectorat.check('form[action="/mon-compte/jetons"] [name=portees][value=contribuer]');
  await rectorat.locator('form[action="/mon-compte/jetons"] button').click();
  const jeton = /cc_[\w-]{43}/.exec((await rectorat.locator('main').textContent()) ?? '')?.[0] ?? '';
  const contributions = [
    { mesure: '1.2-03', valeur: 310 },
    { mesure: '1.2-04a', valeur: 84 },
  ].map((x) => ({ ...x, periode: '2025', source: 'Logiciel de l’académie' }));
  const api = await fetch(`${serveur.adresse}/api/v1/contributions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${jeton}`, 'content-type': 'application/json' },
    body: JSON.stringify({ contributions }),
  });
  expect([api.status, ((await api.json()) as { contributions?: unknown[] }).contributions?.length]).toEqual([201, 2]);
  expect(await arrives()).toBe(20);
  await capture(centrale, 'campagne-suivie');
  expect(await axe(centrale)).toEqual([]);

  // --- Contested, corrected by who gave it, settled.
  await centrale.goto(`${serveur.adresse}/chiffres/1.2-03?periode=2025`);
  await centrale.getByText('Contester une contribution').click();
  const contester = centrale.locator('form[action$="/contester"]');
  await contester.locator('[name=valeur]').first().check();
  await contester.locator('[name=motif]').fill('Les élèves de l’enseignement privé n’y sont pas');
  await contester.getByRole('button', { name: 'Contester' }).click();
  await centrale.waitForURL('**#contributions');
  expect(propre(await centrale.locator('#contributions').textContent())).toMatch(/contesté par [^,]+, à valider/);
  await rectorat.goto(`${serveur.adresse}/echeances?qui=moi&genre=contestation`);
  expect(await rectorat.locator('main a[href^="/chiffres/1.2-03"]').count()).toBeGreaterThan(0);
  await rectorat.goto(`${serveur.adresse}/chiffres/1.2-03/saisir?periode=2025`);
  await rectorat.fill('[name=valeur]', '342');
  await rectorat.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await rectorat.waitForURL('**/chiffres/1.2-03?*');

  // --- Signed: the pilot what is of the fiche, the coordination the rest; nobody their own.
  const pilote = await page('pilote@exemple.fr');
  await pilote.goto(`${serveur.adresse}/chiffres/1.8-01?periode=2025`);
  expect(propre(await pilote.locator('#contributions').textContent())).toContain('tous les signalements, et non les seuls retenus');
  await pilote.locator('form[action$="/valider"] [name=valeur]').first().check();
  await pilote.getByRole('button', { name: 'Valider', exact: true }).click();
  await pilote.waitForURL('**#contributions');
  const { rows: attendent } = await sql<{ mesureId: string }>`
    select distinct mesure_id as "mesureId" from valeurs where courante and valide_le is null and periode = '2025' order by 1`.execute(
    serveur.plateforme.owner,
  );
  expect(attendent).toHaveLength(DIX.length + 3 + 4 + 2);
  for (const { mesureId: m } of attendent) await envoyer('coordination@exemple.fr', `/chiffres/${m}?periode=2025`, `/chiffres/${m}/valider`, { tout: 'oui' });
  expect(await publique('1.2-03')).toBe('342 élèves');

  // --- Locked, which is what publishing is; then a rectificatif, in public.
  await centrale.goto(`${serveur.adresse}/chiffres/verrous`);
  await centrale.selectOption('[name=periode]', '2025');
  await centrale.fill('[name=motif]', 'Publication du bilan 2025');
  await centrale.getByRole('button', { name: 'Figer', exact: true }).click();
  await centrale.waitForURL(/verrous\/[0-9a-f-]{36}$/);
  const avant = await publique('1.8-01');
  expect(avant).toMatch(/^900 /);
  await rectorat.goto(`${serveur.adresse}/chiffres/1.2-03/saisir?periode=2025`);
  expect(propre(await rectorat.locator('main').textContent())).toContain('Plus rien n’y entre');
  await centrale.getByText('Ouvrir une exception datée').click();
  await centrale.selectOption('[name=mesure]', '1.8-01');
  await centrale.fill('[name=jusqu_au]', new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  await centrale.locator('#exception [name=motif]').fill('Erreur signalée par la préfecture');
  await centrale.getByRole('button', { name: 'Ouvrir l’exception' }).click();
  await centrale.getByRole('button', { name: /^Fermer/ }).waitFor();
  await envoyer(PREFECTURE, '/chiffres/1.8-01/saisir?periode=2025', '/chiffres/1.8-01/saisir', {
    valeur: '880',
    explication: 'La cellule examine depuis janvier tous les signalements.',
    rectifie: 'Vingt situations avaient été comptées deux fois',
  });
  expect(await publique('1.8-01')).toMatch(/^900 /);
  await envoyer('centrale@exemple.fr', '/chiffres/1.8-01?periode=2025', '/chiffres/1.8-01/valider', { tout: 'oui' });
  expect(await publique('1.8-01')).toMatch(/^880 /);
  const lecteur = await page('');
  await lecteur.goto(`${serveur.adresse}/rectificatifs`);
  expect(propre(await lecteur.locator('main').textContent())).toMatch(/900[\s\S]*880[\s\S]*Vingt situations avaient été comptées deux fois/);
  expect(await axe(lecteur)).toEqual([]);
  const flux = await (await fetch(`${serveur.adresse}/rectificatifs.xml`)).text();
  expect((flux.match(/<entry>/g) ?? []).length).toBe(1);
  expect(propre(flux)).toContain('Vingt situations avaient été comptées deux fois');

  // --- Nothing drifted on the way.
  const { owner, contratId } = serveur.plateforme;
  expect((await verifierChiffres(owner, contratId)).differences).toEqual([]);
  expect((await aLHeureDeParis(verifierEcheances)(owner, contratId, { maintenant: new Date() })).differences).toEqual([]);
});

/** One page, by the keyboard alone: from its opening to « Envoyé ». */
async function dixChiffresAuClavier(lien: string): Promise<void> {
  const p = await page('');
  let touches = 0;
  const chemins = new Set<string>();
  p.on('framenavigated', (f) => {
    if (f === p.mainFrame()) chemins.add(new URL(f.url()).pathname);
  });
  await p.goto(lien);
  const mesurer = ouvrirMesure();
  const presser = async (touche: string): Promise<void> => {
    touches++;
    await p.keyboard.press(touche);
  };
  const ecrire = async (mots: string): Promise<void> => {
    touches += mots.length;
    await p.keyboard.type(mots);
  };
  const surNom = (): Promise<string> => p.evaluate(() => document.activeElement?.getAttribute('name') ?? '');
  const aller = async (nom: string): Promise<void> => {
    for (let i = 0; i < 60 && (await surNom()) !== nom; i++) await presser('Tab');
    expect(await surNom()).toBe(nom);
  };
  const champs = await p
    .locator('main form[data-collecte] input')
    .evaluateAll((xs) => xs.map((x) => x.getAttribute('name') ?? '').filter((n) => /^[vs][.\d]/.test(n)));
  expect(champs).toHaveLength(2 * DIX.length);
  for (const [i, nom] of champs.entries()) {
    await aller(nom);
    await ecrire(nom.startsWith('v') ? String(20 + i) : 'Secrétariat du parquet');
  }
  await aller('acte');
  await presser('Enter');
  await p.waitForURL('**faites=10**');
  const machine = mesurer() / 1000;
  expect(propre(await p.locator('main').textContent())).toContain('10 chiffres sont arrivés. Vous avez tout donné, merci.');
  const { touche, decision, lire } = MODELE;
  const personne = touches * touche + champs.length * decision + DIX.length * lire;
  process.stdout.write(
    `dix chiffres : ${chemins.size} page, ${champs.length} champs, ${touches} touches, ${machine.toFixed(1)} s de processeur, ${Math.round(personne + machine)} s par une personne\n`,
  );
  expect(chemins.size).toBe(1);
  expect(touches).toBeLessThan(600);
  expect(personne + machine).toBeLessThan(300);
  await capture(p, 'campagne-dix-chiffres');
  await p.close();
}
