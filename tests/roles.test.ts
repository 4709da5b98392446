/** The database's accounts as an administrator meets them: who may prepare, who may only serve, and what each is told. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadConfig } from '../src/core/config.ts';
import { type Bases, exigerPlans, ouvrirBases } from '../src/core/base/bases.ts';
import { type Db, openDatabase } from '../src/core/base/database.ts';
import { verifierPlans } from '../src/core/diagnostic.ts';
import type { Plateforme } from '../src/core/module.ts';
import { type Acces, ErreurRoles } from '../src/core/base/roles.ts';
import { preparer } from '../src/preparation.ts';
import { build } from '../scripts/run.mjs';
import { arreterConcorde, lancerConcorde } from './support/processus.ts';

let racine: Db;
let dossier: string;
const aOter: { bases: string[]; roles: string[] } = { bases: [], roles: [] };
beforeAll(async () => {
  racine = openDatabase(inject('serveur'), { max: 1 });
  dossier = await mkdtemp(join(tmpdir(), 'concorde-roles-'));
});
afterAll(async () => {
  for (const base of aOter.bases) await sql`drop database if exists ${sql.id(base)} with (force)`.execute(racine);
  for (const role of aOter.roles) {
    await sql`drop owned by ${sql.id(role)}`.execute(racine);
    await sql`drop role if exists ${sql.id(role)}`.execute(racine);
  }
  await racine.destroy();
  await rm(dossier, { recursive: true, force: true });
});

/** An empty database whose owner is no superuser. */
async function baseDe(nom: string, attributs: string): Promise<string> {
  const compte = `${nom}_${process.pid}`;
  await sql`create role ${sql.id(compte)} login password 'motdepasse' ${sql.raw(attributs)}`.execute(racine);
  aOter.roles.push(compte);
  // These groups exist already on the tests' server: another owner made them.
  for (const groupe of ['concorde_application', 'concorde_travaux', 'concorde_public', 'concorde_nominatif'])
    await sql`grant ${sql.id(groupe)} to ${sql.id(compte)} with admin option`.execute(racine);
  await sql`create database ${sql.id(compte)} owner ${sql.id(compte)}`.execute(racine);
  aOter.bases.unshift(compte);
  return Object.assign(new URL(inject('serveur')), { pathname: `/${compte}`, username: compte, password: 'motdepasse' }).href;
}
const reglages = (env: Record<string, string>) =>
  loadConfig({
    CONCORDE_DEMO: '0',
    CONCORDE_URL: 'http://127.0.0.1',
    CONCORDE_CONTRATS: resolve('tests/support/contrat-fictif'),
    CONCORDE_CONTRAT: 'valbourg-2025-2028',
    CONCORDE_DATA: dossier,
    ...env,
  });

const SERVENT = ['concorde_service_1', 'concorde_travaux_1', 'concorde_public_1', 'concorde_nominatif_1'];
const comptesDe = (a: Acces): string[] =>
  [a.service, a.travaux, a.public, a.nominatif].flatMap((url) => (url ? [decodeURIComponent(new URL(url).username)] : []));
const dire = async (bases: Bases) => (await verifierPlans(bases)).map((k) => [k.sujet, k.etat, k.conseil]);

