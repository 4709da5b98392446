/** The Next.js twin of a page (bench/next): started when somebody installed it, said to be absent otherwise. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Etabli } from './contexte.ts';
import { lirePage } from './contexte.ts';

const DOSSIER = resolve('bench/next');
const PORT = 3990;
const FICHE = '/fiches/1.6?annee=2026';

export interface Jumeau {
  adresse: string;
  stop(): Promise<void>;
}

async function attendre(adresse: string, temoin: string, fini: () => boolean): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (fini()) throw new Error('Le jumeau Next.js s’est arrêté avant de répondre.');
    const r = await fetch(adresse, { headers: { cookie: temoin } }).catch(() => null);
    if (r?.ok) return void (await r.arrayBuffer());
    await new Promise((suite) => setTimeout(suite, 250));
  }
  throw new Error('Le jumeau Next.js ne répond pas.');
}

/** What to say when it is not installed; the twin otherwise, which makes the same elements after the same statements. */
export async function ouvrirJumeau(e: Etabli, temoin: string): Promise<Jumeau | string> {
  if (!existsSync(join(DOSSIER, 'node_modules/next')) || !existsSync(join(DOSSIER, '.next/BUILD_ID')))
    return 'Jumeau Next.js : pas installé, « *-vs-next » n’est pas mesuré. Pour l’installer : cd bench/next && npm ci && npm run build';
  const travail = await mkdtemp(join(tmpdir(), 'concorde-jumeau-'));
  const html = String(await lirePage(e.adresse + FICHE, temoin));
  await writeFile(join(travail, 'page.html'), html);
  const enfant = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(PORT), '-H', '127.0.0.1'], {
    cwd: DOSSIER,
    env: { ...process.env, NODE_ENV: 'production', JUMEAU_URL: e.p.url, JUMEAU_CONTRAT: String(e.contratId), JUMEAU_PAGE: join(travail, 'page.html') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let fini = false;
  enfant.once('exit', () => {
    fini = true;
  });
  const stop = async () => {
    if (!fini) {
      const sorti = new Promise((suite) => enfant.once('exit', suite));
      enfant.kill();
      await sorti;
    }
    await rm(travail, { recursive: true, force: true });
  };
  const adresse = `http://127.0.0.1:${PORT}${FICHE}`;
  try {
    await attendre(adresse, temoin, () => fini);
    return { adresse, stop };
  } catch (erreur) {
    await stop();
    throw erreur;
  }
}
