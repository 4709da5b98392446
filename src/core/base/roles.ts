/**
 * The LOGIN roles by which a contract is served: never the owner, member of nothing that could rise. Row-level security
 * reads the contract from the role that signed in (`concorde_contrat`, table `roles_service`), so that no statement can
 * change it. Roles belong to the whole server while databases are many: a name carries the contract and a digest of the
 * installation and the database, and a password is derived from the installation's secret, kept 0600 beside its data.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from './database.ts';

export class ErreurRoles extends Error {}

export interface Installation {
  /** Part of every role name, so that two installations on one server never meet. */
  empreinte: string;
  secret: string;
}

/** URLs that serving signs in with: the contract's data, plane by plane (`service`: partners'), and the worker's queue. */
export interface Acces {
  service: string;
  travaux: string;
  public: string;
  /** Null where accounts were made by hand and none for that plane. */
  nominatif: string | null;
}
/** URLs of accounts made by hand. */
export interface Fournis {
  service: string;
  public: string | null;
  nominatif: string | null;
}
/** Without an account of their own, public pages are served by the partners'. */
export const accesFourni = (f: Fournis): Acces => ({ service: f.service, travaux: f.service, public: f.public ?? f.service, nominatif: f.nominatif });

/** LOGIN roles of a contract, and the only group that each is a member of. */
const GROUPES = {
  service: 'concorde_application',
  travaux: 'concorde_travaux',
  public: 'concorde_public',
  nominatif: 'concorde_nominatif',
} as const;
type Genre = keyof typeof GROUPES;
const GENRES = Object.keys(GROUPES) as Genre[];

const FICHIER = 'pg-roles.json';

/** Reads the installation's secret, drawn at random on first use. */
export async function lireInstallation(dossier: string): Promise<Installation> {
  const fichier = join(dossier, FICHIER);
  await mkdir(dossier, { recursive: true });
  const neuve: Installation = { empreinte: randomBytes(4).toString('hex'), secret: randomBytes(32).toString('base64url') };
  // `wx`: of two processes that start together, one writes and both read the same.
  await writeFile(fichier, JSON.stringify(neuve), { mode: 0o600, flag: 'wx' }).catch((e: { code?: string }) => {
    if (e.code !== 'EEXIST') throw e;
  });
  await chmod(fichier, 0o600);
  return JSON.parse(await readFile(fichier, 'utf8')) as Installation;
}

const motDePasseDe = (i: Installation, role: string): string => createHmac('sha256', i.secret).update(role).digest('base64url');

