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

/** What serving signs in with. */
export interface Acces {
  service: string;
}

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

/**
 * Makes (or brings up to date) the roles of this contract in this database, as the owner of `owner`. `base`: digest that
 * stands for the database in names; by default its own oid, so that a copy on the same server gets roles of its own.
 */
export async function installerRoles(owner: Db, o: { url: string; contratId: number; installation: Installation; base?: string }): Promise<Acces> {
  const { rows } = await sql<{ oid: string; version: number; compte: string; nom: string }>`
    select oid::text, current_setting('server_version_num')::int as version, current_user as compte, datname as nom
    from pg_database where datname = current_database()`.execute(owner);
  const lu = rows[0];
  if (!lu) throw new ErreurRoles('La base courante est introuvable dans pg_database.');
  const suffixe = createHash('sha256')
    .update(`${o.installation.empreinte}/${o.base ?? lu.oid}`)
    .digest('hex')
    .slice(0, 10);
  const role = `concorde_service_${Number(o.contratId)}_${suffixe}`;
  const motDePasse = motDePasseDe(o.installation, role);
  // Roles are shared by databases, advisory locks are not: two at once may still meet, and the second then finds it made.
  for (let essai = 0; ; essai++) {
    try {
      await owner.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(hashtext('concorde.roles'))`.execute(tx);
        await creerRole(tx, role, motDePasse, lu);
        await inscrire(tx, role, o.contratId, lu.oid);
        // Anyone may create temporary tables by default: only the owner needs any.
        await sql`revoke temporary on database ${sql.id(lu.nom)} from public`.execute(tx);
      });
      break;
    } catch (e) {
      const code = (e as { code?: string }).code ?? '';
      if (code === '42501') throw new ErreurRoles(direAFaire(lu.compte, lu.nom, role, (e as Error).message));
      if (essai >= 5 || !/^(42710|23505|XX000)$/.test(code)) throw e;
    }
  }
  return { service: commeRole(o.url, role, motDePasse) };
}

async function creerRole(tx: Db, role: string, motDePasse: string, lu: { version: number; nom: string }): Promise<void> {
  const { rows } = await sql<{ fort: boolean; membre: boolean }>`
    select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as fort,
      pg_has_role(oid, 'concorde_application', 'usage') as membre
    from pg_roles where rolname = ${role}`.execute(tx);
  const connu = rows[0];
  if (connu?.fort) throw new ErreurRoles(`Le compte PostgreSQL « ${role} » a reçu des droits qu’il ne doit pas avoir : retirez-les, ou supprimez-le.`);
  await sql`${sql.raw(connu ? 'alter' : 'create')} role ${sql.id(role)} login inherit password ${sql.lit(verificateur(motDePasse))}`.execute(tx);
  // A role may change its own settings for the next connections.
  if (connu) {
    await sql`alter role ${sql.id(role)} reset all`.execute(tx);
    await sql`alter role ${sql.id(role)} in database ${sql.id(lu.nom)} reset all`.execute(tx);
  }
  if (connu?.membre) return;
  const options = lu.version >= 160_000 ? sql.raw(' with admin false, inherit true, set false') : sql``;
  await sql`grant concorde_application to ${sql.id(role)}${options}`.execute(tx);
}

/** Ties the role to its contract; what another database left here (a restored copy) is forgotten. */
async function inscrire(tx: Db, role: string, contratId: number, base: string): Promise<void> {
  await sql`delete from roles_service where base <> ${base}::oid`.execute(tx);
  await sql`
    insert into roles_service (contrat_id, role, genre, base) values (${contratId}, ${role}, 'service', ${base}::oid)
    on conflict (role) do nothing`.execute(tx);
}

const direAFaire = (compte: string, base: string, role: string, cause: string): string =>
  [
    `Le compte PostgreSQL « ${compte} » de DATABASE_URL ne peut pas créer le compte de service de Concorde (${cause}).`,
    'Donnez-lui CREATEROLE, ou faites exécuter une fois par un administrateur de la base :',
    `  create role concorde_application nologin;   -- s’il n’existe pas`,
    `  grant concorde_application to "${compte}" with admin option;`,
    `  create role ${role} login password '…';`,
    `  grant concorde_application to ${role};`,
    `puis donnez CONCORDE_DATABASE_URL_SERVICE=postgresql://${role}:…@machine:5432/${base}`,
  ].join('\n');
