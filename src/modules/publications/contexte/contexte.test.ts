import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { partage, siPartage } from '../../../../tests/support/partage.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { PARIS } from '../../../../tests/support/template.ts';
import { avecPopulation } from './population.ts';
import { couvertsPar, partsDe, sommeSerie } from './contexte.rules.ts';
import { getSerie, listImports } from './contexte.queries.ts';
import { importerSerie } from './importer.ts';
import { anneeDuBaac, codeInsee } from './formats/baac.ts';
import { listSeries, type Serie, serieSchema, verifierSerie } from './serie.schema.ts';

const ENTETE = 'CODGEO_2025;annee;indicateur;unite_de_compte;nombre;taux_pour_mille;est_diffuse;insee_pop;insee_log';
const LIGNE = (code: string, annee: number, nombre: string, diffuse = 'diff', indicateur = 'Violences sexuelles') =>
  `${code};${annee};${indicateur};Victime;${nombre};1,5;${diffuse};1000;500`;
const COORDINATION = { comme: 'coordination' } as const;

describe('Séries de contexte', () => {
  let app: AppDeTest;
  let dossier: string;
  let series: Map<string, Serie>;
  let n = 0;
  beforeAll(async () => {
    app = await ouvrirApp();
    dossier = await mkdtemp(join(tmpdir(), 'concorde-contexte-'));
    series = new Map((await listSeries(PARIS)).map((s) => [s.code, s]));
  });
  afterAll(() => app.close());
  const ecrire = async (lignes: string[] | string) => {
    const chemin = join(dossier, `${++n}.csv`);
    await writeFile(chemin, typeof lignes === 'string' ? lignes : lignes.join('\n'));
    return chemin;
  };
  const serieDite = (code: string): Serie => {
    const s = series.get(code);
    if (!s) throw new Error(code);
    return s;
  };
  const lire = (code: string | Serie, sources: string[]) =>
    importerSerie({ db: app.db, catalogue: app.catalogue, serie: typeof code === 'string' ? serieDite(code) : code, sources, par: 'essai' });
  const importer = async (lignes: string[] | string) => lire('delinquance-enregistree', [await ecrire(lignes)]);
  const compter = async () => (await sql<{ n: number }>`select count(*)::int as n from series_contexte`.execute(app.base.owner)).rows[0]?.n;

  test('une cellule secrète reste secrète : ni valeur, ni moyenne, et son total non plus', async () => {
    const b = await importer([
      ENTETE,
      LIGNE('75118', 2024, '12'),
      LIGNE('75119', 2024, '99', 'ndiff'),
      LIGNE('69123', 2024, '5'),
      LIGNE('75118', 2023, 'x'),
      LIGNE('75118', 99, '4'),
      'court;2',
    ]);
    expect(b).toMatchObject({ lus: 6, nouveaux: 2, rejetes: 4, version: 1 });
    expect(b.motifs.map((m) => [m.motif, m.lignes])).toEqual([
      ['commune hors du contrat', [4]],
      ['colonne « nombre », nombre illisible : « x »', [5]],
      ['colonne « annee », année illisible : « 99 »', [6]],
      ['la ligne a 2 colonnes au lieu de 9', [7]],
    ]);
    const points = await getSerie(app.db, app.contratId, 'delinquance-enregistree', 'Violences sexuelles');
    expect(points.map((p) => [p.territoireId, p.etat, p.valeur])).toEqual([
      ['75118', 'valeur', 12],
      ['75119', 'secret', null],
    ]);
    const parts = (ici: string) => partsDe(couvertsPar(points), ici, app.catalogue) ?? [];
    expect(sommeSerie(points, parts('mairie-18'))).toEqual([{ annee: 2024, etat: 'valeur', valeur: 12 }]);
    expect(sommeSerie(points, ['75118', '75119'])).toEqual([{ annee: 2024, etat: 'secret', valeur: null }]);
    // Two places of twenty are not the whole.
    expect(sommeSerie(points, parts(app.catalogue.racine.id))).toEqual([{ annee: 2024, etat: 'manquant', valeur: null }]);
  });

  test('une valeur révisée est une version : la précédente reste écrite, le reste est reconnu, le double est refusé', async () => {
    expect(await importer([ENTETE, LIGNE('75118', 2024, '13'), LIGNE('75119', 2024, '99', 'ndiff')])).toMatchObject({ nouveaux: 1, connus: 1, version: 2 });
    expect(await compter()).toBe(3);
    expect((await getSerie(app.db, app.contratId, 'delinquance-enregistree', 'Violences sexuelles')).map((p) => p.valeur)).toEqual([13, null]);
    expect((await listImports(app.db, app.contratId)).map((x) => [x.serie, x.version, x.par])).toEqual([
      ['delinquance-enregistree', 2, 'essai'],
      ['delinquance-enregistree', 1, 'essai'],
    ]);
    await expect(importer([ENTETE, LIGNE('75118', 2024, '13'), LIGNE('75118', 2024, '14')])).rejects.toThrow(/deux choses.*13 et 14/);
    await expect(sql`update series_contexte set valeur = 1`.execute(app.db)).rejects.toThrow(/permission denied/);
  });

  test('un fichier vide, étranger ou coupé est refusé et ne laisse rien', async () => {
    await expect(importer('')).rejects.toThrow(/vide/);
    await expect(importer(ENTETE)).rejects.toThrow(/que son en-tête/);
    await expect(importer('nom;age\na;2')).rejects.toThrow(/il lui manque CODGEO/);
    await expect(importer([ENTETE, LIGNE('69123', 2024, '5')])).rejects.toThrow(/Aucune ligne de ce fichier n’est du contrat \(1 × commune hors du contrat/);
    await expect(importer([ENTETE, LIGNE('75120', 2024, '3'), '75120;2024;"Vols'])).rejects.toThrow(/coupé/);
    const coupe = join(dossier, 'coupe.csv.gz');
    await writeFile(
      coupe,
      gzipSync([ENTETE, ...Array.from({ length: 500 }, (_, i) => LIGNE('75120', 2016, String(i), 'diff', `Indicateur ${i}`))].join('\n')).subarray(0, 300),
    );
    await expect(lire('delinquance-enregistree', [coupe])).rejects.toThrow(/archive coupée/);
    await expect(lire('delinquance-enregistree', [join(dossier, 'absent')])).rejects.toThrow(/n’existe pas/);
    expect(await compter()).toBe(3);
  });

  test('les accidents de la route se comptent au lieu de l’accident, dans les deux écritures de l’Observatoire', async () => {
    expect([codeInsee('75', '75118'), codeInsee('750', '118'), codeInsee('10', '4'), anneeDuBaac('18'), anneeDuBaac('2023'), anneeDuBaac('')]).toEqual([
      '75118',
      '75118',
      '10004',
      2018,
      2023,
      null,
    ]);
    const accidents = await ecrire([
      '"Num_Acc";"jour";"mois";"an";"hrmn";"dep";"com"',
      '"202300000001";"7";"5";"2023";"06:00";"75";"75118"',
      '"202300000002";"7";"5";"2023";"06:00";"75";"75118"',
      '"202300000003";"7";"5";"2023";"06:00";"69";"69123"',
      '"202300000004";"7";"5";"x";"06:00";"75";"75119"',
    ]);
    const usagers = await ecrire([
      '"Num_Acc";"id_usager";"catu";"grav"',
      '"202300000001";"1";"1";"2"',
      '"202300000001";"2";"1";"1"',
      '"202300000002";"3";"1";"3"',
      '"202300000002";"4";"1";"-1"',
      '"202300000003";"5";"1";"2"',
    ]);
    const b = await lire('accidents-de-la-route', [accidents, usagers]);
    expect(b).toMatchObject({ lus: 9, nouveaux: 4, rejetes: 4 });
    expect(b.motifs.map((m) => m.motif)).toContain('usagers, colonne « grav », gravité illisible : « -1 »');
    const lu = async (i: string) => (await getSerie(app.db, app.contratId, 'accidents-de-la-route', i)).map((p) => [p.territoireId, p.annee, p.valeur]);
    expect(await lu('Accidents corporels')).toEqual([['75118', 2023, 2]]);
    expect(await lu('Personnes tuées')).toEqual([['75118', 2023, 1]]);
    expect(await lu('Blessés légers')).toEqual([['75118', 2023, 0]]);
    const autres = await ecrire(['Num_Acc;grav', '201800000001;2']);
    await expect(lire('accidents-de-la-route', [accidents, autres])).rejects.toThrow(/pas de la même année/);
    await expect(lire('accidents-de-la-route', [accidents])).rejects.toThrow(/2 fichier/);
  });

  test('la population importée devient celle des nombres par habitant dès qu’elle dit tous les territoires, et pas avant', async () => {
    const population = () => dansLeFuseau(app.catalogue.contrat.fuseau, () => avecPopulation(app.db, app.catalogue));
    const large = (codes: string[]) => ['CODGEO;LIBGEO;PMUN23;PMUN2022', '75056;Paris;2103778;2113705', ...codes.map((c) => `${c};x;1000;900`)];
    const vingt = Array.from({ length: 20 }, (_, i) => String(75101 + i));
    await lire('population', [await ecrire(large(vingt.slice(0, 5)))]);
    expect((await population()).contrat.population).toBe(app.catalogue.contrat.population);
    await lire('population', [await ecrire(large(vingt))]);
    const avec = await population();
    expect([avec.habitants('mairie-centre'), avec.habitants('mairie-18'), avec.habitants('paris')]).toEqual([4000, 1000, 2103778]);
    expect(avec.contrat.population).toMatch(/^Insee, populations municipales 2023, importées le /);
    const long = ['GEO;GEO_OBJECT;POPREF_MEASURE;TIME_PERIOD;OBS_VALUE', '75118;ARM;PMUN;2024;1100', '75118;ARM;PTOT;2024;1200', '75119;ARM;PMUN;20x;3'];
    expect((await lire('population', [await ecrire(long)])).motifs.map((m) => m.motif)).toEqual([
      'aucune population municipale (colonnes PMUN…, ou POPREF_MEASURE = PMUN)',
      'colonne « TIME_PERIOD », année illisible : « 20x »',
    ]);
    // A year that one place alone has is not the year of the map.
    expect((await population()).habitants('mairie-18')).toBe(1000);
  });

  test('toute autre série se lit par année, lieu et valeur, selon sa définition', async () => {
    const { format: _, ...reste } = serieDite('population');
    const autre = { ...serieSchema.parse({ ...sansCode(reste), format: 'annee-lieu-valeur', indicateur: { nom: 'Bancs', unite: 'banc' } }), code: 'bancs' };
    const b = await lire(autre, [await ecrire(['annee;lieu;valeur', '2024;75118;1 204', '2024;75119;secret', '2024;99999;3', '2024;75120;beaucoup'])]);
    expect(b).toMatchObject({ nouveaux: 2, rejetes: 2 });
    expect(b.motifs.map((m) => `${m.motif} l. ${m.lignes.join()}`)).toEqual([
      'colonne « lieu », inconnu du contrat : « 99999 » l. 4',
      'colonne « valeur », nombre illisible : « beaucoup » l. 5',
    ]);
    expect(() => serieSchema.parse({ ...sansCode(reste), format: 'annee-lieu-valeur' })).toThrow(/indicateur/);
    expect(verifierSerie({ ...autre, fiches: [{ fiche: '9.9' }] }, { fiches: new Map() })).toEqual(['fiche « 9.9 » inconnue']);
  });

  test('la page dit définition, licence et ruptures à côté ; la fiche la montre hors de ses chiffres ; le CSV porte la licence', async () => {
    const page = await app.get('/observatoire?serie=delinquance-enregistree&territoire=mairie-18');
    expect(page.body).toContain('Rien de cette page n’est un résultat du contrat');
    for (const dit of ['Elle ne compte pas', 'Licence Ouverte 2.0', 'version 2', 'amende forfaitaire', '>13<', 'secret']) expect(page.body).toContain(dit);
    expect(page.body).not.toMatch(/>99</);
    const fiche = await app.get('/fiches/2.2?territoire=mairie-18');
    expect(fiche.body).toMatch(/id="contexte"[\s\S]*Violences sexuelles[\s\S]*13/);
    expect((await app.get('/fiches/1.1')).body).not.toContain('id="contexte"');
    const csv = await app.get('/observatoire/delinquance-enregistree/donnees.csv');
    expect(csv.headers.link).toContain('rel="license"');
    expect(csv.body).toContain('Violences sexuelles;Victime;75118;18e arrondissement;2024;valeur;13;');
    expect((await app.get('/observatoire/inconnue/donnees.csv')).statusCode).toBe(404);
    // Never a measure of the contract, never in a total.
    for (const adresse of ['/barometre.csv', '/bilan/2026/paris/annexes']) expect((await app.get(adresse)).body).not.toContain('Violences sexuelles;');
    expect((await sql`select 1 from contrat_objets where id = 'delinquance-enregistree'`.execute(app.base.owner)).rows).toEqual([]);
  });

  test('seule la coordination importe ; une série sans tous ses fichiers est refusée, chacun nommé', async () => {
    expect((await app.get('/observatoire/imports', { comme: 'coordonnateur', territoire: 'mairie-18' })).statusCode).toBe(403);
    expect((await app.get('/observatoire/imports')).statusCode).toBe(303);
    const page = await app.get('/observatoire/imports', COORDINATION);
    expect(page.body).toContain('Délinquance enregistrée, version 2');
    expect((await app.post('/observatoire/imports', {}, COORDINATION)).body).toContain('Dites quelle série contient le fichier.');
    const sans = await app.post('/observatoire/imports', { serie: 'accidents-de-la-route' }, COORDINATION);
    expect(sans.statusCode).toBe(422);
    expect(sans.body).toContain('demande ce fichier : Usagers, de la même année (CSV)');
  });

  siPartage('Le fichier publié', () => {
    test('donne 2 700 lignes, une seconde lecture n’ajoute rien', async () => {
      const source = partage('data/ssmsi-delinquance-paris/delinquance_paris_2016-2024.csv') ?? '';
      expect(await lire('delinquance-enregistree', [source])).toMatchObject({ lus: 2700, rejetes: 0 });
      expect(await lire('delinquance-enregistree', [source])).toMatchObject({ lus: 2700, nouveaux: 0, connus: 2700 });
    });
  });
});

function sansCode<T extends { code: string }>({ code: _, ...reste }: T): Omit<T, 'code'> {
  return reste;
}
