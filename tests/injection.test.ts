/** What an SQL injection could do: the serving roles' own connections, and every statement that would reach further. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, openDatabase } from '../src/core/base/database.ts';
import { emettre } from '../src/core/direct/direct.ts';
import { ajouterTravail } from '../src/core/jobs/jobs.ts';
import { type Acces, installerRoles } from '../src/core/base/roles.ts';
import { createCompte } from '../src/modules/comptes/sessions.queries.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { type BaseDeTest, testDatabase } from './support/database.ts';
import { AILLEURS, type Relation, relations as toutesRelations } from './support/relations.ts';

const REFUSE = '42501';

let app: AppDeTest;
let autre: AppDeTest;
let proprietaire: string;
beforeAll(async () => {
  app = await ouvrirApp();
  autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
  for (const a of [app, autre]) {
    await a.get('/ma-journee', { comme: 'coordination' });
    await createCompte(app.base.owner, a.contratId, {
      courriel: `secret-${a.contratId}@exemple.fr`,
      nom: `Secret ${a.contratId}`,
      fonction: 'Essai',
      organisationId: 'VILLE',
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: [],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
  }
  proprietaire = decodeURIComponent(new URL(app.base.url).username);
});
afterAll(async () => {
  await autre.close();
  await app.close();
});

/** A bare connection, as an injected statement has it; each statement alone, its error code or its rows. */
class Injection {
  private constructor(private readonly client: pg.Client) {}
  static async ouvrir(url: string): Promise<Injection> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    return new Injection(client);
  }
  async essayer(requete: string): Promise<{ code: string | null; lignes: Record<string, unknown>[] }> {
    try {
      const r = await this.client.query(requete);
      return { code: null, lignes: [r].flat().at(-1)?.rows ?? [] };
    } catch (e) {
      await this.client.query('rollback').catch(() => {});
      return { code: (e as { code?: string }).code ?? 'perdue', lignes: [] };
    }
  }
  async valeur(requete: string): Promise<unknown> {
    const { code, lignes } = await this.essayer(requete);
    return code ?? Object.values(lignes[0] ?? {})[0];
  }
  fermer = () => this.client.end();
}

const DE_CHACUN = ['commencer_soumission', 'ecrire_audit', 'exiger_soumission', 'garder_reponse', 'prendre_soumission', 'tenir_soumission'];
/** What finds identifiers for the search box: those of the signed-in contract alone, whatever the words. */
const RECHERCHE = [
  'chercher_activites',
  'chercher_conventions',
  'chercher_decisions',
  'chercher_entrees',
  'chercher_releves',
  'chercher_seances',
  'mots_proches',
  'apprendre_mots',
  'noter_manque',
  'lire_manques',
] as const;
/** Every role that serving signs in with, and what it may ask of functions that act with the owner's rights. */
const ROLES = [
  {
    nom: 'service',
    groupe: 'concorde_application',
    portes: [
      ...DE_CHACUN,
      'actualiser_statistiques',
      'ajouter_travail',
      // Of cells: their numbers, their sessions by finished month, and since when something waits; of nobody.
      'cellules_en_attente',
      'nombres_de_cellules',
      'seances_de_cellules',
      'demander_travail',
      // Adds up the reports of a finished month of the signed-in contract.
      'plier_mailles',
      'rattacher_activites',
      ...RECHERCHE,
    ],
  },
  { nom: 'public', groupe: 'concorde_public', portes: DE_CHACUN },
  {
    nom: 'nominatif',
    groupe: 'concorde_nominatif',
    portes: [
      ...DE_CHACUN,
      'alertes_pour_cellules',
      'avertir',
      'compte_de_cellule',
      'comptes_de_cellule',
      'comptes_ouverts',
      'demander_travail',
      'dire_cellule_ouverte',
      'jour_de_l_acte',
      'nombres_de_cellules',
    ],
  },
  { nom: 'travaux', groupe: 'concorde_travaux', portes: [] },
] as const;
const urlDe = async (a: AppDeTest, role: keyof Acces): Promise<string> => (await a.base.acces(a.contratId))[role] ?? '';

