import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/core/base/database.ts';
import { createCompte } from '../src/modules/comptes/sessions.queries.ts';
import { testDatabase } from './support/database.ts';
import { arreterConcorde, lancerConcorde } from './support/processus.ts';
import { portLibre } from './support/serveur.ts';
import { A_PART, build } from '../scripts/run.mjs';

async function echec(env: Record<string, string>): Promise<{ code: number | null; message: string }> {
  const p = lancerConcorde(env);
  const code = await p.fin;
  return { code, message: p.sortie() };
}

describe('Démarrer et arrêter', () => {
  let dossier: string;
  beforeAll(async () => {
    await build(['src/main.ts', 'src/cli.ts', ...A_PART]);
    dossier = await mkdtemp(join(tmpdir(), 'concorde-demarrage-'));
    await chmod(dossier, 0o755);
  });
  afterAll(async () => {
    await arreterConcorde();
    await rm(dossier, { recursive: true, force: true });
  });

  test('kill -9 au milieu des écritures : le démarrage suivant retrouve tout ce qui était acquitté, Ctrl-C arrête dans l’ordre', async () => {
    const port = String(await portLibre());
    const env = { CONCORDE_DATA: join(dossier, 'donnees'), PORT: port, CONCORDE_DEMO: '1' };
    const premier = lancerConcorde(env);
    await premier.ecoute;
    const base = `http://127.0.0.1:${port}`;
    const session = await connecter(base, /Entrer comme Nadia/);
    const poster = (n: number) => fetch(`${base}/api/v1/registres/formations`, formation(session, n));
    const premiere = await poster(0);
    expect([premiere.status, await premiere.text()]).toEqual([201, expect.stringContaining('coupure 0')]);
    const enregistrer = (n: number) => poster(n).then((r) => r.status);
    let acquittes = 1;
    const ecritures = Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        if ((await enregistrer(i + 1).catch(() => 0)) === 201) acquittes++;
      }),
    );
    // Killed while some are answered and others on their way.
    await expect.poll(() => acquittes, { interval: 1 }).toBeGreaterThan(1);
    premier.enfant.kill('SIGKILL');
    await Promise.all([ecritures, premier.fin]);

    // The database that the killed process left behind still holds the folder: the next start takes over.
    const second = lancerConcorde(env);
    await second.ecoute;
    const apres = await connecter(base, /Entrer comme Nadia/);
    const lus = await fetch(`${base}/api/v1/registres/formations?q=coupure&limite=100`, { headers: { cookie: apres } });
    const { donnees } = (await lus.json()) as { donnees: unknown[] };
    expect(donnees.length).toBeGreaterThanOrEqual(acquittes);

    const occupe = await echec({ ...env, PORT: String(await portLibre()) });
    expect([occupe.code, occupe.message]).toEqual([1, expect.stringContaining('déjà')]);

    second.enfant.kill('SIGINT');
    expect(await second.fin).toBe(0);
    expect(second.sortie()).toContain('arrêt…');
    // The database starts first: the application is loaded meanwhile.
    expect(second.sortie()).toMatch(/démarrage de PostgreSQL[\s\S]*Concorde démarre…/);
    expect(existsSync(join(dossier, 'donnees', 'pg', 'postmaster.pid'))).toBe(false);
  });

  test('un port déjà pris : un message, code 1, et la base est arrêtée', async () => {
    const occupant: Server = createServer();
    const port = await new Promise<number>((r) => occupant.listen(0, '127.0.0.1', () => r((occupant.address() as { port: number }).port)));
    const base = await testDatabase();
    const e = await echec({ DATABASE_URL: base.url, PORT: String(port) });
    expect([e.code, e.message]).toEqual([1, expect.stringMatching(new RegExp(`Le port ${port} est déjà pris`))]);
    expect(e.message).not.toContain('    at ');
    occupant.close();
    await base.close();
  });

  test.each([
    ['PORT', 'abc', /Réglage incorrect : PORT = « abc »/],
    ['DATABASE_URL', 'mysql://x', /DATABASE_URL = « … » : attendu : postgresql/],
    ['DATABASE_URL', 'postgresql://x:secret@127.0.0.1:1/rien', /La base de DATABASE_URL ne répond pas/],
    ['CONCORDE_CONTRAT', 'ailleurs-2030', /ailleurs-2030/],
  ])('%s=%s : un seul message clair, code 1', async (variable, valeur, attendu) => {
    const base = await testDatabase();
    const e = await echec({ DATABASE_URL: base.url, [variable]: valeur });
    expect(e.code).toBe(1);
    expect(e.message).toMatch(attendu);
    expect(e.message).not.toContain('    at ');
    expect(e.message).not.toContain('secret');
    await base.close();
  });

  test('un dossier de données qui n’en est pas un est refusé par son nom', async () => {
    const fichier = join(dossier, 'un-fichier');
    await writeFile(fichier, '');
    const e = await echec({ CONCORDE_DATA: fichier });
    expect([e.code, e.message]).toEqual([1, expect.stringContaining(`« ${fichier} » ne peut pas être écrit`)]);
    await mkdir(join(dossier, 'interdit'), { mode: 0o000 });
    if (process.getuid?.() !== 0) expect((await echec({ CONCORDE_DATA: join(dossier, 'interdit') })).message).toContain('ne peut pas être écrit');
  });

  test('en production, des comptes de démonstration arrêtent le démarrage ; une commande les montre, puis les ferme', async () => {
    const base = await testDatabase();
    const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
    const contratId = rows[0]?.id ?? 0;
    const commun = { nom: 'Essai', fonction: 'Essai', organisationId: 'VILLE', motDePasse: null, ordre: 0, accordePar: 'essai', debut: '2020-01-01' };
    const mandats = [{ role: 'agent', territoireId: null, fiche: null }] as const;
    await createCompte(base.owner, contratId, { ...commun, courriel: 'fictive@demo.example', demonstration: true, mandats });
    const e = await echec({ DATABASE_URL: base.url });
    expect([e.code, e.message]).toEqual([1, expect.stringMatching(/1\scompte fictif/)]);
    expect(e.message).toContain('npm run -s concorde -- demonstration retirer');
    expect(e.message).not.toContain('    at ');
    const retirer = (...plus: string[]) =>
      spawnSync(process.execPath, ['dist/src-cli.mjs', 'demonstration', 'retirer', ...plus], {
        env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', CONCORDE_DEMO: '0', CONCORDE_URL: 'http://localhost', DATABASE_URL: base.url },
        encoding: 'utf8',
      });
    // What stopped the start is still as it was.
    const comptes = () => sql`select * from comptes where contrat_id = ${contratId} order by id`.execute(base.owner).then((x) => x.rows);
    const avant = await comptes();
    expect(retirer()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('Rien n’a été changé') });
    expect(await comptes()).toEqual(avant);
    expect(retirer('--confirmer')).toMatchObject({ status: 0, stdout: expect.stringContaining('fictive@demo.example') });
    const port = String(await portLibre());
    const p = lancerConcorde({ DATABASE_URL: base.url, PORT: port });
    await p.ecoute;
    // What was invented is still there, and still said to be.
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('Données fictives');
    p.enfant.kill('SIGINT');
    await p.fin;
    await base.close();
  });

  test('sans HOST, Concorde n’écoute que sur cette machine ; une démonstration ouverte aux autres le dit haut et fort', async () => {
    const base = await testDatabase();
    const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
    // A real account: nothing fictive is added beside it, so this start is quick.
    const reel = { nom: 'Réelle', fonction: 'Essai', organisationId: 'VILLE', motDePasse: null, ordre: 0, accordePar: 'commande', debut: '2020-01-01' };
    await createCompte(base.owner, rows[0]?.id ?? 0, { ...reel, courriel: 'reelle@exemple.fr', demonstration: false, mandats: [] });
    const port = String(await portLibre());
    const ici = lancerConcorde({ DATABASE_URL: base.url, CONCORDE_DEMO: '1', HOST: '', PORT: port });
    await ici.ecoute;
    expect((await fetch(`http://127.0.0.1:${port}/connexion`)).status).toBe(200);
    const autre = Object.values(networkInterfaces())
      .flat()
      .find((i) => i?.family === 'IPv4' && !i.internal)?.address;
    if (autre) await expect(fetch(`http://${autre}:${port}/connexion`)).rejects.toThrow();
    expect(ici.sortie()).not.toContain('ATTENTION');
    expect(ici.sortie()).toContain('aucune donnée fictive n’est ajoutée');
    ici.enfant.kill('SIGINT');
    await ici.fin;
    const partout = lancerConcorde({ DATABASE_URL: base.url, CONCORDE_DEMO: '1', HOST: '0.0.0.0', PORT: String(await portLibre()) });
    await partout.ecoute;
    await expect.poll(() => partout.sortie()).toContain('ATTENTION : cette démonstration écoute sur 0.0.0.0');
    partout.enfant.kill('SIGINT');
    await partout.fin;
    await base.close();
  });

  test('une base d’une version plus récente n’est pas touchée', async () => {
    const base = await testDatabase();
    await sql`insert into migrations (nom, empreinte) values ('29991231T0000_demain.sql', 'x')`.execute(base.owner);
    const e = await echec({ DATABASE_URL: base.url });
    expect([e.code, e.message]).toEqual([1, expect.stringContaining('version plus récente de Concorde')]);
    await base.close();
  });

  test('sans les droits nécessaires, le message dit lesquels', async () => {
    const base = await testDatabase();
    const nom = `simple_${process.pid}`;
    await sql`create role ${sql.id(nom)} login password 'motdepasse'`.execute(base.owner);
    // An owner who is no superuser gives a database only to a role he is a member of.
    await sql`grant ${sql.id(nom)} to current_user`.execute(base.owner);
    const vide = `vide_${process.pid}`;
    const racine = openDatabase(base.url, { max: 1 });
    await sql`create database ${sql.id(vide)} owner ${sql.id(nom)}`.execute(racine);
    const url = Object.assign(new URL(base.url), { pathname: `/${vide}`, username: nom, password: 'motdepasse' }).href;
    const e = await echec({ DATABASE_URL: url });
    expect(e.code).toBe(1);
    await sql`drop database ${sql.id(vide)} with (force)`.execute(racine);
    await sql`drop role ${sql.id(nom)}`.execute(racine);
    await racine.destroy();
    await base.close();
    // Where the roles already exist on this server, what is missing may differ: the message names it either way.
    expect(e.message).toMatch(/droits nécessaires/);
    expect(e.message).not.toContain('    at ');
  });
});

/** One click on a persona of the demonstration page; the session's cookie. */
async function connecter(base: string, qui: RegExp): Promise<string> {
  const page = await (await fetch(`${base}/demonstration`)).text();
  const carte = page.split('<form').find((f) => qui.test(f)) ?? '';
  const action = /action="([^"]+)"/.exec(carte)?.[1] ?? '';
  const champs = new URLSearchParams([...carte.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
  const r = await fetch(`${base}${action}`, { method: 'POST', body: champs, redirect: 'manual' });
  return (r.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
function formation(cookie: string, n: number) {
  return {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({
      titre: `Avant la coupure ${n}`,
      jour: '2026-03-14',
      territoire_id: 'mairie-18',
      organisation_id: 'DPMP',
      donnees: { type: 'continue', theme: 'rixes', employeur: 'dpmp', public: 'police-municipale', participants: 5 },
    }),
  };
}
