import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import type { Mesure } from '../contrats/index.ts';
import { recalculerChiffres, verifierChiffres } from './formulaires.ts';
import { casesDe } from './saisie/grain.rules.ts';

/** Over HTTP: a figure that someone owes, from the empty form to the validated third version. */
describe('Fournir un chiffre', () => {
  let app: AppDeTest;
  let mesure: Mesure;
  let deux: Mesure;
  let du: Qui;
  /** One value a year for the whole contract. */
  const estPourTous = (m: Mesure) =>
    m.grain.ventilations.length === 0 &&
    m.periodicite.join() === 'annuel' &&
    m.grain.debiteurs === 'somme' &&
    casesDe(m, app.catalogue).every((x) => x.territoireId === app.catalogue.racine.id);
  beforeAll(async () => {
    app = await ouvrirApp();
    mesure = [...app.catalogue.mesures.values()].find(
      (m) => m.obtention === 'collecte' && m.nature === 'compte' && m.aupres.length === 1 && estPourTous(m),
    ) as Mesure;
    const secondes = [...app.catalogue.mesures.values()].filter(
      (m) => m.obtention === 'collecte' && m.nature === 'compte' && m.aupres.length === 2 && estPourTous(m),
    );
    deux = secondes[0] as Mesure;
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
    version: `${plus.periode ?? '2025'}|${app.catalogue.racine.id}|${mesure.aupres[0]}|${plus.version ?? '0'}`,
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
    const refus = async (plus: Record<string, string>) => {
      const r = await saisir(plus);
      return [r.statusCode, /govuk-error-summary[\s\S]*?<a[^>]*>([^<]*)/.exec(r.body)?.[1], r.body.includes('value="1 250"')];
    };
    expect(await refus({ territoire: 'ailleurs' })).toEqual([422, expect.stringContaining('choisissez Paris'), true]);
    expect(await refus({ territoire: 'mairie-18' })).toEqual([422, expect.stringContaining('pas pour une partie'), true]);
    expect(await refus({ periode: '2025-13' })).toEqual([422, 'Choisissez une période de 2023 à 2026.', true]);
    expect(await refus({ periode: '2025-S1' })).toEqual([422, expect.stringContaining('chaque année'), true]);
    expect(await refus({ periode: '2999' })).toEqual([422, expect.stringContaining('de 2023 à 2026'), true]);
    expect(await refus({ debiteur: 'INCONNU' })).toEqual([422, expect.stringContaining('choisissez l’un d’eux'), true]);
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
    // Nobody but its author has seen it: everyone knows that it came, partners read it.
    expect((await voir()).body).toContain('en attente de validation');
    expect((await voir()).body).not.toMatch(/1\s250/);
    expect((await voir(du)).body).toMatch(/1\s250/);
    expect((await saisir({ valeur: '1300', version: '1' })).statusCode).toBe(303);
    expect((await voir(du)).body).toMatch(/1\s300/);
    expect((await saisir({ etat: 'secret', valeur: '7777', version: '2' })).statusCode).toBe(303);
    // Nor what it was before someone saw that it must not be told; at once, whoever reads.
    for (const secret of [await voir(), await voir(du)]) {
      expect(secret.body).toContain('secret');
      expect(secret.body).not.toMatch(/\b7\s?777(?![\w-])|1\s250|1\s300/);
    }
    expect((await saisir({ etat: 'sans_objet', version: '3' })).statusCode).toBe(303);
    expect((await voir(du)).body).toContain('sans objet');
    expect((await voir(du)).body).not.toMatch(/1\s250|1\s300/);
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
    expect(r.body).toContain(`name="version" value="2025|${app.catalogue.racine.id}|${mesure.aupres[0]}|5"`);
    expect((await saisir({ valeur: '42', version: '5' })).statusCode).toBe(303);
  });

  test('dix fois l’autre année : c’est demandé, rien de ce qui est écrit n’est perdu, et une explication l’enregistre', async () => {
    const ailleurs = { periode: '2023', source: 'Main courante', commentaire: 'Relevé du soir' };
    expect((await saisir({ ...ailleurs, valeur: '419' })).statusCode).toBe(303);
    const r = await saisir({ ...ailleurs, valeur: '4 190', version: '1' });
    expect(r.statusCode).toBe(422);
    for (const t of [
      '4\u202f190 est au moins dix fois la dernière valeur, 42 (2025)',
      'value="4 190"',
      'Main courante',
      'Relevé du soir',
      'name="explication"',
    ])
      expect(r.body).toContain(t);
    const courte = await saisir({ ...ailleurs, valeur: '4 190', version: '1', explication: 'Oui' });
    expect([courte.statusCode, courte.body.includes('de 10 à 500 caractères'), courte.body.includes('>Oui</textarea>')]).toEqual([422, true, true]);
    expect((await saisir({ ...ailleurs, valeur: '4 190', version: '1', explication: 'Le service compte depuis cette année-là.' })).statusCode).toBe(303);
    // The year before is what the next one is compared with.
    expect((await saisir({ ...ailleurs, periode: '2024', valeur: '400', version: '0' })).body).toContain('dixième de la dernière valeur, 4\u202f190 (2023)');
    await sql`delete from controles where mesure_id = ${mesure.id}`.execute(app.base.owner);
    await sql`delete from valeurs where mesure_id = ${mesure.id} and periode = '2023'`.execute(app.base.owner);
    await recalculerChiffres(app.base.owner, app.contratId);
  });

  const courante = async (m: string) =>
    (await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${m} and courante order by debiteur`.execute(app.base.owner)).rows.map(
      (r) => r.id,
    );
  const valider = (m: string, ids: string[], qui: Qui) => app.post(`/chiffres/${m}/valider`, { valeur: ids, periode: '2025' }, qui);

  test('le pilote valide la version courante, une fois ; alors chacun la lit ; le public ne lit ni nom ni commentaire', async () => {
    const ids = await courante(mesure.id);
    expect((await valider(mesure.id, ids, du)).statusCode).toBe(403);
    expect((await valider(mesure.id, ids, { comme: 'pilote', fiche: mesure.fiche })).statusCode).toBe(303);
    expect((await valider(mesure.id, ids, { comme: 'coordination' })).statusCode).toBe(409);
    expect((await versions()).find((v) => v.courante)?.validePar).toMatch(/^Personne/);
    expect((await voir()).body).toContain('42');
    expect((await voir()).body).not.toContain('Hors le mois d’août');
    expect((await voir(du)).body).toContain('Hors le mois d’août');
    expect((await saisir({ valeur: '57', version: '6' })).statusCode).toBe(303);
    // A newer one waits: the last that was validated stays, and says so.
    const publique = (await voir()).body;
    expect(publique).toContain('une valeur plus récente attend sa validation');
    expect([publique.includes('c-chiffre__valeur">42<'), publique.includes('c-chiffre__valeur">57<')]).toEqual([true, false]);
    expect((await voir(du)).body).toMatch(/c-chiffre__valeur">57<[\s\S]*provisoire/);
    const { rows: audit } = await sql<{ n: number }>`
      select count(*)::int as n from audit where action in ('valeur.saisie', 'valeur.validee')`.execute(app.base.owner);
    expect(audit[0]?.n).toBe(10);
  });

  test('nul ne valide ce qu’il a donné lui-même, pas même la coordination', async () => {
    const elle = await app.temoin({ comme: 'coordination' });
    const envoyer = (url: string, corps: Record<string, string>) =>
      app.serveur.inject({
        method: 'POST',
        url,
        headers: { cookie: elle, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(corps).toString(),
      });
    expect((await envoyer(`/chiffres/${mesure.id}/saisir`, champs({ periode: '2024', valeur: '55' }))).statusCode).toBe(303);
    const [id = ''] = (
      await sql<{ id: string }>`
      select id::text as id from valeurs where mesure_id = ${mesure.id} and periode = '2024' and courante`.execute(app.base.owner)
    ).rows.map((r) => r.id);
    const r = await envoyer(`/chiffres/${mesure.id}/valider`, { valeur: id, periode: '2024' });
    expect([r.statusCode, r.body.includes('quelqu’un d’autre doit le valider')]).toEqual([403, true]);
    expect((await valider(mesure.id, [id], { comme: 'coordination' })).statusCode).toBe(303);
  });

  test('deux débiteurs ont chacun la leur : le second ne remplace pas le premier, leur somme est le chiffre, « au moins » avant', async () => {
    const donner = (debiteur: string, valeur: string) =>
      app.post(
        `/chiffres/${deux.id}/saisir`,
        { periode: '2025', etat: 'valeur', valeur, source: 'Comptage', commentaire: '', version: '' },
        { comme: 'producteur', organisation: debiteur },
      );
    const lire = async (qui?: Qui) => (await app.get(`/chiffres/${deux.id}?periode=2025`, qui)).body.replace(/<!-- -->|[\u00a0\u202f]/g, ' ');
    const [premier = '', second = ''] = deux.aupres;
    expect((await donner(premier, '31')).statusCode).toBe(303);
    expect(await lire(du)).toMatch(/Au moins 31 .*1 contribution reçue sur 2/);
    expect(await lire(du)).toContain(`Manque : ${app.catalogue.nomActeur(second)}.`.replaceAll('’', '’'));
    // Everyone reads who gave nothing, and it is late: what the other gave excuses nobody but them.
    const publique = await lire();
    expect(publique).toContain(`Manque : ${app.catalogue.nomActeur(second)}.`.replaceAll('’', '’'));
    expect(publique).toMatch(/c-preuve__chiffre[\s\S]{0,400}manquant/);
    expect((await donner(second, '11')).statusCode).toBe(303);
    expect(await lire(du)).toMatch(/Au total 42 .*2 contributions reçues sur 2/);
    expect(await lire()).toContain('en attente de validation');
    expect(await lire()).not.toContain('Manque : ');
    expect((await valider(deux.id, await courante(deux.id), { comme: 'coordination' })).statusCode).toBe(303);
    expect(await lire()).toMatch(/c-chiffre__valeur">42</);
    const csv = await app.get(`/chiffres/${deux.id}/contributions.csv?periode=2025`);
    expect(
      csv.body
        .trim()
        .split('\r\n')
        .slice(1)
        .map((l) => [l.includes(';31;'), l.includes(';11;'), l.includes('validé')]),
    ).toEqual(
      expect.arrayContaining([
        [true, false, true],
        [false, true, true],
      ]),
    );
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('qui doit le chiffre conteste celui d’un autre, avec une raison ; son auteur et le pilote l’apprennent ; le valider ou le corriger y répond', async () => {
    const [id = ''] = await courante(deux.id);
    const contester = (motif: string, qui: Qui) => app.post(`/chiffres/${deux.id}/contester`, { valeur: id, motif, periode: '2025' }, qui);
    const autre: Qui = { comme: 'producteur', organisation: deux.aupres[1] ?? '' };
    expect((await contester('Il en compte deux fois', { comme: 'producteur', organisation: 'RATP' })).statusCode).toBe(403);
    expect((await contester('non', autre)).statusCode).toBe(422);
    expect((await contester('Les sorties y sont comptées deux fois', autre)).statusCode).toBe(303);
    expect((await contester('Les sorties y sont comptées deux fois', autre)).statusCode).toBe(409);
    const pilote = await app.get('/ma-journee', { comme: 'pilote', fiche: deux.fiche, organisation: 'VILLE' });
    expect(pilote.body).toContain('Chiffre contesté');
    expect((await app.get(`/chiffres/${deux.id}?periode=2025`)).body).not.toContain('comptées deux fois');
    expect((await app.get(`/chiffres/${deux.id}?periode=2025`, autre)).body).toContain('comptées deux fois');
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from echeances where genre = 'contestation' and soldee_le is null`.execute(
      app.base.owner,
    );
    expect(rows[0]?.n).toBe(1);
  });

  test('la liste des chiffres à fournir suit', async () => {
    const attendus = await app.get(`/chiffres?periode=2025&etat=en_retard&fiche=${mesure.fiche}`, { comme: 'coordination' });
    expect(attendus.statusCode).toBe(200);
    expect(attendus.body).not.toContain(`/chiffres/${mesure.id}/saisir?`);
    expect((await app.get(`/chiffres?periode=2025&etat=donne&aupres=tous&fiche=${mesure.fiche}`, { comme: 'coordination' })).body).toContain(mesure.id);
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
