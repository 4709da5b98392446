/** The Next.js twin of a page (bench/next): started when somebody installed it, said to be absent otherwise. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { getAppuis, getComparaisons, getFigures, getFraicheur } from '../src/modules/indicateurs/index.ts';
import type { Etabli } from './contexte.ts';
import { lirePage } from './contexte.ts';

const DOSSIER = resolve('bench/next');
const PORT = 3990;
const [NUMERO, ANNEE] = ['1.6', '2026'];
const FICHE = `/fiches/${NUMERO}?annee=${ANNEE}`;

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

/** The statements that the figures of this page are read by, with their values: those of our own reads, as they go to PostgreSQL. */
async function relever(e: Etabli): Promise<{ texte: string; valeurs: unknown[] }[]> {
  const releves: { texte: string; valeurs: unknown[] }[] = [];
  const { query } = pg.Client.prototype;
  const noter = function noter(this: pg.Client, ...args: unknown[]): unknown {
    const [q, v] = args as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
    const [texte, valeurs] = typeof q === 'string' ? [q, v] : [q.text, q.values ?? v];
    if (typeof texte === 'string' && /^\s*(?:select|with)/i.test(texte)) releves.push({ texte, valeurs: Array.isArray(valeurs) ? valeurs : [] });
    return (query as (...a: unknown[]) => unknown).apply(this, args);
  };
  pg.Client.prototype.query = noter as typeof query;
  try {
    const { catalogue } = e.formulaire;
    const mesures = (catalogue.fiches.get(NUMERO)?.mesures ?? []).map((m) => m.id);
    const ici = { mesures, territoireId: catalogue.racine.id, aire: null, aujourdhui: `${ANNEE}-11-25` };
    await getFigures(e.db, e.contratId, e.formulaire, { ...ici, periodes: [String(Number(ANNEE) - 1), ANNEE] });
    await getComparaisons(e.db, e.contratId, e.formulaire, { ...ici, periode: ANNEE });
    await getAppuis(e.db, e.contratId, e.formulaire, { fiches: [NUMERO], annee: ANNEE, territoireId: catalogue.racine.id });
    await getFraicheur(e.db, e.contratId, [...e.formulaire.sources.keys()]);
  } finally {
    pg.Client.prototype.query = query;
  }
  return releves;
}

/** What to say when it is not installed; the twin otherwise, which makes the same elements after the same statements. */
export async function ouvrirJumeau(e: Etabli, temoin: string): Promise<Jumeau | string> {
  if (!existsSync(join(DOSSIER, 'node_modules/next')) || !existsSync(join(DOSSIER, '.next/BUILD_ID')))
    return 'Jumeau Next.js : pas installé, « *-vs-next » n’est pas mesuré. Pour l’installer : cd bench/next && npm ci && npm run build';
  const travail = await mkdtemp(join(tmpdir(), 'concorde-jumeau-'));
  const html = String(await lirePage(e.adresse + FICHE, temoin));
  await writeFile(join(travail, 'page.html'), html);
  await writeFile(join(travail, 'sql.json'), JSON.stringify(await relever(e)));
  const enfant = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(PORT), '-H', '127.0.0.1'], {
    cwd: DOSSIER,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      JUMEAU_URL: e.p.url,
      JUMEAU_CONTRAT: String(e.contratId),
      JUMEAU_PAGE: join(travail, 'page.html'),
      JUMEAU_SQL: join(travail, 'sql.json'),
    },
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
