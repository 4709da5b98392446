/**
 * `npm run bench [-- --json] [-- --rapide]`: what Concorde costs, as ratios within one run: against the bare SQL on the same
 * tables, against a bare Node server sending the same bytes, against COPY of the same rows. `--rapide` uses fewer rows and says so.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { loadConfig } from '../src/core/config.ts';
import { ouvrirBases } from '../src/core/base/bases.ts';
import type { Db } from '../src/core/base/database.ts';
import { getComparaisons, getFigures, getFormulaire, getPreuve, recalculerChiffres } from '../src/modules/indicateurs/index.ts';
import { ecrireBilan } from '../src/modules/publications/bilan/bilan.ecrire.ts';
import { preparer } from '../src/preparation.ts';
import { mesurerComptes } from './comptes.ts';
import { mesurerEcheances } from './echeances.ts';
import { addFaits } from './faits.ts';
import { comparerImport } from './import.ts';

const json = process.argv.includes('--json');
const rapide = process.argv.includes('--rapide');
const FAITS = rapide ? 300_000 : 10_000_000;
const REPORTS = rapide ? 100_000 : 1_000_000;
/** Ten complete months: the comparison reads the two years by their shorter side. */
const AUJOURDHUI = '2026-11-25';
const SUFFIXE = rapide ? `${FAITS / 1000}k` : '10M';
/** Seconds of load on each page. */
const DUREE = rapide ? 3 : 8;

interface Mesure {
  nom: string;
  valeur: number;
  unite: string;
}
const mesures: Mesure[] = [];
function noter(nom: string, valeur: number, unite: string): void {
  const arrondie = Math.round(valeur * 1000) / 1000;
  mesures.push({ nom, valeur: arrondie, unite });
  if (!json) process.stdout.write(`${nom.padEnd(44)} ${String(arrondie).padStart(12)} ${unite}\n`);
}
const dire = (ligne: string) => process.stderr.write(`${ligne}\n`);

const quantile = (valeurs: readonly number[], q: number): number =>
  [...valeurs].sort((a, b) => a - b)[Math.min(valeurs.length - 1, Math.floor(valeurs.length * q))] ?? 0;
async function chronometrer(n: number, fn: () => Promise<unknown>): Promise<number[]> {
  const durees: number[] = [];
  for (let i = 0; i < n; i++) {
    const t = performance.now();
    await fn();
    durees.push(performance.now() - t);
  }
  return durees;
}

interface Serveur {
  adresse: string;
  demarrage: number;
  memoire(): Promise<number>;
  stop(): Promise<void>;
}