const relations = (): Promise<Relation[]> => toutesRelations(app.base.owner);

describe.each(ROLES)('Par la connexion du rôle « $nom »', ({ nom: role, groupe, portes }) => {
  let i: Injection;
  beforeAll(async () => {
    i = await Injection.ouvrir(await urlDe(app, role));
  });
  afterAll(() => i.fermer());

  test('le rôle ne peut rien de plus que servir', async () => {
    const { lignes } = await i.essayer(`
      select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
        (select string_agg(r.rolname, ' ') from pg_roles r where pg_has_role(session_user, r.oid, 'member') and r.rolname <> session_user) as membre
      from pg_roles where rolname = session_user`);
    expect(lignes).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false, rolreplication: false, membre: groupe }]);
  });

  test('devenir quelqu’un d’autre est refusé, et revenir en arrière ne mène nulle part', async () => {
    for (const requete of [
      `set role "${proprietaire}"`,
      `set session authorization "${proprietaire}"`,
      'set role pg_read_server_files',
      'set role pg_execute_server_program',
      'set role pg_monitor',
      `select set_config('role', '${proprietaire}', false)`,
      `select set_config('session_authorization', '${proprietaire}', false)`,
      `set local session authorization "${proprietaire}"`,
      `set session authorization "${new URL(await autre.base.service(autre.contratId)).username}"`,
      `grant "${proprietaire}" to current_user`,
      'alter role current_user superuser',
      'alter role current_user bypassrls',
      'alter role current_user createrole',
      `alter role "${proprietaire}" password 'x'`,
      "create role intrus login superuser password 'x'",
      `reassign owned by "${proprietaire}" to current_user`,
      `drop owned by "${proprietaire}"`,
      'set session_replication_role = replica',
      "alter system set archive_command = 'true'",
      "alter database postgres set search_path = 'x'",
    ])
      expect([requete, (await i.essayer(requete)).code]).toEqual([requete, REFUSE]);
    expect((await i.essayer("set is_superuser = 'on'")).code).not.toBeNull();
    for (const requete of ['set role none', 'reset role', 'reset session authorization', 'discard all', 'reset all']) {
      await i.essayer(requete);
      expect([requete, await i.valeur('select session_user = current_user and not (select rolsuper from pg_roles where rolname = current_user)')]).toEqual([
        requete,
        true,
      ]);
    }
  });

  test('aucun fichier, aucun programme, aucun autre serveur', async () => {
    for (const requete of [
      "copy (select 1) to program 'true'",
      "copy contrats from program 'id'",
      "copy (select 1) to '/tmp/concorde-injection'",
      "copy contrats from '/etc/passwd'",
      "select pg_read_file('/etc/passwd')",
      "select pg_read_binary_file('postgresql.conf')",
      "select pg_ls_dir('.')",
      'select * from pg_ls_logdir()',
      "select * from pg_stat_file('PG_VERSION')",
      "select lo_import('/etc/passwd')",
      "select lo_export(1, '/tmp/concorde-injection')",
      'select pg_reload_conf()',
      'select pg_rotate_logfile()',
      'create extension dblink',
      'create extension file_fdw',
      'create extension adminpack',
      "create function f() returns int language c as '/lib/x.so', 'f'",
      'create untrusted language x',
      'create server s foreign data wrapper postgres_fdw',
      "create subscription s connection 'host=127.0.0.1' publication p",
      "load '/lib/x.so'",
      "select * from dblink('host=127.0.0.1', 'select 1') as t (x int)",
    ]) {
      const { code } = await i.essayer(requete);
      // What does not even exist here is as closed as what is refused.
      expect([requete, code !== null && /^(42501|42883|42704|42601|58P01|0A000|42P01)$/.test(code)]).toEqual([requete, true]);
    }
  });

  test('aucun grand objet : ce qui entre par morceaux reste dans des lignes du contrat', async () => {
    for (const requete of [
      'select lo_create(0)',
      'select lo_creat(-1)',
      "select lo_from_bytea(0, 'x')",
      "select lo_put(1, 0, 'x')",
      'select lo_get(1)',
      'select lo_open(1, 131072)',
      'select lo_unlink(1)',
    ])
      expect([requete, (await i.essayer(requete)).code]).toEqual([requete, REFUSE]);
    expect(await i.valeur('select count(*)::int from pg_largeobject_metadata')).toBe(0);
    expect((await i.essayer("insert into morceaux (contrat_id, id, rang, octets) values (32000, gen_random_uuid(), 0, 'x')")).code).toBe(REFUSE);
  });

  test('rien ne se crée, ne se change ni ne s’ôte dans le schéma, pas même une table temporaire', async () => {
    for (const requete of [
      'create schema intrus',
      'create table public.intrus (x int)',
      'create temporary table audit (x int)',
      'create view public.intrus as select 1',
      'create sequence public.intrus',
      'create type public.intrus as (x int)',
      "create function public.intrus() returns int language sql as 'select 1'",
      "create function public.concorde_contrat() returns smallint language sql as 'select 2::smallint'",
      "create or replace function public.concorde_contrat() returns smallint language sql as 'select 2::smallint'",
      'alter function concorde_contrat() security invoker',
      'alter table comptes disable row level security',
      'alter table comptes no force row level security',
      'alter table comptes owner to current_user',
      'drop policy contrat_seul on comptes',
      'alter policy contrat_seul on comptes using (true)',
      'create policy tout on comptes using (true)',
      'alter table audit disable trigger all',
      'drop trigger chaine on audit',
      'create trigger t before insert on comptes for each row execute function enchainer_audit()',
      'create rule r as on select to comptes do instead nothing',
      'truncate comptes',
      'drop table comptes',
      'alter table comptes drop column nom',
      'create index on comptes (nom)',
      "comment on table comptes is ''",
      'create publication p for all tables',
      "select proteger('comptes')",
      "select signaler('comptes')",
      "select annoter('comptes', null)",
    ])
      expect([requete, (await i.essayer(requete)).code]).toEqual([requete, REFUSE]);
    // PostgreSQL only warns that nothing was granted.
    const droits = () => i.valeur("select relacl::text from pg_class where oid = 'comptes'::regclass");
    const avant = await droits();
    await i.essayer('grant all on comptes to public');
    await i.essayer('grant concorde_application to public');
    expect(await droits()).toBe(avant);
  });

  test('le contrat ne se choisit pas : aucun réglage ne montre une ligne d’un autre, dans aucune table ni vue d’aucun schéma', async () => {
    const toutes = await relations();
    expect(toutes.length).toBeGreaterThan(40);
    const fautes: string[] = [];
    for (const reglage of [
      'select 1',
      `set concorde.contrat_id = '${autre.contratId}'`,
      `select set_config('concorde.contrat_id', '${autre.contratId}', false), set_config('concorde.utilisateur_id', gen_random_uuid()::text, false)`,
      'set search_path = pg_temp, public',
    ]) {
      expect((await i.essayer(reglage)).code).toBeNull();
      for (const { nom, contrat } of toutes) {
        // The queue has a test of its own.
        if (role === 'travaux' && nom.startsWith('graphile_worker.')) continue;
        const lu = await i.valeur(`select count(*)::int as n from ${nom}${contrat ? ` where contrat_id is distinct from ${app.contratId}` : ''}`);
        if (lu === REFUSE || lu === 0) continue;
        // The only table without a contract column that may be read is the contract's own line.
        if (nom === 'public.contrats' && lu === 1 && (await i.valeur('select id from contrats')) === app.contratId) continue;
        fautes.push(`${reglage} : ${nom} montre ${lu}`);
      }
    }
    expect(fautes).toEqual([]);
    await i.essayer('reset all');
  });

  test('rien ne s’écrit dans un autre contrat', async () => {
    await i.essayer(`set concorde.contrat_id = '${autre.contratId}'`);
    for (const { nom, genre, contrat } of await relations()) {
      if (genre !== 'r' || !contrat) continue;
      expect([nom, (await i.essayer(`insert into ${nom} (contrat_id) values (${autre.contratId})`)).code]).toEqual([nom, REFUSE]);
      for (const requete of [
        `update ${nom} set contrat_id = ${app.contratId} where contrat_id = ${autre.contratId} returning 1`,
        `delete from ${nom} where contrat_id = ${autre.contratId} returning 1`,
      ]) {
        const { code, lignes } = await i.essayer(requete);
        expect([requete, code === REFUSE || (code === null && lignes.length === 0)]).toEqual([requete, true]);
      }
    }
    await i.essayer('reset all');
  });

  test('ni les catalogues, ni les statistiques, ni les sessions des autres ne parlent', async () => {
    for (const requete of [
      'select * from pg_authid',
      'select * from pg_shadow',
      'select * from pg_statistic',
      'select * from pg_hba_file_rules',
      'select * from pg_file_settings',
    ])
      expect([requete, (await i.essayer(requete)).code]).toEqual([requete, REFUSE]);
    await sql`analyze`.execute(app.base.owner);
    expect(
      await i.valeur(`
      select count(*)::int from pg_stats s join pg_class c on c.relname = s.tablename and c.relrowsecurity
      where s.schemaname = 'public' and c.relnamespace = 'public'::regnamespace`),
    ).toBe(0);
    const voisin = await Injection.ouvrir(await autre.base.service(autre.contratId));
    await voisin.essayer("select 'secret du voisin'");
    await sql`select 'secret du propriétaire'`.execute(app.base.owner);
    const vues = await i.essayer("select query from pg_stat_activity where query like '%secret du%' and pid <> pg_backend_pid()");
    expect(vues.lignes).toEqual([]);
    const pid = await voisin.valeur('select pg_backend_pid()');
    expect(await i.valeur(`select pg_terminate_backend(${String(pid)})`)).toBe(REFUSE);
    expect(await i.valeur(`select pg_cancel_backend(${String(pid)})`)).toBe(REFUSE);
    await voisin.fermer();
  });

  test('une erreur provoquée, un export XML, une politique contournée ne disent rien d’un autre contrat', async () => {
    const piege = await i.essayer(`select count(*) from comptes where 1 / (case when contrat_id = ${autre.contratId} then 0 else 1 end) = 1`);
    expect([null, REFUSE]).toContain(piege.code);
    const xml = String(await i.valeur("select table_to_xml('comptes', true, false, '')::text"));
    expect(xml).not.toContain(`secret-${autre.contratId}@`);
    expect(['42501', '0A000']).toContain((await i.essayer('set row_security = off; select count(*) from comptes')).code);
    await i.essayer('reset all');
  });

  test('les fonctions qui agissent avec les droits du propriétaire sont connues, bornées au contrat, et ne se détournent pas', async () => {
    const { rows } = await sql<{ nom: string; reglages: string[] | null; declencheur: boolean; ouverte: boolean }>`
      select p.proname::text as nom, p.proconfig as reglages, p.prorettype = 'trigger'::regtype as declencheur,
        has_function_privilege(${decodeURIComponent(new URL(await urlDe(app, role)).username)}, p.oid, 'execute') as ouverte
      from pg_proc p
      where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      order by 1`.execute(app.base.owner);
    for (const f of rows)
      expect([f.nom, f.reglages?.find((r) => r.startsWith('search_path='))]).toEqual([
        f.nom,
        expect.stringMatching(/^search_path="?pg_catalog\b.*\bpg_temp"?$/),
      ]);
    expect(rows.filter((f) => f.declencheur && f.ouverte)).toEqual([]);
    const ouvertes = rows.filter((f) => f.ouverte).map((f) => f.nom);
    expect(ouvertes.sort()).toEqual([...portes, 'concorde_contrat', 'concorde_plan'].sort());
    expect((await i.essayer(`select ajouter_travail(${autre.contratId}::smallint, gen_random_uuid())`)).code).toBe(REFUSE);
    await i.essayer(`set concorde.contrat_id = '${autre.contratId}'`);
    expect((await i.essayer(`select ajouter_travail(${autre.contratId}::smallint, gen_random_uuid())`)).code).toBe(REFUSE);
    expect(await i.valeur('select concorde_contrat()')).toBe(app.contratId);
    if (role === 'service') {
      const lignes = (
        await i.essayer(
          "select id from chercher_entrees('fiche:*', 'contrat', 'fiche') union all select id::text from chercher_activites('a:*', '{formations}', 1000) union all select id::text from chercher_conventions('a:*', 1000)",
        )
      ).lignes;
      const etrangers = await sql<{ n: number }>`
        select count(*)::int as n from unnest(${lignes.map((l) => String((l as { id: unknown }).id))}::text[]) as x (id)
        where not exists (select from recherche r where r.contrat_id = ${app.contratId} and r.id = x.id)
          and not exists (select from activites a where a.contrat_id = ${app.contratId} and a.id::text = x.id)
          and not exists (select from conventions c where c.contrat_id = ${app.contratId} and c.id::text = x.id)`.execute(app.base.owner);
      expect(etrangers.rows).toEqual([{ n: 0 }]);
    }
    await i.essayer('reset all');
  });
});

