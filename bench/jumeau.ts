/**
 * The Next.js twin of four signed-in pages (bench/next): started when somebody installed it, said to be absent otherwise. It is given, for each page
 * and person, the elements of our own page and the statements that this page reads when nothing is kept.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Etabli } from './contexte.ts';
import { lirePage } from './contexte.ts';
import { ouvrirServeurInterne } from './interne.ts';

const DOSSIER = resolve('bench/next');
const PORT = 3990;

/** Pages that the twin has, by the name of their folder's data. */
export const PAGES_DU_JUMEAU = { fiche: '/fiches/1.6?annee=2026', accueil: '/', barometre: '/barometre?annee=2026', journee: '/ma-journee' } as const;

interface Jumeau {
  adresse: string;
  stop(): Promise<void>;
}
interface Releve {
  texte: string;
  valeurs: unknown[];
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

/** Not asked of the twin: the session, which it reads itself, outlines of territories, which anybody would hold, and what is no read. */
const LAISSES = /set_config|\bfrom sessions\b|\bfrom contours\b|pg_notify/i;

/** What goes to PostgreSQL meanwhile, with its values; the same thing asked twice counts once, as React's own `cache` would have it. */
async function relever(travail: () => Promise<unknown>): Promise<Releve[]> {
  const releves: Releve[] = [];
  const { query } = pg.Client.prototype;
  const noter = function noter(this: pg.Client, ...args: unknown[]): unknown {
    const [q, v] = args as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
    const [texte, valeurs] = typeof q === 'string' ? [q, v] : [q.text, q.values ?? v];
    const lit = typeof texte === 'string' && /^\s*(?:select|with)/i.test(texte) && !LAISSES.test(texte);
    if (lit) releves.push({ texte, valeurs: Array.isArray(valeurs) ? valeurs : [] });
    return (query as (...a: unknown[]) => unknown).apply(this, args);
  };
  pg.Client.prototype.query = noter as typeof query;
  try {
    await travail();
  } finally {
    pg.Client.prototype.query = query;
  }
  return [...new Map(releves.map((r) => [JSON.stringify(r), r])).values()];
}

/** What a page says, whatever its markup is wrapped in. */
const texteDe = (html: string): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '')
    .replace(/<script[\s\S]*?<\/script>|<!--[\s\S]*?-->|<[^>]+>/g, '')
    .replace(/&(?:#x27|#39|apos);/g, "'")
    .replace(/\s+/g, ' ');
/** A twin that says less than we do would be compared with nothing. */
async function verifier(adresse: string, temoin: string, pages: ReadonlyMap<string, string>): Promise<void> {
  for (const [chemin, html] of pages) {
    const [nous, eux] = [texteDe(html), texteDe(String(await lirePage(adresse + chemin, temoin)))];
    if (nous.length < 200 || nous !== eux) throw new Error(`Le jumeau ne dit pas la même page que nous : ${chemin}.`);
  }
}

/** A page for a person, where the twin looks for it: named by their session, as it knows them. */
async function preparer(e: Etabli, travail: string, temoins: readonly string[], dire: (ligne: string) => void): Promise<Map<string, string>> {
  const premieres = new Map<string, string>();
  const interne = await ouvrirServeurInterne(e, null, true);
  try {
    for (const [page, chemin] of Object.entries(PAGES_DU_JUMEAU))
      for (const temoin of temoins) {
        const lire = async () => {
          const r = await interne.inject({ url: chemin, headers: { cookie: temoin } });
          if (r.statusCode !== 200) throw new Error(`${chemin} a répondu ${r.statusCode}.`);
        };
        // The contract itself is read once and held: by us, and by the twin, which is not asked for it again.
        await lire();
        const sql = await relever(lire);
        const html = String(await lirePage(e.adresse + chemin, temoin));
        const jeton = createHash('sha256')
          .update(temoin.slice(temoin.indexOf('=') + 1))
          .digest('hex');
        await writeFile(join(travail, `${page}-${jeton}.json`), JSON.stringify({ html, sql }));
        if (temoin !== temoins[0]) continue;
        premieres.set(chemin, html);
        dire(`  jumeau, ${page} : ${sql.length} lectures et celle de la session, ${html.length} caractères`);
      }
  } finally {
    await interne.close();
  }
  return premieres;
}

/** What to say when it is not installed; the twin otherwise, ready for these people. */
export async function ouvrirJumeau(e: Etabli, temoins: readonly string[], dire: (ligne: string) => void): Promise<Jumeau | string> {
  if (!existsSync(join(DOSSIER, 'node_modules/next')) || !existsSync(join(DOSSIER, '.next/BUILD_ID')))
    return 'Jumeau Next.js : pas installé, « *-vs-next » n’est pas mesuré. Pour l’installer : cd bench/next && npm ci && npm run build';
  const travail = await mkdtemp(join(tmpdir(), 'concorde-jumeau-'));
  const premieres = await preparer(e, travail, temoins, dire);
  const enfant = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(PORT), '-H', '127.0.0.1'], {
    cwd: DOSSIER,
    env: { ...process.env, NODE_ENV: 'production', JUMEAU_URL: e.p.url, JUMEAU_CONTRAT: String(e.contratId), JUMEAU_DONNEES: travail },
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
  const adresse = `http://127.0.0.1:${PORT}`;
  try {
    for (const temoin of temoins) await attendre(adresse + PAGES_DU_JUMEAU.fiche, temoin, () => fini);
    await verifier(adresse, temoins[0] ?? '', premieres);
    return { adresse, stop };
  } catch (erreur) {
    await stop();
    throw erreur;
  }
}
