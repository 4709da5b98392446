/** Three planes: what each account of the database reaches, in every schema, and how a nominative module uses what core keeps. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { acces } from '../src/core/authorize.ts';
import { type Db, inTransaction, openDatabase } from '../src/core/base/database.ts';
import { addFichier } from '../src/core/base/files.ts';
import { get, json, post, redirige, type Route } from '../src/core/http/http.ts';
import { ajouterTravail, type Tache } from '../src/core/jobs/jobs.ts';
import { ajouterCourriel, avertir } from '../src/core/courrier/mail.ts';
import { verser } from '../src/core/base/chunks.ts';
import { type Plan, PLANS } from '../src/core/base/plans.ts';
import { passer } from '../src/core/jobs/rendezvous.ts';
import { createServer } from '../src/core/http/server.ts';
import { CHAMP_CLE } from '../src/core/http/submissions.ts';
import { ADRESSE, type AppDeTest, ouvrirApp, routesDEssai } from './support/app.ts';
import { relations, sansProtection, tablesDuContrat } from './support/relations.ts';
import { faireTravaux } from './support/travaux.ts';

const REFUSE = '42501';
const NOM = 'Camille Dupont';

let app: AppDeTest;
let autre: AppDeTest;
/** The queue's own account. */
let file: Db;
let serveur: FastifyInstance;
beforeAll(async () => {
  app = await ouvrirApp();
  autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
  file = openDatabase((await app.base.acces(app.contratId)).travaux, { max: 1 });
  const { owner } = app.base;
  await sql`create table nominatif.dossiers (contrat_id smallint not null references contrats (id), id uuid not null default gen_random_uuid(), nom text not null,
    primary key (contrat_id, id))`.execute(owner);
  await sql`select proteger('nominatif.dossiers', 'nominatif')`.execute(owner);
  await sql`create function nominatif.compter() returns int language sql as 'select 1'`.execute(owner);
  for (const a of [app, autre]) await sql`insert into nominatif.dossiers (contrat_id, nom) values (${a.contratId}, ${NOM})`.execute(owner);
  serveur = await createServer({
    ...sansPage,
    bases: app.bases,
    contrat: { id: app.contratId, slug: 'essai' },
    routes: PLANS.flatMap(routesDuPlan),
  });
});
afterAll(async () => {
  await serveur.close();
  await file.destroy();
  await autre.close();
  await app.close();
});

const sansPage = {
  fuseau: () => 'Europe/Paris',
  adresse: ADRESSE,
  mandataires: false as const,
  audit: null,
  identifierJeton: async () => null,
  identifier: async () => null,
  rendre: async () => '',
  pageErreur: (e: Error) => ({ titre: 'Erreur', corps: e.message }),
  horloge: () => new Date(),
  statique: null,
  pages: null,
  journal: false,
  demonstration: false,
};
const compteDe = async (db: Db): Promise<string> => (await sql<{ qui: string }>`select session_user::text as qui`.execute(db)).rows[0]?.qui ?? '';
const codeDe = (q: Promise<unknown>): Promise<string> =>
  q.then(
    () => 'permis',
    (e: { code?: string }) => e.code ?? String(e),
  );
let fois = 0;
const routesDuPlan = (plan: Plan): Route[] =>
  [
    get(`/${plan}`, acces.public, async (c) => json(await compteDe(c.db))),
    post(`/${plan}`, acces.public, async (c) => {
      fois += 1;
      await c.auditer('essai.fait', `/${plan}/${await compteDe(c.db)}`);
      return redirige(`/${plan}/fait-${fois}`);
    }),
    post(
      `/${plan}/long`,
      acces.public,
      async (c) => {
        fois += 1;
        await c.auditer('essai.long', `/${plan}`);
        return redirige(`/${plan}/fait-${fois}`);
      },
      { sansTransaction: true, creation: true },
    ),
  ].map((r) => ({ ...r, plan }));

