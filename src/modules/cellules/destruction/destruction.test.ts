/** A name that was written here is looked for in every byte of everything else; destroyed, it is read by nobody, old copies and all keys in hand. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AppDeTest, ouvrirApp, routesDEssai } from '../../../../tests/support/app.ts';
import { adresseDe } from '../../../../tests/support/exemples.ts';
import { creerMonde } from '../../../../tests/support/monde.ts';
import { build } from '../../../../scripts/run.mjs';
import { chercheur, octetsDe, textesDe } from '../../../../tests/support/aiguilles.ts';
import { relations } from '../../../../tests/support/relations.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { ROLES, type Role } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Route } from '../../../core/http/http.ts';
import { admettre, avancer, celluleOuverte, designer, entrer, membreDe, ouvrir, PHRASE, pointsDe, seance, signer } from '../cellules.fixtures.ts';
import { CleRefusee, cleDeSituation, dechiffrer, desceller, ouvrirPrivee } from '../cles/cles.ts';
import { placeDe } from '../situations/contenu.ts';
import { publiqueDe } from '../cles/signature.ts';
import { openTrousseau, type Trousseau } from '../cles/trousseau.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { type Destructeur, detruire, purger } from './destruction.ts';
import { verifierCertificats } from './verifier.ts';

let app: AppDeTest;
let dossier: string;
let trousseau: Trousseau;
let k: Awaited<ReturnType<typeof celluleOuverte>>;
let situation: string;
const dits: string[] = [];
const debut = Date.now();
beforeAll(async () => {
  for (const sortie of [process.stdout, process.stderr])
    vi.spyOn(sortie, 'write').mockImplementation((morceau) => {
      dits.push(String(morceau));
      return true;
    });
  dossier = await mkdtemp(join(tmpdir(), 'trousseau-'));
  trousseau = openTrousseau(join(dossier, 'paris-2023-2026'));
  app = await ouvrirApp({ services: { trousseau: dossier } });
  k = await celluleOuverte(app);
  situation = await entrer(app, k.cellule, k.a);
  await toutFaire();
});
/** Everything by which a name goes through the server: a session, the wall, an emergency, a correction, papers. */
async function toutFaire(): Promise<void> {
  const { a, b, cellule } = k;
  await avancer(app, situation, 'recevable', a);
  const url = await seance(app, cellule, b, [a, b], [situation], jourDe(new Date(), 'Europe/Paris'));
  const [point] = await pointsDe(app, url);
  await app.post(`${url}/points/${point?.id}/ouvrir`, {}, b.cookie);
  await app.get(situation, b.cookie);
  await app.get(`${url}/projeter`, b.cookie);
  await app.post(`${url}/points/${point?.id}/clore`, {}, b.cookie);
  await app.post(`${url}/fermer`, {}, b.cookie);
  await app.post(`${cellule}/secours/demander`, { numero: '1', motif: 'danger' }, b.cookie);
  const accorder = /action="([^"]+\/accorder)"/.exec((await app.get(`${cellule}/secours`, a.cookie)).body)?.[1] ?? '';
  await app.post(accorder, {}, a.cookie);
  await app.get(situation, b.cookie);
  const champs = lireFormulaire((await app.get(`${situation}/rectifier`, a.cookie)).body, `${situation}/rectifier`);
  // A fault too: what was typed is in a page, and nowhere else.
  await app.post(`${situation}/rectifier`, { ...champs, naissance: 'mai' }, a.cookie);
  await app.post(`${situation}/rectifier`, champs, a.cookie);
  for (const papier of ['rapport/pdf', 'rapport/docx', 'notice/pdf']) expect((await app.get(`${situation}/${papier}`, a.cookie)).statusCode).toBe(200);
  await app.post(`${situation}/orienter`, { orientation: 'vvv' }, a.cookie);
  await app.post(`${cellule}/changer-cle`, {}, a.cookie);
}
afterAll(async () => {
  vi.restoreAllMocks();
  await app.close();
  await rm(dossier, { recursive: true, force: true });
});

