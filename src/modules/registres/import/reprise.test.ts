/** Before publication: what will be published is seen whole, what is wrong is mended, own columns and pasted cells are understood. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';

const QUI = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const TITRES = ['Identifiant', 'Date de la session', 'Titre', 'Territoire', 'Organisme formateur', 'Type de session', 'Thème principal'];
const SUITE = ['Employeur des personnes formées', 'Public formé', 'Personnes formées', 'Durée', 'Commentaire'];
const rangee = (id: string, titre: string, plus: Partial<Record<'lieu' | 'qui' | 'n' | 'heures' | 'mot', string>> = {}): string[] => [
  ...[id, '14/03/2026', titre, plus.lieu ?? 'Mairie du 18e', plus.qui ?? 'DPMP', 'Formation continue', 'Rixes, bandes et violences en réunion'],
  ...['Police municipale et prévention (DPMP)', 'Agents de police municipale', plus.n ?? '12', plus.heures ?? '', plus.mot ?? ''],
];
const csv = (lignes: readonly (readonly string[])[], titres: readonly string[] = [...TITRES, ...SUITE]): string =>
  [titres, ...lignes].map((l) => l.join(';')).join('\r\n');

let app: AppDeTest;
let cookie = '';
let n = 0;
beforeAll(async () => {
  app = await ouvrirApp();
  cookie = await app.temoin(QUI);
});
afterAll(() => app.close());

const base = '/registres/formations/imports';
async function deposer(contenu: string, nom = `fichier-${++n}.csv`, par = cookie) {
  const r = await app.serveur.inject({
    method: 'POST',
    url: base,
    headers: { cookie: par, 'content-type': 'multipart/form-data; boundary=b' },
    payload: `--b\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\n\r\n${contenu}\r\n--b--\r\n`,
  });
  expect([r.statusCode, r.body.slice(0, 400)]).toEqual([303, '']);
  return String(r.headers.location);
}
const poster = (url: string, champs: Record<string, string | string[]>, par = cookie) => {
  const p = new URLSearchParams();
  for (const [k, v] of Object.entries(champs)) for (const x of [v].flat()) p.append(k, x);
  return app.serveur.inject({ method: 'POST', url, headers: { cookie: par, 'content-type': 'application/x-www-form-urlencoded' }, payload: p.toString() });
};
const ouvrir = (url: string, par = cookie) => app.serveur.inject({ url, headers: { cookie: par } });
/** As read: without tags, spaces made one. */
const texte = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, '’')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
/** The table of the preview: text of the cell of this column, row after row. */
const colonne = (html: string, libelle: string): string[] =>
  [...html.matchAll(new RegExp(`<td[^>]*data-libelle="${libelle}"[^>]*>(.*?)</td>`, 'gs'))].map((m) => texte(m[1] ?? '').trim());
const idDe = (adresse: string) => /imports\/([0-9a-f-]{36})/.exec(adresse)?.[1];
const lignes = async (adresse: string) =>
  (
    await sql<{ numero: number; etat: string; revision: number; titre: string | null }>`
      select numero, etat, revision, contenu ->> 'titre' as titre from lot_lignes where lot_id = ${idDe(adresse)}::uuid order by numero`.execute(app.base.owner)
  ).rows;

