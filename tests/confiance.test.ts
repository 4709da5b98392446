import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/core/base/database.ts';
import { openPagesGardees } from '../src/core/http/kept-pages.ts';
import { FRAICHEUR } from '../src/fraicheur.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { sansProtection, tablesDuContrat } from './support/relations.ts';
import { build } from '../scripts/run.mjs';

describe('La base elle-même sépare les contrats', () => {
  let app: AppDeTest;
  let autre: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
    autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
    await app.get('/ma-journee', { comme: 'coordination' });
  });
  afterAll(async () => {
    await autre.close();
    await app.close();
  });

  test('chaque table qui porte un contrat est protégée, dans tous les schémas', async () => {
    expect((await tablesDuContrat(app.base.owner)).length).toBeGreaterThan(15);
    expect(await sansProtection(app.base.owner)).toEqual([]);
  });

  test('une connexion d’un contrat ne lit ni n’écrit rien d’un autre, même sans clause', async () => {
    const compter = async (a: AppDeTest) => (await sql<{ n: number }>`select count(*)::int as n from contrat_objets`.execute(a.db)).rows[0]?.n;
    const tous = (await sql<{ n: number }>`select count(*)::int as n from contrat_objets`.execute(app.base.owner)).rows[0]?.n ?? 0;
    const [ici, la] = [(await compter(app)) ?? 0, (await compter(autre)) ?? 0];
    expect(ici).toBeGreaterThan(0);
    expect(la).toBeGreaterThan(0);
    expect(ici + la).toBe(tous);
    const ecrire = sql`insert into travaux (contrat_id, genre, libelle) values (${autre.contratId}, 'essai', 'Essai')`.execute(app.db);
    await expect(ecrire).rejects.toThrow(/row-level security/);
  });

  test('sans contrat annoncé, rien ne se lit', async () => {
    const nu = openDatabase(app.base.url, { max: 1 });
    await nu.connection().execute(async (c) => {
      await sql`set role concorde_application`.execute(c);
      await sql`reset concorde.contrat_id`.execute(c);
      expect((await sql<{ n: number }>`select count(*)::int as n from contrat_objets`.execute(c)).rows[0]?.n).toBe(0);
      expect((await sql<{ n: number }>`select count(*)::int as n from contrats`.execute(c)).rows[0]?.n).toBe(0);
    });
    await nu.destroy();
  });

  test('l’application ne corrige ni n’efface le journal d’audit, les versions et les listes', async () => {
    for (const requete of [
      sql`insert into audit (contrat_id, quand, action, objet) values (${app.contratId}, now(), 'essai', '/')`,
      sql`update audit set action = 'autre'`,
      sql`delete from audit`,
      sql`update activite_versions set motif = 'x'`,
      sql`delete from activite_versions`,
      sql`delete from activites`,
      sql`update listes_extensions set libelle = 'x'`,
    ])
      await expect(requete.execute(app.db)).rejects.toThrow(/permission denied/);
  });
});