/** SCRAM-SHA-256 verifier: the password itself never travels, nor shows in a server log. */
function verificateur(motDePasse: string): string {
  const [sel, tours] = [randomBytes(16), 4096];
  const sale = pbkdf2Sync(motDePasse, sel, tours, 32, 'sha256');
  const hmac = (texte: string) => createHmac('sha256', sale).update(texte).digest();
  const cle = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${tours}:${sel.toString('base64')}$${cle}:${hmac('Server Key').toString('base64')}`;
}

const commeRole = (url: string, role: string, motDePasse: string): string =>
  Object.assign(new URL(url), { username: encodeURIComponent(role), password: encodeURIComponent(motDePasse) }).href;

/** What the queue's roles may touch, tables whose rows belong to a contract first. */
const FILE = [
  ['_private_tasks', 'file_du_contrat(identifier)'],
  ['_private_known_crontabs', 'file_du_contrat(identifier)'],
  ['_private_jobs', 'task_id in (select id from graphile_worker._private_tasks t where file_du_contrat(t.identifier))'],
  ['_private_job_queues', 'true'],
] as const;

interface Base {
  oid: string;
  nom: string;
  version: number;
  compte: string;
}
interface Demande {
  url: string;
  contratId: number;
  installation: Installation;
  /** Digest that stands for the database in names; by default its own oid: a copy on the same server gets roles of its own. */
  base?: string;
  /** CONCORDE_DATABASE_URL_SERVICE and its like: roles made by hand; that of the service works the queue too. */
  fournis?: Fournis | null;
}

/** Makes (or brings up to date) the roles of this contract in this database, as its owner; the worker's queue exists. */
export async function installerRoles(proprietaire: Db, o: Demande): Promise<Acces> {
  const owner = proprietaire.withoutPlugins();
  const { rows } = await sql<Base>`
    select oid::text, datname as nom, current_setting('server_version_num')::int as version, current_user as compte
    from pg_database where datname = current_database()`.execute(owner);
  const base = rows[0];
  if (!base) throw new ErreurRoles('La base courante est introuvable dans pg_database.');
  const suffixe = createHash('sha256')
    .update(`${o.installation.empreinte}/${o.base ?? base.oid}`)
    .digest('hex')
    .slice(0, 10);
  const nomme = (genre: Genre) => `concorde_${genre}_${Number(o.contratId)}_${suffixe}`;
  const { fournis } = o;
  const roles: [Genre, string][] = fournis ? comptesFournis(fournis) : GENRES.map((genre) => [genre, nomme(genre)]);
  // Roles are shared by databases, advisory locks are not: two at once may still meet, and the second then finds it made.
  for (let essai = 0; ; essai++) {
    try {
      await owner.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(hashtext('concorde.roles'))`.execute(tx);
        await creerGroupe(tx, 'concorde_travaux');
        if (!fournis) for (const [genre, role] of roles) await creerRole(tx, base, role, motDePasseDe(o.installation, role), GROUPES[genre]);
        await inscrire(tx, o.contratId, base.oid, roles);
        await ouvrirFile(tx);
        // Anyone may create temporary tables by default: only the owner needs any.
        await sql`revoke temporary on database ${sql.id(base.nom)} from public`.execute(tx);
      });
      break;
    } catch (e) {
      const code = (e as { code?: string }).code ?? '';
      if (code === '42501') throw new ErreurRoles(direAFaire(base, nomme, (e as Error).message));
      if (essai >= 5 || !/^(42710|23505|XX000)$/.test(code)) throw e;
    }
  }
  if (fournis) return accesFourni(fournis);
  const url = (genre: Genre) => commeRole(o.url, nomme(genre), motDePasseDe(o.installation, nomme(genre)));
  return { service: url('service'), travaux: url('travaux'), public: url('public'), nominatif: url('nominatif') };
}

/** Names of the accounts made by hand; one that stands for two planes is its first. */
function comptesFournis(f: Fournis): [Genre, string][] {
  const noms = new Map<string, Genre>();
  for (const [genre, url] of [
    ['service', f.service],
    ['public', f.public],
    ['nominatif', f.nominatif],
  ] as const) {
    const nom = url ? decodeURIComponent(new URL(url).username) : null;
    if (nom && !noms.has(nom)) noms.set(nom, genre);
  }
  return [...noms].map(([nom, genre]) => [genre, nom]);
}

async function creerGroupe(tx: Db, groupe: string): Promise<void> {
  const { rows } = await sql`select from pg_roles where rolname = ${groupe}`.execute(tx);
  if (rows.length === 0) await sql`create role ${sql.id(groupe)} nologin`.execute(tx);
}

/** The queue is graphile-worker's own schema; its tables have row-level security, and no policy until here. */
async function ouvrirFile(tx: Db): Promise<void> {
  await sql`grant usage on schema graphile_worker to concorde_travaux`.execute(tx);
  await sql`grant select on graphile_worker.migrations to concorde_travaux`.execute(tx);
  await sql`grant usage on all sequences in schema graphile_worker to concorde_travaux`.execute(tx);
  for (const [table, condition] of FILE) {
    const cible = sql.id('graphile_worker', table);
    await sql`grant select, insert, update, delete on ${cible} to concorde_travaux`.execute(tx);
    const { rows } = await sql`
      select from pg_policies where schemaname = 'graphile_worker' and tablename = ${table} and policyname = 'contrat_seul'`.execute(tx);
    if (rows.length === 0) await sql`create policy contrat_seul on ${cible} to concorde_travaux using (${sql.raw(condition)})`.execute(tx);
  }
}

