/** The letterhead of an organisation, and the papers that carry it: over HTTP, on a real PostgreSQL. */
import JSZip from 'jszip';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addFichier, getFichier } from '../../../core/base/files.ts';
import { ageDe, CONSERVATION_DU_SOCLE } from '../../../core/trace/retention.ts';
import { creerInstance, creerMembre, creerSeance } from '../instances.fixtures.ts';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'CCPSA', territoire: 'mairie-18' } as const;
const CHEMIN = '/papiers/CCPSA/mairie-18';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><rect width="120" height="60" fill="#13294b"/></svg>';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const champs = async (qui: Qui = AU_18E) =>
  Object.fromEntries(Object.entries(lireFormulaire((await app.get(CHEMIN, qui)).body, CHEMIN)).map(([k, v]) => [k, v[0] ?? '']));
const MAIRIE = {
  nom: 'Mairie du 18e arrondissement',
  adresse: '1 place Jules Joffrin\n75018 Paris',
  telephone: '01 53 41 18 18',
  courriel: 'cspda18@exemple.fr',
  lieu: 'Paris',
  logo_alt: 'Mairie du 18e',
};
const envoyer = async (o: Record<string, string>, logo: Buffer | null, qui: Qui = AU_18E) => {
  const formulaire = new FormData();
  for (const [cle, v] of Object.entries({ ...(await champs()), ...o })) if (cle !== 'logo') formulaire.append(cle, v);
  if (logo) formulaire.append('logo', new Blob([new Uint8Array(logo)]), 'logo');
  const envoi = new Response(formulaire);
  return app.serveur.inject({
    method: 'POST',
    url: CHEMIN,
    headers: { 'content-type': envoi.headers.get('content-type') ?? '', cookie: await app.temoin(qui) },
    payload: Buffer.from(await envoi.arrayBuffer()),
  });
};

