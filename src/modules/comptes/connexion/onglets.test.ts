/** Several sign-ins begun in one browser, one a tab: each ends well, or says why not. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, servicesDEssai } from '../../../../tests/support/app.ts';
import { MOT_DE_PASSE, Navigateur, poserTotp } from '../../../../tests/support/navigateur.ts';
import { hacher } from '../mot-de-passe.ts';
import { ouvrirFournisseur } from '../oidc/fournisseur-demo.ts';
import { ouvrirNavigateur } from '../oidc/fournisseur.fixtures.ts';
import { openOidc } from '../oidc/oidc.client.ts';

const RETOUR = 'http://127.0.0.1:3999/connexion/oidc/retour';
const CLIENT = { clientId: 'concorde', secret: 'secret-de-demonstration' };
const PERSONNE = { courriel: 'anne@ville.exemple.fr', prenom: 'Anne', nom: 'Morel', siret: '21750001600019', mfa: true };
let app: AppDeTest;
let fournisseur: Awaited<ReturnType<typeof ouvrirFournisseur>>;
beforeAll(async () => {
  fournisseur = await ouvrirFournisseur({ ...CLIENT, port: 0, retours: [RETOUR], apresDeconnexion: [], personnes: [PERSONNE] });
  const oidc = openOidc({ ...CLIENT, emetteur: fournisseur.emetteur, retour: RETOUR, apresDeconnexion: RETOUR, pkce: true, demanderAmr: true });
  app = await ouvrirApp({ services: { ...servicesDEssai(), oidc } });
});
afterAll(async () => {
  await app.close();
  await fournisseur.close();
});

async function creerCompte(courriel = `${randomUUID().slice(0, 8)}@onglets.exemple.fr`): Promise<string> {
  await sql`
    insert into comptes (contrat_id, courriel, nom, fonction, organisation_id, mot_de_passe)
    values (${app.contratId}, ${courriel}, 'Camille Essai', 'Chargée de mission', 'DPMP', ${await hacher(MOT_DE_PASSE)})`.execute(app.base.owner);
  return courriel;
}
const quiEst = async (nav: Navigateur) => /[\w.-]+@(?:onglets|ville)\.exemple\.fr/.exec((await nav.get('/mon-compte')).body)?.[0] ?? null;

describe('Deux connexions commencées dans deux onglets', () => {
  test('deux personnes, deux codes : chaque onglet attend le sien, dans l’ordre que l’on veut', async () => {
    const [une, autre] = [await creerCompte(), await creerCompte()];
    const codes: ((pas?: number) => string)[] = [];
    for (const courriel of [une, autre]) {
      const nav = new Navigateur(app);
      await nav.entrer(courriel);
      codes.push((await poserTotp(nav)).code);
    }
    const nav = new Navigateur(app);
    const premier = new URL(String((await nav.entrer(une)).headers.location), 'http://x').searchParams.get('etape') ?? '';
    const second = new URL(String((await nav.entrer(autre)).headers.location), 'http://x').searchParams.get('etape') ?? '';
    expect((await nav.get(`/connexion/second-facteur?etape=${premier}`)).body).toContain(`value="${premier}"`);
    expect((await nav.post('/connexion/second-facteur', { code: codes[1]?.() ?? '', etape: premier })).statusCode).toBe(422);
    expect((await nav.post('/connexion/second-facteur', { code: codes[0]?.() ?? '', etape: premier })).statusCode).toBe(303);
    expect(await quiEst(nav)).toBe(une);
    expect((await nav.post('/connexion/second-facteur', { code: codes[1]?.() ?? '', etape: second })).statusCode).toBe(303);
    expect(await quiEst(nav)).toBe(autre);
    // What has served is gone: signed in, one goes home; signed out, one reads why.
    expect((await nav.post('/connexion/second-facteur', { code: '000000', etape: premier })).headers.location).toBe('/ma-journee');
    const nouveau = new Navigateur(app);
    const perdu = await nouveau.get(`/connexion/second-facteur?etape=${premier}`);
    expect(perdu.headers.location).toBe('/connexion?fait=expiree');
    expect((await nouveau.get(String(perdu.headers.location))).body).toContain('Cette connexion a expiré');
  });

  test('deux départs vers le fournisseur d’identité reviennent tous deux ; l’adresse de retour, rouverte, mène chez soi', async () => {
    await creerCompte(PERSONNE.courriel);
    await sql`
      insert into organisations (contrat_id, acteur_id, siret) values (${app.contratId}, 'DPMP', ${PERSONNE.siret})
      on conflict (contrat_id, acteur_id) do update set siret = excluded.siret`.execute(app.base.owner);
    const nav = new Navigateur(app);
    const departs = [await nav.get('/connexion/oidc?retour=/registres'), await nav.get('/connexion/oidc?retour=/calendrier')];
    const retours: string[] = [];
    for (const d of departs) {
      const chez = ouvrirNavigateur();
      const choix = await chez.aller(String(d.headers.location));
      const { url } = await chez.aller(choix.url, { personne: '0' });
      retours.push(`${url.pathname}${url.search}`);
    }
    const [un = '', deux = ''] = retours;
    expect((await nav.get(un)).headers.location).toBe('/registres');
    expect((await nav.get(deux)).headers.location).toBe('/calendrier');
    expect(await quiEst(nav)).toBe(PERSONNE.courriel);
    expect((await nav.get(un)).headers.location).toBe('/ma-journee');
    const ailleurs = await new Navigateur(app).get(un);
    expect(ailleurs.headers.location).toBe('/connexion?fait=expiree');
  });

  test('une sixième connexion commencée oublie la première, sans toucher aux autres', async () => {
    const nav = new Navigateur(app);
    const etats: string[] = [];
    for (let i = 0; i < 6; i++) etats.push(new URL(String((await nav.get('/connexion/oidc')).headers.location)).searchParams.get('state') ?? '');
    const revient = async (etat: string) => (await nav.get(`/connexion/oidc/retour?state=${etat}&error=access_denied`)).statusCode;
    expect([await revient(etats[0] ?? ''), await revient(etats[1] ?? '')]).toEqual([303, 403]);
  });
});

describe('Ce que l’on tape pour entrer', () => {
  test('une adresse collée avec ses espaces ouvre le même compte', async () => {
    const courriel = await creerCompte();
    for (const colle of [` ${courriel.toUpperCase()} `, `\u00a0${courriel}\u200b`, `\ufeff${courriel}\t`])
      expect([colle, (await new Navigateur(app).entrer(colle)).statusCode]).toEqual([colle, 303]);
    expect((await new Navigateur(app).entrer(courriel.replace('@', ' @'))).statusCode).toBe(422);
  });

  test('un mot de passe accentué ouvre, qu’un clavier l’écrive composé ou décomposé, ou qu’il ait été gardé tel quel autrefois', async () => {
    const courriel = await creerCompte();
    const compose = 'Éphémère garrigue n° 7'.normalize('NFC');
    const garder = (empreinte: string) => sql`update comptes set mot_de_passe = ${empreinte} where courriel = ${courriel}`.execute(app.base.owner);
    await garder(await hacher(compose.normalize('NFD')));
    const ecrits = [compose, compose.normalize('NFD'), compose.replace('7', '７')];
    for (const ecrit of ecrits) expect([ecrit, (await new Navigateur(app).entrer(courriel, ecrit)).statusCode]).toEqual([ecrit, 303]);
    expect((await new Navigateur(app).entrer(courriel, 'Ephemere garrigue no 7')).statusCode).toBe(422);
    const { hash } = await import('@node-rs/argon2');
    await garder(await hash(compose.normalize('NFD')));
    expect((await new Navigateur(app).entrer(courriel, compose.normalize('NFD'))).statusCode).toBe(303);
  });
});
