/** A quarter of an imported channel is told once its files cover each of its days, in whatever order they come. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { plusJours } from '../../../core/jours.ts';
import { importerDansMaRue } from '../import/dans-ma-rue.ts';
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
/** A report a day, the same one in each file. */
async function importer(...jours: string[]): Promise<void> {
  const chemin = join(dossier, `${++n}.csv`);
  await writeFile(chemin, [ENTETE, ...jours.map((j) => `J${j},Propreté,Déchets,1 rue d’Essai,75018,18,${j},DPE,`), ''].join('\n'));
  await importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: chemin, par: 'essai' });
}
/** Quarters of that year told after a night of the next one, with what was told of the whole. */
async function dire(annee: number): Promise<string[]> {
  await arreterAu(app.base.owner, app.catalogue, new Date(`${annee + 1}-06-01T00:20:00Z`));
  const { rows } = await sql<{ dit: string }>`
    select t.periode || ' ' || coalesce(l.nombre::text, 'masqué') as dit from demande_quartiers t
    join demande_quartier_lignes l on (l.contrat_id, l.periode, l.voie) = (t.contrat_id, t.periode, t.voie) and l.genre = 'total'
    where t.contrat_id = ${app.contratId} and t.voie = 'canal:dmr' and t.periode like ${`${annee}-%`} order by 1`.execute(app.base.owner);
  return rows.map((r) => r.dit);
}
const page = async (trimestre: string) => (await app.get(`/signaler/quartiers?trimestre=${trimestre}`)).body.replaceAll('\u00a0', ' ');

test('le fichier d’une année entière dit ses quatre trimestres, le dernier aussi', async () => {
  await importer(...jusqua('2019-01-01', '2019-12-31'));
  expect(await dire(2019)).toEqual(['2019-T1 90', '2019-T2 91', '2019-T3 92', '2019-T4 92']);
});

test('une date à venir, ou échangée, ne clôt pas un trimestre ; ce qui suit le dit, entier', async () => {
  await importer(...jusqua('2020-01-01', '2020-03-15'), '2020-05-12', '2099-12-03');
  expect(await dire(2020)).toEqual([]);
  expect((await page('2020-T1')).includes('Les nombres de ce trimestre ne sont pas encore publiés')).toBe(true);
  const ecran = (await app.get('/signalements/imports', { comme: 'coordination', organisation: 'DPMP' })).body.replaceAll('\u00a0', ' ');
  expect(ecran).toContain('du 1er janvier 2020 au 15 mars 2020');
  expect(ecran).toContain('le 12 mai 2020');
  expect(ecran.includes('3 décembre 2099')).toBe(false);
  await importer(...jusqua('2020-03-16', '2020-03-31'));
  expect(await dire(2020)).toEqual(['2020-T1 91']);
});

test('un historique chargé à rebours ne dit rien d’un trimestre dont il n’a pas tous les mois', async () => {
  await importer(...jusqua('2018-12-01', '2018-12-31'));
  expect(await dire(2018)).toEqual([]);
  await importer(...jusqua('2018-11-01', '2018-11-30'));
  expect(await dire(2018)).toEqual([]);
  await importer(...jusqua('2018-10-01', '2018-10-31'));
  expect(await dire(2018)).toEqual(['2018-T4 92']);
});

test('d’un lot d’avant, ce que ses signalements couvrent ; rien de plus, jusqu’à ce qu’il soit importé de nouveau', async () => {
  const jours = jusqua('2017-04-01', '2017-06-30');
  await importer(...jours);
  const couvre = async () =>
    (await sql<{ couvre: string }>`select couvre::text as couvre from signalement_lots order by importe_le, id`.execute(app.base.owner)).rows;
  const avant = await couvre();
  await sql`update signalement_lots set couvre = '{}'`.execute(app.base.owner);
  expect(await dire(2017)).toEqual([]);
  const migration = await readFile('db/migrations/20261210T1500_jours_importes.sql', 'utf8');
  await sql.raw(migration.slice(migration.indexOf('\nwith jours'))).execute(app.base.owner);
  expect(await couvre()).toEqual(avant);
  await sql`update signalement_lots set couvre = '{}'`.execute(app.base.owner);
  await importer(...jours);
  expect(await dire(2017)).toEqual(['2017-T2 91']);
});
