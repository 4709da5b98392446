import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ouvrirApp, type AppDeTest } from '../../../../tests/support/app.ts';
import { partage, siPartage } from '../../../../tests/support/partage.ts';
import { importerContours } from '../../contrats/territoires/importer.ts';
import { verifierChiffres } from '../../indicateurs/index.ts';
import { importerDansMaRue } from './dans-ma-rue.ts';

const ENTETE = 'id_dmr,type,soustype,adresse,code_postal,arrondissement,datedecl,intervenant,geo_point_2d';
const LIGNE = (id: string, reste = 'Propreté,Déchets,"1 rue d’Essai, 75018",75018,18,2024-05-02,DPMP-Divisions,"{""lon"": 2.34, ""lat"": 48.89}"') =>
  `${id},${reste}`;

describe('Import de signalements', () => {
  let app: AppDeTest;
  let dossier: string;
  let n = 0;
  beforeAll(async () => {
    app = await ouvrirApp();
    dossier = await mkdtemp(join(tmpdir(), 'concorde-dmr-'));
  });
  afterAll(() => app.close());
  const importer = async (texte: string) => {
    const chemin = join(dossier, `${++n}.csv`);
    await writeFile(chemin, texte);
    return importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: chemin, par: 'essai' });
  };
  const compter = async () => (await sql<{ n: number }>`select count(*)::int as n from signalements`.execute(app.base.owner)).rows[0]?.n;

  test('une mauvaise ligne n’arrête pas les autres, et le second import n’ajoute rien', async () => {
    const texte = [
      ENTETE,
      LIGNE('G1'),
      LIGNE('G2', 'Propreté,x,y,75018,18,pas-une-date,z,'),
      LIGNE('G1'),
      LIGNE('G3', 'Eau,x,y,,,2024-05-02,z,'),
      LIGNE('G4'),
      '',
    ].join('\n');
    const premier = await importer(texte);
    expect(premier).toMatchObject({ lus: 5, nouveaux: 2, connus: 1, rejetes: 2 });
    expect(premier.motifs.map((m) => m.motif)).toEqual(['date illisible', 'ni point ni arrondissement reconnus']);
    expect(await importer(texte)).toMatchObject({ lus: 5, nouveaux: 0, connus: 3, rejetes: 2 });
  });
  test('un fichier coupé ou étranger est refusé et ne laisse rien', async () => {
    const avant = await compter();
    await expect(importer([ENTETE, LIGNE('G10'), 'G11,Propreté,Déch'].join('\n'))).rejects.toThrow(/coupé/);
    await expect(importer([ENTETE, LIGNE('G12'), 'G13,Propreté,"jamais fermé'].join('\n'))).rejects.toThrow(/coupé/);
    await expect(importer('nom;prenom;age;ville\nA;B;3;C\n')).rejects.toThrow(/pas un export/);
    await expect(importer('')).rejects.toThrow(/vide/);
    expect(await compter()).toBe(avant);
  });
  test('point-virgule, dates françaises, marque d’ordre et fins de ligne Windows', async () => {
    const texte = `\ufeff${ENTETE.replaceAll(',', ';')}\r\nG20;Eau;Fuite;3 rue X, PARIS;75004;4;02/05/2024;DPE;{'lon': 2.35, 'lat': 48.85}\r\n`;
    expect(await importer(texte)).toMatchObject({ lus: 1, nouveaux: 1, rejetes: 0 });
  });
  test('après tout cela, les chiffres égalent leur recomputation', async () => {
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  siPartage('Le jeu réel', () => {
    test('39 515 lues, rien au second passage, et les quartiers du fichier de référence', async () => {
      const reel = await ouvrirApp();
      const dmr = partage('data/dans-ma-rue/dans-ma-rue-2023-2024.csv') ?? '';
      await importerContours(reel.base.owner, reel.catalogue, partage('data/quartiers-administratifs/quartier_paris-80.geojson') ?? '');
      const o = { db: reel.db, catalogue: reel.catalogue, source: dmr, par: 'essai' };
      expect(await importerDansMaRue(o)).toMatchObject({ lus: 39_515, nouveaux: 39_515, avertis: 163, rejetes: 0 });
      expect(await importerDansMaRue(o)).toMatchObject({ lus: 39_515, nouveaux: 0, connus: 39_515 });
      for (const v of ['variant-comma-iso-10000.csv', 'variant-semicolon-frdate-10000.csv'])
        expect(await importerDansMaRue({ ...o, source: partage(`data/dans-ma-rue/raw/${v}`) ?? '' })).toMatchObject({ lus: 10_000, nouveaux: 0, rejetes: 0 });
      const { rows } = await sql<{ nom: string; n: number }>`select t.nom, count(*)::int as n from signalements s
        join territoires t on (t.contrat_id, t.id) = (s.contrat_id, s.territoire_id) group by 1`.execute(reel.base.owner);
      const lignes = (await readFile(partage('data/dans-ma-rue/golden-signalements-par-quartier.csv') ?? '', 'utf8')).trim().split('\n').slice(1);
      const reference = lignes.map((l) => l.split(',')).map((x) => [(x[2] ?? '').replaceAll("'", '’'), Number(x[3])] as const);
      expect(new Map(rows.map((r) => [r.nom, r.n]))).toEqual(new Map(reference));
      expect((await verifierChiffres(reel.base.owner, reel.contratId)).differences).toEqual([]);
      await reel.close();
    }, 60_000);
  });
});