describe('Comptes hors démonstration', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    await build(['src/cli.ts']);
    app = await ouvrirApp();
  });
  afterAll(() => app.close());
  const commande = (args: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, ['dist/src-cli.mjs', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', DATABASE_URL: app.base.url, CONCORDE_URL: 'http://concorde.exemple', ...env },
    });
  const connexion = (courriel: string, motDePasse: string, retour = '/registres', adresse = '10.1.1.1') =>
    app.serveur.inject({
      method: 'POST',
      url: '/connexion',
      remoteAddress: adresse,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ courriel, mot_de_passe: motDePasse, retour }).toString(),
    });

  test('une commande ne répond pas d’une base qu’elle vient de créer : sans base, elle le dit et ne crée rien', () => {
    const dossier = join(tmpdir(), `concorde-absent-${process.pid}`);
    for (const args of [['couverture'], ['bilan', '--annee', '2026', '--format', 'csv', '--sortie', 'bilan.csv'], ['verifier', 'chiffres']]) {
      const r = commande(args, { DATABASE_URL: '', CONCORDE_DATA: dossier });
      expect([args[0], r.status, r.stdout, r.stderr.includes(`Aucune base dans « ${dossier} »`)]).toEqual([args[0], 2, '', true]);
    }
    expect(existsSync(dossier)).toBe(false);
  });

  test('la page des personnes fictives n’existe pas, ni celle des composants', async () => {
    expect((await app.get('/composants')).statusCode).toBe(404);
    expect((await app.get('/demonstration')).statusCode).toBe(404);
    expect((await app.post('/demonstration', { compte: 'x' })).statusCode).toBe(404);
    expect((await app.get('/connexion')).body).not.toContain('personne fictive');
  });

  test('creer-admin fait le premier compte ; il ouvre une session, son mot de passe n’est écrit nulle part', async () => {
    const faible = commande(['comptes', 'creer-admin', '--courriel', 'a@ville.fr', '--nom', 'Anne'], { CONCORDE_MOT_DE_PASSE: 'court' });
    expect([faible.status, faible.stdout]).toEqual([2, '']);
    const cree = commande(['comptes', 'creer-admin', '--courriel', 'a@ville.fr', '--nom', 'Anne']);
    expect([cree.status, cree.stdout]).toEqual([0, expect.stringContaining('affiché une seule fois')]);
    const motDePasse = /une seule fois\) : (\S+)/.exec(cree.stdout)?.[1] ?? '';
    expect(commande(['comptes', 'creer-admin', '--courriel', 'A@ville.fr', '--nom', 'Anne']).status).toBe(2);
    expect(commande(['comptes', 'creer-admin', '--courriel', 'b@ville.fr']).status).toBe(2);

    const entree = await connexion('a@ville.fr', motDePasse);
    expect([entree.statusCode, entree.headers.location]).toEqual([303, '/registres']);
    const temoin = String(entree.headers['set-cookie']);
    expect(temoin).toMatch(/HttpOnly/);
    expect(temoin).toMatch(/SameSite=Lax/);
    const cookie = temoin.split(';')[0] ?? '';
    const page = await app.serveur.inject({ url: '/ma-journee', headers: { cookie } });
    expect(page.body).toContain('Anne');
    expect(page.headers['cache-control']).toBe('private, no-store');
    const { rows } = await sql<{ empreinte: string }>`select mot_de_passe as empreinte from comptes where courriel = 'a@ville.fr'`.execute(app.base.owner);
    expect(rows[0]?.empreinte).toMatch(/^\$argon2id\$/);
    const { rows: jetons } = await sql<{ t: string }>`select sessions::text as t from sessions`.execute(app.base.owner);
    expect(jetons.some((j) => j.t.includes(cookie.split('=')[1] ?? '?'))).toBe(false);

    await app.serveur.inject({ method: 'POST', url: '/deconnexion', headers: { cookie } });
    expect((await app.serveur.inject({ url: '/ma-journee', headers: { cookie } })).statusCode).toBe(303);
  });

  test('un mauvais mot de passe et une adresse inconnue donnent la même réponse ; onze essais sont arrêtés', async () => {
    const [faux, inconnu] = [await connexion('a@ville.fr', 'rien de tel'), await connexion('z@ville.fr', 'rien de tel')];
    expect([faux.statusCode, inconnu.statusCode]).toEqual([422, 422]);
    // Each rendering of a form has its own once-only key.
    const sansCle = (html: string) => html.replaceAll(/name="_cle" value="[^"]+"/g, '');
    expect(sansCle(faux.body).replaceAll('a@ville', 'z@ville')).toBe(sansCle(inconnu.body));
    expect(faux.body).not.toContain('rien de tel');
    const statuts = [];
    for (let i = 0; i < 11; i++) statuts.push((await connexion('a@ville.fr', 'x', '/', '10.2.2.2')).statusCode);
    expect(statuts.at(-1)).toBe(429);
  });

  test('un retour vers un autre site est ignoré, un formulaire venu d’ailleurs est refusé', async () => {
    for (const retour of ['https://ailleurs.fr', '//ailleurs.fr', '/\\ailleurs.fr']) {
      const page = await app.get(`/connexion?retour=${encodeURIComponent(retour)}`);
      expect(page.body).not.toContain(`value="${retour}"`);
    }
    const ailleurs = await app.serveur.inject({
      method: 'POST',
      url: '/connexion',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://ailleurs.fr' },
      payload: 'courriel=a&mot_de_passe=b',
    });
    expect(ailleurs.statusCode).toBe(403);
    const menti = await app.serveur.inject({
      method: 'POST',
      url: '/connexion',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://ailleurs.fr', 'x-forwarded-host': 'ailleurs.fr' },
      payload: 'courriel=a&mot_de_passe=b',
    });
    expect(menti.statusCode).toBe(403);
  });
});

describe('Pages publiques gardées', () => {
  test('une page est servie telle quelle jusqu’à ce qu’un autre processus écrive ; une session ne la reçoit jamais', async () => {
    const base = await ouvrirApp();
    const pages = await openPagesGardees(await base.base.service(base.contratId), { politique: FRAICHEUR });
    const app = await ouvrirApp({ base: base.base, pages });
    const mesure = [...app.catalogue.mesures.values()].find((m) => m.obtention === 'collecte')?.id ?? '';
    const voir = (entetes: Record<string, string> = {}) => app.serveur.inject({ url: `/chiffres/${mesure}?periode=2025`, headers: entetes });
    const premiere = await voir();
    const seconde = await voir();
    expect([premiere.statusCode, seconde.headers.etag]).toEqual([200, premiere.headers.etag]);
    expect(premiere.headers.etag).toBeTruthy();
    expect((await voir({ 'if-none-match': String(premiere.headers.etag) })).statusCode).toBe(304);
    const serree = await voir({ 'accept-encoding': 'gzip' });
    expect([serree.headers['content-encoding'], serree.headers.vary]).toEqual(['gzip', expect.stringContaining('cookie')]);
    const cookie = await app.temoin({ comme: 'coordination' });
    const connectee = await voir({ cookie });
    expect([connectee.headers.etag, connectee.headers['cache-control']]).toEqual([undefined, 'private, no-store']);
    expect((await voir()).body).not.toContain('Se déconnecter');

    // Written by another process, straight in the database: the page must say it at once.
    await sql`
      insert into valeur_totaux (contrat_id, ensemble, mesure_id, periode, territoire_id, etat, valeur, recues, attendues, partiel, provisoire, attend)
      values (${app.contratId}, 'valide', ${mesure}, '2025', ${app.catalogue.racine.id}, 'valeur', 4321, 1, 1, false, false, false)`.execute(base.base.owner);
    await expect.poll(async () => (await voir()).body).toMatch(/4\s321/);
    await app.close();
    await pages.close();
    await base.close();
  });
});