describe('Le schéma nominatif', () => {
  test('les comptes du service, du public et de la file n’y lisent, n’y écrivent et n’y exécutent rien', async () => {
    for (const [qui, db] of [
      ['service', app.bases.partenariat],
      ['public', app.bases.public],
      ['travaux', file],
    ] as const)
      for (const requete of [
        'select * from nominatif.dossiers',
        'select count(*) from nominatif.dossiers',
        `insert into nominatif.dossiers (contrat_id, nom) values (${app.contratId}, 'x')`,
        "update nominatif.dossiers set nom = 'x'",
        'delete from nominatif.dossiers',
        'truncate nominatif.dossiers',
        'select nominatif.compter()',
        'create table nominatif.intrus (x int)',
        'grant usage on schema nominatif to current_user',
        'set role concorde_nominatif',
      ])
        expect([qui, requete, await codeDe(sql.raw(requete).execute(db))]).toEqual([qui, requete, REFUSE]);
  });

  test('le compte nominatif y tient son seul contrat, et n’efface rien qu’une règle ne demande', async () => {
    const db = app.bases.nominatif;
    const lus = async () => (await sql<{ contrat: number }>`select distinct contrat_id as contrat from nominatif.dossiers`.execute(db)).rows;
    expect(await lus()).toEqual([{ contrat: app.contratId }]);
    await sql`insert into nominatif.dossiers (contrat_id, nom) values (${app.contratId}, 'x')`.execute(db);
    await sql`update nominatif.dossiers set nom = 'y' where nom = 'x'`.execute(db);
    expect(await codeDe(sql`insert into nominatif.dossiers (contrat_id, nom) values (${autre.contratId}, 'x')`.execute(db))).toBe(REFUSE);
    expect((await sql`update nominatif.dossiers set nom = 'z' where contrat_id = ${autre.contratId}`.execute(db)).numAffectedRows).toBe(0n);
    expect(await codeDe(sql`delete from nominatif.dossiers`.execute(db))).toBe(REFUSE);
    await inTransaction(db, { contratId: autre.contratId }, async (tx) => {
      await sql`select set_config('concorde.contrat_id', ${String(autre.contratId)}, true)`.execute(tx);
      expect((await sql`select from nominatif.dossiers where contrat_id = ${autre.contratId}`.execute(tx)).rows).toEqual([]);
    });
  });

  test('ce qui est nominatif n’est que là, et rien d’autre n’y est ; un plan inconnu est refusé', async () => {
    const { owner } = app.base;
    const essayer = (cible: string, plan: string) =>
      inTransaction(owner, { contratId: 0 }, (tx) => sql`select proteger(${cible}::regclass, ${plan})`.execute(tx));
    await expect(essayer('travaux', 'nominatif')).rejects.toThrow('schéma nominatif');
    for (const plan of ['partenariat', 'public']) await expect(essayer('nominatif.dossiers', plan)).rejects.toThrow('schéma nominatif');
    await expect(essayer('travaux', 'secret')).rejects.toThrow('plan inconnu');
    await expect(sql`select ouvrir_en_lecture('nominatif.dossiers', 'public')`.execute(owner)).rejects.toThrow('ne s’ouvre pas');
  });

  test('une table oubliée, dans n’importe quel schéma, est vue par les contrôles de tous les plans', async () => {
    const { owner } = app.base;
    await sql`create schema ailleurs`.execute(owner);
    await sql`grant usage on schema ailleurs to concorde_application`.execute(owner);
    await sql`create table ailleurs.oubliee (contrat_id smallint primary key)`.execute(owner);
    expect(await sansProtection(owner)).toEqual(['ailleurs.oubliee']);
    expect((await relations(owner)).map((r) => r.nom)).toEqual(expect.arrayContaining(['ailleurs.oubliee', 'nominatif.dossiers', 'public.comptes']));
    await sql`select proteger('ailleurs.oubliee', 'partenariat')`.execute(owner);
    expect(await sansProtection(owner)).toEqual([]);
    await sql`insert into ailleurs.oubliee values (${app.contratId}), (${autre.contratId})`.execute(owner);
    expect((await sql`select contrat_id from ailleurs.oubliee`.execute(app.bases.partenariat)).rows).toEqual([{ contratId: app.contratId }]);
    await sql`drop schema ailleurs cascade`.execute(owner);
  });
});

