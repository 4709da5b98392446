import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { partage, siPartage } from '../../../../tests/support/partage.ts';
import { sommeSerie } from './ssmsi.rules.ts';
import { getSerie, importerSsmsi } from './ssmsi.ts';

const ENTETE = 'CODGEO_2025;annee;indicateur;unite_de_compte;nombre;taux_pour_mille;est_diffuse;insee_pop;insee_log';
const LIGNE = (code: string, annee: number, nombre: string, diffuse = 'diff', indicateur = 'Vols avec armes') =>
  `${code};${annee};${indicateur};Infraction;${nombre};1,5;${diffuse};1000;500`;

describe('Délinquance enregistrée, en contexte', () => {
  let app: AppDeTest;
  let dossier: string;
  let n = 0;
  beforeAll(async () => {
    app = await ouvrirApp();
    dossier = await mkdtemp(join(tmpdir(), 'concorde-ssmsi-'));
  });
  afterAll(() => app.close());
  const importer = async (lignes: string[] | string) => {
    const chemin = join(dossier, `${++n}.csv`);
    await writeFile(chemin, typeof lignes === 'string' ? lignes : lignes.join('\n'));
    return importerSsmsi({ db: app.db, catalogue: app.catalogue, source: chemin });
  };
  const compter = async () => (await sql<{ n: number }>`select count(*)::int as n from series_contexte`.execute(app.base.owner)).rows[0]?.n;

  test('une cellule secrète reste secrète : ni valeur, ni moyenne, et son total non plus', async () => {
    const b = await importer([
      ENTETE,
      LIGNE('75118', 2024, '12'),
      LIGNE('75119', 2024, '99', 'ndiff'),
      LIGNE('69123', 2024, '5'),
      LIGNE('75118', 2023, 'x'),
      'court;2',
    ]);
    expect(b).toMatchObject({ lus: 5, nouveaux: 2, rejetes: 3 });
    expect(b.motifs.map((m) => m.motif)).toEqual(['commune hors du contrat', 'année ou nombre illisible', 'la ligne a 2 colonnes au lieu de 9']);
    const points = await getSerie(app.db, app.contratId, 'Vols avec armes');
    expect(points.map((p) => [p.etat, p.valeur])).toEqual([
      ['valeur', 12],
      ['secret', null],
    ]);
    const [a118 = '', a119 = ''] = points.map((p) => p.territoireId);
    expect(sommeSerie(points, [a118])).toEqual([{ annee: 2024, etat: 'valeur', valeur: 12 }]);
    expect(sommeSerie(points, [a118, a119])).toEqual([{ annee: 2024, etat: 'secret', valeur: null }]);
    expect(sommeSerie(points, [a118, a119, 'autre'])).toEqual([{ annee: 2024, etat: 'manquant', valeur: null }]);
    const page = await app.get('/observatoire');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('secret');
    expect(page.body).not.toMatch(/>99</);
  });
  test('une valeur révisée remplace l’ancienne, le reste est reconnu', async () => {
    expect(await importer([ENTETE, LIGNE('75118', 2024, '13'), LIGNE('75119', 2024, '99', 'ndiff')])).toMatchObject({ nouveaux: 1, connus: 1 });
    expect(await compter()).toBe(2);
  });
  test('un fichier vide, étranger ou coupé est refusé et ne laisse rien', async () => {
    await expect(importer('')).rejects.toThrow(/vide/);
    await expect(importer(ENTETE)).rejects.toThrow(/que son en-tête/);
    await expect(importer('nom;age\na;2')).rejects.toThrow(/il lui manque CODGEO/);
    await expect(importer([ENTETE, LIGNE('75120', 2024, '3'), '75120;2024;"Vols'])).rejects.toThrow(/coupé/);
    const coupe = join(dossier, 'coupe.csv.gz');
    await writeFile(coupe, gzipSync([ENTETE, ...Array.from({ length: 500 }, (_, i) => LIGNE('75120', 2016 + (i % 9), String(i)))].join('\n')).subarray(0, 300));
    await expect(importerSsmsi({ db: app.db, catalogue: app.catalogue, source: coupe })).rejects.toThrow(/archive coupée/);
    await expect(importerSsmsi({ db: app.db, catalogue: app.catalogue, source: join(dossier, 'absent') })).rejects.toThrow(/n’existe pas/);
    expect(await compter()).toBe(2);
  });
  siPartage('Le fichier publié', () => {
    test('donne 2 700 lignes, une seconde lecture n’ajoute rien', async () => {
      const source = partage('data/ssmsi-delinquance-paris/delinquance_paris_2016-2024.csv') ?? '';
      expect(await importerSsmsi({ db: app.db, catalogue: app.catalogue, source })).toMatchObject({ lus: 2700, rejetes: 0 });
      expect(await importerSsmsi({ db: app.db, catalogue: app.catalogue, source })).toMatchObject({ lus: 2700, nouveaux: 0, connus: 2700 });
    });
  });
});