/** The real server in its own process; resolves when it listens. */
async function demarrer(dossier: string, port: number): Promise<Serveur> {
  const t = performance.now();
  const enfant = spawn(process.execPath, ['scripts/run.mjs', 'src/main.ts'], {
    env: { ...process.env, CONCORDE_DATA: dossier, PORT: String(port), CONCORDE_DEMO: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((pret, echec) => {
    enfant.once('exit', (code) => echec(new Error(`Le serveur s’est arrêté (${code}).`)));
    enfant.stdout.on('data', (d: Buffer) => {
      if (d.toString().includes('écoute sur')) pret();
    });
  });
  return {
    adresse: `http://127.0.0.1:${port}`,
    demarrage: performance.now() - t,
    memoire: async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${enfant.pid}/status`, 'utf8').catch(() => ''))?.[1] ?? 0) / 1024,
    stop: () =>
      new Promise((fini) => {
        enfant.removeAllListeners('exit');
        enfant.once('exit', () => fini());
        enfant.kill('SIGINT');
      }),
  };
}

/** Cookie of the first fictive person: what a signed-in reader gets is rendered at every request. */
async function connecter(adresse: string): Promise<string> {
  const html = await (await fetch(`${adresse}/demonstration`)).text();
  const compte = /name="compte" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const r = await fetch(`${adresse}/demonstration`, { method: 'POST', body: new URLSearchParams({ compte, retour: '/' }), redirect: 'manual' });
  const temoin = r.headers.get('set-cookie')?.split(';')[0];
  if (!temoin) throw new Error(`Pas de session : ${r.status}.`);
  return temoin;
}

/** Requests a second by autocannon, from another process, 8 connections. */
async function charger(url: string, temoin: string | null): Promise<number> {
  const session = temoin ? ['-H', `cookie=${temoin}`] : [];
  const enfant = spawn(process.execPath, ['node_modules/autocannon/autocannon.js', '-j', '-c', '8', '-d', String(DUREE), ...session, url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let sortie = '';
  for await (const d of enfant.stdout) sortie += String(d);
  const r = JSON.parse(sortie) as { requests: { average: number }; non2xx: number };
  if (r.non2xx > 0) throw new Error(`${url} a répondu ${r.non2xx} fois autre chose que 200.`);
  return r.requests.average;
}

/** Our page against a bare server that sends the same bytes. With a session the page is rendered at each request. */
async function comparerPage(nom: string, url: string, temoin: string | null = null): Promise<void> {
  const corps = Buffer.from(await (await fetch(url, { headers: temoin ? { cookie: temoin } : {} })).arrayBuffer());
  const nu = createServer((_q, r) => r.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': corps.length }).end(corps));
  await new Promise<void>((pret) => nu.listen(0, '127.0.0.1', pret));
  const a = nu.address();
  const bare = await charger(`http://127.0.0.1:${typeof a === 'object' && a ? a.port : 0}/`, null);
  nu.closeAllConnections();
  nu.close();
  await charger(url, temoin);
  const page = await charger(url, temoin);
  noter(`${nom}-pages-s`, page, 'pages/s');
  noter(`${nom}-octets`, corps.length, 'octets');
  noter(`${nom}-vs-bare`, bare / page, 'ratio');
}

async function comparerFigures(db: Db, contratId: number): Promise<void> {
  const f = await getFormulaire(db, contratId);
  const ids = [...f.mesures.keys()];
  const racine = f.catalogue.racine.id;
  const lire = () => getFigures(db, contratId, f, { mesures: ids, periodes: ['2026', '2025'], territoireId: racine, aire: null, aujourdhui: AUJOURDHUI });
  const comparer = () => getComparaisons(db, contratId, f, { mesures: ids, periode: '2026', territoireId: racine, aire: null, aujourdhui: AUJOURDHUI });
  const atomes = [...f.formules.values()].flatMap((x) => x.atomes.map((a) => a.cle));
  const nu = () =>
    sql`select annee, mesure_id, sum(nombre), sum(somme), sum(sans_valeur), count(distinct ventilation -> '_d')
    from mesure_annees where contrat_id = ${contratId} and annee in (2024, 2025, 2026) and mesure_id = any(${atomes}::text[]) group by 1, 2`.execute(db);
  await lire();
  const ours = await chronometrer(60, lire);
  const bare = await chronometrer(60, nu);
  noter(`figures-${SUFFIXE}-p50`, quantile(ours, 0.5), 'ms');
  noter(`figures-${SUFFIXE}-p95`, quantile(ours, 0.95), 'ms');
  noter(`figures-${SUFFIXE}-vs-sql`, quantile(ours, 0.5) / quantile(bare, 0.5), 'ratio');
  await comparer();
  const comparees = await chronometrer(60, comparer);
  noter(`comparaisons-${SUFFIXE}-p50`, quantile(comparees, 0.5), 'ms');
  noter(`comparaisons-${SUFFIXE}-p95`, quantile(comparees, 0.95), 'ms');
  noter(`comparaisons-${SUFFIXE}-vs-sql`, quantile(comparees, 0.5) / quantile(bare, 0.5), 'ratio');
}

/** The records behind one figure, first page and count, against the bare statement on the same table. */
async function comparerPreuve(db: Db, contratId: number): Promise<void> {
  const f = await getFormulaire(db, contratId);
  const territoireId = f.catalogue.racine.id;
  const lire = () =>
    getPreuve(db, contratId, f, { mesureId: '1.6-10b', periode: '2026', territoireId, page: 1, aujourdhui: AUJOURDHUI, peutLister: () => true });
  const nu = () =>
    sql`select id, jour, titre, territoire_id from activites
    where contrat_id = ${contratId} and registre = 'formations' and statut = 'publie' and jour >= '2026-01-01' and jour < '2027-01-01'
      and donnees ->> 'theme' = 'rixes' and donnees ->> 'employeur' = 'dpmp'
    order by jour desc, id limit 50`.execute(db);
  await lire();
  const ours = await chronometrer(40, lire);
  const bare = await chronometrer(40, nu);
  noter(`preuve-donnees-${SUFFIXE}-p50`, quantile(ours, 0.5), 'ms');
  noter(`preuve-donnees-${SUFFIXE}-p95`, quantile(ours, 0.95), 'ms');
  noter(`preuve-donnees-${SUFFIXE}-vs-sql`, quantile(ours, 0.5) / quantile(bare, 0.5), 'ratio');
}

async function mesurerPage(nom: string, url: string, temoin: string): Promise<void> {
  const lire = async () => (await fetch(url, { headers: { cookie: temoin } })).arrayBuffer();
  for (let i = 0; i < 5; i++) await lire();
  const d = await chronometrer(60, lire);
  noter(`${nom}-p50`, quantile(d, 0.5), 'ms');
  noter(`${nom}-p95`, quantile(d, 0.95), 'ms');
}

async function comparerRecalcul(owner: Db, contratId: number): Promise<void> {
  const f = await getFormulaire(owner, contratId);
  let t = performance.now();
  await recalculerChiffres(owner, contratId);
  const ours = performance.now() - t;
  t = performance.now();
  for (const s of f.sources.values())
    await sql`select date_trunc('month', jour), territoire_id, count(*) from ${sql.table(s.vue)} where contrat_id = ${contratId} group by 1, 2`.execute(owner);
  const bare = performance.now() - t;
  noter(`recalcul-${SUFFIXE}`, ours, 'ms');
  noter(`recalcul-${SUFFIXE}-vs-scan`, ours / bare, 'ratio');
}

async function peser(adresse: string, chemin: string): Promise<void> {
  const html = await (await fetch(adresse + chemin)).text();
  const peserTout = async (motif: RegExp): Promise<number> => {
    let total = 0;
    for (const m of html.matchAll(motif)) total += gzipSync(Buffer.from(await (await fetch(adresse + (m[1] ?? ''))).arrayBuffer())).length;
    return total;
  };
  noter('js-page-gz', await peserTout(/<script[^>]+src="([^"]+)"/g), 'octets');
  noter('css-page-gz', await peserTout(/<link rel="stylesheet" href="([^"]+)"/g), 'octets');
}

async function main(): Promise<void> {
  const dossier = await mkdtemp(join(tmpdir(), 'concorde-bench-'));
  // Where PostgreSQL can go when it runs as another user: all of it is then under the folder that is removed.
  await chmod(dossier, 0o711);
  const port = 3900 + (process.pid % 90);
  try {
    dire(
      `Banc d’essai${rapide ? ' rapide (moins de lignes)' : ''} : ${FAITS.toLocaleString('fr-FR')} faits, ${REPORTS.toLocaleString('fr-FR')} signalements importés`,
    );
    let serveur = await demarrer(dossier, port);
    noter('demarrage-premier', serveur.demarrage, 'ms');
    await serveur.stop();
    serveur = await demarrer(dossier, port);
    noter('demarrage-suivant', serveur.demarrage, 'ms');
    await comparerPage('fiche-page', `${serveur.adresse}/fiches/1.6?annee=2026`);
    await comparerPage('barometre-page', `${serveur.adresse}/barometre?annee=2026`);
    const temoin = await connecter(serveur.adresse);
    await comparerPage('fiche-page-rendue', `${serveur.adresse}/fiches/1.6?annee=2026`, temoin);
    await comparerPage('barometre-page-rendue', `${serveur.adresse}/barometre?annee=2026`, temoin);
    await comparerPage('liste-50', `${serveur.adresse}/registres/formations`, temoin);
    await peser(serveur.adresse, '/fiches/1.6?annee=2026');
    noter('memoire-apres-charge', await serveur.memoire(), 'Mo');
    await serveur.stop();

    const p = await preparer(loadConfig({ ...process.env, CONCORDE_DATA: dossier }));
    const ouvertes = ouvrirBases(p.acces, p.contratId, 4);
    const db = ouvertes.bases.partenariat;
    const formulaire = await getFormulaire(db, p.contratId);
    const pdf = () =>
      ecrireBilan(db, formulaire, {
        annee: 2026,
        territoireId: formulaire.catalogue.racine.id,
        format: 'pdf',
        maintenant: new Date(),
        demonstration: true,
        pour: 'partenaires',
      });
    const t = performance.now();
    const premier = await pdf();
    noter('bilan-pdf', performance.now() - t, 'ms');
    noter('bilan-pdf-octets', premier.length, 'octets');
    await mesurerComptes(p, ouvertes.bases, noter);
    await mesurerEcheances(p, ouvertes.bases.partenariat, noter);
    await comparerImport({ url: p.url, db, catalogue: formulaire.catalogue, lignes: REPORTS, dossier, noter });
    dire('Ajout des faits…');
    await addFaits(p.owner, formulaire.catalogue, FAITS);
    await comparerRecalcul(p.owner, p.contratId);
    await sql`vacuum analyze mesure_annees`.execute(p.owner);
    await sql`vacuum analyze mesure_cellules`.execute(p.owner);
    await comparerFigures(db, p.contratId);
    await comparerPreuve(db, p.contratId);
    await ouvertes.close();
    await p.close();

    serveur = await demarrer(dossier, port);
    const session = await connecter(serveur.adresse);
    await mesurerPage(`barometre-${SUFFIXE}`, `${serveur.adresse}/barometre?annee=2026`, session);
    await mesurerPage(`preuve-${SUFFIXE}`, `${serveur.adresse}/chiffres/1.6-10b?periode=2026`, session);
    await serveur.stop();
    if (json) process.stdout.write(`${JSON.stringify({ mesures, rapide })}\n`);
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (e: unknown) => {
    process.stderr.write(`${e instanceof Error ? e.stack : String(e)}\n`);
    process.exit(1);
  },
);
