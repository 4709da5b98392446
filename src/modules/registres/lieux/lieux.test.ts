/** Dated places: brought in by a file, attached to records on their day, followed by the figures. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { partage, siPartage } from '../../../../tests/support/partage.ts';
import { faireTravaux } from '../../../../tests/support/travaux.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { verifierChiffres } from '../../indicateurs/index.ts';
import { liens } from '../registres.liens.ts';
import { importerLieux } from './importer.ts';
import { rattacherTout } from './rattacher.ts';

const QUI = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const ADMIN = { comme: 'administrateur', organisation: 'VILLE' } as const;
const INTERVENTION = {
  titre: 'Passage',
  territoire_id: 'mairie-18',
  organisation_id: 'DPMP',
  etape: 'realisee',
  'donnees.nature': 'sensibilisation',
  'donnees.theme': 'autre',
  'donnees.service': 'association',
  'donnees.cadre': 'espace-public',
  'donnees.public': 'habitants',
};
/** A square of Paris, and what is inside. */
const carre = (o: number, s: number, cote = 0.01): number[][] => [
  [o, s],
  [o + cote, s],
  [o + cote, s + cote],
  [o, s + cote],
  [o, s],
];
const qpv = (code: string, nom: string, ...anneaux: number[][][]) => ({
  type: 'Feature',
  properties: { code_qp: code, lib_qp: nom },
  geometry: { type: 'Polygon', coordinates: anneaux },
});
const collection = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features });
/** Fictive: two districts, the second with a hole. */
const DEUX = collection(qpv('QP1', 'La Fictive', carre(2.35, 48.89)), qpv('QP2', 'L’Inventée', carre(2.37, 48.89), carre(2.374, 48.894, 0.002)));

let app: AppDeTest;
let dossier = '';
beforeAll(async () => {
  app = await ouvrirApp();
  dossier = await mkdtemp(join(tmpdir(), 'lieux-'));
});
afterAll(async () => {
  await app.close();
  await rm(dossier, { recursive: true, force: true });
});

