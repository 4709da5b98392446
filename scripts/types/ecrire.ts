/** `npm run types`: migrates an embedded database of its own, and writes the types of its rows. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/core/base/database.ts';
import { startEmbedded } from '../../src/core/base/embedded-postgres.ts';
import { migrate } from '../../src/core/base/migrate.ts';
import { genererTypes } from './generer.ts';

const FICHIER = 'src/core/base/database.types.ts';

const dossier = await mkdtemp(join(tmpdir(), 'concorde-types-'));
const embarque = await startEmbedded({ dossier, jetable: true });
const db = openDatabase(embarque.url, { max: 1 });
try {
  await migrate(db, 'db/migrations');
  await writeFile(FICHIER, await genererTypes(db.withoutPlugins()));
  process.stdout.write(`${FICHIER} est à jour.\n`);
} finally {
  await db.destroy();
  await embarque.stop();
}
