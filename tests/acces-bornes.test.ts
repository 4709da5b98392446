import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ROLES, ROLES_METIER, type Role } from '../src/core/authorize.ts';
import type { Route } from '../src/core/http/http.ts';
import { sources } from './depot/sources.ts';
import { empreintes } from './support/relations.ts';
import { type AppDeTest, ouvrirApp, type Qui, routesDEssai } from './support/app.ts';
import { adresseDe, cleDe, corpsDe, filtresVers, REFUS_DANS_LE_FORMULAIRE, SANS_OBJET, SUR_SOI } from './support/exemples.ts';
import { creerMonde, type Monde, RESERVE } from './support/monde.ts';

/** Every route there is, in each test: a busy machine takes its time. */
vi.setConfig({ testTimeout: 180_000 });

let app: AppDeTest;
let routes: Route[];
let monde: Monde;
let avant: string[];
const temoins = new Map<string, string>();
beforeAll(async () => {
  app = await ouvrirApp();
  routes = await routesDEssai(false);
  monde = await creerMonde(app);
  for (const role of [...ROLES_METIER, 'administrateur'] as Role[])
    for (const borne of BORNES) temoins.set(`${role} ${borne}`, await app.temoin({ ...QUI[borne], comme: role }));
  avant = await empreinte();
});
afterAll(() => app.close());

type Borne = 'territoire' | 'fiche' | 'registre' | 'organisation';
/** Nobody of the Préfecture, nobody of the 12e, nobody of fiche 2.1. */
const QUI: Readonly<Record<Borne, Qui>> = {
  territoire: { organisation: 'DPMP', territoire: 'mairie-18' },
  fiche: { organisation: 'DPMP', fiche: '1.6' },
  registre: { organisation: 'DPMP', registre: 'formations' },
  organisation: { organisation: 'DPMP' },
};
const BORNES = Object.keys(QUI) as Borne[];
/** What a role may do for every organisation when nothing limits its mandate: not an object of someone else. */
const SANS_LIMITE: Partial<Record<Role, RegExp>> = {
  coordonnateur: /./,
  coordination: /./,
  administrateur: /./,
  pilote: /^\/(chiffres|fiches|decisions\/cibles|api\/v1\/contributions)/,
  // An alert is conducted by the control room, and read and added to by who presides a place.
  operateur: /^\/(signalements\/imports|alertes)/,
  signataire: /^\/alertes\//,
  elu: /^\/alertes\//,
  teleconseiller: /^\/signalements\/imports/,
  dpo: /^\/(dpo|journal|comptes|ma-journee)/,
};
/** Pages of one object that is reserved. */
const OBJET = /^\/(instances|seances|decisions|comptes|travaux|dpo\/demandes)\/:|\/imports\/:lot/;
/** Roles that a mandate without limit lets read what is reserved. */
const LECTEURS_DE_RESERVE: readonly Role[] = ['coordonnateur', 'coordination', 'dpo', 'administrateur'];
/**
 * A door closed to a role is closed whatever limits the mandate (authorize.rules.test), and acces.test knocks at each without any limit:
 * the role to which most are closed knocks at all of them again, the others at those that are theirs.
 */
const frappe = (role: Role, r: Route): boolean => role === 'administrateur' || r.acces.genre !== 'roles' || r.acces.roles.includes(role);
const aEssayer = (role: Role, borne: Borne, r: Route): boolean =>
  (borne === 'territoire' ? frappe(role, r) : r.acces.genre !== 'roles' || r.acces.roles.includes(role)) &&
  (borne !== 'organisation' || !SANS_LIMITE[role]?.test(r.chemin));

let n = 0;
const appeler = (r: Route, url: string, cookie: string, corps: Record<string, unknown> = {}) =>
  app.serveur.inject({
    method: r.methode,
    url,
    headers: { cookie, ...(r.methode === 'POST' ? { 'content-type': r.options.api ? 'application/json' : 'application/x-www-form-urlencoded' } : {}) },
    ...(r.methode === 'POST' ? { payload: r.options.api ? JSON.stringify(corps) : new URLSearchParams(corps as Record<string, string>).toString() } : {}),
    remoteAddress: `10.${++n % 200}.${Math.floor(n / 200) % 200}.${Math.floor(n / 40_000)}`,
  });
/** The same calls as one after the other, several in flight. */
async function deFront<T>(choses: readonly T[], faire: (t: T) => Promise<void>, nombre = 4): Promise<void> {
  const reste = [...choses];
  await Promise.all(
    Array.from({ length: nombre }, async () => {
      for (let t = reste.shift(); t !== undefined; t = reste.shift()) await faire(t);
    }),
  );
}
const empreinte = () => empreintes(app.base.owner, ['contrat_objets']);
const fermees = (methode: 'GET' | 'POST') => routes.filter((r) => r.methode === methode && r.acces.genre !== 'public');
const ecritures = () => fermees('POST').filter((r) => !(cleDe(r) in SUR_SOI));

