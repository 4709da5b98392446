import { createServer } from 'node:http';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ouvrirApp, type AppDeTest } from '../../../../tests/support/app.ts';
import { partage, siPartage } from '../../../../tests/support/partage.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { importerContours } from '../../contrats/territoires/importer.ts';
import { verifierChiffres } from '../../indicateurs/index.ts';
import { importerChaqueNuit } from './chaque-nuit.ts';
import { importerDansMaRue } from './dans-ma-rue.ts';
import { ouvrirLot } from './ecrire.queries.ts';

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
    return importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: chemin, portee: 'tout', par: 'essai' });
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
  test('l’import de nuit : sans adresse il le dit, deux fois il n’ajoute rien, une adresse qui ne répond pas laisse tout en place', async () => {
    const avant = await compter();
    const titres =
      'id_dmr,numero,prefixe,type,soustype,adresse,code_postal,ville,arrondissement,conseilquartier,datedecl,anneedecl,moisdecl,mois_annee_decla,intervenant,geo_shape,geo_point_2d';
    const ligne =
      'A2023G041622,41622,IOPage DMR Paris.fr application,Objets abandonnés,Autres,"26 Rue de la Lune, 75002 PARIS",75002,Paris 02,2,x,2023-07-17,2023,7,2023-07,Ramen,,';
    const serveur = createServer((_, r) => r.end(`${titres}\n${ligne}\n`)).listen(0);
    const { port } = serveur.address() as { port: number };
    try {
      const passer = async (source: string | null) => (await importerChaqueNuit(app.db, app.contratId, { source, portee: 'tout' })).replace(/\u00a0/g, ' ');
      expect(await passer(null)).toContain('aucune adresse n’est réglée');
      expect([await passer(`http://127.0.0.1:${port}/dmr.csv`), await passer(`http://127.0.0.1:${port}/dmr.csv`)]).toEqual([
        '1 ligne lue, 1 de plus',
        '1 ligne lue, 0 de plus',
      ]);
    } finally {
      serveur.close();
    }
    await expect(importerChaqueNuit(app.db, app.contratId, { source: 'http://127.0.0.1:1/dmr.csv', portee: 'tout' })).rejects.toThrow('ne répond pas');
    expect(await compter()).toBe((avant ?? 0) + 1);
  });
  test('un point illisible est dit, des accents convertis deux fois sont rejetés', async () => {
    const ligne = (id: string, type: string, point: string) => `${id},${type},Déchets,1 rue,75018,18,2024-05-02,DPE,${point}`;
    const b = await importer([ENTETE, ligne('G5', 'Propreté', 'abc'), ligne('G6', 'PropretÃ©', ''), ligne('G7', 'Propreté', ''), ''].join('\n'));
    expect(b).toMatchObject({ lus: 3, nouveaux: 2, avertis: 1, rejetes: 1 });
    expect(b.motifs.map((m) => [m.motif.split(' (')[0], m.lignes])).toEqual([
      ['le point est illisible', [2]],
      ['accents convertis deux fois', [3]],
    ]);
  });
  test('SIGN-01, statut-de-doleance : l’état que dit le fichier est gardé, d’un signalement connu aussi ; ce qu’aucun fichier ne dit n’est pas « ouvert »', async () => {
    const avec = (etats: readonly (readonly [string, string])[]) =>
      importer([`${ENTETE},statut`, ...etats.map(([id, etat]) => `${LIGNE(id)},${etat}`), ''].join('\n'));
    await importer([ENTETE, LIGNE('E0'), ''].join('\n'));
    await avec([
      ['E1', 'Déposée'],
      ['E2', 'Déposée'],
      ['E0', ''],
    ]);
    await avec([
      ['E1', 'Traitée'],
      ['E2', 'Déposée'],
    ]);
    const { rows } = await sql<{ id: string; etats: string[] }>`
      select s.id_externe as id, array(select e.etat from signalement_etats e where e.signalement_id = s.id order by e.lu_le) as etats
      from signalements s where s.id_externe in ('E0', 'E1', 'E2') order by 1`.execute(app.base.owner);
    expect(rows).toEqual([
      { id: 'E0', etats: [] },
      { id: 'E1', etats: ['Déposée', 'Traitée'] },
      { id: 'E2', etats: ['Déposée'] },
    ]);
    const liste = (await app.get('/signalements?canal=dmr&territoire=tous', { comme: 'coordination', organisation: 'DPMP' })).body;
    expect([liste.includes('Traitée'), liste.includes('non transmis')]).toEqual([true, true]);
    const { rows: un } = await sql<{ id: string }>`select id::text from signalements where id_externe = 'E1'`.execute(app.base.owner);
    expect((await app.get(`/signalements/${un[0]?.id}`, { comme: 'coordination', organisation: 'DPMP' })).body).toMatch(/Traitée, lu le .*Déposée/s);
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
  test('fins de ligne mêlées, retour chariot seul, ligne « sep= », titre au-dessus, UTF-16 et Windows-1252 : les mêmes lignes', async () => {
    const suite = 'Propreté;Déchets;1 rue d’Essai;75018;18;2026-03-14;DPE;48.8925,2.3444';
    const entete = ENTETE.replaceAll(',', ';');
    const formes: [string, (id: string) => Buffer][] = [
      ['CRLF puis LF', (id) => Buffer.from(`${entete}\r\n${id}1;${suite}\n${id}2;${suite}\n`)],
      ['CR seul', (id) => Buffer.from(`${entete}\r${id}1;${suite}\r${id}2;${suite}`)],
      ['sep', (id) => Buffer.from(`sep=;\r\n${entete}\r\n${id}1;${suite}\r\n${id}2;${suite}`)],
      ['titre', (id) => Buffer.from(`Signalements du 18e;;;;;;;;\r\n\r\n${entete}\r\n${id}1;${suite}\r\n${id}2;${suite}`)],
      ['UTF-16', (id) => iconv.encode(`${entete}\n${id}1;${suite}\n${id}2;${suite}`, 'utf-16le', { addBOM: true })],
      ['Windows-1252', (id) => iconv.encode(`${entete}\n${id}1;${suite}\n${id}2;${suite}`, 'windows-1252')],
    ];
    for (const [i, [nom, octets]] of formes.entries()) {
      const chemin = join(dossier, `forme-${i}.csv`);
      await writeFile(chemin, octets(`F${i}-`));
      const bilan = await importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: chemin, portee: 'tout', par: 'essai' });
      expect([nom, bilan.lus, bilan.nouveaux]).toEqual([nom, 2, 2]);
    }
    const { rows } = await sql<{ adresse: string }>`select distinct adresse from signalements where id_externe like 'F%'`.execute(app.base.owner);
    expect(rows).toEqual([{ adresse: '1 rue d’Essai' }]);
  });
  test('un instant est classé au jour de l’horloge du contrat ; un point nul, échangé ou hors du territoire est dit', async () => {
    const ligne = (id: string, date: string, point: string) => `${id};Propreté;Déchets;1 rue d’Essai;75018;18;${date};DPE;${point}`;
    const bilan = await importer(
      [
        ENTETE.replaceAll(',', ';'),
        ligne('I1', '2026-03-14T23:30:00+00:00', '48.8925,2.3444'),
        ligne('I2', '2024-12-31T23:00:00Z', '48.8925,2.3444'),
        ligne('I3', '2024-03-14', '0,0'),
        ligne('I4', '2024-03-14', '2.3444,48.8925'),
        ligne('I5', '2024-03-14', '43.3,5.4'),
      ].join('\n'),
    );
    expect(bilan).toMatchObject({ lus: 5, nouveaux: 5, rejetes: 0 });
    expect(bilan.motifs.map((m) => m.motif.replace(/ \(.*/, '')).filter((m) => m !== 'la date est à venir')).toEqual([
      'le point est 0, 0',
      'longitude et latitude sont échangées',
      'le point est hors du territoire',
    ]);
    const { rows } = await sql<{ id: string; jour: string; place: boolean }>`
      select id_externe as id, jour::text as jour, lon is not null as place from signalements where id_externe like 'I_' order by 1`.execute(app.base.owner);
    expect(rows.map((r) => [r.id, r.jour, r.place])).toEqual([
      ['I1', '2026-03-15', true],
      ['I2', '2025-01-01', true],
      ['I3', '2024-03-14', false],
      ['I4', '2024-03-14', false],
      ['I5', '2024-03-14', true],
    ]);
  });
  siPartage('Fichiers reçus du terrain', () => {
    test('d4 : le jour du fuseau du contrat ; d9 : deux lignes', async () => {
      const du = (nom: string) =>
        importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: partage(`data/fichiers-de-terrain/${nom}`) ?? '', portee: 'tout', par: 'essai' });
      expect(await du('d4-heure-utc.csv')).toMatchObject({ lus: 2, nouveaux: 2, rejetes: 0 });
      expect(await du('d9-crlf-puis-lf.csv')).toMatchObject({ lus: 2, nouveaux: 2, rejetes: 0 });
      const { rows } = await sql<{ id: string; jour: string }>`
        select id_externe as id, jour::text as jour from signalements where id_externe like 'Z%' order by 1`.execute(app.base.owner);
      expect(rows.map((r) => `${r.id} ${r.jour}`)).toEqual(['Z20 2026-03-14', 'Z21 2026-03-14', 'Z6 2026-03-15', 'Z7 2027-01-01']);
    });
  });
  test('après tout cela, les chiffres égalent leur recomputation', async () => {
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });
  test('carrés et canaux comptent chaque signalement une fois, importé ou écrit autrement ; un lot commencé que rien ne dit n’entre pas', async () => {
    const lot = '00000000-0000-0000-0000-000000000001';
    const { rows: un } = await sql<{ territoire: string }>`select territoire_id as territoire from signalements where canal = 'dmr' limit 1`.execute(
      app.base.owner,
    );
    await importer([ENTETE, LIGNE('K1'), LIGNE('K2'), LIGNE('K1'), ''].join('\n'));
    await sql`
      insert into signalements (contrat_id, canal, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id, lon, lat, lot_id)
      values (${app.contratId}, 'dmr', 'seul', '2024-05-02', 'bruit', 'Bruit', 'X', 'autre', 'autre', ${un[0]?.territoire ?? ''}, 2.34, 48.89, ${lot})`.execute(
      app.db,
    );
    const commence = inTransaction(app.db, { contratId: app.contratId }, (tx) => ouvrirLot(tx, app.contratId, lot));
    await expect(commence).rejects.toThrow('dit nulle part');
    const { rows } = await sql<{ ecarts: number; canaux: number; connus: number; ecrits: number }>`
      with e as (
        select date_trunc('month', jour::timestamp)::date as mois, theme, extract(isodow from jour)::smallint as j, maille_de(lon, lat) as maille, canal, territoire_id
        from signalements where canal = 'dmr'),
      vrais as (select mois, theme, j, maille, '' as lieu, count(*) as n from e where maille is not null group by 1, 2, 3, 4
        union all select mois, theme, 0::smallint, 0, territoire_id, count(*) from e group by 1, 2, 5),
      tenus as (select mois, categorie, jour_semaine, maille, '', nombre::bigint from mailles_comptees where origine = 'canal:dmr'
        union all select mois, categorie, 0::smallint, 0, territoire_id, nombre from canaux_comptes where origine = 'canal:dmr')
      select (select count(*)::int from ((table vrais except table tenus) union all (table tenus except table vrais)) x) as ecarts,
        (select sum(nombre)::int from canaux_comptes where canal = 'dmr') as canaux, (select count(*)::int from e) as ecrits,
        (select sum(nombre)::int from mailles_connues) - (select count(*)::int from e where maille is not null)
          - (select count(*)::int from demandes where lecteurs is null and maille is not null)
          - (select count(*)::int from signalements where canal <> 'dmr' and lon is not null) as connus`.execute(app.base.owner);
    expect(rows[0]).toMatchObject({ ecarts: 0, connus: 0, canaux: rows[0]?.ecrits });
    expect(rows[0]?.ecrits).toBeGreaterThan(20);
  });

  siPartage('Le jeu réel', () => {
    test('39 515 lues, rien au second passage, et les quartiers du fichier de référence', async () => {
      const reel = await ouvrirApp();
      const dmr = partage('data/dans-ma-rue/dans-ma-rue-2023-2024.csv') ?? '';
      await importerContours(reel.base.owner, reel.catalogue, partage('data/quartiers-administratifs/quartier_paris-80.geojson') ?? '');
      const o = { db: reel.db, catalogue: reel.catalogue, source: dmr, portee: 'tout' as const, par: 'essai' };
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
    });
  });
});