/** Parts of the name and of the phrase without accent or capital: however they are written, these are in them. */
const MOTS = ['uatrebarbes', 'UATREBARBES', 'phyrine', 'PHYRINE', 'devine jamais'];
const trouvees = chercheur(MOTS);
/** Bytes of files written since then: pages of the base and its log, papers, fragments. Returns how many were read. */
async function fouiller(racine: string, depuis: number): Promise<[number, string[]]> {
  let lus = 0;
  const faits: string[] = [];
  for (const f of await readdir(racine, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const chemin = join(f.parentPath, f.name);
    // Another test's file may leave meanwhile.
    if (!f.isFile() || ((await stat(chemin).catch(() => null))?.mtimeMs ?? 0) < depuis) continue;
    lus += 1;
    const octets = await readFile(chemin).catch(() => Buffer.alloc(0));
    for (const a of FORMES) if (octets.includes(a)) faits.push(chemin);
  }
  return [lus, faits];
}
const FORMES = octetsDe(MOTS);
/** Every row of every table of every schema, as its owner reads it: what a dump in text says, and the samples that the planner keeps. */
async function toutLire(): Promise<[string, string][]> {
  const lus: [string, string][] = [];
  for (const { nom } of await relations(app.base.owner)) {
    const { rows } = await sql<{ t: string }>`select x::text as t from ${sql.table(nom)} x`.execute(app.base.owner);
    lus.push([nom, rows.map((r) => r.t).join('\n')]);
  }
  await sql`analyze`.execute(app.base.owner);
  for (const vue of ['pg_stats', 'pg_stat_activity', 'pg_prepared_statements', 'pg_description']) {
    const { rows } = await sql<{ t: string }>`select x::text as t from ${sql.table(`pg_catalog.${vue}`)} x`.execute(app.base.owner);
    // What this very test asks of the base is not what the base keeps.
    lus.push([vue, rows.map((r) => r.t).join('\n')]);
  }
  return lus;
}

test('le contrôle voit un nom sous chaque forme', async () => {
  for (const t of [
    'Quatrebarbes',
    Buffer.from('x Quatrebarbes y').toString('base64'),
    Buffer.from('xy Quatrebarbes').toString('hex'),
    '%51uatrebarbes',
    `\\x${gzipSync('Quatrebarbes').toString('hex')}`,
    `\\x${deflateSync('a Quatrebarbes').toString('hex')}`,
    'Z&#xE9;phyrine',
    '{"nom":"Z\\u00e9phyrine"}',
    'SUMMARY:Quatre\r\n barbes',
    Buffer.from('xé Quatrebarbes?').toString('base64url'),
  ])
    expect([t, trouvees(t).length > 0]).toEqual([t, true]);
  // Inside what is served: a workbook, a compressed body.
  const classeur = new JSZip();
  classeur.file('xl/sharedStrings.xml', '<t>Quatrebarbes</t>');
  for (const octets of [await classeur.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }), gzipSync('Quatrebarbes')])
    expect((await textesDe(octets)).flatMap(trouvees)).not.toEqual([]);
});

test('un nom planté n’est dans aucune table, aucun journal, aucun courriel, aucun fichier de la base ni du serveur', async () => {
  expect((await app.get(situation, k.a.cookie)).body).toContain('Quatrebarbes');
  await app.audit.vider();
  const tables = await toutLire();
  expect(tables.length).toBeGreaterThan(80);
  expect(tables.find(([nom]) => nom === 'nominatif.situation_contenus')?.[1].length).toBeGreaterThan(200);
  expect(tables.flatMap(([nom, t]) => trouvees(t).map((a) => [nom, a]))).toEqual([]);
  // The files of the base themselves, written since: its pages and its log.
  const [base] = (
    await sql<{
      data: string;
      oid: string;
    }>`select current_setting('data_directory') as data, oid::text from pg_database where datname = current_database()`.execute(app.base.owner)
  ).rows;
  await sql`checkpoint`.execute(app.base.owner);
  if (base && existsSync(base.data)) {
    const [[pages, dansLesPages], [journaux, dansLeJournal]] = [
      await fouiller(join(base.data, 'base', base.oid), debut),
      await fouiller(join(base.data, 'pg_wal'), debut),
    ];
    expect([pages > 10, journaux > 0, dansLesPages, dansLeJournal]).toEqual([true, true, [], []]);
  }
  // Fragments, and papers, which are made in memory.
  for (const d of [dossier, join(tmpdir(), 'concorde-documents')]) expect((await fouiller(d, 0))[1]).toEqual([]);
  expect(trouvees(dits.join(''))).toEqual([]);
});

