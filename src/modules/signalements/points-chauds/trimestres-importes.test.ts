/** A quarter of an imported channel is told once its files cover each of its days, in whatever order they come. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { plusJours } from '../../../core/jours.ts';
import type { Portee } from '../import/couverture.rules.ts';
import { type BilanImport, importerDansMaRue } from '../import/dans-ma-rue.ts';
import { arreterAu } from '../signalements.fixtures.ts';

const ENTETE = 'id_dmr,type,soustype,adresse,code_postal,arrondissement,datedecl,intervenant,geo_point_2d';
let app: AppDeTest;
let dossier: string;
let n = 0;
beforeAll(async () => {
  app = await ouvrirApp();
  dossier = await mkdtemp(join(tmpdir(), 'concorde-trimestres-'));
});
afterAll(() => app.close());

const jusqua = (du: string, au: string): string[] => (du > au ? [] : [du, ...jusqua(plusJours(du, 1), au)]);
interface Fichier {
  /** Day of the import; long after its days unless a test says when. */
  le?: string;
  portee?: Portee;
  /** Rows that cannot be read. */
  illisibles?: number;
}
/** A report a day, the same one in each file. */
async function importer(f: Fichier, ...jours: string[]): Promise<BilanImport> {
  const chemin = join(dossier, `${++n}.csv`);
  const lignes = jours.map((j) => `J${j},Propreté,Déchets,1 rue d’Essai,75018,18,${j},DPE,`);
  const autres = Array.from({ length: f.illisibles ?? 0 }, (_, i) => `X${n}-${i},Propreté,Déchets,1 rue d’Essai,75018,18,hier,DPE,`);
  await writeFile(chemin, [ENTETE, ...lignes, ...autres, ''].join('\n'));
  const bilan = await importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: chemin, portee: f.portee ?? 'tout', par: 'essai' });
  const le =
    f.le ??
    plusJours(
      jours
        .filter((j) => j < '2090')
        .sort()
        .at(-1) ?? '',
      60,
    );
  await sql`update signalement_lots set importe_le = ${`${le}T12:00:00Z`}::timestamptz where fichier = ${basename(chemin)}`.execute(app.base.owner);
  return bilan;
}
/** Quarters of that year told after a night, of the next one unless it is said, with what was told of the whole. */
async function dire(annee: number, nuit = `${annee + 1}-06-01`): Promise<string[]> {
  await arreterAu(app.base.owner, app.catalogue, new Date(`${nuit}T00:20:00Z`));
  const { rows } = await sql<{ dit: string }>`
    select t.periode || ' ' || coalesce(l.nombre::text, 'masqué') as dit from demande_quartiers t
    join demande_quartier_lignes l on (l.contrat_id, l.periode, l.voie) = (t.contrat_id, t.periode, t.voie) and l.genre = 'total'
    where t.contrat_id = ${app.contratId} and t.voie = 'canal:dmr' and t.periode like ${`${annee}-%`} order by 1`.execute(app.base.owner);
  return rows.map((r) => r.dit);
}
const page = async (trimestre: string) => (await app.get(`/signaler/quartiers?trimestre=${trimestre}`)).body.replaceAll('\u00a0', ' ');

test('le fichier d’une année entière dit ses trimestres ; le dernier, une fois que le fichier suivant est venu', async () => {
  await importer({}, ...jusqua('2019-01-01', '2019-12-31'));
  expect(await dire(2019)).toEqual(['2019-T1 90', '2019-T2 91', '2019-T3 92']);
  await importer({}, ...jusqua('2020-01-01', '2020-01-10'));
  expect(await dire(2019)).toEqual(['2019-T1 90', '2019-T2 91', '2019-T3 92', '2019-T4 92']);
});

test('une date à venir, ou échangée, ne clôt pas un trimestre ; ce qui suit le dit, entier', async () => {
  await importer({}, ...jusqua('2020-01-11', '2020-03-15'), '2020-05-12', '2099-12-03');
  expect(await dire(2020)).toEqual([]);
  expect((await page('2020-T1')).includes('Les nombres de ce trimestre ne sont pas encore publiés')).toBe(true);
  const ecran = (await app.get('/signalements/imports', { comme: 'coordination', organisation: 'DPMP' })).body.replaceAll('\u00a0', ' ');
  expect(ecran).toContain('du 11 janvier 2020 au 14 mars 2020');
  expect(ecran).toContain('le 15 mars 2020, si un autre fichier le comprend et va plus loin');
  expect(ecran.includes('3 décembre 2099')).toBe(false);
  await importer({}, ...jusqua('2020-01-10', '2020-04-01'));
  expect(await dire(2020)).toEqual(['2020-T1 91']);
});