describe('La file des travaux', () => {
  test('le service n’y touche que par sa fonction ; le rôle de la file n’y voit et n’y change que les travaux de son contrat', async () => {
    for (const a of [app, autre]) await ajouterTravail(a.db, a.contratId, { genre: 'essai', libelle: 'Essai', charge: {}, demandePar: null });
    const tables = (await relations()).map((r) => r.nom).filter((n) => n.startsWith('graphile_worker.'));
    expect(tables.length).toBeGreaterThan(4);
    const service = await Injection.ouvrir(await app.base.service(app.contratId));
    for (const t of tables) expect([t, await service.valeur(`select count(*)::int from ${t}`)]).toEqual([t, REFUSE]);
    expect((await service.essayer("select graphile_worker.add_job('travail_2')")).code).toBe(REFUSE);
    await service.fermer();

    const { travaux } = await app.base.acces(app.contratId);
    const i = await Injection.ouvrir(travaux);
    const contrats = async (requete: string) => (await i.essayer(requete)).lignes.map((l) => Object.values(l)[0]);
    expect(await contrats("select distinct (payload->>'contratId')::int from graphile_worker._private_jobs")).toEqual([app.contratId]);
    expect(await contrats('select identifier from graphile_worker._private_tasks')).toEqual([`travail_${app.contratId}`]);
    expect(await i.valeur('select count(*)::int from graphile_worker.jobs')).toBe(REFUSE);
    const chez = `'travail_${autre.contratId}'`;
    expect((await i.essayer(`select graphile_worker.add_job(${chez})`)).code).toBe(REFUSE);
    expect((await i.essayer(`insert into graphile_worker._private_tasks (identifier) values ('autre_${autre.contratId}')`)).code).toBe(REFUSE);
    const vider = await i.essayer('delete from graphile_worker._private_jobs returning 1');
    expect([vider.code, vider.lignes.length]).toEqual([null, 1]);
    await i.fermer();
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from graphile_worker.jobs where task_identifier = ${`travail_${autre.contratId}`}`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(1);
  });
});

test('ce qui se dit en direct dans un autre contrat ne s’écoute pas', async () => {
  const entendus: string[] = [];
  const client = new pg.Client({ connectionString: await app.base.service(app.contratId) });
  client.on('notification', (n) => entendus.push(n.payload ?? ''));
  await client.connect();
  const { rows } = await client.query<{ canal: string }>('select canal from contrats');
  expect(rows).toHaveLength(1);
  for (const canal of ['concorde_direct', 'concorde_changement', `concorde_direct_${rows[0]?.canal}`]) await client.query(`listen "${canal}"`);
  await inTransaction(autre.db, { contratId: autre.contratId }, (tx) => emettre(tx, 'salle', { genre: 'voisin' }));
  await inTransaction(app.db, { contratId: app.contratId }, (tx) => emettre(tx, 'salle', { genre: 'ici' }));
  await expect.poll(() => entendus.length).toBeGreaterThan(0);
  expect(entendus.map((e) => JSON.parse(e).e.genre)).toEqual(['ici']);
  await client.end();
});

test('chaque fonction PL/pgSQL cherche d’abord au catalogue, jamais dans une table temporaire ; chaque vue obéit à qui la lit', async () => {
  const { rows: fonctions } = await sql<{ nom: string }>`
    select p.oid::regprocedure::text as nom
    from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace::regnamespace::text <> all (${[...AILLEURS, 'graphile_worker']}::text[]) and l.lanname = 'plpgsql'
      and coalesce(array_to_string(p.proconfig, ' '), '') !~ 'search_path="?pg_catalog.*pg_temp'`.execute(app.base.owner);
  expect(fonctions).toEqual([]);
  const { rows: vues } = await sql<{ nom: string }>`
    select c.relname as nom from pg_class c
    where c.relkind in ('v', 'm') and c.relnamespace::regnamespace::text <> all (${[...AILLEURS, 'graphile_worker']}::text[])
      and not ('security_invoker=true' = any(coalesce(c.reloptions, '{}')) )`.execute(app.base.owner);
  expect(vues).toEqual([]);
});

describe('Deux installations sur un même serveur', () => {
  let voisine: BaseDeTest;
  beforeAll(async () => {
    voisine = await testDatabase();
  });
  afterAll(() => voisine.close());

  test('le rôle de l’une ne voit rien dans la base de l’autre, et une copie ne garde pas les rôles de l’original', async () => {
    const installation = { empreinte: 'abcd0123', secret: 'un secret d’essai' };
    const contratId = app.contratId;
    const { service } = await installerRoles(voisine.owner, { url: voisine.url, contratId, installation });
    const chezAutrui = Object.assign(new URL(service), { pathname: new URL(app.base.url).pathname }).href;
    const i = await Injection.ouvrir(chezAutrui);
    for (const { nom } of await relations())
      expect([nom, [0, REFUSE].includes((await i.valeur(`select count(*)::int from ${nom}`)) as never)]).toEqual([nom, true]);
    await i.fermer();
    const refusee = openDatabase(chezAutrui, { role: 'application', contratId, max: 1 });
    await expect(sql`select 1`.execute(refusee)).rejects.toThrow(/n’est pas celui du contrat/);
    await refusee.destroy();
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from roles_service where base <> (select oid from pg_database where datname = current_database())`.execute(voisine.owner);
    expect(rows[0]?.n).toBe(0);
  });

  test('servir avec le compte du propriétaire, ou avec celui d’un autre contrat, est refusé', async () => {
    for (const [url, message] of [
      [app.base.url, /peut plus que servir/],
      [await app.base.service(autre.contratId), /n’est pas celui du contrat/],
    ] as const) {
      const db = openDatabase(url, { role: 'application', contratId: app.contratId, max: 1 });
      await expect(sql`select 1`.execute(db)).rejects.toThrow(message);
      await db.destroy();
    }
  });

  test('un mot de passe ou un réglage changé par le rôle lui-même est remis au démarrage suivant', async () => {
    const installation = { empreinte: 'abcd4567', secret: 'un autre secret d’essai' };
    const o = { url: voisine.url, contratId: app.contratId, installation };
    const { service } = await installerRoles(voisine.owner, o);
    const i = await Injection.ouvrir(service);
    await i.essayer("alter role current_user password 'vole'; alter role current_user set statement_timeout = 1");
    await i.fermer();
    await expect(Injection.ouvrir(service)).rejects.toThrow();
    await installerRoles(voisine.owner, o);
    const apres = await Injection.ouvrir(service);
    expect(await apres.valeur('show statement_timeout')).toBe('0');
    await apres.fermer();
  });
});
