import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { importerContours, importerTexte } from './index.ts';

describe('Ce que l’on ajoute à un contrat, et ce que l’on y cherche', () => {
  let app: AppDeTest;
  let dossier: string;
  let n = 0;
  beforeAll(async () => {
    app = await ouvrirApp();
    dossier = await mkdtemp(join(tmpdir(), 'concorde-contrats-'));
  });
  afterAll(() => app.close());
  const fichier = async (contenu: unknown) => {
    const chemin = join(dossier, `${++n}.json`);
    await writeFile(chemin, typeof contenu === 'string' ? contenu : JSON.stringify(contenu));
    return chemin;
  };
  const nombre = async (table: string) => (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(app.base.owner)).rows[0]?.n;

  describe('contours', () => {
    const carre = (x: number, y: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [x, y],
          [x + 0.01, y],
          [x + 0.01, y + 0.01],
          [x, y + 0.01],
          [x, y],
        ],
      ],
    });
    const objet = (properties: Record<string, unknown>, geometry: unknown) => ({ type: 'Feature', properties, geometry });
    const importer = async (features: unknown) => importerContours(app.base.owner, app.catalogue, await fichier({ type: 'FeatureCollection', features }));

    test.each([
      ['du texte', '{"type":"Feat', /pas du JSON lisible/],
      ['autre chose que du GeoJSON', { type: 'Topology' }, /pas une collection GeoJSON/],
      ['une collection vide', { type: 'FeatureCollection', features: [] }, /pas une collection GeoJSON/],
    ])('%s est refusé', async (_, contenu, message) => {
      await expect(importerContours(app.base.owner, app.catalogue, await fichier(contenu))).rejects.toThrow(message);
    });
    test('un seul mauvais objet refuse tout, et le message le nomme', async () => {
      const bon = objet({ c_arinsee: 75118 }, carre(2.34, 48.89));
      const ouvert = { type: 'Polygon', coordinates: [[...(carre(2.3, 48.8).coordinates[0] ?? []).slice(0, 4), [2.9, 48.8]]] };
      const noeud = {
        type: 'Polygon',
        coordinates: [
          [
            [2.3, 48.8],
            [2.31, 48.81],
            [2.31, 48.8],
            [2.3, 48.82],
            [2.3, 48.8],
          ],
        ],
      };
      await expect(importer([bon, objet({ c_arinsee: 75119 }, ouvert)])).rejects.toThrow(/objet 2 \(19e arrondissement\) : le contour n’est pas fermé/);
      await expect(importer([bon, objet({ c_arinsee: 75119 }, noeud)])).rejects.toThrow(/objet 2 .*se croise/);
      await expect(importer([bon, objet({ nom: 'Lyon 3e' }, carre(2, 48))])).rejects.toThrow(/objet 2 : aucune de ses propriétés/);
      await expect(importer([bon, bon])).rejects.toThrow(/a déjà un contour/);
      await expect(importer([bon, objet({ c_arinsee: 75119 }, { type: 'Point', coordinates: [2, 48] })])).rejects.toThrow(/Polygon ou un MultiPolygon/);
      await expect(importer([bon, objet({ c_arinsee: 75119 }, carre(652000, 6862000))])).rejects.toThrow(/en degrés/);
      expect(await nombre('contours')).toBe(0);
    });
    test('une fois importé, un contour remplace le pavé sur la carte ; le même fichier n’ajoute rien', async () => {
      const lot = [objet({ c_arinsee: 75118 }, carre(2.34, 48.89)), objet({ c_arinsee: 75119 }, carre(2.36, 48.89))];
      expect(await importer(lot)).toMatchObject({ lus: 2, nouveaux: 2 });
      expect(await importer(lot)).toMatchObject({ lus: 2, nouveaux: 0, connus: 2 });
      expect(await importer([objet({ c_arinsee: 75118 }, carre(2.33, 48.89)), lot[1]])).toMatchObject({ nouveaux: 1, connus: 1 });
      expect(await nombre('contours')).toBe(3);
    });
  });

  describe('texte signé', () => {
    const contrat = (texte: string, id = '1.6-A1') => ({
      fiches: [{ numero: '1.6', pageDebut: 31, publicCible: 'Le public visé', objectifs: [], actions: [{ id, rubrique: texte, page: 32, items: [] }] }],
    });
    test('un fichier coupé ou d’une autre forme est refusé, avec l’endroit', async () => {
      await expect(importerTexte(app.base.owner, app.catalogue, await fichier('{"fiches": ['))).rejects.toThrow(/peut-être coupé/);
      await expect(importerTexte(app.base.owner, app.catalogue, await fichier({ fiches: [{ numero: 16 }] }))).rejects.toThrow(/fiches\.0\.numero/);
      expect(await nombre('textes_officiels')).toBe(0);
    });
    test('le texte s’affiche avec sa page à côté du libellé ; un identifiant inconnu est compté, jamais deviné', async () => {
      const fiche = app.catalogue.fiches.get('1.6');
      const action = fiche?.actions[0]?.id ?? '';
      expect(await importerTexte(app.base.owner, app.catalogue, await fichier(contrat('Les signataires s’engagent ici', action)))).toMatchObject({
        nouveaux: 2,
        rejetes: 0,
      });
      expect(await importerTexte(app.base.owner, app.catalogue, await fichier(contrat('Les signataires s’engagent ici', action)))).toMatchObject({
        nouveaux: 0,
        connus: 2,
      });
      expect(await importerTexte(app.base.owner, app.catalogue, await fichier(contrat('x', '9.9-A9')))).toMatchObject({ rejetes: 1 });
      const page = (await app.get('/fiches/1.6')).body;
      expect(page).toContain('Les signataires s’engagent ici');
      expect(page).toMatch(/page.{0,3}32/);
    });
  });

  describe('recherche', () => {
    const premiers = async (q: string) =>
      [...(await app.get(`/recherche?q=${encodeURIComponent(q)}`)).body.matchAll(/class="[^"]*c-resultat[^"]*"[\s\S]*?href="([^"]+)"/g)].map((m) => m[1]);
    test.each([
      ['rixes', '/fiches/1.6'],
      ['RIXES', '/fiches/1.6'],
      ['rixess bandees', '/fiches/1.6'],
      ['1.6', '/fiches/1.6'],
      ['prefecture de police', '/acteurs/PP'],
    ])('« %s » trouve %s', async (q, attendu) => {
      const page = (await app.get(`/recherche?q=${encodeURIComponent(q)}`)).body;
      const resultats = page.slice(page.indexOf('<main'));
      expect(resultats.indexOf(`href="${attendu}`), q).toBeGreaterThan(0);
    });
    test('rien, des signes, un texte très long ou une question piégée donnent une page, jamais une erreur', async () => {
      for (const q of ['', '   ', '&|!():*', "'; drop table contrats; --", '<script>alert(1)</script>', 'é'.repeat(3000), '\u0000', '%', 'a & b'])
        expect([q.slice(0, 20), (await app.get(`/recherche?q=${encodeURIComponent(q)}`)).statusCode]).toEqual([q.slice(0, 20), 200]);
      expect((await app.get('/recherche?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E')).body).not.toContain('<script>alert');
      expect((await app.get('/recherche?q=rixes&page=-3')).statusCode).toBe(200);
      expect(await premiers('xyzqwv')).toEqual([]);
    });
  });
});