async function servirUneFois(p: Plateforme): Promise<void> {
  const db = openDatabase(p.acces.service, { role: 'application', contratId: p.contratId, max: 1 });
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from contrat_objets`.execute(db);
  expect(rows[0]?.n).toBeGreaterThan(0);
  await db.destroy();
}

describe('Un propriétaire qui n’est pas administrateur du serveur', () => {
  test('avec CREATEROLE, il prépare la base et ses comptes de service ; le mot de passe ne quitte pas le dossier des données', async () => {
    const p = await preparer(reglages({ DATABASE_URL: await baseDe('proprio', 'createrole') }));
    const comptes = comptesDe(p.acces);
    expect(comptes.map((compte) => compte.replace(/_[0-9a-f]{10}$/, ''))).toEqual(SERVENT);
    await servirUneFois(p);
    expect((await stat(join(dossier, 'pg-roles.json'))).mode & 0o777).toBe(0o600);
    const motDePasse = decodeURIComponent(new URL(p.acces.service).password);
    expect(await readFile(join(dossier, 'pg-roles.json'), 'utf8')).not.toContain(motDePasse);
    await p.close();
    aOter.roles.unshift(...comptes);
  });

  test('sans CREATEROLE, le message donne le SQL à faire exécuter, et le compte fait à la main sert', async () => {
    const url = await baseDe('simple', '');
    const e = await preparer(reglages({ DATABASE_URL: url })).catch((x: Error) => x);
    expect(e).toBeInstanceOf(ErreurRoles);
    const { message } = e as Error;
    expect(message).toContain('CONCORDE_DATABASE_URL_SERVICE=postgresql://');
    // What the message says to run, as an administrator runs it.
    const ordres = [...message.matchAll(/^ {2}(create role|grant) .*?;/gm)].map((m) => m[0].trim()).filter((o) => !o.endsWith(' nologin;'));
    expect(ordres).toHaveLength(7);
    for (const ordre of ordres) await sql.raw(ordre.replace("'…'", "'fait à la main'")).execute(racine);
    const roles = [...message.matchAll(/create role (\S+) login/g)].map((m) => m[1] ?? '');
    aOter.roles.unshift(...roles);
    const [service = '', publique = '', nominatif = ''] = roles.map(
      (role) => Object.assign(new URL(url), { username: role, password: encodeURIComponent('fait à la main') }).href,
    );
    const seul = await preparer(reglages({ DATABASE_URL: url, CONCORDE_DATABASE_URL_SERVICE: service }));
    expect(seul.acces).toEqual({ service, travaux: service, public: service, nominatif: null });
    await servirUneFois(seul);
    const avecUnSeul = ouvrirBases(seul.acces, seul.contratId, 1);
    expect(await dire(avecUnSeul.bases)).toEqual([
      ['Plan public', 'alerte', expect.stringContaining('CONCORDE_DATABASE_URL_PUBLIC')],
      ['Plan partenariat', 'bon', ''],
      ['Plan nominatif', 'bon', ''],
    ]);
    expect(() => exigerPlans(avecUnSeul.bases, [{ plan: 'nominatif' }])).toThrow('CONCORDE_DATABASE_URL_NOMINATIF');
    await expect(sql`select 1`.execute(avecUnSeul.bases.nominatif)).rejects.toThrow('CONCORDE_DATABASE_URL_NOMINATIF');
    await avecUnSeul.close();
    await seul.close();
    const p = await preparer(
      reglages({
        DATABASE_URL: url,
        CONCORDE_DATABASE_URL_SERVICE: service,
        CONCORDE_DATABASE_URL_PUBLIC: publique,
        CONCORDE_DATABASE_URL_NOMINATIF: nominatif,
      }),
    );
    expect(p.acces).toEqual({ service, travaux: service, public: publique, nominatif });
    await servirUneFois(p);
    const trois = ouvrirBases(p.acces, p.contratId, 1);
    expect((await dire(trois.bases)).map(([, etat]) => etat)).toEqual(['bon', 'bon', 'bon']);
    await trois.close();
    // Given for a plane that is not its own, an account is refused before it reads anything.
    const croises = ouvrirBases({ ...p.acces, public: nominatif, nominatif: service }, p.contratId, 1);
    expect((await dire(croises.bases)).map(([, etat]) => etat)).toEqual(['faute', 'bon', 'faute']);
    await croises.close();
    await p.close();
  });
});

describe('Le processus qui sert', () => {
  beforeAll(async () => {
    await build(['src/main.ts']);
  });
  afterAll(arreterConcorde);
  const lancer = (env: Record<string, string>) =>
    lancerConcorde({
      CONCORDE_CONTRATS: resolve('tests/support/contrat-fictif'),
      CONCORDE_CONTRAT: 'valbourg-2025-2028',
      CONCORDE_DATA: dossier,
      ...env,
    });

  test('n’a que des connexions de service, et la préparation est finie', async () => {
    const url = await baseDe('serveur', 'createrole');
    const base = new URL(url).pathname.slice(1);
    const { enfant, ecoute } = lancer({ DATABASE_URL: url });
    await ecoute;
    const { rows } = await sql<{ compte: string }>`select distinct usename as compte from pg_stat_activity where datname = ${base} order by 1`.execute(racine);
    // No connection of a plane is opened before something needs it; the public one may, for whoever asks a page of this address meanwhile.
    const genres = rows.map((r) => r.compte.replace(/_[0-9a-f]{10}$/, ''));
    expect(genres.filter((g) => g !== 'concorde_public_1')).toEqual(['concorde_service_1', 'concorde_travaux_1']);
    const service = rows.find((r) => r.compte.startsWith('concorde_service_'))?.compte ?? '';
    aOter.roles.unshift(...['service', 'travaux', 'public', 'nominatif'].map((genre) => service.replace('service', genre)));
    const enfants = readFileSync(`/proc/${enfant.pid}/task/${enfant.pid}/children`, 'utf8').trim();
    expect(enfants).toBe('');
  });

  test('sans DATABASE_URL, sert une base préparée ailleurs par le compte fourni ; si elle n’est pas prête, le dit', async () => {
    const url = await baseDe('ailleurs', 'createrole');
    const p = await preparer(reglages({ DATABASE_URL: url }));
    await p.close();
    const role = decodeURIComponent(new URL(p.acces.service).username);
    aOter.roles.unshift(...comptesDe(p.acces));
    await sql`grant concorde_travaux to ${sql.id(role)}`.execute(racine);
    // With fewer accounts than planes, it says which one is missing rather than fail at the first page.
    const sansNominatif = lancer({ CONCORDE_DATABASE_URL_SERVICE: p.acces.service });
    expect([await sansNominatif.fin, sansNominatif.sortie()]).toEqual([1, expect.stringContaining('CONCORDE_DATABASE_URL_NOMINATIF')]);
    const comptes = { CONCORDE_DATABASE_URL_SERVICE: p.acces.service, CONCORDE_DATABASE_URL_NOMINATIF: p.acces.nominatif ?? '' };
    const prete = lancer(comptes);
    await prete.ecoute;
    expect(prete.sortie()).toContain('base de CONCORDE_DATABASE_URL_SERVICE');
    const owner = openDatabase(url, { max: 1 });
    await sql`delete from migrations where nom like '%roles_travaux.sql'`.execute(owner);
    await owner.destroy();
    const pasPrete = lancer(comptes);
    expect([await pasPrete.fin, pasPrete.sortie()]).toEqual([1, expect.stringContaining('n’est pas prête')]);
    expect(pasPrete.sortie()).not.toContain('    at ');
  });
});
