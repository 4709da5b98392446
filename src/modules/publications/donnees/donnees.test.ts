import { parse } from 'csv-parse/sync';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { demonstrationDe } from '../../../../tests/support/demonstration.ts';
import { genererValeursDemo } from '../../indicateurs/saisie/saisie.demo.ts';
import { genererDemoDe } from '../../registres/demo/registres.demo.ts';
import { definitionsDecouvertes } from '../../registres/registres.definitions.ts';
import { recalculerChiffres } from '../../indicateurs/formulaires.ts';

/** The package as a journalist opens it. */
describe('Tout télécharger d’une fiche', () => {
  let app: AppDeTest;
  let zip: JSZip;
  let dossier: string;
  const lire = async (nom: string) => (await zip.file(`${dossier}/${nom}`)?.async('string')) ?? '';
  const table = async (nom: string): Promise<Record<string, string>[]> => parse(await lire(nom), { bom: true, columns: true, delimiter: ';' });
  beforeAll(async () => {
    app = await ouvrirApp({ demonstration: true, horloge: () => new Date('2025-11-25T10:00:00Z') });
    const { profils } = await demonstrationDe();
    const annees = [2024, 2025];
    await genererDemoDe(app.base.owner, app.catalogue, definitionsDecouvertes, { annees, graine: 7, jusquau: '2025-11-20', profils });
    await genererValeursDemo(app.base.owner, app.catalogue, { annees, graine: 7, aujourdhui: '2025-11-25', profils });
    await recalculerChiffres(app.base.owner, app.contratId);
    const reponse = await app.get('/fiches/1.6/donnees.zip');
    expect([reponse.statusCode, reponse.headers['content-type']]).toEqual([200, 'application/zip']);
    zip = await JSZip.loadAsync(reponse.rawPayload);
    dossier = Object.keys(zip.files)[0]?.split('/')[0] ?? '';
  });
  afterAll(() => app?.close());

  test('dit les mêmes chiffres que leurs pages, états compris', async () => {
    const lignes = await table('donnees.csv');
    const annees = new Set(lignes.map((l) => l.annee));
    expect(annees.size).toBeGreaterThan(2);
    for (const { mesure, annee, territoire_id, etat, valeur } of lignes.filter((_, i) => i % 23 === 0)) {
      const page = await app.get(`/chiffres/${mesure}/evolution.csv?periode=${annee}&territoire=${territoire_id}`);
      const la = (parse(page.body, { bom: true, columns: true, delimiter: ';' }) as Record<string, string>[]).find((x) => x.cle === annee);
      expect([mesure, annee, territoire_id, la?.valeur]).toEqual([mesure, annee, territoire_id, valeur]);
      expect([mesure, annee, (etat === 'valeur' || etat === 'zéro') === (la?.etat === 'valeur' || la?.etat === 'zéro')]).toEqual([mesure, annee, true]);
    }
  });

  test('ne dit rien d’une mesure là où elle n’existe pas, et n’appelle jamais zéro une cellule vide', async () => {
    const lignes = await table('donnees.csv');
    expect(lignes.filter((l) => l.etat === 'non ventilé')).toEqual([]);
    expect(lignes.filter((l) => l.valeur === '' && l.etat === 'zéro')).toEqual([]);
    expect(lignes.filter((l) => l.valeur !== '' && l.etat !== 'valeur' && l.etat !== 'zéro')).toEqual([]);
    expect(new Set(lignes.map((l) => l.territoire_id)).size).toBe(18);
  });

  test('décrit chaque mesure, chaque colonne et chaque état qu’il emploie', async () => {
    const [lignes, mesures, dictionnaire] = [await table('donnees.csv'), await table('mesures.csv'), await table('dictionnaire.csv')];
    const decrites = new Set(mesures.map((m) => m.mesure));
    expect(lignes.filter((l) => !decrites.has(l.mesure))).toEqual([]);
    const mots = new Set(dictionnaire.map((x) => x.colonne_ou_valeur));
    for (const colonne of Object.keys(lignes[0] ?? {})) expect([colonne, mots.has(colonne)]).toEqual([colonne, true]);
    for (const etat of new Set(lignes.map((l) => l.etat))) expect([etat, mots.has(etat)]).toEqual([etat, true]);
    expect(mesures.every((m) => m.source !== '' && m.dans_le_contrat !== '')).toBe(true);
  });

  test('porte sa licence, son avertissement, la phrase pour le citer, et un graphique lisible en SVG et en PNG', async () => {
    const texte = await lire('LISEZMOI.txt');
    for (const mot of ['Licence Ouverte 2.0', 'POUR CITER', '/fiches/1.6', 'DONNÉES FICTIVES']) expect(texte).toContain(mot);
    const images = Object.keys(zip.files).filter((n) => n.includes('/graphiques/') && !n.endsWith('/'));
    const svgs = images.filter((n) => n.endsWith('.svg'));
    expect(svgs.length).toBeGreaterThan(0);
    expect(images.length).toBe(svgs.length * 2);
    for (const nom of svgs) {
      expect(await zip.file(nom)?.async('string')).toContain('Licence Ouverte');
      const png = await zip.file(nom.replace('.svg', '.png'))?.async('nodebuffer');
      expect(png?.subarray(1, 4).toString()).toBe('PNG');
      // Wider than 1,500 pixels: sharp on paper.
      expect(png?.readUInt32BE(16)).toBeGreaterThan(1500);
    }
  });

  test('une fiche qui n’existe pas n’a rien à télécharger', async () => {
    expect((await app.get('/fiches/9.9/donnees.zip')).statusCode).toBe(404);
    expect((await app.get('/fiches/1.6')).body).toContain('/fiches/1.6/donnees.zip');
  });
});