const LARGES = ['membre de la cellule', 'personne', 'coordination', 'dpo'];
/** Every address that is read, of every module, on objects that exist, the cell's own among them. */
async function adresses(): Promise<{ r: Route; url: string }[]> {
  const monde = await creerMonde(app);
  const id = (table: string) =>
    sql<{ id: string }>`select id from ${sql.table(`nominatif.${table}`)} limit 1`.execute(app.base.owner).then((x) => x.rows[0]?.id ?? '');
  const siens: Record<string, string> = {
    cellule: basename(k.cellule),
    situation: basename(situation),
    reunion: await id('cellule_seances'),
    pointDeCellule: await id('cellule_points'),
    orientation: await id('situation_orientations'),
  };
  return (await routesDEssai(false)).flatMap((r) => {
    if (r.methode !== 'GET') return [];
    const url = adresseDe({ ...r, chemin: r.chemin.replace(/:(\w+)/g, (tout, nom: string) => siens[nom] ?? tout) }, monde, monde.ouvert);
    // A search is asked for all but the last letter: what it shows again is not what was planted.
    return url === null ? [] : [{ r, url: /recherche|\/api\//.test(url) ? `${url}?q=Quatrebarbe` : url }];
  });
}
test('un nom planté n’est dans aucune page, aucun export, aucune recherche de personne d’autre : chaque adresse, pour chaque rôle', async () => {
  const toutes = await adresses();
  const c = await membreDe(app, 'PARQUET');
  await designer(app, k.coordination, k.cellule, c);
  await signer(app, k.cellule, c);
  await admettre(app, k.cellule, k.a, c);
  await ouvrir(app, k.cellule, c);
  // Who sits there, has it open, and is not named for it; each role; nobody.
  const qui: [string, Role | null, string | undefined][] = [
    ['membre de la cellule', 'membre_cellule', c.cookie],
    ['personne', null, undefined],
  ];
  for (const role of Object.keys(ROLES) as Role[]) qui.push([role, role, await app.temoin({ comme: role, organisation: 'VILLE' })]);
  // Lists, searches, exports and days, for each role that the door lets in; what everybody reads, as nobody and as the member; an object of another
  // module, as those who read most and as one of the others in turn.
  const reste = qui.flatMap(([nom, role, cookie], i) =>
    toutes
      .filter(({ r }, rang) => {
        if (r.acces.genre === 'public') return LARGES.includes(nom) && nom !== 'coordination' && nom !== 'dpo';
        if (role === null || (r.acces.genre === 'roles' && !r.acces.roles.includes(role))) return false;
        return !r.chemin.includes(':') || r.chemin.startsWith('/cellules') || LARGES.includes(nom) || rang % qui.length === i;
      })
      .map((a) => ({ ...a, nom, cookie })),
  );
  const types = new Set<string>();
  const fuites: unknown[] = [];
  let [n, lues] = [0, 0];
  const lire = async (url: string, cookie: string | undefined): Promise<[number, string[]]> => {
    const reponse = await app.serveur.inject({
      method: 'GET',
      url,
      headers: cookie ? { cookie } : {},
      remoteAddress: `10.${++n % 200}.${Math.floor(n / 200) % 200}.1`,
    });
    if (reponse.statusCode === 200) types.add(String(reponse.headers['content-type']).split(';')[0] ?? '');
    return [reponse.statusCode, [...(await textesDe(reponse.rawPayload)), JSON.stringify(reponse.headers)].flatMap(trouvees)];
  };
  expect((await lire(situation, k.a.cookie))[1]).not.toEqual([]);
  const suivre = async () => {
    for (let x = reste.pop(); x; x = reste.pop()) {
      const [statut, dits] = await lire(x.url, x.cookie);
      if (statut === 200) lues += 1;
      // No stream is served here.
      if (dits.length > 0 || (statut >= 500 && !x.url.endsWith('/direct'))) fuites.push([x.nom, x.url, statut, dits[0]]);
    }
  };
  await Promise.all(Array.from({ length: 6 }, suivre));
  expect(fuites).toEqual([]);
  expect(lues).toBeGreaterThan(1000);
  for (const type of ['html', 'csv', 'json', 'pdf', 'calendar', 'spreadsheetml'])
    expect([type, [...types].some((t) => t.includes(type))]).toEqual([type, true]);
});

test('le rôle ordinaire n’a aucun droit sur aucun objet du schéma', async () => {
  for (const { nom } of (await relations(app.base.owner)).filter((r) => r.nom.startsWith('nominatif.')))
    for (const db of [app.bases.partenariat, app.bases.public])
      await expect(sql`select 1 from ${sql.table(nom)}`.execute(db)).rejects.toMatchObject({ code: '42501' });
  await expect(sql`select compte_de_cellule('x')`.execute(app.bases.partenariat)).rejects.toMatchObject({ code: '42501' });
  // Neither the schema, nor a table, a view, a sequence or a function in it, said by the catalogue too.
  const { rows } = await sql`
    select r, objet from unnest(array['concorde_application', 'concorde_public']) as r, lateral (
      select 'schéma' as objet where has_schema_privilege(r, 'nominatif', 'usage, create')
      union all select c.relname from pg_class c where c.relnamespace = 'nominatif'::regnamespace and case c.relkind
        when 'S' then has_sequence_privilege(r, c.oid, 'usage, select, update')
        when 'i' then false when 'I' then false
        else has_table_privilege(r, c.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege(r, c.oid, 'select, insert, update, references') end
      union all select p.proname from pg_proc p where p.pronamespace = 'nominatif'::regnamespace and has_function_privilege(r, p.oid, 'execute')
    ) as o`.execute(app.base.owner);
  expect(rows).toEqual([]);
});

test('CELL-23, cadre-de-protection : à son terme la clé est détruite, un certificat le prouve, et une vieille copie n’ouvre plus rien', async () => {
  const id = basename(situation);
  const { owner } = app.base;
  const contratId = app.contratId;
  const commun = { contratId, coffre: app.coffre, trousseau, utilisateur: null };
  const dans = (jours: number) => ({ ...commun, maintenant: new Date(Date.now() + jours * 86_400_000) });
  const lancer = (o: Destructeur) => dansLeFuseau('Europe/Paris', () => purger(app.bases.nominatif, o));
  const publique = await publiqueDe(app.coffre, contratId);
  const verifier = () => verifierCertificats(app.bases.nominatif, { journal: app.db, contratId, trousseau, publique, maintenant: new Date() });
  // A backup of the whole schema that day, as rows; the mirror of the trousseau of that day is left out, as it has no history.
  const copie = async (table: string) =>
    (await sql`select * from ${sql.table(table)} where contrat_id = ${contratId}`.execute(owner.withoutPlugins())).rows as Record<string, unknown>[];
  const tables = (await relations(owner)).filter((r) => r.nom.startsWith('nominatif.') && 'rp'.includes(r.genre)).map((r) => r.nom);
  const sauvegarde = new Map<string, Record<string, unknown>[]>();
  for (const t of tables)
    sauvegarde.set(
      t,
      (await sql<{ t: Record<string, unknown> }>`select to_jsonb(x) as t from ${sql.table(t)} x`.execute(owner.withoutPlugins())).rows.map((r) => r.t),
    );
  const boites = await copie('nominatif.situation_contenus');
  expect((await app.get(`${k.cellule}/destructions`, k.dpo)).body).toContain('Rien ne sera détruit');
  expect([await lancer(dans(100)), (await verifier()).fautes]).toEqual([0, []]);
  // A purge cut after the key, before the rows: nobody reads, nothing is claimed, the next one ends it.
  const coupee = {
    ...dans(200),
    coffre: {
      ...app.coffre,
      signer: () => {
        throw new Error('coupure');
      },
    },
  };
  await expect(lancer(coupee)).rejects.toThrow('1 situations');
  expect([await trousseau.lister(), (await copie('nominatif.certificats')).length]).toEqual([[], 0]);
  expect((await app.get(situation, k.a.cookie)).statusCode).toBe(409);
  expect((await verifier()).fautes).toHaveLength(1);
  expect([await lancer(dans(200)), await dansLeFuseau('Europe/Paris', () => detruire(app.bases.nominatif, dans(200), id))]).toEqual([1, false]);
  expect(await verifier()).toMatchObject({ certificats: 1, vivantes: 0, fautes: [] });
  // The command itself, by somebody at the server with neither the service nor its key.
  await build(['src/cli.ts']);
  const donnees = await mkdtemp(join(tmpdir(), 'donnees-'));
  const commande = () =>
    spawnSync(process.execPath, ['dist/src-cli.mjs', 'cellules', 'verifier'], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH ?? '',
        DATABASE_URL: app.base.url,
        CONCORDE_URL: 'http://concorde.exemple',
        CONCORDE_DATA: donnees,
        CONCORDE_TROUSSEAU: dossier,
      },
    });
  const bonne = commande();
  expect([bonne.status, bonne.stdout]).toEqual([0, expect.stringContaining('tout concorde')]);
  expect((await app.get(situation, k.a.cookie)).statusCode).toBe(404);
  const { rows } = await sql<{ contenu: string }>`select contenu from nominatif.certificats`.execute(owner);
  expect(rows[0]?.contenu).toMatch(new RegExp(`"situation":"${id}"`));
  expect(trouvees(rows[0]?.contenu ?? 'Quatrebarbes')).toEqual([]);
  const { rows: signes } = await sql<{ signature: string }>`select encode(signature, 'hex') as signature from nominatif.certificats`.execute(owner);
  expect((await app.get(`${k.cellule}/destructions`, k.dpo)).body).toContain(signes[0]?.signature);
  const compteurs = await sql<{ quoi: string }>`select quoi from nominatif.cellule_compteurs order by quoi`.execute(owner);
  expect(compteurs.rows.map((r) => r.quoi)).toEqual(['detruites', 'examinees', 'orientations', 'recevables', 'recues', 'seances', 'secours']);

  // The backup comes back whole, over what the base had become, with every member's box and phrase: the cell's key opens, the situation does not.
  const certificats = await copie('nominatif.certificats');
  await owner.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const t of tables) {
      await sql`delete from ${sql.table(t)}`.execute(tx);
      await sql`insert into ${sql.table(t)} overriding system value select * from jsonb_populate_recordset(null::${sql.raw(t)}, ${JSON.stringify(sauvegarde.get(t))}::jsonb)`.execute(
        tx,
      );
    }
  });
  await ouvrir(app, k.cellule, k.a);
  expect((await app.get(situation, k.a.cookie)).statusCode).toBe(409);
  for (const url of [k.cellule, situation, `${situation}/rectifier`, `${situation}/droits`, `${situation}/rapport/pdf`, `${k.cellule}/lectures`])
    expect([url, (await textesDe((await app.serveur.inject({ url, headers: { cookie: k.a.cookie } })).rawPayload)).flatMap(trouvees)]).toEqual([url, []]);
  for (const m of await copie('nominatif.cellule_membres')) {
    const { privee } = await ouvrirPrivee(m.enfermee as Buffer, PHRASE);
    const cle = await desceller(m.boite as Buffer, { publique: m.publique as Buffer, privee });
    expect(await trousseau.lire(id)).toBeNull();
    for (const b of boites) {
      const place = placeDe(basename(k.cellule), {
        id: String(b.id),
        situationId: id,
        groupe: b.groupe as 'identite',
        organisationId: String(b.organisation_id),
      });
      for (const fragment of [Buffer.alloc(32), Buffer.from(id.replaceAll('-', '').padEnd(64, '0'), 'hex')])
        await expect(cleDeSituation(cle, fragment).then((s) => dechiffrer(s, b.boite as Buffer, place))).rejects.toThrow(CleRefusee);
    }
  }
  expect((await toutLire()).flatMap(([nom, t]) => trouvees(t).map((a) => [nom, a]))).toEqual([]);
  // With the certificates of before, and with those that were kept apart, it is seen.
  expect((await verifier()).fautes).not.toEqual([]);
  for (const c of certificats)
    await sql`insert into nominatif.certificats (contrat_id, situation_id, cellule_id, contenu, signature, publique, etabli_le)
      values (${contratId}, ${c.situation_id}::uuid, ${c.cellule_id}::uuid, ${c.contenu}, ${c.signature}, ${c.publique}, ${c.etabli_le})`.execute(owner);
  expect((await verifier()).fautes.join()).toContain('de nouveau, dans la base');
  // Its key put back from a mirror that kept a history, a certificate changed: both are seen.
  await writeFile(join(dossier, 'paris-2023-2026', id), Buffer.alloc(32));
  await sql`update nominatif.certificats set contenu = replace(contenu, '"etablie"', '"Etablie"')`.execute(owner);
  const mauvaise = commande();
  expect([mauvaise.status, mauvaise.stdout]).toEqual([1, expect.stringContaining('dans le trousseau')]);
  await rm(donnees, { recursive: true, force: true });
  const fautes = (await verifier()).fautes.join();
  for (const dit of ['dans le trousseau', 'signature du certificat est fausse', 'n’est pas celui que dit le journal']) expect(fautes).toContain(dit);
});
