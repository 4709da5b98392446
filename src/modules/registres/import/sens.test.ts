/** What a value of a file means, over HTTP: numbers that have two readings, days to come, points elsewhere, sums under the table. */
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { partage, siPartage } from '../../../../tests/support/partage.ts';

const TITRES = [
  ...['Identifiant', 'Date de la session', 'Titre', 'Territoire', 'Adresse', 'Organisme formateur', 'Type de session', 'Thème principal'],
  ...['Employeur des personnes formées', 'Public formé', 'Personnes formées', 'Durée', 'Longitude', 'Latitude'],
];
const CHOIX = ['Formation continue', 'Aide aux victimes', 'Police municipale et prévention (DPMP)', 'Agents de police municipale'];
interface Session {
  id: string;
  jour?: string;
  adresse?: string;
  participants?: string;
  duree?: string;
  lon?: string;
  lat?: string;
}
const rangee = (s: Session): string =>
  [
    s.id,
    s.jour ?? '14/03/2026',
    'Essai',
    'Mairie du 18e',
    s.adresse ?? '',
    'DPMP',
    ...CHOIX,
    s.participants ?? '12',
    s.duree ?? '4',
    s.lon ?? '',
    s.lat ?? '',
  ].join(';');

interface Ligne {
  id: string;
  etat: string;
  contenu: { jour: string; adresse: string | null; lon: number | null; donnees: Record<string, number> } | null;
  erreurs: { colonne: string; message: string }[];
  avertissements: { colonne: string; message: string }[];
}

const masquesDe = (page: string): Record<string, string> =>
  Object.fromEntries([...page.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1] ?? '', (m[2] ?? '').replaceAll('&quot;', '"')]));