async function creerRole(tx: Db, base: Base, role: string, motDePasse: string, groupe: string): Promise<void> {
  const { rows } = await sql<{ fort: boolean; membre: boolean }>`
    select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as fort,
      pg_has_role(oid, ${groupe}, 'usage') as membre
    from pg_roles where rolname = ${role}`.execute(tx);
  const connu = rows[0];
  if (connu?.fort) throw new ErreurRoles(`Le compte PostgreSQL « ${role} » a reçu des droits qu’il ne doit pas avoir : retirez-les, ou supprimez-le.`);
  await sql`${sql.raw(connu ? 'alter' : 'create')} role ${sql.id(role)} login inherit password ${sql.lit(verificateur(motDePasse))}`.execute(tx);
  // A role may change its own settings for the next connections.
  if (connu) {
    await sql`alter role ${sql.id(role)} reset all`.execute(tx);
    await sql`alter role ${sql.id(role)} in database ${sql.id(base.nom)} reset all`.execute(tx);
  }
  if (connu?.membre) return;
  const options = base.version >= 160_000 ? sql.raw(' with admin false, inherit true, set false') : sql``;
  await sql`grant ${sql.id(groupe)} to ${sql.id(role)}${options}`.execute(tx);
}

/** Ties the roles to their contract; what another database left here (a restored copy) is forgotten. */
async function inscrire(tx: Db, contratId: number, base: string, roles: readonly [Genre, string][]): Promise<void> {
  await sql`delete from roles_service where base <> ${base}::oid`.execute(tx);
  for (const [genre, role] of roles) {
    const { rows } = await sql<{ contrat: number }>`
      insert into roles_service (contrat_id, role, genre, base) values (${contratId}, ${role}, ${genre}, ${base}::oid)
      on conflict (role) do update set genre = excluded.genre
      returning contrat_id as contrat`.execute(tx);
    if (rows[0]?.contrat !== contratId)
      throw new ErreurRoles(`Le compte PostgreSQL « ${role} » sert déjà le contrat ${rows[0]?.contrat} : il en faut un par contrat.`);
  }
}

function direAFaire(base: Base, nomme: (genre: Genre) => string, cause: string): string {
  const groupes = Object.values(GROUPES);
  const tous = groupes.join(', ');
  /** What the service's account works too. */
  const deQui = (genre: Genre) => (genre === 'service' ? `${GROUPES.service}, ${GROUPES.travaux}` : GROUPES[genre]);
  const url = (genre: Genre) => `postgresql://${nomme(genre)}:…@machine:5432/${base.nom}`;
  return [
    `Le compte PostgreSQL « ${base.compte} » de DATABASE_URL ne peut pas créer les comptes de service de Concorde (${cause}).`,
    'Donnez-lui CREATEROLE, ou faites exécuter une fois par un administrateur de la base :',
    ...groupes.map((g, i) => `  create role ${g} nologin;${i === 0 ? '   -- s’ils n’existent pas' : ''}`),
    `  grant ${tous} to "${base.compte}" with admin option;`,
    ...(['service', 'public', 'nominatif'] as const).flatMap((genre) => [
      `  create role ${nomme(genre)} login password '…';`,
      `  grant ${deQui(genre)} to ${nomme(genre)};`,
    ]),
    'puis donnez',
    `CONCORDE_DATABASE_URL_SERVICE=${url('service')}`,
    `CONCORDE_DATABASE_URL_PUBLIC=${url('public')}`,
    `CONCORDE_DATABASE_URL_NOMINATIF=${url('nominatif')}`,
  ].join('\n');
}
