/** Under which licence figures may be reused: chosen in the contract's folder, said on the pages, carried by each file. */
import exceljs from 'exceljs';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, routesDEssai } from './support/app.ts';

const OUVERTE = { nom: 'Licence Ouverte 2.0', adresse: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/' };
const ODBL = { nom: 'ODbL 1.0', adresse: 'https://opendatacommons.org/licenses/odbl/1-0/' };

/** Every public address that gives a file: figures, tried one by one below… */
const REUTILISABLES = [
  '/aide/services.csv',
  '/aide/structures.csv',
  '/barometre.csv',
  '/bilan/:annee/:territoire/:format',
  '/chiffres/:mesure/contributions.csv',
  '/chiffres/:mesure/enregistrements.csv',
  '/chiffres/:mesure/evolution.csv',
  '/fiches/:numero/donnees.zip',
  '/fiches/:numero/nouvelles.xml',
  '/messages/flux.xml',
  '/nouvelles.xml',
  '/territoires/:id/nouvelles.xml',
  '/rectificatifs.xml',
];
/** … or the state of reports, which programs ask for as it changes; dates, dues and minutes, which are no figures and hold more for those who sign in; what a link opens; a survey's results, a context series (under the licence of its producer), which their own tests ask. */
const SANS_LICENCE = [
  ...['discovery', 'requests', 'servicerequestupdates', 'services'].map((x) => `/open311/v2/${x}.xml`),
  '/collecte/repondre/:acces/:signature/classeur.xlsx',
  '/enquetes/vagues/:vague/resultats.csv',
  '/observatoire/:serie/donnees.csv',
  '/calendrier.csv',
  '/echeances.csv',
  '/conventions.csv',
  '/conventions.xlsx',
  '/releves/:id/releve.docx',
  '/releves/:id/releve.pdf',
  // An authority's own message, and not ours to license.
  '/messages/:messageRelaye/cap.xml',
  '/sitemap.xml',
];

describe.each([
  ['paris', OUVERTE],
  ['valbourg', ODBL],
] as const)('La licence de réutilisation (%s)', (contrat, licence) => {
  let app: AppDeTest;
  let racine: string;
  let mesure: string;
  let collectee: string;
  beforeAll(async () => {
    app = await ouvrirApp({ contrat });
    racine = app.catalogue.racine.id;
    mesure = [...app.catalogue.mesures.values()].find((m) => m.obtention === 'calcul' && 'compte' in (m.calcul as object))?.id ?? '';
    collectee = [...app.catalogue.mesures.values()].find((m) => m.obtention === 'collecte')?.id ?? '';
  });
  afterAll(() => app.close());
  const bilan = async (format: string) => (await app.get(`/bilan/2025/${racine}/${format}`)).rawPayload;

  test('est dite au pied de chaque page, dans les mentions et sur la page des données', async () => {
    for (const url of ['/', '/mentions', '/donnees', `/chiffres/${mesure}`]) {
      const lien = new RegExp(`rel="license" href="${licence.adresse}"[^>]*>${licence.nom}<`);
      expect([url, lien.test((await app.get(url)).body)]).toEqual([url, true]);
    }
  });

  test('est dans l’en-tête de chaque fichier public, et d’aucun fichier réservé', async () => {
    const vraie = (chemin: string) =>
      chemin
        .replace(':annee', '2025')
        .replace(':territoire', racine)
        .replace(':format', 'csv')
        .replace(':mesure', chemin.endsWith('/contributions.csv') ? collectee : mesure)
        .replace(':numero', '1.1')
        .replace(':id', racine);
    const urls = REUTILISABLES.map(vraie);
    for (const url of urls) {
      const r = await app.get(url);
      expect([url, r.statusCode, r.headers.link]).toEqual([url, 200, `<${licence.adresse}>; rel="license"`]);
    }
    expect((await app.get('/barometre')).headers.link).toBeUndefined();
    const publiques = (await routesDEssai()).filter(
      (r) => r.methode === 'GET' && r.acces.genre === 'public' && /[./](csv|zip|xlsx|pdf|docx|xml|:format)$/.test(r.chemin),
    );
    expect(publiques.map((r) => r.chemin).sort()).toEqual([...REUTILISABLES, ...SANS_LICENCE].sort());
  });

  test('est la dernière colonne du bilan en CSV, une feuille en Excel, une propriété en Word, en PDF et en page web', async () => {
    const [entete = '', premiere = ''] = (await bilan('csv')).toString().trim().split('\r\n');
    expect([entete.split(';').at(-1), premiere.split(';').at(-1)]).toEqual(['licence', licence.nom]);
    const classeur = new exceljs.Workbook();
    await classeur.xlsx.load(Uint8Array.from(await bilan('xlsx')).buffer);
    const feuille: unknown[] = [];
    classeur.getWorksheet('Licence')?.eachRow((r) => feuille.push(r.getCell(1).value));
    expect(feuille).toEqual(expect.arrayContaining([licence.nom, licence.adresse]));
    expect(classeur.keywords).toBe(licence.nom);
    const word = await JSZip.loadAsync(await bilan('docx'));
    expect(await word.file('docProps/core.xml')?.async('string')).toContain(licence.nom);
    expect(await word.file('docProps/custom.xml')?.async('string')).toContain(licence.adresse);
    expect(await word.file('word/document.xml')?.async('string')).toContain(licence.adresse);
    const html = (await bilan('html')).toString();
    expect(html).toContain(`<meta name="dcterms.license" content="${licence.adresse}"/>`);
    expect(html).toContain(`Chiffres réutilisables sous ${licence.nom}`);
    expect((await bilan('pdf')).includes(licence.nom)).toBe(true);
  });
});