describe('Le sens des valeurs d’un fichier', () => {
  let app: AppDeTest;
  let cookie = '';
  beforeAll(async () => {
    app = await ouvrirApp();
    cookie = await app.temoin({ comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await sql`delete from lot_lignes`.execute(app.base.owner);
  });

  async function deposer(contenu: Buffer, nom: string): Promise<{ adresse: string; lignes: Map<string, Ligne> }> {
    const r = await app.serveur.inject({
      method: 'POST',
      url: '/registres/formations/imports',
      headers: { cookie, 'content-type': 'multipart/form-data; boundary=b' },
      payload: Buffer.concat([
        Buffer.from(`--b\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\n\r\n`),
        contenu,
        Buffer.from('\r\n--b--\r\n'),
      ]),
    });
    expect([nom, r.statusCode]).toEqual([nom, 303]);
    const { rows } = await sql<Ligne>`
      select coalesce(id_externe, numero::text) as id, etat, contenu, erreurs, avertissements from lot_lignes order by numero`.execute(app.base.owner);
    return { adresse: String(r.headers.location), lignes: new Map(rows.map((l) => [l.id, l])) };
  }
  const importer = async (...sessions: Session[]) => deposer(Buffer.from([TITRES.join(';'), ...sessions.map(rangee)].join('\r\n')), 'essai.csv');
  const dit = (l: Ligne | undefined, genre: 'erreurs' | 'avertissements' = 'erreurs') =>
    l?.[genre].map((e) => `${e.colonne} : ${e.message}`).join('\n') ?? 'absente';

  test('1.250 est demandé ; un compte n’a pas de demi ; un nombre avec son unité se lit', async () => {
    const { lignes } = await importer(
      { id: 'n1', duree: '1.250' },
      { id: 'n2', participants: '1,250' },
      { id: 'n3', participants: '12,5' },
      { id: 'n4', participants: '1 250 personnes', duree: '3 h 30' },
      { id: 'n5', participants: 'environ 12' },
      { id: 'n6', participants: '12 %' },
      { id: 'n7', participants: '١٢', duree: '1,5' },
    );
    expect(dit(lignes.get('n1'))).toBe('Durée : 1.250 : est-ce 1\u202f250 ou 1,25\u00a0? Écrivez l’un des deux.');
    expect(dit(lignes.get('n2'))).toMatch(/^Personnes formées : 1,250 : est-ce/);
    expect(dit(lignes.get('n3'))).toMatch(/nombre entier/);
    expect(lignes.get('n4')?.contenu?.donnees).toMatchObject({ participants: 1250, duree_heures: 3.5 });
    expect(dit(lignes.get('n5'))).toMatch(/pas un nombre seul/);
    expect(dit(lignes.get('n6'))).toMatch(/pourcentage/);
    expect(lignes.get('n7')?.contenu?.donnees).toMatchObject({ participants: 12, duree_heures: 1.5 });
  });

  test('un instant est classé au jour du contrat ; un jour à venir, une année impossible, un mois seul sont refusés ; avant le contrat, c’est dit', async () => {
    const { lignes } = await importer(
      { id: 'j1', jour: '2026-03-14T23:30:00+00:00' },
      { id: 'j2', jour: '14 mars 2026' },
      { id: 'j3', jour: '14/03/2099' },
      { id: 'j4', jour: '14/03/0206' },
      { id: 'j5', jour: 'mars 2026' },
      { id: 'j6', jour: '03/14/2026' },
      { id: 'j7', jour: '14/03/2016' },
    );
    expect([lignes.get('j1')?.contenu?.jour, lignes.get('j2')?.contenu?.jour]).toEqual(['2026-03-15', '2026-03-14']);
    expect(dit(lignes.get('j3'))).toMatch(/14\/03\/2099 n’est pas encore passé/);
    expect(dit(lignes.get('j4'))).toMatch(/année 206/);
    expect(dit(lignes.get('j5'))).toMatch(/quel jour/);
    expect(dit(lignes.get('j6'))).toMatch(/Est-ce le 14\/03\/2026/);
    expect([lignes.get('j7')?.etat, dit(lignes.get('j7'), 'avertissements')]).toEqual(['nouvelle', expect.stringMatching(/avant le début du contrat/)]);
  });

  test('un point échangé, nul ou ailleurs est dit et publié quand même ; une virgule ou un point s’y lisent pareil', async () => {
    const { lignes, adresse } = await importer(
      { id: 'p1', lon: '2.344', lat: '48,892' },
      { id: 'p2', lon: '48.8925', lat: '2.3444' },
      { id: 'p3', lon: '0', lat: '0' },
      { id: 'p4', lon: '5,4', lat: '43,3' },
    );
    expect([lignes.get('p1')?.contenu?.lon, lignes.get('p1')?.avertissements]).toEqual([2.344, []]);
    expect(dit(lignes.get('p2'), 'avertissements')).toMatch(/échangées/);
    expect(dit(lignes.get('p3'), 'avertissements')).toMatch(/plein océan/);
    expect(dit(lignes.get('p4'), 'avertissements')).toMatch(/hors du territoire/);
    expect([...lignes.values()].map((l) => l.etat)).toEqual(['nouvelle', 'nouvelle', 'nouvelle', 'nouvelle']);
    expect((await app.serveur.inject({ url: adresse, headers: { cookie } })).body).toContain('hors du territoire du contrat');
  });

  test('dix fois ce que l’organisme enregistre d’habitude est dit', async () => {
    const { adresse } = await importer(...Array.from({ length: 6 }, (_, i) => ({ id: `h${i}`, participants: String(10 + i) })));
    expect(
      (
        await app.serveur.inject({
          method: 'POST',
          url: `${adresse}/publier`,
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
          payload: '',
        })
      ).statusCode,
    ).toBe(303);
    await sql`delete from lot_lignes`.execute(app.base.owner);
    const { lignes } = await importer({ id: 'h8', participants: '120' }, { id: 'h9', participants: '90' });
    expect(dit(lignes.get('h8'), 'avertissements')).toMatch(/^Personnes formées : 120 est plus de dix fois .*\(12\)/);
    expect([lignes.get('h8')?.etat, lignes.get('h9')?.avertissements]).toEqual(['nouvelle', []]);
  });

  test('une ligne corrigée à l’écran est vérifiée pareil : ce qui surprend se confirme, puis reste dit', async () => {
    const habitude = await importer(...Array.from({ length: 6 }, (_, i) => ({ id: `k${i}`, participants: String(300 + i) })));
    const poster = (url: string, champs: Record<string, string>) => app.post(url, champs, cookie);
    expect((await poster(`${habitude.adresse}/publier`, {})).statusCode).toBe(303);
    await sql`delete from lot_lignes`.execute(app.base.owner);
    const { adresse } = await importer({ id: 'k8', participants: '31 O' });
    const page = (await app.serveur.inject({ url: `${adresse}/lignes/2`, headers: { cookie } })).body;
    const masques = masquesDe(page);
    const demande = await poster(`${adresse}/lignes/2`, { ...masques, c10: '4100' });
    expect([demande.statusCode, demande.body.includes('plus de dix fois'), demande.body.includes('value="4100"')]).toEqual([422, true, true]);
    const confirme = /name="confirme"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="confirme"/.exec(demande.body);
    const fait = await poster(`${adresse}/lignes/2`, { ...masquesDe(demande.body), c10: '4100', confirme: confirme?.[1] ?? confirme?.[2] ?? '' });
    expect(fait.statusCode).toBe(303);
    const { rows } = await sql<Ligne>`select etat, avertissements from lot_lignes`.execute(app.base.owner);
    expect(rows).toEqual([
      { etat: 'nouvelle', avertissements: [expect.objectContaining({ message: expect.stringMatching(/4\u202f100 est plus de dix fois/) })] },
    ]);
  });

  test('titre au-dessus, total en dessous, espaces insécables dans un code et une adresse, guillemet égaré', async () => {
    const texte = [
      'Sessions de mars',
      '',
      TITRES.join(';'),
      rangee({ id: '\u00a0A\u00a0 12 ', adresse: ' 1\u00a0place  Jules-Joffrin ' }),
      rangee({ id: 'g2', adresse: '"1 place ouverte' }),
      rangee({ id: 'g3' }),
      'Total;;;;;;;;;;24;8;;',
    ].join('\r\n');
    const { lignes } = await deposer(Buffer.from(texte), 'titres.csv');
    expect(lignes.get('A 12')?.contenu?.adresse).toBe('1 place Jules-Joffrin');
    expect(dit(lignes.get('5'))).toMatch(/guillemet/);
    expect(lignes.get('g3')?.etat).toBe('nouvelle');
    expect(dit(lignes.get('7'))).toMatch(/est-ce le total/);
  });

  test('l’API classe aussi un instant, et refuse une décimale dans un compte et un jour à venir', async () => {
    const envoyer = (jour: string, participants: number) =>
      app.serveur.inject({
        method: 'POST',
        url: '/api/v1/registres/formations',
        headers: { cookie },
        payload: {
          ...{ titre: 'Par API', jour, territoire_id: 'mairie-18', organisation_id: 'DPMP' },
          donnees: { type: 'continue', theme: 'rixes', employeur: 'dpmp', public: 'police-municipale', participants },
        },
      });
    const cree = await envoyer('2026-03-14T23:30:00Z', 12);
    expect([cree.statusCode, cree.json<{ contenu: { jour: string } }>().contenu.jour]).toEqual([201, '2026-03-15']);
    for (const r of [await envoyer('2026-03-14', 12.5), await envoyer('2099-03-14', 12)]) expect(r.statusCode).toBe(422);
  });

  siPartage('Fichiers reçus du terrain', () => {
    const du = async (nom: string) => deposer(await readFile(partage(`data/fichiers-de-terrain/${nom}`) ?? ''), nom);
    test('chacun donne ses valeurs dans l’aperçu', async () => {
      expect((await du('b01-utf16le-tab.txt')).lignes.get('t1')?.etat).toBe('nouvelle');
      await sql`delete from lot_lignes`.execute(app.base.owner);
      expect((await du('b02-cp1252.csv')).lignes.get('pub-cp1')?.contenu).toMatchObject({ titre: 'Cœur d’îlot – 12 € – « Été »' });
      await sql`delete from lot_lignes`.execute(app.base.owner);
      expect([...(await du('b21-1904-true.xlsx')).lignes.values()].map((l) => l.contenu?.jour)).toEqual(['2026-03-14']);
      await sql`delete from lot_lignes`.execute(app.base.owner);
      expect((await du('b23-premiere-feuille-cachee.xlsx')).lignes.size).toBe(1);
      await sql`delete from lot_lignes`.execute(app.base.owner);
      const formules = [...(await du('b25-formules.xlsx')).lignes.values()];
      expect(formules.flatMap((l) => l.erreurs.map((e) => e.message)).filter((m) => /affiche (#N\/A|#REF!|#DIV\/0!)/.test(m)).length).toBeGreaterThanOrEqual(4);
      await sql`delete from lot_lignes`.execute(app.base.owner);
      const heures = [...(await du('b27-format-heures.xlsx')).lignes.values()];
      expect(heures.map((l) => l.contenu?.donnees.participants ?? dit(l))).toEqual([
        ...Array.from({ length: 5 }, () => 12),
        // Its day has no format: two systems of days are in use, so it is asked about.
        expect.stringMatching(/^Date de la session : « 46095 » .* Est-ce le 14\/03\/2026/),
      ]);
      expect(heures.slice(0, 2).map((l) => l.contenu?.donnees.duree_heures)).toEqual([4, 4.5]);
      await sql`delete from lot_lignes`.execute(app.base.owner);
      const milliers = (await du('b33-millier-point.csv')).lignes;
      expect(dit(milliers.get('pub-m1'))).toMatch(/1\.250 : est-ce 1\u202f250 ou 1,25/);
      expect(dit(milliers.get('pub-m2'))).toMatch(/un espace coupe ce nombre/);
      expect([...milliers.values()].map((l) => l.etat)).toEqual(Array.from({ length: 5 }, () => 'erreur'));
    });
  });
});
