/**
 * One PostgreSQL for the whole run (embedded unless CONCORDE_TEST_DATABASE_URL is set) and one template database to clone,
 * whatever the number of projects; a second template holds the demonstration year, made once for the browser.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../src/core/config.ts';
import { type Db, openDatabase } from '../../src/core/base/database.ts';
import { startEmbedded } from '../../src/core/base/embedded-postgres.ts';
import { installerFile } from '../../src/core/jobs/jobs.ts';
import { migrate } from '../../src/core/base/migrate.ts';
import { type Installation, installerRoles } from '../../src/core/base/roles.ts';
import { preparer } from '../../src/preparation.ts';
import { buildAssets } from '../../src/ui/assets.ts';
import { cheminDeChromium } from './browser.ts';
import { BASE_DES_ESSAIS, prepareTemplate } from './template.ts';
import { dossierTemporaire } from '../../scripts/memoire.mjs';
import { A_PART, build } from '../../scripts/run.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    serveur: string;
    modele: string;
    /** With the demonstration year; the browser's project alone has it. */
    modeleDemonstration: string;
    installation: Installation;
  }
}

const surBase = (url: string, base: string) => Object.assign(new URL(url), { pathname: `/${base}` }).href;

interface Essais {
  url: string;
  racine: Db;
  modele: string;
  installation: Installation;
  dossier: string;
  /** Databases and roles to remove from a server that outlives the run. */
  bases: string[];
  roles: Set<string>;
  fermer(): Promise<void>;
}

/** Nothing of a test run must survive a power cut: durability is switched off for speed, and what keeps a server well for years is left out. */
const REGLAGES = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' },
  ...{ shared_buffers: '128MB', max_connections: '160', max_wal_size: '512MB', checkpoint_timeout: '1h' },
};

async function ouvrir(): Promise<Essais> {
  await build(A_PART);
  const externe = process.env.CONCORDE_TEST_DATABASE_URL;
  const dossier = await mkdtemp(join(dossierTemporaire(), 'concorde-tests-'));
  // The account that serves them under root must reach the data, or they would go elsewhere.
  await chmod(dossier, 0o711);
  const embarque = externe ? null : await startEmbedded({ dossier, jetable: true, reglages: REGLAGES });
  const url = externe ?? embarque?.url ?? '';
  const modele = `concorde_modele_${process.pid}`;
  const racine = openDatabase(url, { max: 1 });
  const e: Essais = {
    url,
    racine,
    modele,
    installation: { empreinte: randomBytes(4).toString('hex'), secret: randomBytes(32).toString('base64url') },
    dossier,
    bases: [],
    roles: new Set(),
    fermer: async () => {
      if (externe) {
        for (const base of e.bases) await sql`drop database if exists ${sql.id(base)} with (force)`.execute(racine);
        for (const role of e.roles) await sql`drop role if exists ${sql.id(role)}`.execute(racine);
      }
      await racine.destroy();
      await embarque?.stop();
      await rm(dossier, { recursive: true, force: true });
    },
  };
  await creer(e, modele);
  const db = openDatabase(surBase(url, modele), { max: 2 });
  await migrate(db, 'db/migrations');
  await installerFile(surBase(url, modele));
  await prepareTemplate(db);
  // Where the functions that ask for a job write.
  await runMigrations({ connectionString: surBase(url, modele), logger: new Logger(() => () => {}) });
  const { rows: contrats } = await sql<{ id: number }>`select id from contrats`.execute(db);
  for (const { id } of contrats) await installerRoles(db, { url, contratId: id, installation: e.installation, base: BASE_DES_ESSAIS });
  await noterRoles(e, db);
  await db.destroy();
  return e;
}

async function creer(e: Essais, base: string, modele = 'template1'): Promise<void> {
  await sql`drop database if exists ${sql.id(base)} with (force)`.execute(e.racine);
  await sql`create database ${sql.id(base)} template ${sql.id(modele)}`.execute(e.racine);
  e.bases.push(base);
}
async function noterRoles(e: Essais, db: Db): Promise<void> {
  const { rows } = await sql<{ role: string }>`select role from roles_service`.execute(db);
  for (const { role } of rows) e.roles.add(role);
}

/** As `npm start` makes it on a new folder. */
async function preparerDemonstration(e: Essais): Promise<string> {
  const base = `${e.modele}_demonstration`;
  await creer(e, base, e.modele);
  const dossier = join(e.dossier, 'demonstration');
  const p = await preparer(
    loadConfig({ DATABASE_URL: surBase(e.url, base), CONCORDE_DEMO: '1', CONCORDE_CONTRATS: resolve('contrats'), CONCORDE_DATA: dossier }),
  );
  await noterRoles(e, p.owner);
  await p.close();
  return base;
}

/** Each project loads this file anew: what they share is kept where both find it. */
interface Partage {
  essais: Promise<Essais> | null;
  projets: number;
}
const PARTAGE = Symbol.for('concorde.essais');
const commun = globalThis as { [PARTAGE]?: Partage };
commun[PARTAGE] ??= { essais: null, projets: 0 };
const partage: Partage = commun[PARTAGE];

export default async function setup(project: TestProject) {
  partage.projets++;
  partage.essais ??= ouvrir();
  const navigateur = project.name !== 'http';
  // Unpacked while the databases are made.
  const [e] = await Promise.all([partage.essais, navigateur ? cheminDeChromium() : null]);
  project.provide('serveur', e.url);
  project.provide('modele', e.modele);
  project.provide('installation', e.installation);
  if (navigateur) {
    // The browser gets today's scripts and styles, not those of the last build.
    await buildAssets({ sortie: resolve('dist/statique') });
    project.provide('modeleDemonstration', await preparerDemonstration(e));
  }
  return async () => {
    partage.projets--;
    if (partage.projets > 0) return;
    partage.essais = null;
    await e.fermer();
  };
}
