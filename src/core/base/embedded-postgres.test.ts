import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmbedded } from './embedded-postgres.ts';
import { lancerServeur, type ServeurLance } from './postgres-process.ts';

test('un serveur tué se sait mort, et l’arrêter ensuite ne fait attendre personne', async () => {
  const dossier = await mkdtemp(join(tmpdir(), 'concorde-embarque-'));
  try {
    let lance: ServeurLance | undefined;
    const embarque = await startEmbedded({
      dossier,
      jetable: true,
      lancer: async (s) => {
        lance = await lancerServeur(s);
        return lance;
      },
    });
    expect(lance?.mort()).toBeNull();
    process.kill(Number((await readFile(join(embarque.dossier, 'postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGKILL');
    await lance?.fin;
    expect(lance?.mort()).not.toBeNull();
    const { dossier: donnees } = embarque;
    expect(existsSync(donnees)).toBe(true);
    await embarque.stop();
    // A database of the moment leaves nothing, even where root keeps what its own folders hide.
    expect([existsSync(donnees), existsSync(dirname(donnees)), existsSync(dossier)]).toEqual([false, false, false]);
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
});
