/** One PostgreSQL for the whole run (embedded unless CONCORDE_TEST_DATABASE_URL is set), one template database to clone. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/core/database.ts';
import { startEmbedded } from '../../src/core/embedded-postgres.ts';
import { migrate } from '../../src/core/migrate.ts';
import { type Installation, installerRoles } from '../../src/core/roles.ts';
import { BASE_DES_ESSAIS, prepareTemplate } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serveur: string;
    modele: string;
    installation: Installation;
  }
}

const surBase = (url: string, base: string) => Object.assign(new URL(url), { pathname: `/${base}` }).href;

export default async function setup(project: TestProject) {
  const externe = process.env.CONCORDE_TEST_DATABASE_URL;
  const dossier = externe ? null : await mkdtemp(join(tmpdir(), 'concorde-tests-'));
  // Nothing of a test run must survive a power cut: durability is switched off for speed.
  const embarque = dossier
    ? await startEmbedded({ dossier, reglages: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' } })
    : null;
  const url = externe ?? embarque?.url ?? '';
  const modele = `concorde_modele_${process.pid}_${project.name}`;
  const racine = openDatabase(url, { max: 1 });
  await sql`drop database if exists ${sql.id(modele)} with (force)`.execute(racine);
  await sql`create database ${sql.id(modele)}`.execute(racine);
  const db = openDatabase(surBase(url, modele), { max: 2 });
  await migrate(db, 'db/migrations');
  await prepareTemplate(db);
  const installation: Installation = { empreinte: randomBytes(4).toString('hex'), secret: randomBytes(32).toString('base64url') };
  const { rows: contrats } = await sql<{ id: number }>`select id from contrats`.execute(db);
  for (const { id } of contrats) await installerRoles(db, { url, contratId: id, installation, base: BASE_DES_ESSAIS });
  const { rows: roles } = await sql<{ role: string }>`select role from roles_service`.execute(db);
  await db.destroy();
  project.provide('serveur', url);
  project.provide('modele', modele);
  project.provide('installation', installation);
  return async () => {
    if (externe) {
      await sql`drop database if exists ${sql.id(modele)} with (force)`.execute(racine);
      for (const { role } of roles) await sql`drop role if exists ${sql.id(role)}`.execute(racine);
    }
    await racine.destroy();
    await embarque?.stop();
    if (dossier) await rm(dossier, { recursive: true, force: true });
  };
}
