import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import type { Mesure } from '../contrats/index.ts';

/** Over HTTP: a figure that someone owes, from the empty form to the validated third version. */
describe('Fournir un chiffre', () => {
  let app: AppDeTest;
  let mesure: Mesure;
  let du: Qui;
  beforeAll(async () => {
    app = await ouvrirApp();
    mesure = [...app.catalogue.mesures.values()].find((m) => m.obtention === 'collecte' && m.nature === 'compte' && m.aupres.length > 0) as Mesure;
    du = { comme: 'producteur', organisation: mesure.aupres[0] ?? '' };
  });
  afterAll(() => app.close());

  const champs = (plus: Record<string, string> = {}) => ({
    periode: '2025',
    territoire: app.catalogue.racine.id,
    etat: 'valeur',
    valeur: '1 250',
    texte: '',
    source: 'Comptage du service',
    commentaire: 'Hors le mois d’août',
    ...plus,
    version: `${plus.periode ?? '2025'}|${app.catalogue.racine.id}|${plus.version ?? '0'}`,
  });
  const saisir = (plus: Record<string, string> = {}, qui: Qui = du) => app.post(`/chiffres/${mesure.id}/saisir`, champs(plus), qui);
  const voir = (qui?: Qui, periode = '2025') => app.get(`/chiffres/${mesure.id}?periode=${periode}`, qui);
  const versions = async () => {
    const { rows } = await sql<{ version: number; courante: boolean; etat: string; valeur: number | null; validePar: string | null }>`
      select version, courante, etat, valeur::float8 as valeur, valide_par from valeurs where mesure_id = ${mesure.id} order by version`.execute(
      app.base.owner,
    );
    return rows;
  };

  test('une mauvaise saisie revient avec ce qui était écrit, et chaque faute dit quoi faire', async () => {
    const r = await saisir({ valeur: 'douze', source: '' });
    expect(r.statusCode).toBe(422);
    expect(r.body).toContain('« douze » n’est pas un nombre');
    expect(r.body).toContain('Dites d’où vient le chiffre');
    expect(r.body).toContain('value="douze"');
    expect(r.body).toContain('Hors le mois d’août');
    expect((await saisir({ valeur: '-3' })).body).toContain('ne peut pas être négatif');
    expect((await saisir({ valeur: '' })).body).toContain('Écrivez le chiffre');
    expect((await saisir({ valeur: '12,5' })).body).toContain('doit être un nombre entier');
    expect((await saisir({ valeur: '1.250' })).body).toContain('est-ce 1\u202f250 ou 1,25');
    expect(await versions()).toEqual([]);
  });

  test('un territoire, une période ou une mesure que le contrat n’a pas ne sont pas enregistrés', async () => {
    expect((await saisir({ territoire: 'ailleurs' })).statusCode).toBe(404);
    expect((await saisir({ periode: '2025-13' })).statusCode).toBe(404);
    expect((await app.post(`/chiffres/${mesure.id}/saisir?territoire=${app.catalogue.racine.id}`, champs({ territoire: 'ailleurs' }), du)).statusCode).toBe(
      422,
    );
    expect((await app.post(`/chiffres/${mesure.id}/saisir?periode=2025`, champs({ periode: '2999' }), du)).statusCode).toBe(422);
    expect((await app.post('/chiffres/9.9-1a/saisir', champs(), du)).statusCode).toBe(404);
    expect(await versions()).toEqual([]);
  });

  test('qui ne le doit pas ne le saisit pas ; un chiffre calculé ne se saisit pas', async () => {
    const ailleurs = [...app.catalogue.acteurs.keys()].find((a) => !mesure.aupres.includes(a)) ?? '';
    expect((await saisir({}, { comme: 'producteur', organisation: ailleurs })).statusCode).toBe(403);
    expect((await saisir({}, { comme: 'agent', organisation: mesure.aupres[0] ?? '' })).statusCode).toBe(403);
    expect((await saisir({}, { comme: 'pilote', organisation: ailleurs, fiche: mesure.fiche === '1.6' ? '1.1' : '1.6' })).statusCode).toBe(403);
    expect((await app.post('/chiffres/1.6-10b/saisir', champs(), { comme: 'coordination' })).statusCode).toBe(403);
    expect(await versions()).toEqual([]);
  });

  test('manquant, puis connu, corrigé, secret, sans objet, zéro : cinq états qui ne se confondent jamais', async () => {
    expect((await voir()).body).toContain('manquant');
    expect((await saisir()).statusCode).toBe(303);
    expect((await voir()).body).toMatch(/1.250/);
    expect((await saisir({ valeur: '1300', version: '1' })).statusCode).toBe(303);
    expect((await voir()).body).toMatch(/1.300/);
    expect((await saisir({ etat: 'secret', valeur: '7777', version: '2' })).statusCode).toBe(303);
    const secret = await voir();
    expect(secret.body).toContain('secret');
    // Nor what it was before someone saw that it must not be told.
    expect(secret.body).not.toMatch(/7.?777|1.250|1.300/);
    expect((await saisir({ etat: 'sans_objet', version: '3' })).statusCode).toBe(303);
    expect((await voir()).body).toContain('sans objet');
    expect((await voir()).body).not.toMatch(/1.250|1.300/);
    expect((await saisir({ valeur: '0', version: '4' })).statusCode).toBe(303);
    expect(await versions()).toEqual([
      { version: 1, courante: false, etat: 'valeur', valeur: 1250, validePar: null },
      { version: 2, courante: false, etat: 'valeur', valeur: 1300, validePar: null },
      { version: 3, courante: false, etat: 'secret', valeur: null, validePar: null },
      { version: 4, courante: false, etat: 'sans_objet', valeur: null, validePar: null },
      { version: 5, courante: true, etat: 'valeur', valeur: 0, validePar: null },
    ]);
    expect((await voir(undefined, '2024')).body).toContain('manquant');
  });

  test('deux personnes au même instant : la seconde est prévenue et ne perd rien', async () => {
    const r = await saisir({ valeur: '42', version: '4' });
    expect(r.statusCode).toBe(409);
    expect(r.body).toContain('pendant que vous écriviez');
    expect(r.body).toContain('value="42"');
    // What comes back carries the version just read: sent again, it is accepted.
    expect(r.body).toContain(`name="version" value="2025|${app.catalogue.racine.id}|5"`);
    expect((await saisir({ valeur: '42', version: '5' })).statusCode).toBe(303);
  });

  test('dix fois la dernière valeur : c’est demandé, rien de ce qui est écrit n’est perdu, et « oui » l’enregistre', async () => {
    const ailleurs = { periode: '2023', source: 'Main courante', commentaire: 'Relevé du soir' };
    expect((await saisir({ ...ailleurs, valeur: '419' })).statusCode).toBe(303);
    const r = await saisir({ ...ailleurs, valeur: '4 190', version: '1' });
    expect(r.statusCode).toBe(422);
    for (const t of [
      '4\u202f190 est au moins dix fois la dernière valeur, 419 (2023)',
      'Oui, 4\u202f190 est juste',
      'value="4 190"',
      'Main courante',
      'Relevé du soir',
    ])
      expect(r.body).toContain(t);
    // The yes is for that figure only.
    expect((await saisir({ ...ailleurs, valeur: '41 900', version: '1', confirme: '4190' })).statusCode).toBe(422);
    expect((await saisir({ ...ailleurs, valeur: '4 190', version: '1', confirme: '4190' })).statusCode).toBe(303);
    // The year before is what the next one is compared with.
    expect((await saisir({ ...ailleurs, periode: '2024', valeur: '400', version: '0' })).body).toContain('dixième de la dernière valeur, 4\u202f190 (2023)');
    await sql`delete from valeurs where mesure_id = ${mesure.id} and periode = '2023'`.execute(app.base.owner);
  });

  test('le pilote valide la version courante, une fois ; le public ne lit ni nom ni commentaire', async () => {
    const { rows } = await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${mesure.id} and courante`.execute(app.base.owner);
    const valider = (qui: Qui) => app.post(`/chiffres/${mesure.id}/valider`, { valeur: rows[0]?.id ?? '', periode: '2025' }, qui);
    expect((await valider(du)).statusCode).toBe(403);
    expect((await valider({ comme: 'pilote', fiche: mesure.fiche })).statusCode).toBe(303);
    expect((await valider({ comme: 'coordination' })).statusCode).toBe(409);
    expect((await versions()).find((v) => v.courante)?.validePar).toMatch(/^Personne/);
    expect((await voir()).body).not.toContain('Hors le mois d’août');
    expect((await voir(du)).body).toContain('Hors le mois d’août');
    const { rows: audit } = await sql<{ n: number }>`
      select count(*)::int as n from audit where action in ('valeur.saisie', 'valeur.validee')`.execute(app.base.owner);
    expect(audit[0]?.n).toBe(9);
  });

  test('la liste des chiffres à fournir suit', async () => {
    const attendus = await app.get(`/chiffres?periode=2025&etat=manquant&fiche=${mesure.fiche}`, { comme: 'coordination' });
    expect(attendus.statusCode).toBe(200);
    expect(attendus.body).not.toContain(`/chiffres/${mesure.id}/saisir?`);
    expect((await app.get(`/chiffres?periode=2025&etat=connu&aupres=tous&fiche=${mesure.fiche}`, { comme: 'coordination' })).body).toContain(mesure.id);
  });
});

describe('La preuve d’un chiffre', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
    for (const [n, territoire] of [
      [12, 'mairie-18'],
      [8, 'mairie-18'],
      [5, 'mairie-19'],
    ] as const)
      expect(
        (
          await app.serveur.inject({
            method: 'POST',
            url: '/api/v1/registres/formations',
            headers: { cookie: await app.temoin({ comme: 'coordination' }) },
            payload: {
              titre: `=Session ${n}`,
              jour: '2026-03-14',
              territoire_id: territoire,
              organisation_id: 'DPMP',
              donnees: {
                type: 'continue',
                theme: 'rixes',
                employeur: n === 5 ? 'plusieurs' : 'dpmp',
                public: 'police-municipale',
                participants: n,
                dont_dpmp: n,
              },
            },
          })
        ).statusCode,
      ).toBe(201);
  });
  afterAll(() => app.close());

  test('les enregistrements listés sont ceux que le chiffre compte, terme par terme', async () => {
    const vues = (page: string, attendus: string[]) => expect(attendus.filter((t) => !page.includes(t))).toEqual([]);
    const page = (await app.get('/chiffres/1.6-10b?periode=2026')).body;
    vues(page, ['2\u00a0enregistrements, les plus', '1\u00a0enregistrement, les plus', 'c-chiffre__valeur">25<']);
    vues((await app.get('/chiffres/1.6-10b?periode=2026&territoire=mairie-18')).body, ['c-chiffre__valeur">20<']);
  });

  test('le CSV donne exactement ces lignes, sans formule', async () => {
    const csv = await app.get('/chiffres/1.6-10b/enregistrements.csv?periode=2026&territoire=mairie-18', { comme: 'coordination' });
    const lignes = csv.body.trim().split('\r\n');
    expect(lignes).toHaveLength(3);
    expect(lignes.slice(1).map((l) => Number(l.split(';').at(-1)))).toEqual(expect.arrayContaining([12, 8]));
    expect(csv.body).toContain("'=Session 12");
    expect((await app.get('/chiffres/1.6-10b/evolution.csv?periode=2026')).body).toContain('zéro');
  });

  test('une adresse fausse donne une page claire', async () => {
    for (const url of ['/chiffres/inconnu', '/chiffres/1.6-10b?periode=demain', '/chiffres/1.6-10b?territoire=ailleurs', "/chiffres/1.6-10b?territoire='"])
      expect([url, (await app.get(url)).statusCode]).toEqual([url, 404]);
  });
});