test('chaque route qui n’est pas publique a son objet d’essai, et chaque nom de filtre est connu', () => {
  const sansExemple = [...fermees('GET'), ...ecritures()].filter((r) => adresseDe(r, monde, monde.ouvert) === null);
  expect(sansExemple.map(cleDe)).toEqual([]);
  expect(Object.keys(SUR_SOI).filter((c) => !routes.some((r) => cleDe(r) === c))).toEqual([]);
  const noms = new Set(
    sources
      .filter((f) => /\.routes\.tsx?$|\.pages\.tsx$|\.contexte\.tsx?$|lettre\.ts$|filtres/.test(f))
      .flatMap((f) => [...readFileSync(f, 'utf8').matchAll(/\brequete\.(\w+)|\bq\('(\w+)'\)/g)].map((m) => m[1] ?? m[2] ?? '')),
  );
  expect(noms.size).toBeGreaterThan(30);
  const connus = new Set([...SANS_OBJET, ...Object.keys(filtresVers(monde))]);
  expect([...noms].filter((nom) => !connus.has(nom))).toEqual([]);
});

describe.each([...ROLES_METIER, 'administrateur'] as Role[])('%s, borné à autre chose', (role) => {
  const cookies = {
    get: (borne: Borne) => temoins.get(`${role} ${borne}`),
  };
  const essais = (liste: readonly Route[]) => BORNES.flatMap((borne) => liste.filter((r) => aEssayer(role, borne, r)).map((r) => ({ borne, r })));

  /**
   * Which limit closes which right to which role is said by the matrix (docs/droits.md, hostile.test), from the very functions that routes call.
   * That each route calls them is asked of every role by two of the four limits, in turn: of every limit, by half of the roles.
   */
  const tour = (r: Route, borne: Borne): boolean =>
    role === 'administrateur' || (BORNES.indexOf(borne) + routes.indexOf(r) + ROLES_METIER.indexOf(role)) % BORNES.length < 2;

  test('ne change rien de ce qui est d’une autre mairie, d’une autre organisation, d’une autre fiche, d’un autre registre', async () => {
    const passes: unknown[] = [];
    const ecrites = essais(ecritures()).filter(({ borne, r }) => tour(r, borne));
    await deFront(ecrites, async ({ borne, r }) => {
      const reponse = await appeler(
        r,
        adresseDe(r, monde, r.chemin === '/seances/:id/ici' ? monde.reserve : monde.ouvert) ?? '',
        cookies.get(borne) ?? '',
        corpsDe(r, monde),
      );
      const dit = REFUS_DANS_LE_FORMULAIRE[cleDe(r)];
      const refuse = [401, 403, 404].includes(reponse.statusCode) || (dit !== undefined && reponse.statusCode === 422 && reponse.body.includes(dit));
      if (!refuse || reponse.body.includes(RESERVE)) passes.push([cleDe(r), borne, reponse.statusCode]);
    });
    expect(passes.map((x) => JSON.stringify(x))).toEqual([]);
    expect(await empreinte()).toEqual(avant);
  });

  test('ne lit rien de réservé, ni par une page, ni par un filtre, ni par un export', async () => {
    const filtres = new URLSearchParams(filtresVers(monde)).toString();
    // Public pages of what may be reserved; the others show the same to everybody.
    const lus = routes.filter(
      (r) =>
        r.methode === 'GET' &&
        (r.acces.genre !== 'public' ? !/^\/(confirmer|mon-compte)/.test(r.chemin) : /^\/(instances|calendrier|releves|registres)/.test(r.chemin)),
    );
    const fuites: unknown[] = [];
    // What partners share is drawn for every role, by one of the four where limits say nothing of what is read.
    const tousLesQuatre = LECTEURS_DE_RESERVE.includes(role);
    const lectures = essais(lus).filter(({ borne, r }) => tousLesQuatre || borne === 'territoire' || OBJET.test(r.chemin));
    await deFront(lectures, async ({ borne, r }) => {
      const url = adresseDe(r, monde, monde.reserve);
      if (url === null) return;
      const suite = r.chemin.includes(':') || r.chemin === '/ma-journee' ? '' : `?${filtres}`;
      const reponse = await appeler(r, `${url}${suite}`, cookies.get(borne) ?? '');
      const objet = OBJET.test(r.chemin);
      const ferme = [401, 403, 404].includes(reponse.statusCode) || (reponse.statusCode === 303 && r.acces.genre === 'public');
      if ((objet && !ferme) || reponse.statusCode >= 500 || reponse.body.includes(RESERVE)) fuites.push([cleDe(r), borne, reponse.statusCode]);
    });
    expect(fuites.map((x) => JSON.stringify(x))).toEqual([]);
  });

  test('par un mandat limité à un registre, n’ouvre aucune autre page de travail', async () => {
    const permises = /^\/(ma-journee|mon-compte|confirmer|calendrier\/abonnement|comptes\/propositions)|^\/registres$/;
    const ouvertes: unknown[] = [];
    await deFront(
      fermees('GET').filter((r) => !permises.test(r.chemin) && frappe(role, r)),
      async (r) => {
        const reponse = await appeler(r, adresseDe(r, monde, monde.ouvert) ?? '', cookies.get('registre') ?? '');
        if (![403, 404].includes(reponse.statusCode)) ouvertes.push([cleDe(r), reponse.statusCode]);
      },
    );
    expect(ouvertes).toEqual([]);
  });
});

