/** Records that point to others: chosen, read, filtered, imported, exported, added up, and never to nothing. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { liensDe } from '../registres.rules.ts';

const QUI = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const PARTOUT = { comme: 'coordination', organisation: 'DPMP' } as const;
const SEUL_OPERATIONS = { comme: 'agent', organisation: 'DPMP', registre: 'operations' } as const;
const EVENEMENT = { jour: '20/06/2026', titre: 'Fête de la Goutte', territoire_id: 'mairie-18', organisation_id: 'DPMP' };
const DETAIL_EVENEMENT = { 'donnees.type': 'grand-evenement', 'donnees.theme': 'rixes', 'donnees.porteur': 'ville', 'donnees.echelon': 'arrondissement' };
const OPERATION = { jour: '20/06/2026', titre: 'Patrouille', territoire_id: 'mairie-18', organisation_id: 'DPMP', etape: 'realisee' };
const DETAIL_OPERATION = { 'donnees.type': 'patrouille', 'donnees.service': 'police-municipale', 'donnees.cadre': 'grand-evenement' };

let app: AppDeTest;
let fete = '';
beforeAll(async () => {
  app = await ouvrirApp();
  const { listes } = app.catalogue;
  Object.assign(DETAIL_EVENEMENT, {
    'donnees.porteur': listes.get('institutions')?.[0]?.code ?? '',
    'donnees.echelon': listes.get('echelons')?.[0]?.code ?? '',
  });
  fete = await creer('evenements', { ...EVENEMENT, ...DETAIL_EVENEMENT });
});
afterAll(() => app.close());

async function creer(registre: string, champs: Record<string, string>, qui: object = QUI): Promise<string> {
  const r = await app.post(`/registres/${registre}/nouveau`, { ...champs }, qui);
  expect([r.statusCode, /id="error-summary-title"[\s\S]{0,400}/.exec(r.body)?.[0] ?? '']).toEqual([303, '']);
  return String(r.headers.location).split('/').at(-1) ?? '';
}
const operation = (plus: Record<string, string> = {}) => creer('operations', { ...OPERATION, ...DETAIL_OPERATION, ...plus });
const nettoyee = (html: string) => html.replace(/<!-- -->/g, '');
const liensTenus = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from activite_liens where contrat_id = ${app.contratId}`.execute(app.base.owner)).rows[0]?.n;

describe('Liens entre enregistrements', () => {
  test('le formulaire propose ce qui est proche, trouve le reste par des mots, sans script et sans rien perdre', async () => {
    const vide = (await app.get('/registres/operations/nouveau', QUI)).body;
    expect(vide).toContain(`<option value="${fete}"`);
    const loin = await creer(
      'evenements',
      { ...EVENEMENT, ...DETAIL_EVENEMENT, titre: 'Salon du jardinage', jour: '02/03/2024', territoire_id: 'mairie-12' },
      PARTOUT,
    );
    for (let i = 0; i < 14; i++)
      await creer('evenements', { ...EVENEMENT, ...DETAIL_EVENEMENT, titre: `Rencontre ${i}`, jour: `${String(i + 1).padStart(2, '0')}/06/2026` });
    const page = (await app.post('/registres/operations/nouveau', { ...OPERATION, jour: '20/06/2026' }, QUI)).body;
    expect([page.includes(fete), page.includes(loin)]).toEqual([true, false]);
    const cherche = await app.post(
      '/registres/operations/nouveau',
      { ...OPERATION, titre: 'Titre déjà tapé', ajouter: 'lien', 'cherche_lien.evenement': 'jardinage' },
      QUI,
    );
    expect(cherche.statusCode).toBe(200);
    expect(lireFormulaire(cherche.body, '/registres/operations/nouveau')).toMatchObject({ titre: ['Titre déjà tapé'], 'donnees.evenement': [loin] });
  });

  test('la page de l’événement additionne ce qui s’y rattache et chaque nombre ouvre sa liste', async () => {
    await operation({ 'donnees.evenement': fete, 'donnees.agents': '12', 'donnees.controles': '40' });
    await operation({ 'donnees.evenement': fete, 'donnees.agents': '8', titre: 'Contrôle' });
    await operation({ 'donnees.evenement': fete, 'donnees.agents': '500', titre: 'À venir', jour: '20/06/2031', etape: 'programmee' });
    await operation({ titre: 'Sans rapport', 'donnees.agents': '1000' });
    const page = nettoyee((await app.get(`/registres/evenements/${fete}`, QUI)).body);
    expect(page).toContain('Agents engagés : 20');
    const filtre = /href="(\/registres\/operations\?[^"]*etape=realisee[^"]*)"[^>]*>2</.exec(page)?.[1]?.replaceAll('&amp;', '&');
    expect(filtre).toContain(`evenement=${fete}`);
    const liste = nettoyee((await app.get(filtre ?? '', QUI)).body);
    expect(liste).toContain('2 enregistrements');
    expect([liste.includes('Sans rapport'), liste.includes('À venir'), liste.includes('Événement : Fête de la Goutte – 20/06/2026')]).toEqual([
      false,
      false,
      true,
    ]);
    const { donnees } = JSON.parse((await app.get(`/api/v1/registres/operations?evenement=${fete}`, QUI)).body) as { donnees: unknown[] };
    expect(donnees).toHaveLength(3);
  });

  test('un lien ne va que vers un enregistrement de son registre, que l’on peut lire', async () => {
    const autre = await operation({ titre: 'Pas un événement' });
    for (const [valeur, qui] of [
      ['00000000-0000-4000-8000-000000000000', QUI],
      [autre, QUI],
      [fete, SEUL_OPERATIONS],
    ] as const) {
      const r = await app.post('/registres/operations/nouveau', { ...OPERATION, ...DETAIL_OPERATION, 'donnees.evenement': valeur }, qui);
      // An event of a public register stands for everybody: only its own register decides.
      expect([valeur, r.statusCode]).toEqual([valeur, valeur === fete ? 303 : 422]);
    }
    const site = await creer('sites', {
      ...{ jour: '01/02/2026', titre: 'Hall au code secret', territoire_id: 'mairie-18', organisation_id: 'DPMP' },
      ...{ 'donnees.type': app.catalogue.listes.get('types-de-site')?.[0]?.code ?? '', 'donnees.etat': 'actif' },
    });
    const refuse = await app.post('/registres/operations/nouveau', { ...OPERATION, ...DETAIL_OPERATION, 'donnees.site': site }, SEUL_OPERATIONS);
    expect([refuse.statusCode, refuse.body.includes('Hall au code secret')]).toEqual([422, false]);
    const liee = await operation({ 'donnees.site': site, titre: 'Au hall' });
    for (const chemin of [
      `/registres/operations/${liee}`,
      `/registres/operations?site=${site}`,
      `/registres/operations/export.csv?site=${site}`,
      '/registres/operations/nouveau',
    ]) {
      expect([chemin, (await app.get(chemin, SEUL_OPERATIONS)).body.includes('Hall au code secret')]).toEqual([chemin, false]);
      if (chemin.includes('nouveau')) continue;
      expect([chemin, (await app.get(chemin, QUI)).body.includes('Hall au code secret')]).toEqual([chemin, true]);
    }
  });

  test('la base elle-même refuse un lien vers rien, vers un autre registre, ou vers un autre contrat', async () => {
    const id = await operation({ titre: 'À fausser' });
    const ecrire = (cible: string) =>
      sql`update activites set donnees = donnees || jsonb_build_object('evenement', ${cible}::text) where contrat_id = ${app.contratId} and id = ${id}::uuid`.execute(
        app.db,
      );
    await expect(ecrire('00000000-0000-4000-8000-000000000000')).rejects.toThrow(/activite_liens/);
    await expect(ecrire(id)).rejects.toThrow(/ne va pas vers le registre/);
    await expect(sql`insert into activite_liens values (${app.contratId}, ${id}::uuid, 'evenement', ${fete}::uuid)`.execute(app.db)).rejects.toThrow(
      /permission denied/,
    );
  });

  test('retirer l’événement se dit là où l’on s’y rattache, et l’enregistrement se corrige encore', async () => {
    const passager = await creer('evenements', { ...EVENEMENT, ...DETAIL_EVENEMENT, titre: 'Fête retirée' });
    const id = await operation({ 'donnees.evenement': passager, titre: 'Liée' });
    const masques = lireFormulaire((await app.get(`/registres/evenements/${passager}`, QUI)).body, `/registres/evenements/${passager}/retirer`);
    expect((await app.post(`/registres/evenements/${passager}/retirer`, { ...masques, motif: 'doublon' }, QUI)).statusCode).toBe(303);
    expect(nettoyee((await app.get(`/registres/operations/${id}`, QUI)).body)).toContain('(retiré depuis)');
    const page = (await app.get(`/registres/operations/${id}/corriger`, QUI)).body;
    const champs = lireFormulaire(page, `/registres/operations/${id}/corriger`);
    expect(champs['donnees.evenement']).toEqual([passager]);
    expect((await app.post(`/registres/operations/${id}/corriger`, { ...champs, titre: 'Liée, relue', motif: 'essai' }, QUI)).statusCode).toBe(303);
    expect((await app.post('/registres/operations/nouveau', { ...OPERATION, ...DETAIL_OPERATION, 'donnees.evenement': passager }, QUI)).statusCode).toBe(422);
    const avant = await liensTenus();
    const encore = lireFormulaire((await app.get(`/registres/operations/${id}/corriger`, QUI)).body, `/registres/operations/${id}/corriger`);
    expect((await app.post(`/registres/operations/${id}/corriger`, { ...encore, 'donnees.evenement': '', motif: 'essai' }, QUI)).statusCode).toBe(303);
    expect(await liensTenus()).toBe((avant ?? 0) - 1);
  });

  test('un fichier nomme par le titre, le titre et la date ou le numéro, et l’export revient tel quel', async () => {
    await creer('evenements', { ...EVENEMENT, ...DETAIL_EVENEMENT, titre: 'Fête de la Goutte', jour: '21/06/2025' });
    const type = app.catalogue.listes.get('types-d-operation')?.[0]?.libelle ?? '';
    const service = app.catalogue.listes.get('services')?.[0]?.libelle ?? '';
    const ligne = (n: number, evenement: string) =>
      [`L${n}`, '20/06/2026', `Opération ${n}`, 'mairie-18', 'DPMP', type, service, 'Grand événement', evenement].join(';');
    const colle = [
      'Identifiant;Date de l’opération;Titre;Territoire;Organisation;Type d’opération;donnees.service;Cadre;Événement',
      ligne(1, 'salon du JARDINAGE'),
      ligne(2, 'Fête de la Goutte – 20/06/2026'),
      ligne(3, fete),
      ligne(4, 'Fête de la Goutte'),
      ligne(5, 'Inconnue'),
    ].join('\n');
    const lot = await app.post('/registres/operations/imports', { colle }, PARTOUT);
    const page = nettoyee((await app.get(String(lot.headers.location), PARTOUT)).body);
    expect(page).toContain('2 enregistrements s’appellent « Fête de la Goutte »');
    expect(page).toContain('« Inconnue » n’est ni le titre ni le numéro');
    const publier = `${String(lot.headers.location)}/publier`;
    expect((await app.post(publier, lireFormulaire(page, publier), PARTOUT)).statusCode).toBe(303);
    const liste = nettoyee((await app.get(`/registres/operations?evenement=${fete}&q=Op%C3%A9ration&territoire=tous`, PARTOUT)).body);
    expect(liste).toContain('2 enregistrements');
    const csv = (await app.get('/registres/operations/export.csv?territoire=tous', PARTOUT)).body;
    expect(csv).toContain('Fête de la Goutte – 20/06/2026');
    const rendues = csv.split('\r\n').filter((l, i) => i === 0 || /^"?L[123]"?[;,]/.test(l.replace('\ufeff', '')));
    expect(rendues).toHaveLength(4);
    const retour = await app.post('/registres/operations/imports', { colle: rendues.join('\n') }, PARTOUT);
    const { rows } = await sql<{ connues: number }>`
      select connues from lots where contrat_id = ${app.contratId} and id = ${String(retour.headers.location).split('/').at(-1)}::uuid`.execute(app.base.owner);
    expect(rows[0]?.connues).toBe(3);
  });

  test('chaque lien déclaré va vers un registre, a son filtre dans l’API et dans la liste de ce qui est déclaré en base', async () => {
    const api = JSON.parse((await app.get('/api/v1/openapi.json')).body) as { paths: Record<string, { get: { parameters?: { name: string }[] } }> };
    const { rows } = await sql<{ registre: string; champ: string; vers: string }>`select * from liens_declares() order by 1, 2`.execute(app.db);
    const declares = definitionsDecouvertes.flatMap((d) => liensDe(d).map((c) => ({ registre: d.code, champ: c.code, vers: c.vers })));
    expect(rows).toEqual(expect.arrayContaining(declares));
    expect(rows).toHaveLength(declares.length);
    expect(declares.length).toBeGreaterThan(8);
    for (const l of declares) expect(api.paths[`/api/v1/registres/${l.registre}`]?.get.parameters?.map((p) => p.name)).toContain(l.champ);
  });
});