/** Tables on which the account of a plane has each right, whatever the schema. */
async function droitsDe(plan: Plan): Promise<Record<'lit' | 'ecrit', string[]>> {
  const compte = await compteDe(app.bases[plan]);
  const { rows } = await sql<{ nom: string; lit: boolean; ecrit: boolean }>`
    select x.nom, s.entre and has_any_column_privilege(${compte}, x.nom, 'select') as lit,
      s.entre and (has_any_column_privilege(${compte}, x.nom, 'insert') or has_any_column_privilege(${compte}, x.nom, 'update')
        or has_table_privilege(${compte}, x.nom, 'delete') or has_table_privilege(${compte}, x.nom, 'truncate')) as ecrit
    from unnest(${(await relations(app.base.owner)).map((r) => r.nom)}::text[]) as x (nom),
      lateral (select has_schema_privilege(${compte}, split_part(x.nom, '.', 1), 'usage') as entre) as s`.execute(app.base.owner);
  return { lit: rows.filter((r) => r.lit).map((r) => r.nom), ecrit: rows.filter((r) => r.ecrit).map((r) => r.nom) };
}
const CATALOGUE = ['public.contrat_chargements', 'public.contrat_objets', 'public.contrats', 'public.textes_officiels'];

describe('Ce que chaque plan atteint', () => {
  test('le public lit le catalogue et les statistiques publiées, et n’écrit rien', async () => {
    expect(await droitsDe('public')).toEqual({
      lit: [
        ...CATALOGUE,
        'public.contours',
        'public.messages_relayes',
        'public.secours_corrections',
        'public.secours_verifications',
        'public.series_contexte',
        'public.structure_services',
        'public.structures',
      ].sort(),
      ecrit: [],
    });
  });

  test('hors de son schéma, le nominatif ne lit que le catalogue du contrat', async () => {
    const { lit, ecrit } = await droitsDe('nominatif');
    expect([lit.filter((nom) => !nom.startsWith('nominatif.')), ecrit.filter((nom) => !nom.startsWith('nominatif.'))]).toEqual([CATALOGUE, []]);
    expect(ecrit).toContain('nominatif.dossiers');
  });

  test('le partenariat n’a de droit dans aucun autre schéma que le sien', async () => {
    const { lit, ecrit } = await droitsDe('partenariat');
    expect([...lit, ...ecrit].filter((nom) => !nom.startsWith('public.'))).toEqual([]);
    expect(lit.length).toBeGreaterThan(40);
    expect(ecrit).not.toContain('public.audit');
  });

  test('le canal du direct n’est connu que du partenariat', async () => {
    for (const plan of ['public', 'nominatif'] as const) expect(await codeDe(sql`select canal from contrats`.execute(app.bases[plan]))).toBe(REFUSE);
    expect((await sql`select canal from contrats`.execute(app.db)).rows).toHaveLength(1);
  });

  test('ce qui est du plan public se lit sans compte et n’enregistre rien', async () => {
    const publiques = (await routesDEssai()).filter((r) => r.plan === 'public');
    expect(publiques.length).toBeGreaterThan(9);
    expect(publiques.filter((r) => r.methode !== 'GET' || r.acces.genre !== 'public').map((r) => r.chemin)).toEqual([]);
  });
});