const nettoyee = (html: string) => html.replace(/<!-- -->/g, '');
async function televerser(fichier: string, contenu: string, champs: Record<string, string>, qui: object = ADMIN) {
  const parties = [
    ...Object.entries(champs).map(([k, v]) => `--b\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`),
    `--b\r\ncontent-disposition: form-data; name="fichier"; filename="${fichier}"\r\ncontent-type: application/octet-stream\r\n\r\n${contenu}\r\n--b--\r\n`,
  ];
  return app.serveur.inject({
    method: 'POST',
    url: '/lieux/imports',
    headers: { cookie: await app.temoin(qui), 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.from(parties.join('')),
  });
}
const SOURCE = { source: 'Fichier fictif', licence: 'Licence Ouverte 2.0' };
async function importer(fichier: string, contenu: string, champs: Record<string, string>) {
  const r = await televerser(fichier, contenu, { ...SOURCE, ...champs });
  expect([r.statusCode, /id="error-summary-title"[\s\S]{0,600}/.exec(r.body)?.[0] ?? '']).toEqual([303, '']);
  const chemin = String(r.headers.location);
  const apercu = nettoyee((await app.get(chemin, ADMIN)).body);
  const publie = await app.post(`${chemin}/publier`, lireFormulaire(apercu, `${chemin}/publier`), ADMIN);
  expect(publie.statusCode).toBe(303);
  await faireTravaux(app);
  return { chemin, apercu };
}
let n = 0;
/** As a partner's tool sends it: the form has no coordinates. */
async function intervenir(jour: string, plus: { lon?: number; lat?: number; lieu?: string } = {}): Promise<string> {
  const donnees = Object.fromEntries(Object.entries(INTERVENTION).flatMap(([k, v]) => (k.startsWith('donnees.') ? [[k.slice(8), v]] : [])));
  const communs = Object.fromEntries(Object.entries(INTERVENTION).filter(([k]) => !k.startsWith('donnees.')));
  const r = await app.serveur.inject({
    method: 'POST',
    url: '/api/v1/registres/interventions',
    headers: { cookie: await app.temoin(QUI), origin: 'http://concorde.exemple' },
    payload: {
      ...communs,
      jour,
      titre: `Passage ${++n}`,
      lon: plus.lon ?? null,
      lat: plus.lat ?? null,
      donnees: { ...donnees, ...(plus.lieu ? { lieu_connu: plus.lieu } : {}) },
    },
  });
  expect([r.statusCode, r.statusCode === 201 ? '' : r.body]).toEqual([201, '']);
  return (r.json() as { id: string }).id;
}
const lieuxDe = async (id: string): Promise<string[]> =>
  (
    await sql<{ cle: string }>`
      select type || ':' || code as cle from activite_lieux where contrat_id = ${app.contratId} and activite_id = ${id}::uuid order by 1`.execute(
      app.base.owner,
    )
  ).rows.map((x) => x.cle);
const ecarts = async () => (await verifierChiffres(app.base.owner, app.contratId)).differences;

describe('Lieux datés', () => {
  test('un fichier se lit, se relit avant d’être publié, puis ses lieux ont leur page et se cherchent', async () => {
    expect((await app.get('/lieux')).body).toContain('Aucun lieu pour l’instant');
    expect((await televerser('q.geojson', DEUX, { type: 'qpv', ...SOURCE }, QUI)).statusCode).toBe(403);
    const { apercu } = await importer('qpv.geojson', DEUX, { type: 'qpv' });
    expect(apercu).toContain('2 nouveaux, 0 changés, 0 terminés');
    const liste = (await app.get('/lieux?type=qpv')).body;
    expect([liste.includes('La Fictive'), liste.includes('/lieux/qpv/QP2')]).toEqual([true, true]);
    const lieu = nettoyee((await app.get('/lieux/qpv/QP2')).body);
    expect([lieu.includes('L’Inventée'), lieu.includes('Fichier fictif, Licence Ouverte 2.0')]).toEqual([true, true]);
    expect((await app.get('/lieux/qpv/QP9')).statusCode).toBe(404);
    expect((await app.get('/recherche?q=inventee')).body).toContain('/lieux/qpv/QP2');
    const longue = 'Fichier fictif '.repeat(21).trim();
    const refuse = await televerser('qpv.geojson', DEUX, { type: 'qpv', ...SOURCE, source: longue });
    expect([refuse.statusCode, refuse.body.includes(`value="${longue}"`), refuse.body.includes('Source : 300 caractères au plus, il y en a 314.')]).toEqual([
      422,
      true,
      true,
    ]);
    const encore = await televerser('qpv.geojson', DEUX, { type: 'qpv', ...SOURCE });
    expect(nettoyee((await app.get(String(encore.headers.location), ADMIN)).body)).toContain('il n’y a rien à publier');
  });

  test('ce qui est faux dans le fichier se dit ligne par ligne, et rien n’entre ni ne se perd', async () => {
    const faux =
      'code;nom;lon;lat;depuis\nA;École A;2,35;48,89;\nB;;2,35;48,89;\nC;École C;48,89;2,35;\nD;École D;;;\nE;École E;2,35;48,89;32/01/2024\nA;École Z;2,35;48,89;';
    const r = await televerser('ecoles.csv', faux, { type: 'ecole', ...SOURCE, source: 'Rectorat fictif' });
    const page = nettoyee(r.body);
    expect(r.statusCode).toBe(422);
    for (const dit of [
      'Corrigez 5 lignes',
      'le nom est vide',
      'semblent inversées',
      'sans coordonnées',
      '32/01/2024',
      'est déjà celui de « École A », ligne 2',
    ])
      expect(page).toContain(dit);
    expect(page).toContain('value="Rectorat fictif"');
    expect((await televerser('x.csv', 'titre;ou\na;b', { type: 'ecole', ...SOURCE })).body).toContain('n’a pas de colonne « nom »');
    expect((await televerser('x.geojson', '{"type":', { type: 'ecole', ...SOURCE })).body).toContain('peut-être coupé');
    expect((await app.get('/lieux?type=ecole')).body).not.toContain('École A');
  });

  test('un enregistrement est dans les lieux qui contiennent son point, sauf dans un trou, et sa page le dit', async () => {
    const dedans = await intervenir('2025-03-10', { lon: 2.355, lat: 48.895 });
    const trou = await intervenir('2025-03-10', { lon: 2.375, lat: 48.895 });
    const a_cote = await intervenir('2025-03-10', { lon: 2.3715, lat: 48.895 });
    const ailleurs = await intervenir('2025-03-10', { lon: 2.3, lat: 48.85 });
    const sans = await intervenir('2025-03-10');
    expect([await lieuxDe(dedans), await lieuxDe(trou), await lieuxDe(a_cote), await lieuxDe(ailleurs), await lieuxDe(sans)]).toEqual([
      ['qpv:QP1'],
      [],
      ['qpv:QP2'],
      [],
      [],
    ]);
    expect(nettoyee((await app.get(`/registres/interventions/${dedans}`, QUI)).body)).toContain('Quartier prioritaire (QPV) (d’après son point)');
    const lieu = nettoyee((await app.get('/lieux/qpv/QP1')).body);
    expect(lieu).toContain('Interventions');
    const liste = nettoyee((await app.get('/registres/interventions?lieu_connu=qpv:QP1&territoire=tous', QUI)).body);
    expect([liste.includes('1 enregistrement'), liste.includes('lieu : La Fictive')]).toEqual([true, true]);
    expect(nettoyee((await app.get('/registres/interventions?lieu_connu=qpv:*&territoire=tous', QUI)).body)).toContain('2 enregistrements');
    const masques = lireFormulaire((await app.get(`/registres/interventions/${dedans}`, QUI)).body, `/registres/interventions/${dedans}/retirer`);
    expect((await app.post(`/registres/interventions/${dedans}/retirer`, { ...masques, motif: 'doublon' }, QUI)).statusCode).toBe(303);
    expect(nettoyee((await app.get('/lieux/qpv/QP1')).body)).toContain('Rien d’enregistré ici');
    expect(await ecarts()).toEqual([]);
  });

  test('le formulaire prend un lieu par son nom, sans script ; il est dans ce qui contient ce lieu', async () => {
    await importer(
      'ecoles.csv',
      'code;nom;lon;lat\n0751;Collège du Carré;2,352;48,892\n0752;Collège du Loin;2,30;48,85\n0753;Collège double;2,30;48,85\n0754;Collège double;2,31;48,85',
      {
        type: 'ecole',
      },
    );
    const page = (await app.get('/registres/interventions/nouveau', QUI)).body;
    expect(page).toContain('Collège du Carré (École ou établissement scolaire)');
    const envoi = { ...INTERVENTION, jour: '12/03/2025', 'donnees.lieu_connu': 'Collège du' };
    const refuse = await app.post('/registres/interventions/nouveau', envoi, QUI);
    expect([
      refuse.statusCode,
      nettoyee(refuse.body).includes('n’est pas un lieu connu. Peut-être « Collège d'),
      refuse.body.includes('value="Collège du"'),
    ]).toEqual([422, true, true]);
    const deux = await app.post('/registres/interventions/nouveau', { ...envoi, 'donnees.lieu_connu': 'Collège double' }, QUI);
    expect(nettoyee(deux.body)).toContain('écrivez « Collège double (École ou établissement scolaire 0753) »');
    const r = await app.post('/registres/interventions/nouveau', { ...envoi, 'donnees.lieu_connu': 'collège du carré' }, QUI);
    expect(r.statusCode).toBe(303);
    const id = String(r.headers.location).split('/').at(-1) ?? '';
    expect(await lieuxDe(id)).toEqual(['ecole:0751', 'qpv:QP1']);
    const corriger = `/registres/interventions/${id}/corriger`;
    const champs = lireFormulaire((await app.get(corriger, QUI)).body, corriger);
    expect(champs['donnees.lieu_connu']).toEqual(['Collège du Carré (École ou établissement scolaire)']);
    expect((await app.post(corriger, { ...champs, 'donnees.lieu_connu': '0752', motif: 'essai' }, QUI)).statusCode).toBe(303);
    expect(await lieuxDe(id)).toEqual(['ecole:0752']);
  });

  test('un contour change ou finit à une date : chaque enregistrement reste dans les lieux de son jour', async () => {
    const avant = await intervenir('2024-06-10', { lon: 2.378, lat: 48.891 });
    const apres = await intervenir('2026-06-10', { lon: 2.378, lat: 48.891 });
    expect([await lieuxDe(avant), await lieuxDe(apres)]).toEqual([['qpv:QP2'], ['qpv:QP2']]);
    await importer('qpv-2025.geojson', collection(qpv('QP1', 'La Fictive', carre(2.35, 48.89)), qpv('QP2', 'L’Inventée', carre(2.37, 48.89, 0.005))), {
      type: 'qpv',
      depuis: '01/01/2025',
    });
    expect([await lieuxDe(avant), await lieuxDe(apres)]).toEqual([['qpv:QP2'], []]);
    expect(nettoyee((await app.get('/lieux/qpv/QP2')).body)).toContain('Jusqu’au 31/12/2024'.toLowerCase());
    const dans = await intervenir('2026-06-10', { lon: 2.355, lat: 48.895 });
    const { apercu } = await importer('qpv-2026.geojson', collection(qpv('QP3', 'La Neuve', carre(2.37, 48.89))), {
      type: 'qpv',
      depuis: '2026-01-01',
      fermer: 'oui',
    });
    expect(apercu).toContain('1 nouveaux, 0 changés, 2 terminés');
    expect([await lieuxDe(avant), await lieuxDe(apres), await lieuxDe(dans)]).toEqual([['qpv:QP2'], ['qpv:QP3'], []]);
    const tard = await app.post('/registres/interventions/nouveau', { ...INTERVENTION, jour: '12/03/2026', 'donnees.lieu_connu': 'La Fictive' }, QUI);
    expect(nettoyee(tard.body)).toContain('« La Fictive » n’existait pas le 12/03/2026');
    await importer('qpv-corrige.geojson', collection(qpv('QP3', 'La Neuve', carre(2.3, 48.84))), { type: 'qpv' });
    expect(await lieuxDe(apres)).toEqual([]);
    expect(nettoyee((await app.get('/lieux/qpv/QP3')).body)).toContain('corrigé depuis : ne compte plus');
    expect(await ecarts()).toEqual([]);
  });
});

siPartage('Collèges de Paris', () => {
  test('le fichier public des collèges entre tel quel, une fois chacun', async () => {
    const chemin = partage('data/colleges/etablissements-scolaires-colleges.csv') ?? '';
    const demande = {
      contratId: app.contratId,
      emprise: app.catalogue.contrat.emprise,
      chemin,
      fichier: 'colleges.csv',
      type: 'ecole',
      depuis: null,
      fermer: false,
      source: 'Ville de Paris',
      licence: 'ODbL 1.0',
      auteur: 'Essai',
      quand: new Date(),
      essai: false,
      dans: <T>(f: (tx: typeof app.db) => Promise<T>) => inTransaction(app.db, { contratId: app.contratId }, f),
    };
    const b = await importerLieux(app.db, demande);
    // 457 rows of four school years; written with or without capitals, 119 names and addresses.
    expect([b.nouveaux, b.connus, b.avertissements.length]).toEqual([119, 0, 1]);
    const encore = await importerLieux(app.db, demande);
    expect([encore.nouveaux, encore.changes, encore.connus]).toEqual([0, 0, 119]);
    expect((await rattacherTout(app.db, liens, app.contratId)).rattaches).toBe(0);
  });
});

test('un fichier abîmé n’écrit rien', async () => {
  const chemin = join(dossier, 'vide.geojson');
  await writeFile(chemin, '{"type": "FeatureCollection", "features": []}');
  const { lireLieux } = await import('./lire.ts');
  await expect(lireLieux(chemin, 'vide.geojson', undefined)).rejects.toThrow(/FeatureCollection/);
});