test('un historique chargé à rebours ne dit rien d’un trimestre dont il n’a pas tous les mois', async () => {
  await importer({}, ...jusqua('2018-12-01', '2019-01-01'));
  expect(await dire(2018)).toEqual([]);
  await importer({}, ...jusqua('2018-11-01', '2018-11-30'));
  expect(await dire(2018)).toEqual([]);
  await importer({}, ...jusqua('2018-10-01', '2018-10-31'));
  expect(await dire(2018)).toEqual(['2018-T4 92']);
});

test('un fichier filtré ne fait rien dire, et le fichier entier dit tout, quelques nuits après lui', async () => {
  const jours = jusqua('2016-01-01', '2016-04-02');
  const part = await importer({ portee: 'partie', le: '2016-05-02' }, ...jours.filter((_, i) => i % 2 === 0));
  expect(part.avis).toContain('Une partie du canal ne couvre aucun jour');
  expect(await dire(2016)).toEqual([]);
  await importer({ le: '2017-06-10' }, ...jours);
  expect([await dire(2016, '2017-06-11'), await dire(2016, '2017-06-12'), await dire(2016, '2017-06-13')]).toEqual([[], [], ['2016-T1 91']]);
  const ecran = (await app.get('/signalements/imports', { comme: 'coordination', organisation: 'DPMP' })).body;
  expect([ecran.includes('aucun : une partie'), ecran.includes('tout le canal')]).toEqual([true, true]);
});

test('un fichier reçu chaque nuit ne repousse pas ce qu’il couvrait déjà', async () => {
  for (const le of ['2016-09-01', '2016-11-01', '2016-11-02', '2016-11-03']) await importer({ le }, ...jusqua('2016-05-01', '2016-08-20'));
  await importer({ le: '2016-11-03' }, ...jusqua('2016-04-01', '2016-05-02'));
  expect([await dire(2016, '2016-11-05'), await dire(2016, '2016-11-06')]).toEqual([['2016-T1 91'], ['2016-T1 91', '2016-T2 91']]);
});

test('un fichier dont trop de lignes sont refusées ne fait rien dire, jusqu’à ce qu’il soit importé de nouveau', async () => {
  const jours = jusqua('2015-01-01', '2015-04-02');
  const rate = await importer({ illisibles: 1 }, ...jours);
  expect([rate.rejetes, rate.avis.includes('plus de 5 pour mille')]).toEqual([1, true]);
  expect(await dire(2015)).toEqual([]);
  const ecran = (await app.get('/signalements/imports', { comme: 'coordination', organisation: 'DPMP' })).body;
  expect(ecran).toContain('aucun : trop de lignes refusées, à importer de nouveau');
  await importer({}, ...jours);
  expect(await dire(2015)).toEqual(['2015-T1 90']);
});

test('le dernier jour d’un fichier exporté en cours de journée n’est pas couvert par le fichier qui part du lendemain', async () => {
  await importer({ le: '2014-03-25' }, ...jusqua('2014-01-01', '2014-03-20'));
  await importer({ le: '2014-04-10' }, ...jusqua('2014-03-21', '2014-04-05'));
  expect(await dire(2014)).toEqual([]);
  await importer({ le: '2014-04-20' }, ...jusqua('2014-03-20', '2014-03-22'));
  expect(await dire(2014)).toEqual(['2014-T1 90']);
});

test('d’un lot d’avant, ce que ses signalements couvrent, le dernier jour aussi, comme il le faisait', async () => {
  await importer({}, ...jusqua('2017-04-01', '2017-06-30'));
  await sql`update signalement_lots set portee = null, couvre = '{}', derniers = '{}'`.execute(app.base.owner);
  expect(await dire(2017)).toEqual([]);
  const migration = await readFile('db/migrations/20261210T1500_jours_importes.sql', 'utf8');
  await sql.raw(migration.slice(migration.indexOf('\nwith jours'))).execute(app.base.owner);
  expect(await dire(2017)).toEqual(['2017-T2 91']);
  const ecran = (await app.get('/signalements/imports', { comme: 'coordination', organisation: 'DPMP' })).body.replaceAll('\u00a0', ' ');
  expect(ecran).toContain('du 1er avril 2017 au 30 juin 2017');
});