describe('Une requête', () => {
  const envoyer = (url: string, cle: string) =>
    serveur.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: ADRESSE },
      payload: new URLSearchParams({ [CHAMP_CLE]: cle, champ: 'x' }).toString(),
    });

  test.each(PLANS)('du plan %s se sert par le compte de ce plan, écrit le journal, et ne se fait qu’une fois', async (plan) => {
    const compte = await compteDe(app.bases[plan]);
    expect(compte).toMatch(new RegExp(`^concorde_${plan === 'partenariat' ? 'service' : plan}_`));
    expect((await serveur.inject(`/${plan}`)).json()).toBe(compte);
    for (const url of [`/${plan}`, `/${plan}/long`]) {
      const premiere = await envoyer(url, `cle-de-${plan}`);
      const seconde = await envoyer(url, `cle-de-${plan}`);
      expect([premiere.statusCode, seconde.headers.location]).toEqual([303, premiere.headers.location]);
    }
    const { rows } = await sql<{ objet: string; details: object; contrat: number }>`
      select objet, details, contrat_id as contrat from audit where action like 'essai.%' and objet like ${`/${plan}%`} order by numero`.execute(
      app.base.owner,
    );
    const dit = plan === 'partenariat' ? {} : { plan };
    expect(rows).toEqual([
      { objet: `/${plan}/${compte}`, details: dit, contrat: app.contratId },
      { objet: `/${plan}`, details: dit, contrat: app.contratId },
    ]);
  });

  test('l’audit d’un plan ne s’écrit pas chez un autre contrat, et ne cache pas d’où il vient', async () => {
    const forgee = [{ quand: new Date(), action: 'essai.forge', objet: '/', details: { plan: 'partenariat' }, contrat_id: autre.contratId }];
    await sql`select set_config('concorde.contrat_id', ${String(autre.contratId)}, false), ecrire_audit(${JSON.stringify(forgee)}::jsonb)`.execute(
      app.bases.nominatif,
    );
    const { rows } = await sql`select contrat_id as contrat, details from audit where action = 'essai.forge'`.execute(app.base.owner);
    expect(rows).toEqual([{ contrat: app.contratId, details: { plan: 'nominatif' } }]);
    expect(await codeDe(sql`select ecrire_audit('[]')`.execute(file))).toBe(REFUSE);
  });

  test('une clé ne répond qu’à qui l’a envoyée : le tableau des envois ne s’ouvre à aucun plan', async () => {
    for (const plan of PLANS) expect(await codeDe(sql`update soumissions set reponse = null`.execute(app.bases[plan]))).toBe(REFUSE);
    for (const plan of ['public', 'nominatif'] as const) expect(await codeDe(sql`select * from soumissions`.execute(app.bases[plan]))).toBe(REFUSE);
  });
});

