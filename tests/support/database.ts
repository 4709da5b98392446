/** A database of one's own, cloned from the run's template (migrated, contracts loaded). */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { type Db, openDatabase } from '../../src/core/database.ts';

export interface BaseDeTest {
  url: string;
  /** Connection of the owner: sees every contract. */
  owner: Db;
  close(): Promise<void>;
}

export async function testDatabase(): Promise<BaseDeTest> {
  const serveur = inject('serveur');
  const nom = `concorde_test_${randomBytes(6).toString('hex')}`;
  const racine = openDatabase(serveur, { max: 1 });
  await sql`create database ${sql.id(nom)} template ${sql.id(inject('modele'))}`.execute(racine);
  const url = Object.assign(new URL(serveur), { pathname: `/${nom}` }).href;
  const owner = openDatabase(url, { max: 4 });
  return {
    url,
    owner,
    close: async () => {
      await owner.destroy();
      await sql`drop database if exists ${sql.id(nom)} with (force)`.execute(racine);
      await racine.destroy();
    },
  };
}
