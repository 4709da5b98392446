/** The application listening on a free port, on a cloned database with the demonstration year. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import type { BrowserContext } from 'playwright-core';
import { createApp, retoursOidc } from '../../src/app.ts';
import { ouvrirOidcDemo } from '../../src/modules/comptes/oidc/demonstration.ts';
import { type Coffre, openCoffre } from '../../src/core/coffre.ts';
import { loadConfig } from '../../src/core/config.ts';
import type { Plateforme } from '../../src/core/module.ts';
import { preparer } from '../../src/preparation.ts';
import { testDatabase } from './database.ts';

export interface ServeurDeTest {
  adresse: string;
  plateforme: Plateforme;
  /** Of the served application: what signs the links of letters. */
  coffre: Coffre;
  close(): Promise<void>;
}

export async function portLibre(): Promise<number> {
  const s = createServer();
  await new Promise<void>((r) => s.listen(0, '127.0.0.1', () => r()));
  const { port } = s.address() as { port: number };
  await new Promise<void>((r) => s.close(() => r()));
  return port;
}

/** Signs in as that fictive person without drawing the page that offers it, nor the day it leads to: what other tests go through. */
export async function entrerComme({ adresse, plateforme: { owner, contratId } }: ServeurDeTest, contexte: BrowserContext, nom: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from comptes where contrat_id = ${contratId} and nom = ${nom} and demonstration`.execute(owner);
  const r = await contexte.request.post(`${adresse}/demonstration`, { form: { compte: rows[0]?.id ?? '', retour: '/ma-journee' }, maxRedirects: 0 });
  if (r.status() !== 303) throw new Error(`${nom} : ${r.status()}`);
}

/** `oidc`: with the demonstration's identity provider beside it. `vide`: without its year, only the contract. `reglages`: of the environment. */
export async function ouvrirServeur(o: { oidc?: boolean; vide?: boolean; reglages?: Record<string, string> } = {}): Promise<ServeurDeTest> {
  const base = await testDatabase({ demonstration: !o.vide });
  const port = await portLibre();
  // A passkey belongs to a host name: `localhost` is one, an address is not.
  const adresse = `http://localhost:${port}`;
  const dossier = await mkdtemp(join(tmpdir(), 'concorde-serveur-'));
  const lue = loadConfig({
    DATABASE_URL: base.url,
    CONCORDE_URL: adresse,
    CONCORDE_DEMO: o.vide ? '0' : '1',
    CONCORDE_CONTRATS: resolve('contrats'),
    CONCORDE_DATA: dossier,
    ...o.reglages,
  });
  const plateforme = await preparer(lue);
  const demo = o.oidc
    ? await ouvrirOidcDemo({ db: plateforme.owner, contratId: plateforme.contratId, port: 0, ...retoursOidc(adresse), jour: '2026-11-23' })
    : null;
  const config = { ...lue, oidc: demo?.oidc ?? null };
  const app = await createApp(config, plateforme);
  await app.serveur.listen({ port, host: '127.0.0.1' });
  return {
    adresse,
    plateforme,
    coffre: await openCoffre(dossier),
    close: async () => {
      await app.close();
      await demo?.close();
      await rm(dossier, { recursive: true, force: true });
      await plateforme.close();
      await base.close();
    },
  };
}
