/** The application listening on a free port, on a cloned database with the demonstration year. */
import { resolve } from 'node:path';
import { createApp } from '../../src/app.tsx';
import { loadConfig } from '../../src/core/config.ts';
import { type Plateforme, preparer } from '../../src/preparation.ts';
import { testDatabase } from './database.ts';

export interface ServeurDeTest {
  adresse: string;
  plateforme: Plateforme;
  close(): Promise<void>;
}

export async function ouvrirServeur(): Promise<ServeurDeTest> {
  const base = await testDatabase();
  const config = loadConfig({ DATABASE_URL: base.url, CONCORDE_DEMO: '1', CONCORDE_CONTRATS: resolve('contrats') });
  const plateforme = await preparer(config);
  const app = await createApp(config, plateforme);
  const adresse = await app.serveur.listen({ port: 0, host: '127.0.0.1' });
  return {
    adresse,
    plateforme,
    close: async () => {
      await app.close();
      await plateforme.close();
      await base.close();
    },
  };
}