/**
 * Objects that the coordination must reach, so that a refusal is one of right: fresh, with the person presiding. Last: lists are short for who
 * reads them before, and what is reserved is on their first page.
 */
test('les mêmes actes ne sont pas refusés à qui en a le droit', async () => {
  const cookies: Record<string, string> = {};
  for (const role of ['coordination', 'dpo', 'administrateur'] as const) cookies[role] = await app.temoin({ comme: role, organisation: 'VILLE' });
  // The sentences of a fiche are validated by its pilot alone.
  cookies.pilote = await app.temoin({ comme: 'pilote', organisation: app.catalogue.fiches.get(monde.fiche)?.pilotes[0] ?? '' });
  const { rows } = await sql<{
    courriel: string;
  }>`select c.courriel from comptes c join mandats m on m.compte_id = c.id where m.role = 'coordination' order by c.cree_le desc limit 1`.execute(
    app.base.owner,
  );
  const refuses: unknown[] = [];
  // One's own feeds and tokens; minutes that nobody has published; a part reserved before a session that was held (partie.test);
  // what asks for four eyes (composition.rules.test).
  const PERSONNELS = [
    // Who was told answers (alertes.test).
    '/alertes/:alerte/repondre',
    // A notice that exists (crises.test).
    '/crises/avis/:avis/transmis',
    '/calendrier/abonnement/:flux/revoquer',
    '/mon-compte/jetons/:id/revoquer',
    '/seances/:id/depublier',
    // Said by the organisation that asked (demandes.test).
    '/signalements/demandes/:demandeId/dire',
    // A version to put back, and a pair to decide, are made by other writes (annuaire.test).
    '/annuaire/structures/:structure/retablir',
    // Made by other writes, and tried with bounded people there (alertes/veille.test).
    '/alertes/tensions/:tensionId/retirer',
    '/alertes/propositions/:propositionDAlerte',
    '/alertes/relais/:relaisId/retirer',
    // Of a kind of body that residents write to (instances.test).
    ...['accepter', 'ecarter', 'repondre', 'retirer'].map((a) => `/instances/:id/contributions/:contributionDHabitant/${a}`),
    // Said by who is on the list (scenarios.test).
    '/documents-diffuses/:documentDiffuse/lire',
    '/alertes/relais/:relaisId/confirmer',
    // A note that exists (crises/fil.test).
    '/crises/notes/:noteDeMairie',
    '/alertes/consignes/:consigneDiffusee/accuser',
    '/alertes/consignes/:consigneDiffusee/lever',
    // Said by the institution concerned, and by nobody in its place (contre-valeurs.test, completude.test, promesses.test).
    '/signalements/compteurs/:periodeId',
    '/chiffres/recits/:bilan/signer',
    // Said by the debtor alone (contributions.test).
    '/chiffres/:mesure/confirmer',
    // Taken back by the organisation that contested (paroles.test).
    '/chiffres/:mesure/contester/retirer',
    '/chiffres/:mesure/contre-valeurs',
    '/chiffres/:mesure/contre-valeurs/:contre/retirer',
    '/collecte/retards/:dette',
    '/collecte/retards/:dette/retirer',
    // Of one’s own line, or of who stands in (presences.test).
    '/seances/:id/presences/contester',
    '/seances/:id/reserver',
    ...['confirmer', 'refuser', 'retirer'].map((a) => `/comptes/propositions/:id/${a}`),
  ];
  // What is done in a cell is for who sits there, after signing and opening it (cellules.test).
  // What is done in a room is for who is named in one that exists (crises.test, conduite.test).
  const ailleurs = (chemin: string) => chemin.startsWith('/cellules/:cellule') || chemin.startsWith('/crises/:crise/');
  const neuf = () => creerMonde(app, rows[0]?.courriel);
  let m = await neuf();
  let intact = true;
  for (const r of ecritures().filter((x) => !PERSONNELS.includes(x.chemin) && !ailleurs(x.chemin))) {
    const role = r.chemin.startsWith('/dpo') ? 'dpo' : r.chemin.startsWith('/fiches') ? 'pilote' : 'coordination';
    const faire = async () => (await appeler(r, adresseDe(r, m, m.ouvert) ?? '', cookies[role] ?? '', corpsDe(r, m))).statusCode;
    let statut = await faire();
    // Not done in a world where others acted before: told by one where nobody did.
    if (statut >= 400 && !intact) {
      m = await neuf();
      intact = true;
      statut = await faire();
    }
    // What answers with a fault changed nothing.
    if (statut < 400) intact = false;
    if ([401, 403, 404].includes(statut) || statut >= 500) refuses.push([cleDe(r), statut]);
  }
  expect(refuses.map((x) => JSON.stringify(x))).toEqual([]);
});

test('les rôles essayés sont tous ceux de l’application', () => expect(Object.keys(ROLES)).toHaveLength(ROLES_METIER.length + 1));
