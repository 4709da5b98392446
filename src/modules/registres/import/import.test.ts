import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { type Cellule, classeur, feuille } from '../../../../tests/support/archives.ts';

const QUI = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const TITRES = [
  'Identifiant',
  'Date de la session',
  'Titre',
  'Territoire',
  'Organisme formateur',
  'Type de session',
  'Thème principal',
  'Employeur des personnes formées',
  'Public formé',
  'Personnes formées',
  'Commentaire',
];
const rangee = (id: string, titre: string, commentaire: Cellule = ''): Cellule[] => [
  ...[
    id,
    '14/03/2026',
    titre,
    'Mairie du 18e',
    'DPMP',
    'Formation continue',
    'Aide aux victimes',
    'Police municipale et prévention (DPMP)',
    'Agents de police municipale',
  ],
  { n: 12 },
  commentaire,
];

describe('Importer un classeur', () => {
  let app: AppDeTest;
  let cookie = '';
  beforeAll(async () => {
    app = await ouvrirApp();
    cookie = await app.temoin(QUI);
  });
  afterAll(() => app.close());
  const base = '/registres/formations/imports';
  const deposer = (contenu: Buffer, nom: string) =>
    app.serveur.inject({
      method: 'POST',
      url: base,
      headers: { cookie, 'content-type': 'multipart/form-data; boundary=b' },
      payload: Buffer.concat([
        Buffer.from(`--b\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\n\r\n`),
        contenu,
        Buffer.from('\r\n--b--\r\n'),
      ]),
    });
  const poster = (url: string, champs: Record<string, string>) => app.post(url, champs, cookie);
  const lire = async (url: string) => (await app.serveur.inject({ url, headers: { cookie } })).body;
  const lots = async () =>
    (
      await sql<{
        feuille: string;
        etat: string;
        garde: boolean;
      }>`select feuille, etat, classeur is not null as garde from lots order by cree_le, etat`.execute(app.base.owner)
    ).rows;

  test('l’aperçu nomme la feuille lue ; une autre se choisit sans renvoyer le fichier, qui s’oublie à la publication', async () => {
    const livre = classeur({
      feuilles: [
        { nom: 'Brouillon', etat: 'hidden', contenu: feuille([TITRES, rangee('c1', 'Cachée')]) },
        { nom: 'Mars', contenu: feuille([TITRES, rangee('m1', 'Session de mars')]) },
        { nom: 'Avril', contenu: feuille([TITRES, rangee('a1', 'Session d’avril'), rangee('a2', 'Autre')]) },
      ],
    });
    const depot = await deposer(livre, 'formations.xlsx');
    expect([depot.statusCode, depot.body.slice(0, 300)]).toEqual([303, '']);
    const mars = String(depot.headers.location);
    const apercu = await lire(mars);
    expect(apercu).toMatch(/Feuille<\/dt><dd[^>]*><strong>Mars<\/strong>, sur 2 feuilles visibles/);
    expect([apercu.includes('Session de mars'), apercu.includes('value="Avril"'), apercu.includes('Brouillon')]).toEqual([true, true, false]);

    const cachee = await poster(`${mars}/feuille`, { feuille: 'Brouillon' });
    expect([cachee.statusCode, cachee.body.includes('pas de feuille visible « Brouillon »')]).toEqual([422, true]);
    const choix = await poster(`${mars}/feuille`, { feuille: 'Avril' });
    expect(choix.statusCode).toBe(303);
    const avril = String(choix.headers.location);
    expect(await lire(avril)).toMatch(/<strong>Avril<\/strong>, sur 2[\s\S]*Session d’avril/);
    expect(await lots()).toEqual(
      expect.arrayContaining([
        { feuille: 'Mars', etat: 'annule', garde: false },
        { feuille: 'Avril', etat: 'prepare', garde: true },
      ]),
    );
    expect((await poster(`${mars}/feuille`, { feuille: 'Avril' })).statusCode).toBe(409);
    expect((await poster(`${mars}/publier`, {})).statusCode).toBe(409);
    const autre = await app.serveur.inject({
      method: 'POST',
      url: `${avril}/feuille`,
      headers: { cookie: await app.temoin({ ...QUI, territoire: 'mairie-12' }) },
    });
    expect(autre.statusCode).toBe(404);
    expect((await poster(`${avril}/publier`, {})).statusCode).toBe(303);
    expect((await lots()).some((l) => l.garde)).toBe(false);
    expect((await poster(`${base}/${randomUUID()}/feuille`, { feuille: 'Avril' })).statusCode).toBe(404);
  });

  test('ce qu’une formule n’a pas pu calculer est une erreur de sa cellule, même facultative', async () => {
    const erreur = { brut: '<c t="e"><f>NA()</f><v>#N/A</v></c>' };
    const depot = await deposer(
      classeur({ feuilles: [{ nom: 'S', contenu: feuille([TITRES, rangee('e1', 'Avec erreur', erreur), rangee('e2', 'Sans')]) }] }),
      'erreurs.xlsx',
    );
    const page = await lire(String(depot.headers.location));
    expect(page).toMatch(
      /data-libelle="Commentaire"><div[^>]*><div class="c-faute"><span class="c-faute__brut">#N\/A<\/span>.*?La cellule affiche #N\/A : sa formule ne donne pas de valeur/,
    );
    expect(page).toMatch(/Publier 1\sligne/);
  });
});