describe('L’aperçu', () => {
  test('montre chaque colonne telle qu’elle sera publiée, dit ce qui a été lu et ce qui ne l’est pas', async () => {
    const long = 'Une remarque qui tient bien plus que la place que lui laisse une colonne de tableau, et que l’on veut pourtant lire jusqu’au bout.';
    const lot = await deposer(
      csv(
        [
          [...rangee('p1', 'Un', { lieu: '18e', n: '12', heures: '3,5', mot: long }), 'soleil'],
          [...rangee('p2', 'Deux', { n: '30' }), 'pluie'],
        ],
        [...TITRES, ...SUITE, 'Météo *'],
      ),
    );
    const page = (await ouvrir(lot)).body;
    const titres = [...page.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map((m) => m[1]?.replace(/<\/?abbr[^>]*>/g, ''));
    // Totals first, then the preview: every field of the register, in its order.
    expect(titres.slice(titres.indexOf('Ligne'))).toEqual([
      ...[
        'Ligne',
        'Identifiant',
        'Date de la session',
        'Dernier jour, si la session dure',
        'Étape',
        'Motif de l’annulation',
        'Titre',
        'Territoire',
        'Adresse',
        'Organisme formateur',
      ],
      ...['Type de session', 'Thème principal', 'Employeur des personnes formées', 'Public formé', 'Modalité', 'Formation obligatoire pour ces agents'],
      ...['Personnes formées', 'Dont agents de la DPMP', 'Dont agents de la police nationale', 'Personnes attendues', 'Durée', 'Événement', 'Lieu connu'],
      ...['Fiches', 'Lignes d’action', 'Commentaire', 'Longitude', 'Latitude'],
    ]);
    expect(colonne(page, 'Personnes formées')).toEqual(['12', '30']);
    expect(colonne(page, 'Durée')).toEqual(['3,5', '']);
    expect(colonne(page, 'Commentaire')[0]).toContain('lire jusqu’au bout.');
    // « 18e » is said under its whole name, and so is the partner.
    expect(colonne(page, 'Territoire')).toEqual(['18e arrondissement écrit « 18e »', 'Mairie du 18e']);
    expect(colonne(page, 'Organisme formateur')[0]).toMatch(/^Direction de la Police.* écrit « DPMP »$/);
    const dit = texte(page);
    for (const t of [
      'Encodage UTF-8',
      'Séparateur point-virgule',
      'Titres des colonnes ligne 1',
      'Colonnes reprises 12 sur 13',
      'Colonnes non reprises « Météo »',
    ])
      expect(dit).toContain(t);
    expect(dit).not.toContain('Météo *');
  });

  test('donne les totaux des lignes à publier contre ce qui est enregistré, les lignes corrigées ôtées', async () => {
    const premier = await deposer(csv([rangee('t1', 'Un', { n: '10', heures: '2' }), rangee('t2', 'Deux', { n: '20' })]));
    expect((await poster(`${premier}/publier`, {})).statusCode).toBe(303);
    const lot = await deposer(
      csv([rangee('t1', 'Un', { n: '15', heures: '2' }), rangee('t2', 'Deux', { n: '20' }), rangee('t3', 'Trois', { n: '400', heures: '1,5' })]),
    );
    const page = (await ouvrir(lot)).body;
    const { rows } = await sql<{ n: number; p: number }>`
      select count(*)::int as n, sum(participants)::int as p from faits_formations where extract(year from jour) = 2026`.execute(app.base.owner);
    const { n: deja = 0, p = 0 } = rows[0] ?? {};
    expect(colonne(page, 'À publier').slice(0, 3)).toEqual(['2', '415', '3,5']);
    expect(colonne(page, 'Enregistré aujourd’hui en 2026').slice(0, 2)).toEqual([String(deja), String(p)]);
    expect(colonne(page, 'Remplacé par les lignes corrigées').slice(0, 3)).toEqual(['1', '10', '2']);
    expect(colonne(page, 'Après publication').slice(0, 2)).toEqual([String(deja - 1 + 2), String(p - 10 + 415)]);
    // What it replaces is shown beside.
    expect(colonne(page, 'Personnes formées')).toEqual(['15 remplace 10', '20', '400']);
  });

  test('marque la cellule fautive, la phrase à côté, les autres cellules telles qu’écrites', async () => {
    const lot = await deposer(csv([rangee('f1', 'Un', { n: 'douze' }), rangee('f2', 'Deux', { qui: 'DPSP' })]));
    const page = (await ouvrir(`${lot}?etat=erreur`)).body;
    expect(colonne(page, 'Personnes formées')[0]).toMatch(/^douze Erreur : « douze » n’est pas un nombre/);
    expect(colonne(page, 'Organisme formateur')).toEqual(['DPMP', expect.stringMatching(/^DPSP Erreur : « DPSP » n’est pas dans l’annuaire/)]);
    expect(colonne(page, 'Titre')).toEqual(['Un', 'Deux']);
    expect(page).toContain(`href="${lot}/lignes/2"`);
  });
});

describe('Corriger à l’écran', () => {
  test('une ligne corrigée est vérifiée seule, garde son numéro et se publie avec les autres', async () => {
    const lot = await deposer(csv([rangee('c1', 'Bonne'), rangee('c2', 'Fautive', { n: 'douze', mot: 'à garder' })]));
    const action = `${lot}/lignes/3`;
    const formulaire = lireFormulaire((await ouvrir(action)).body, action);
    const encore = await poster(action, { ...formulaire, c9: 'treize' });
    expect([encore.statusCode, texte(encore.body).includes('« treize » n’est pas un nombre'), encore.body.includes('value="à garder"')]).toEqual([
      422,
      true,
      true,
    ]);
    const bonne = await poster(action, { ...lireFormulaire(encore.body, action), c9: '13' });
    expect([bonne.statusCode, bonne.headers.location]).toEqual([303, `${lot}?etat=erreur#lignes`]);
    expect(await lignes(lot)).toEqual([
      { numero: 2, etat: 'nouvelle', revision: 1, titre: 'Bonne' },
      { numero: 3, etat: 'nouvelle', revision: 3, titre: 'Fautive' },
    ]);
    expect(texte((await ouvrir(lot)).body)).toMatch(/Publier 2 lignes/);
    expect((await poster(`${lot}/publier`, {})).statusCode).toBe(303);
    const { rows } = await sql<{ p: number; mot: string }>`
      select (donnees ->> 'participants')::int as p, commentaire as mot from activites where id_externe = 'c2'`.execute(app.base.owner);
    expect(rows).toEqual([{ p: 13, mot: 'à garder' }]);
    const journal = await sql<{ action: string }>`select action from audit where objet = ${lot} and action <> 'objet.lu' order by numero`.execute(
      app.base.owner,
    );
    expect(journal.rows.map((r) => r.action)).toEqual(['lot.ligne-corrigee', 'lot.ligne-corrigee', 'lot.publie']);
    expect((await poster(action, { ...formulaire, c9: '14' })).statusCode).toBe(409);
  });

  test('deux personnes sur une même ligne : les deux corrections sont montrées, aucune n’écrase l’autre', async () => {
    const lot = await deposer(csv([rangee('d1', 'Fautive', { n: 'douze' })]));
    const action = `${lot}/lignes/2`;
    const coordination = await app.temoin({ comme: 'coordination', organisation: 'VILLE' });
    const mien = lireFormulaire((await ouvrir(action)).body, action);
    const sien = lireFormulaire((await ouvrir(action, coordination)).body, action);
    expect((await poster(action, { ...sien, c9: '40' }, coordination)).statusCode).toBe(303);
    const heurt = await poster(action, { ...mien, c9: '50' });
    expect([heurt.statusCode, /\b40\b/.test(heurt.body), /\b50\b/.test(heurt.body)]).toEqual([409, true, true]);
  });

  test('un identifiant déjà pris dans le fichier reste une erreur ; changé, il passe', async () => {
    const lot = await deposer(csv([rangee('i1', 'Un'), rangee('i1', 'Deux')]));
    const action = `${lot}/lignes/3`;
    const formulaire = lireFormulaire((await ouvrir(action)).body, action);
    const encore = await poster(action, { ...formulaire, c2: 'Deux bis' });
    expect([encore.statusCode, texte(encore.body).includes('Déjà employé à la ligne 2')]).toEqual([422, true]);
    expect((await poster(action, { ...lireFormulaire(encore.body, action), c0: 'i2' })).statusCode).toBe(303);
    expect((await lignes(lot)).map((l) => [l.etat, l.titre])).toEqual([
      ['nouvelle', 'Un'],
      ['nouvelle', 'Deux bis'],
    ]);
  });

  test('la même valeur fautive se remplace partout d’un coup, et seulement là', async () => {
    const lot = await deposer(
      csv([...Array.from({ length: 40 }, (_, i) => rangee(`r${i}`, `Session ${i}`, { qui: 'DPSP' })), rangee('r99', 'Autre', { qui: 'DPQR' })]),
    );
    const page = (await ouvrir(lot)).body;
    expect(texte(page)).toMatch(/partout dans ce fichier \(40 lignes\), remplacer « DPSP » par/);
    const formulaire = lireFormulaire(page, `${lot}/remplacer`);
    expect([formulaire.colonne, formulaire.valeur]).toEqual([['4'], ['DPSP']]);
    const refus = await poster(`${lot}/remplacer`, { ...formulaire, par: 'DPST' });
    expect([refus.statusCode, texte(refus.body).includes('Avec « DPST » : « DPST » n’est pas dans l’annuaire')]).toEqual([422, true]);
    expect(refus.body).toContain('value="DPST"');
    expect((await poster(`${lot}/remplacer`, { colonne: '4', valeur: 'DPSP', par: 'DPMP' })).statusCode).toBe(303);
    expect((await lignes(lot)).filter((l) => l.etat === 'erreur').map((l) => l.numero)).toEqual([42]);
    expect(texte((await ouvrir(lot)).body)).toMatch(/Publier 40 lignes/);
  });

  test.each(['csv', 'xlsx'])('les lignes à corriger se téléchargent (%s) sous leurs propres titres, disent pourquoi, et se réimportent', async (format) => {
    const lot = await deposer(
      csv([rangee(`x1${format}`, 'Bonne'), [...rangee(`x2${format}`, '=Fautive', { n: 'douze' }), 'gris']], [...TITRES, ...SUITE, 'Météo']),
    );
    const fichier = await ouvrir(`${lot}/a-corriger.${format}`);
    expect([fichier.statusCode, fichier.headers['content-disposition']]).toEqual([200, expect.stringContaining(`.${format}`)]);
    let corrige = '';
    if (format === 'csv') {
      const [titres = '', ligne = '', fin] = fichier.body.split('\r\n');
      expect(titres.replace('\ufeff', '').split(';')).toEqual([...TITRES, ...SUITE, 'Météo', 'À corriger']);
      expect(ligne).toMatch(/^x2csv;14\/03\/2026;'=Fautive;.*;douze;;;gris;"?Personnes formées : « douze » n’est pas un nombre/);
      expect(fin).toBe('');
      corrige = fichier.body.replace(';douze;', ';12;');
    } else {
      const { default: exceljs } = await import('exceljs');
      const livre = new exceljs.Workbook();
      await livre.xlsx.load(new Uint8Array(fichier.rawPayload).buffer);
      const [entete = [], ligne = []] =
        livre.worksheets[0]
          ?.getSheetValues()
          .slice(1)
          .map((l) => (l as unknown[]).slice(1)) ?? [];
      expect(entete).toEqual([...TITRES, ...SUITE, 'Météo', 'À corriger']);
      expect([ligne[2], ligne[9], String(ligne.at(-1))]).toEqual(["'=Fautive", 'douze', expect.stringContaining('« douze » n’est pas un nombre')]);
      corrige = csv([ligne.map((v) => (v === 'douze' ? '12' : String(v ?? '')))], entete as string[]);
    }
    const retour = await deposer(corrige);
    expect((await lignes(retour)).map((l) => [l.etat, l.titre])).toEqual([['nouvelle', '=Fautive']]);
    // Our own column is passed over without a word; theirs is said.
    expect(texte((await ouvrir(retour)).body)).toMatch(/Colonnes non reprises « Météo »/);
  });
});

describe('Ses propres colonnes', () => {
  const SIENNES = ['Réf.', 'Quand', 'Intitulé de la session', 'Où', 'Nature', 'Sujet', 'Employeur', 'Public', 'Nb de personnes', 'Météo'];
  const sienne = (id: string, personnes: string) => [
    id,
    '14/03/2026',
    'Chez nous',
    'Mairie du 18e',
    'Formation continue',
    'Rixes, bandes et violences en réunion',
    'Police municipale et prévention (DPMP)',
    'Agents de police municipale',
    personnes,
    'beau',
  ];
  const cles = [
    'id_externe',
    'jour',
    'titre',
    'territoire_id',
    'donnees.type',
    'donnees.theme',
    'donnees.employeur',
    'donnees.public',
    'donnees.participants',
    '',
  ];
  const choix = { ...Object.fromEntries(cles.map((c, i) => [`colonne.${i}`, c])), 'constante.organisation_id': 'DPMP' };

  test('se disent une fois, se retiennent pour l’organisation, se changent ; une autre organisation n’en sait rien', async () => {
    const premier = await deposer(csv([sienne('s1', '12'), sienne('s2', '8')], SIENNES), 'mars.csv');
    expect(premier).toMatch(/\/colonnes$/);
    const page = (await ouvrir(premier)).body;
    const propose = lireFormulaire(page, premier);
    expect([propose['colonne.2'], propose['colonne.6'], propose['colonne.8'], propose['colonne.9']]).toEqual([
      ['titre'],
      ['donnees.employeur'],
      ['donnees.participants'],
      [''],
    ]);
    expect(texte(page)).toContain('Par exemple : « 12 », « 8 »');
    const lot = premier.replace('/colonnes', '');
    expect((await ouvrir(lot)).headers.location).toBe(premier);
    expect((await poster(`${lot}/publier`, {})).statusCode).toBe(409);

    const faux = await poster(premier, { ...choix, 'colonne.9': 'donnees.participants', 'colonne.5': '', 'constante.organisation_id': 'DPSP' });
    expect(faux.statusCode).toBe(422);
    for (const t of [
      '« Personnes formées » est déjà choisi pour la colonne « Nb de personnes »',
      '« Thème principal » est obligatoire : choisissez sa colonne',
      '« DPSP » n’est pas dans l’annuaire',
    ])
      expect(texte(faux.body)).toContain(t);

    const dit = await poster(premier, choix);
    expect(dit.statusCode).toBe(303);
    const apercu = texte((await ouvrir(String(dit.headers.location))).body);
    expect(apercu).toMatch(/Publier 2 lignes/);
    expect(apercu).toContain('Colonnes non reprises « Météo »');
    expect(apercu).toContain('Organisme formateur, pour toutes les lignes DPMP');

    const suivant = await deposer(csv([sienne('s3', '5')], SIENNES));
    const silencieux = await ouvrir(suivant);
    expect(texte(silencieux.body)).toMatch(/Colonnes reconnues d’après votre import du .* \(mars\.csv\)/);
    expect(silencieux.body).toContain(`href="${suivant}/colonnes"`);
    expect((await lignes(suivant)).map((l) => l.etat)).toEqual(['nouvelle']);

    const change = await poster(`${suivant}/colonnes`, { ...choix, 'colonne.9': 'commentaire' });
    expect(colonne((await ouvrir(String(change.headers.location))).body, 'Commentaire')).toEqual(['beau']);
    const { rows } = await sql<{ organisation: string; version: number; meteo: string }>`
      select organisation_id as organisation, version, colonnes ->> 'meteo' as meteo from import_colonnes`.execute(app.base.owner);
    expect(rows).toEqual([{ organisation: 'DPMP', version: 2, meteo: 'commentaire' }]);

    const autre = await app.temoin({ comme: 'coordonnateur', organisation: 'PP', territoire: 'mairie-18' });
    expect(await deposer(csv([sienne('s4', '5')], SIENNES), 'pp.csv', autre)).toMatch(/\/colonnes$/);
  });

  test('une ligne corrigée à l’écran le reste quand ses colonnes se disent autrement', async () => {
    const lot = await deposer(csv([sienne('g1', 'douze')], SIENNES));
    const action = `${lot}/lignes/2`;
    expect((await poster(action, { ...lireFormulaire((await ouvrir(action)).body, action), c8: '77' })).statusCode).toBe(303);
    const relu = await poster(`${lot}/colonnes`, { ...choix, 'colonne.9': '' });
    expect(colonne((await ouvrir(String(relu.headers.location))).body, 'Personnes formées')).toEqual(['77']);
  });
});

describe('Coller depuis un tableur', () => {
  const coller = (colle: string) => poster(base, { colle });
  const tsv = (l: readonly (readonly string[])[]) => l.map((x) => x.join('\t')).join('\r\n');

  test('avec ses titres, un collage se lit comme un fichier', async () => {
    const r = await coller(tsv([[...TITRES, ...SUITE], rangee('k1', 'Collée', { n: '9' })]));
    expect(r.statusCode).toBe(303);
    const page = (await ouvrir(String(r.headers.location))).body;
    expect([colonne(page, 'Titre'), colonne(page, 'Personnes formées')]).toEqual([['Collée'], ['9']]);
    expect(texte(page)).toMatch(/Collage du .*Séparateur tabulation/);
  });

  test('sans titres, il se lit dans l’ordre du modèle, dès la première ligne, même quand la première cellule est vide', async () => {
    const modele = (await ouvrir('/registres/formations/modele.csv')).body.replace('\ufeff', '').trim().split(';');
    const dans = (valeurs: readonly string[]) => modele.map((t) => valeurs[[...TITRES, ...SUITE].indexOf(t)] ?? '');
    const r = await coller(tsv([dans(rangee('', 'Sans titres', { n: '9' })), dans(rangee('', 'Seconde', { n: '3' }))]));
    const lot = String(r.headers.location);
    expect(await lignes(lot)).toMatchObject([
      { numero: 1, etat: 'nouvelle', titre: 'Sans titres' },
      { numero: 2, etat: 'nouvelle', titre: 'Seconde' },
    ]);
    expect(texte((await ouvrir(lot)).body)).toContain('lu dans l’ordre du modèle');
  });

  test('sans titres et dans un autre ordre, ses colonnes se disent, sans être retenues', async () => {
    const avant = await sql`select * from import_colonnes order by 2`.execute(app.base.owner);
    const r = await coller(tsv([['Chez nous', '14/03/2026', '18e', '12']]));
    const adresse = String(r.headers.location);
    expect(adresse).toMatch(/\/colonnes$/);
    const dit = await poster(adresse, {
      ...{ 'colonne.0': 'titre', 'colonne.1': 'jour', 'colonne.2': 'territoire_id', 'colonne.3': 'donnees.participants' },
      ...{
        'constante.organisation_id': 'DPMP',
        'constante.donnees.type': 'Formation continue',
        'constante.donnees.theme': 'Rixes, bandes et violences en réunion',
      },
      ...{ 'constante.donnees.employeur': 'Police municipale et prévention (DPMP)', 'constante.donnees.public': 'Agents de police municipale' },
    });
    expect([dit.statusCode, (await lignes(String(dit.headers.location))).map((l) => [l.numero, l.etat, l.titre])]).toEqual([
      303,
      [[1, 'nouvelle', 'Chez nous']],
    ]);
    expect((await sql`select * from import_colonnes order by 2`.execute(app.base.owner)).rows).toEqual(avant.rows);
  });

  test('trop long ou vide, il est refusé et rien n’est perdu', async () => {
    expect((await coller(' \r\n ')).statusCode).toBe(422);
    const long = `${'x'.repeat(150_001)}fin-du-collage`;
    const refus = await coller(long);
    expect([refus.statusCode, refus.body.includes('fin-du-collage'), texte(refus.body).includes('Collez-le en plusieurs fois')]).toEqual([422, true, true]);
    const seul = await coller('bonjour\r\nmonde');
    expect([seul.statusCode, seul.body.includes('bonjour')]).toEqual([422, true]);
  });
});

test('après la publication, puis l’annulation, la personne voit quels chiffres ont bougé, avec leurs liens', async () => {
  const chiffre = async () =>
    (
      await sql<{
        p: number;
      }>`select coalesce(sum(participants), 0)::int as p from faits_formations where theme = 'rixes' and employeur = 'dpmp' and extract(year from jour) = 2026`.execute(
        app.base.owner,
      )
    ).rows[0]?.p ?? 0;
  const avant = await chiffre();
  const lot = await deposer(csv([rangee('m1', 'Rixes', { n: '17' })]));
  await poster(`${lot}/publier`, {});
  const page = (await ouvrir(lot)).body;
  expect(texte(page)).toContain('Ces chiffres ont bougé');
  expect(page).toMatch(/href="\/chiffres\/1\.6-10b\?[^"]*periode=2026/);
  expect(texte(page).replaceAll('\u202f', '')).toMatch(new RegExp(`1\\.6-10b .*?: ${avant} → ${avant + 17}`));
  const motif = 'Mauvais fichier. '.repeat(18).trim();
  const refusee = await poster(`${lot}/annuler`, { motif });
  expect([refusee.statusCode, refusee.body.includes(`>${motif}</textarea>`), refusee.body.includes('300 caractères au plus, il y en a 305')]).toEqual([
    422,
    true,
    true,
  ]);
  await poster(`${lot}/annuler`, { motif: 'essai' });
  expect(texte((await ouvrir(lot)).body)).toMatch(new RegExp(`1\\.6-10b .*?: ${avant + 17} → ${avant}`));
});

test('l’import d’un autre ne se voit ni ne se corrige, par aucune de ses adresses ; personne n’y entre sans compte', async () => {
  const lot = await deposer(csv([rangee('z1', 'Réservée', { n: 'douze' }), rangee('z2', 'Réservée', { n: 'douze' })]));
  const autres = [
    await app.temoin({ comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' }),
    await app.temoin({ comme: 'agent', organisation: 'PP' }),
    await app.temoin({ comme: 'elu', organisation: 'VILLE' }),
  ];
  const adresses = [lot, `${lot}/colonnes`, `${lot}/lignes/2`, `${lot}/a-corriger.csv`, `${lot}/a-corriger.xlsx`];
  const envois: [string, Record<string, string>][] = [
    [`${lot}/colonnes`, { 'colonne.0': 'titre' }],
    [`${lot}/lignes/2`, { version: '1', c9: '12' }],
    [`${lot}/remplacer`, { colonne: '9', valeur: 'douze', par: '12' }],
  ];
  for (const par of autres) {
    for (const a of adresses) {
      const r = await ouvrir(a, par);
      expect([a, r.statusCode, r.body.includes('Réservée')]).toEqual([a, expect.toBeOneOf([403, 404]), false]);
    }
    for (const [a, corps] of envois) expect([a, (await poster(a, corps, par)).statusCode]).toEqual([a, expect.toBeOneOf([403, 404])]);
  }
  for (const a of adresses) expect((await ouvrir(a, '')).headers.location ?? '').toContain('/connexion');
  for (const [a, corps] of envois) expect([a, (await poster(a, corps, '')).statusCode]).toEqual([a, expect.toBeOneOf([302, 303, 401])]);
  expect((await lignes(lot)).map((l) => [l.etat, l.revision])).toEqual([
    ['erreur', 1],
    ['erreur', 1],
  ]);
  // Many imports of others since hide none of one's own.
  const agente = await app.temoin({ comme: 'agent', organisation: 'PP' });
  const sien = await deposer(csv([rangee('z3', 'La sienne', { n: '12' })]), 'le-sien.csv', agente);
  await sql`
    insert into lots (contrat_id, registre, fichier, empreinte, cree_par, auteur, cree_le)
    select contrat_id, registre, 'de-sa-collegue.csv', empreinte || n, gen_random_uuid(), 'Une collègue', cree_le + make_interval(mins => n)
    from lots, generate_series(1, 240) n where id = ${sien.split('/').at(-1)}::uuid`.execute(app.base.owner);
  const siens = (await ouvrir(base, agente)).body;
  expect([siens.includes('le-sien.csv'), siens.includes('de-sa-collegue.csv')]).toEqual([true, false]);
});

test('dix mille lignes se préparent, se relisent par pages, se corrigent d’un coup et se publient sans attendre', async () => {
  const lot = await deposer(csv(Array.from({ length: 10_000 }, (_, i) => rangee(`v${i}`, `Session ${i}`, { qui: i % 2 === 0 ? 'DPSP' : 'DPMP', n: '1' }))));
  // A join that looked for each row among all the others would be stopped by the limit of statements.
  expect((await ouvrir(`${lot}?page=50`)).statusCode).toBe(200);
  expect((await poster(`${lot}/remplacer`, { colonne: '4', valeur: 'DPSP', par: 'DPMP' })).statusCode).toBe(303);
  expect((await poster(`${lot}/publier`, {})).statusCode).toBe(303);
  expect(texte((await ouvrir(lot)).body)).toMatch(/Nouvelles 10 ?000/);
});
