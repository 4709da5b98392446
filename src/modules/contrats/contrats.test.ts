import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { VALBOURG } from '../../../tests/support/template.ts';
import { lireContrat } from './contrats.files.ts';
import { importerTexte } from './importer-texte.ts';
import { chargerContrat, getCatalogue } from './index.ts';
import { importerContours } from './territoires/importer.ts';
import { listVersionsObjet } from './contrats.queries.ts';

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

  describe('types d’instances', () => {
    const ville = async (changer: (texte: string) => string, fichierYaml = 'instances.yaml') => {
      const copie = join(await mkdtemp(join(tmpdir(), 'concorde-types-')), 'valbourg-2025-2028');
      await cp(VALBOURG, copie, { recursive: true });
      const chemin = join(copie, fichierYaml);
      await writeFile(chemin, changer(await readFile(chemin, 'utf8')));
      return copie;
    };
    test.each([
      ['un dispositif', 'systeme: V-2', 'systeme: V-9', /instances\.yaml, conseil-local, systeme : dispositif « V-9 » inconnu/],
      [
        'un président',
        '{ acteur: PARQUETV, fonction: Procureur }',
        '{ acteur: RIEN, fonction: Procureur }',
        /conseil-local, presidence : acteur « RIEN » inconnu/,
      ],
      ['un porteur', 'porteur: PMV', 'porteur: RIEN', /cellule-quartier, porteur : acteur « RIEN » inconnu/],
      ['un membre', '{ acteur: SOUSPREF,', '{ acteur: RIEN,', /conseil-local, composition : acteur « RIEN » inconnu/],
      ['une fiche', 'fiches: ["2.1"]', 'fiches: ["9.9"]', /cellule-quartier, fiches : fiche « 9\.9 » inconnue/],
    ])('%s qui n’existe pas refuse le contrat, et le message dit où', async (_, de, vers, message) => {
      await expect(lireContrat(await ville((t) => t.replace(de, vers)))).rejects.toThrow(message);
    });
    test('un identifiant deux fois, une valeur hors liste, un mot inconnu : refusés, avec l’endroit', async () => {
      await expect(lireContrat(await ville((t) => t.replace('id: cellule-quartier', 'id: conseil-local')))).rejects.toThrow(/« conseil-local » sert deux fois/);
      await expect(lireContrat(await ville((t) => t.replace('confidentialite: publique', 'confidentialite: secrete')))).rejects.toThrow(
        /instances\.yaml, \[0\]\.confidentialite/,
      );
      await expect(lireContrat(await ville((t) => t.replace('vote: true', 'votes: true')))).rejects.toThrow(/instances\.yaml, \[0\]/);
      await expect(lireContrat(await ville((t) => t.replace('id: cellule-quartier', 'id: Cellule Été')))).rejects.toThrow(/mots séparés par des tirets/);
    });
    test('un dispositif ou une mesure qui cite un type inconnu refuse le contrat', async () => {
      await expect(lireContrat(await ville((t) => t.replace('instance: conseil-local', 'instance: rien'), 'systemes.yaml'))).rejects.toThrow(
        /systemes\.yaml, V-2, exige\[0\], instance : type d’instance « rien » inconnu/,
      );
      const citant = (calcul: string) => ville((t) => t.replace('calcul: { compte: formations }', `calcul: ${calcul}`), 'fiches/1.1.yaml');
      for (const calcul of [
        '{ compte: reunions, ou: { type: [conseil-local, rien] } }',
        '{ presents: instances, ou: { type: rien } }',
        '{ addition: [{ compte: formations }, { somme: presents, registre: reunions, ou: { type: rien } }] }',
        '{ ratio: [{ compte: reunions, ou: { type: rien } }, 1.1-01b] }',
      ])
        await expect(lireContrat(await citant(calcul))).rejects.toThrow(/mesure 1\.1-01a, calcul : type d’instance « rien » inconnu/);
      await expect(lireContrat(await citant('{ compte: reunions, ou: { type: conseil-local } }'))).resolves.toMatchObject({ slug: 'valbourg-2025-2028' });
      // Other registers have types of their own.
      await expect(lireContrat(await citant('{ compte: operations, ou: { type: sauvette } }'))).resolves.toMatchObject({ slug: 'valbourg-2025-2028' });
    });
    test('un type modifié garde sa version précédente ; un contrat sans ce fichier n’en a aucun', async () => {
      const copie = await ville((t) => t.replace('Traite les problèmes', 'Règle les problèmes'));
      const { contratId, versions } = await chargerContrat(app.base.owner, copie);
      expect(versions).toBe(1);
      const catalogue = await getCatalogue(app.base.owner, contratId);
      expect([...catalogue.typesInstance.keys()]).toEqual(['conseil-local', 'cellule-quartier', 'suivi-des-mineurs']);
      expect(catalogue.typesInstance.get('cellule-quartier')).toMatchObject({
        objet: 'Règle les problèmes du quartier avec ses habitants.',
        duree: 60,
        vote: false,
      });
      const objets = (await listVersionsObjet(app.base.owner, contratId, 'type_instance', 'cellule-quartier')).map((v) => v.contenu.objet);
      expect(objets).toEqual(['Règle les problèmes du quartier avec ses habitants.', 'Traite les problèmes du quartier avec ses habitants.']);
      const sans = await ville((t) => t.replace('{ instance: conseil-local, capacites: [composition, vote] }', '{ capacites: [convention] }'), 'systemes.yaml');
      await rm(join(sans, 'instances.yaml'));
      expect((await lireContrat(sans)).typesInstance).toEqual([]);
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