test('l’en-tête d’une mairie se règle, se garde avec son logo, et le journal le dit', async () => {
  const refus = await envoyer({ ...MAIRIE, logo_alt: '' }, PNG);
  expect([refus.statusCode, refus.body.includes('Dites en quelques mots ce que montre le logo'), refus.body.includes('1 place Jules Joffrin')]).toEqual([
    422,
    true,
    true,
  ]);
  expect((await envoyer(MAIRIE, PNG)).statusCode).toBe(303);
  const page = await champs();
  expect(page).toMatchObject({ nom: MAIRIE.nom, telephone: MAIRIE.telephone, logo_alt: 'Mairie du 18e', version: '1' });
  const logo = await app.serveur.inject({ method: 'GET', url: `${CHEMIN}/logo`, headers: { cookie: await app.temoin(AU_18E) } });
  expect([logo.statusCode, logo.headers['content-type'], logo.rawPayload.equals(PNG)]).toEqual([200, 'image/png', true]);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit where action = 'papiers.entete'`.execute(app.base.owner);
  expect(rows[0]?.n).toBe(1);
});

test('la purge des documents de plus de 90 jours laisse le logo des papiers', async () => {
  await envoyer(MAIRIE, PNG);
  const regle = CONSERVATION_DU_SOCLE.find((r) => r.table === 'fichiers');
  if (!regle) throw new Error('Règle absente.');
  const document = await addFichier(app.base.owner, app.contratId, { nom: 'bilan.pdf', type: 'application/pdf', contenu: Buffer.from('%PDF-') });
  await sql`update fichiers set cree_le = now() - interval '200 days'`.execute(app.base.owner);
  await sql`delete from fichiers where ${ageDe(regle)} < now() - ${regle.jours} * interval '1 day' and ${regle.condition}`.execute(app.base.owner);
  const logo = await app.serveur.inject({ method: 'GET', url: `${CHEMIN}/logo`, headers: { cookie: await app.temoin(AU_18E) } });
  expect([logo.statusCode, await getFichier(app.base.owner, app.contratId, document)]).toEqual([200, null]);
});

test('un logo qui n’en est pas un, trop lourd, ou un SVG qui agit est refusé sans rien perdre', async () => {
  const essais: [Buffer, string][] = [
    [Buffer.from('%PDF-1.7'), 'n’est pas une image PNG, JPEG ou SVG'],
    [Buffer.concat([PNG, Buffer.alloc(1_048_577)]), 'plus de 1 Mo'],
    [Buffer.from(SVG.replace('<rect', '<script>alert(1)</script><rect')), 'autre chose qu’un dessin'],
    [Buffer.from(SVG.replace('<rect', '<rect onload="x()"')), 'autre chose qu’un dessin'],
    [Buffer.from(SVG.replace('<rect', '<image href="https://ailleurs.fr/x.png"/><rect')), 'autre chose qu’un dessin'],
    [Buffer.from(SVG.replace('viewBox="0 0 120 60"', '')), 'dimensions'],
    [PNG.subarray(0, 40), 'ne s’imprime pas'],
    [Buffer.from('ffd8ffc00011080010001003012200021101031101ffd9', 'hex'), 'ne s’imprime pas'],
    [Buffer.from(SVG.replace('</svg>', '<text y="9">漢</text></svg>')), 'ne s’imprime pas'],
  ];
  for (const [contenu, message] of essais) {
    const r = await envoyer({ ...MAIRIE, nom: 'Mairie gardée à l’écran' }, contenu);
    expect([r.statusCode, r.body.includes(message), r.body.includes('Mairie gardée à l’écran')], message).toEqual([422, true, true]);
  }
});

test('seules les personnes qui tiennent cet en-tête le changent', async () => {
  const d = { ...(await champs()), ...MAIRIE };
  for (const qui of [
    { ...AU_18E, territoire: 'mairie-5' },
    { comme: 'agent', organisation: 'CCPSA' },
    { comme: 'pilote', organisation: 'PP' },
  ] as const) {
    expect((await app.get(CHEMIN, qui)).statusCode).toBe(403);
    expect((await app.post(CHEMIN, d, qui)).statusCode).toBe(403);
  }
  expect((await app.get(CHEMIN, { comme: 'coordination', organisation: 'DPMP' })).statusCode).toBe(200);
  expect((await app.get('/papiers/INCONNUE/mairie-18', AU_18E)).statusCode).toBe(404);
});

test('la convocation, le relevé et la feuille d’émargement portent l’en-tête, le logo et la place de signer', async () => {
  const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'CCPSA', nom: 'Conseil à en-tête, 18e' });
  await creerMembre(app.base.owner, app.contratId, instance, { organisation: 'MA', qualite: 'president', fonction: 'Maire du 18e', nom: 'Anne Lemoine' });
  await creerMembre(app.base.owner, app.contratId, instance, {
    organisation: 'CCPSA',
    qualite: 'secretaire',
    fonction: 'Coordonnatrice',
    nom: 'Claire Durand',
  });
  const seance = await creerSeance(app.base.owner, app.contratId, instance, { jour: '2026-11-10', etat: 'relecture', points: ['Abords'] });
  const lire = async (chemin: string) => (await app.serveur.inject({ method: 'GET', url: chemin, headers: { cookie: await app.temoin(AU_18E) } })).rawPayload;
  const html = (await lire(`/seances/${seance}/releve.html`)).toString();
  for (const t of [
    MAIRIE.nom,
    '1 place Jules Joffrin',
    'Téléphone : 01 53 41 18 18',
    'alt="Mairie du 18e"',
    'Fait à Paris, le',
    'Anne Lemoine',
    'Claire Durand',
  ])
    expect(html.replaceAll(/[\u00a0\u202f]/g, ' '), t).toContain(t);
  const zip = await JSZip.loadAsync(await lire(`/seances/${seance}/releve.docx`));
  const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
  for (const t of [MAIRIE.nom, 'descr="Mairie du 18e"', 'Fait à Paris, le', 'Claire Durand']) expect(xml).toContain(t);
  for (const logo of [PNG, Buffer.from(SVG)]) {
    await envoyer(MAIRIE, logo);
    for (const papier of ['releve.pdf', 'convocation.pdf']) {
      const pdf = await lire(`/seances/${seance}/${papier}`);
      expect([pdf.subarray(0, 5).toString(), pdf.includes('pdfuaid:part')], papier).toEqual(['%PDF-', true]);
    }
    expect((await lire(`/seances/${seance}/releve.docx`)).subarray(0, 2).toString()).toBe('PK');
  }
});

test('sans en-tête, les papiers disent le nom de l’organisation', async () => {
  const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-5', porteur: 'DPMP', nom: 'Conseil nu, 5e' });
  const seance = await creerSeance(app.base.owner, app.contratId, instance, { jour: '2026-11-10', etat: 'relecture' });
  const html = (await app.get(`/seances/${seance}/releve.html`, { comme: 'coordination', organisation: 'DPMP' })).body;
  expect(html).toContain(`<strong>${app.catalogue.nomActeur('DPMP')}</strong>`);
});