describe('Ce qu’un module nominatif demande à Concorde', () => {
  const dossier = '00000000-0000-4000-8000-000000000001';
  const tache: Tache = {
    genre: 'essai-reserve',
    plan: 'nominatif',
    executer: async ({ db, contratId, progres }) => {
      await progres(1, 2, `Dossier de ${NOM}`);
      const { rows } = await sql<{ nom: string }>`select nom from nominatif.dossiers where contrat_id = ${contratId}`.execute(db);
      return { dossiers: rows.length, qui: rows[0]?.nom, compte: await compteDe(db) };
    },
  };
  const demander = (charge: Record<string, unknown>) =>
    inTransaction(app.bases.nominatif, { contratId: app.contratId }, (tx) =>
      ajouterTravail(tx, app.contratId, { genre: tache.genre, libelle: `Dossier de ${NOM}`, charge, demandePar: null }),
    );

  test('un travail se fait par son compte, et sa ligne, que les partenaires lisent, ne dit ni quoi ni qui', async () => {
    const id = await demander({ dossier, jour: '2026-05-12', fois: 2, liste: [dossier], non: false });
    const avant = Number(
      (await sql<{ n: number }>`select count(*)::int as n from nominatif.dossiers where contrat_id = ${app.contratId}`.execute(app.base.owner)).rows[0]?.n,
    );
    expect(await faireTravaux(app, [tache])).toBe(1);
    const { rows } = await sql<{ ligne: string; etat: string; libelle: string; resultat: object }>`
      select t::text as ligne, etat, libelle, resultat from travaux t where id = ${id}::uuid`.execute(app.db);
    expect(rows[0]).toMatchObject({ etat: 'fait', libelle: 'Travail réservé', resultat: { dossiers: avant } });
    expect(rows[0]?.ligne).not.toMatch(/Camille|Dupont|concorde_/);
  });

  test.each([[{ nom: NOM }], [{ nom: 'Dupont' }], [{ dossier: { nom: NOM } }], [{ liste: ['x'] }]])(
    'un travail qui porterait %j est refusé',
    async (charge) => {
      expect(await codeDe(demander(charge))).toBe(REFUSE);
    },
  );

  test('un rendez-vous se passe par son compte, et ne raconte rien', async () => {
    const vus: string[] = [];
    const r = { code: 'reserve', libelle: 'Réservé', quand: '0 0 * * *', plan: 'nominatif' as const };
    const executer = async ({ db }: { db: Db }) => {
      vus.push(await compteDe(db));
      return `Rappelé à ${NOM}`;
    };
    await passer(app.bases, app.contratId, { ...r, executer });
    expect(vus).toEqual([await compteDe(app.bases.nominatif)]);
    const { rows } = await sql`select etat, message from rendezvous_passages where code = 'reserve'`.execute(app.db);
    expect(rows).toEqual([{ etat: 'fait', message: '' }]);
  });

  test('un avis part dans des mots qui ne nomment personne, à un compte ouvert de ce contrat, et à lui seul', async () => {
    await app.get('/ma-journee', { comme: 'coordination' });
    await autre.get('/ma-journee', { comme: 'coordination', organisation: 'MAIRIE' });
    const un = async (a: AppDeTest) =>
      (await sql<{ id: string; courriel: string }>`select id, courriel from comptes where contrat_id = ${a.contratId} limit 1`.execute(a.base.owner)).rows[0];
    const [ici, la] = [await un(app), await un(autre)];
    const envoyer = (qui: string | undefined, lien: string, db = app.bases.nominatif) =>
      inTransaction(db, { contratId: app.contratId }, (tx) => avertir(tx, qui ?? '', lien));
    await envoyer(ici?.id, `${ADRESSE}/cellules/${dossier}`);
    const { rows } = await sql<{ destinataire: string; sujet: string; texte: string }>`
      select destinataire, sujet, texte from courriels where contrat_id = ${app.contratId} order by cree_le desc limit 1`.execute(app.base.owner);
    expect(rows[0]).toMatchObject({ destinataire: ici?.courriel, sujet: 'Concorde : quelque chose vous attend' });
    expect(rows[0]?.texte).toContain(`${ADRESSE}/cellules/${dossier}\n`);
    expect(await codeDe(envoyer(la?.id, `${ADRESSE}/cellules/${dossier}`))).toBe(REFUSE);
    for (const lien of [`${ADRESSE}/cellules?nom=Dupont`, `${ADRESSE}/cellules/Dupont`, `${ADRESSE}/cellules/${dossier}\nDupont`, 'Dupont', `javascript:/x`])
      expect([lien, await codeDe(envoyer(ici?.id, lien))]).toEqual([lien, REFUSE]);
    expect(await codeDe(envoyer(ici?.id, `${ADRESSE}/x`, app.db))).toBe(REFUSE);
  });

  test('lettres libres, fichiers et morceaux des partenaires lui sont refusés : il garde ses documents chez lui', async () => {
    const essayer = (f: (tx: Db) => Promise<unknown>) => codeDe(inTransaction(app.bases.nominatif, { contratId: app.contratId }, f));
    const k = app.contratId;
    expect(await essayer((tx) => ajouterCourriel(tx, k, { a: 'x@exemple.fr', sujet: NOM, texte: NOM }))).toBe(REFUSE);
    expect(await essayer((tx) => addFichier(tx, k, { nom: 'x', type: 'text/plain', contenu: Buffer.from(NOM) }))).toBe(REFUSE);
    expect(await essayer((tx) => verser(tx, 'package.json', async () => null))).toBe(REFUSE);
  });
});

test('chaque table qui porte un contrat, dans tous les schémas, est celle d’un plan et d’un seul en écriture', async () => {
  const ecrites = new Map<string, Plan[]>();
  for (const plan of PLANS) for (const nom of (await droitsDe(plan)).ecrit) ecrites.set(nom, [...(ecrites.get(nom) ?? []), plan]);
  expect([...ecrites].filter(([, plans]) => plans.length > 1)).toEqual([]);
  const portent = (await tablesDuContrat(app.base.owner)).map((r) => r.nom);
  expect(portent.filter((nom) => ecrites.has(nom)).length).toBeGreaterThan(30);
});
