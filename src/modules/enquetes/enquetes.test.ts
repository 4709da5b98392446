import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { type Avis, avis, repondreA } from '../../../tests/support/avis.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { verifierEcheances } from '../echeances/accorder.ts';
import { releverVagues } from './vagues/vagues.dus.ts';
import { creerInvitation, creerVague } from './enquetes.fixtures.ts';

/** From a definition of the contract to a validated figure, over HTTP. */
const VILLE: Qui = { comme: 'producteur', organisation: 'VILLE' };
const PP: Qui = { comme: 'producteur', organisation: 'PP' };
const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const OUVRIR = { pour: 'VILLE|paris', periode: '2025', debut: '2026-01-01', fin: '2099-12-31', acces: 'ouvert', tirage: 'volontaires', invites: '120' };

let app: AppDeTest;
const poster = (url: string, champs: Avis, ip?: string) => repondreA(app, url, champs, ip);
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const reponses = async (vague: string) => (await lire(sql<{ n: number }>`select reponses as n from enquete_vagues where id = ${vague}::uuid`))[0]?.n;
const comptes = (vague: string) =>
  lire(
    sql<{
      question: string;
      valeur: string;
      nombre: number;
    }>`select question, valeur, nombre from enquete_comptes where vague_id = ${vague}::uuid order by 1, 2`,
  );
const vague = (plus: Parameters<typeof creerVague>[2] = {}) => creerVague(app.base.owner, app.contratId, plus);
const repondre = (id: string) => `/enquetes/vagues/${id}/repondre`;
const faute = (html: string) => [...html.matchAll(/govuk-error-message[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/g)].map((m) => m[1]?.trim());

beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

describe('Mener une enquête', () => {
  test('INDIC-07, vagues-d-enquete : à clore après son dernier jour ; trop peu de réponses à mi-parcours se dit à qui la mène, d’après le relevé du matin', async () => {
    const id = await vague({ debut: '2026-01-01', fin: '2026-03-31' });
    const matin = (jour: string) => {
      const quand = new Date(`${jour}T04:40:00Z`);
      return app.base.owner
        .transaction()
        .execute((tx) => aLHeureDeParis(releverVagues)({ db: tx, contrat: { id: app.contratId, slug: '' } as never, maintenant: quand }).then(() => quand));
    };
    const peu = () =>
      lire(sql<{ etat: string; due: string }>`
        select case when sans_objet_le is not null then 'sans objet' else 'due' end as etat, due_le::text as due from echeances
        where genre = 'vague_peu_de_reponses' and objet_id = ${id}`);
    await matin('2026-02-01');
    expect(await peu()).toEqual([]);
    const quand = await matin('2026-02-20');
    expect(await peu()).toEqual([{ etat: 'due', due: '2026-03-31' }]);
    for (let i = 0; i < 30; i++) await sql`update enquete_vagues set reponses = reponses + 1 where id = ${id}::uuid`.execute(app.base.owner);
    // An answer changes nothing of what is owed: its hour is nobody's to read.
    expect(await peu()).toEqual([{ etat: 'due', due: '2026-03-31' }]);
    const ecarts = async (q: Date) =>
      (await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: q })).differences.filter((d) => d.source === 'vagues');
    expect(await ecarts(quand)).toEqual([]);
    const suite = await matin('2026-02-21');
    expect([await peu(), await ecarts(suite)]).toEqual([[{ etat: 'sans objet', due: '2026-03-31' }], []]);
    const dites = async (qui: Qui) => (await app.get('/echeances?genre=vague_a_clore', qui)).body.includes(`/enquetes/vagues/${id}/conduire`);
    expect([await dites(VILLE), await dites(PP)]).toEqual([true, false]);
  });

  test('INDIC-07, vagues-d-enquete : d’une définition du contrat à un chiffre validé', async () => {
    const ouverte = await app.post('/enquetes/ouvrir/sentiment-de-securite', OUVRIR, VILLE);
    expect([ouverte.statusCode, ouverte.body]).toEqual([303, '']);
    const id = String(ouverte.headers.location).split('/')[3] ?? '';
    const page = `/enquetes/vagues/${id}`;
    expect((await app.get('/enquetes')).body).toContain(repondre(id));
    for (let i = 0; i < 20; i++) expect((await poster(repondre(id), avis({ 'q.secteur': 'nord-est' }))).statusCode).toBe(303);
    for (let i = 0; i < 10; i++)
      expect((await poster(repondre(id), avis({ 'q.nuit': 'pas-du-tout', 'q.lieux': ['rues', 'parcs'], 'q.idee': `Un banc ${i}` }))).statusCode).toBe(303);
    // While it is open nobody reads a result, not even who holds it: two looks would tell an answer.
    expect([(await app.get(page)).statusCode, (await app.get(page, VILLE)).statusCode, (await app.get(page, COORDINATION)).statusCode]).toEqual([
      404, 404, 404,
    ]);
    const dus = async (genre: string) =>
      (
        await lire(sql<{ etat: string }>`
        select case when soldee_le is not null then 'soldee' when sans_objet_le is not null then 'sans objet' else 'due' end as etat
        from echeances where genre = ${genre} and objet_id = ${id}`)
      ).map((e) => e.etat);
    expect([await dus('vague_a_clore'), await dus('vague_peu_de_reponses')]).toEqual([['due'], []]);
    const conduite = await app.get(`${page}/conduire`, VILLE);
    expect(conduite.body).toContain('30\u00a0réponses pour 120\u00a0personnes invitées (25\u00a0%)');
    expect(conduite.body).not.toContain('Un banc');
    expect((await app.post(`${page}/clore`, {}, VILLE)).statusCode).toBe(422);
    const auteur = await app.temoin(VILLE);
    expect((await app.post(`${page}/clore`, { confirme: 'oui' }, auteur)).headers.location).toBe(page);
    expect(await dus('vague_a_clore')).toEqual(['soldee']);
    // A figure as any other: entered, not validated yet, in the words of the wave.
    const [v] = await lire(sql<{ id: string; texte: string; source: string; lien: string; etat: string; valide: boolean; debiteur: string }>`
      select id::text as id, texte, source, lien, etat, valide_le is not null as valide, debiteur from valeurs where mesure_id = '3.3-02' and courante`);
    expect(v).toMatchObject({ etat: 'valeur', valide: false, debiteur: 'VILLE', lien: `http://concorde.exemple${page}` });
    // Of the two sectors that answered, the north-east alone feels safe: 0.3661 / (0.3661 + 0.3045).
    expect(v?.texte).toContain('54,6\u00a0% des personnes interrogées se sentent en sécurité');
    expect(v?.texte).toContain('une marge d’erreur n’aurait pas de sens');
    expect(v?.source).toContain('30\u00a0réponses');
    const avant = await app.get(page, PP);
    expect([avant.statusCode, avant.body.includes('Pas encore validé'), (await app.get(page)).statusCode]).toEqual([200, true, 404]);
    expect(avant.body).not.toContain('Un banc');
    // Ten wrote words: fewer than it takes to say anything of a question.
    expect((await app.get(`${page}/conduire`, VILLE)).body).not.toContain('Un banc');
    // Never by its author.
    expect((await app.post('/chiffres/3.3-02/valider', { valeur: v?.id ?? '', periode: '2025' }, COORDINATION)).statusCode).toBe(303);
    const publique = await app.get(page);
    expect(publique.statusCode).toBe(200);
    expect(publique.body).toContain('66,7\u00a0%');
    expect(publique.body).toContain('54,6\u00a0%');
    expect(publique.body).toContain('Rien selon « secteur »');
    expect(publique.body).not.toContain('Marge à 95');
    const csv = await app.get(`${page}/resultats.csv`);
    expect(csv.headers.link).toContain('license');
    expect(csv.body.split('\r\n').find((l) => l.startsWith('nuit;') && l.includes(';plutot;'))).toContain(';20;0,667;0,546;;;30;0;0;');
    expect(csv.body).toContain('lieux;Où vous sentez-vous le moins en sécurité ?;;;;;;;;;;;moins de 30 réponses');
    expect(csv.body).not.toContain('Un banc');
    expect((await app.get('/chiffres/3.3-02?periode=2025')).body).toContain(page);
    expect((await app.post(`${page}/clore`, { confirme: 'oui' }, VILLE)).statusCode).toBe(409);
    expect((await poster(repondre(id), avis())).statusCode).toBe(410);
    expect(await reponses(id)).toBe(30);
  });

  test('trop peu de réponses : la vague se clôt sans chiffre, et la page dit pourquoi sans rien montrer', async () => {
    const id = await vague({ periode: '2024' });
    await poster(repondre(id), avis({ 'q.nuit': 'pas-du-tout' }));
    expect((await app.post(`/enquetes/vagues/${id}/clore`, { confirme: 'oui' }, VILLE)).statusCode).toBe(303);
    expect(await lire(sql`select 1 from valeurs where mesure_id = '3.3-02' and periode = '2024'`)).toEqual([]);
    const lue = await app.get(`/enquetes/vagues/${id}`, VILLE);
    expect([lue.statusCode, lue.body.includes('Trop peu de réponses'), lue.body.includes('<table')]).toEqual([200, true, false]);
    expect([(await app.get(`/enquetes/vagues/${id}/resultats.csv`, VILLE)).statusCode, (await app.get(`/enquetes/vagues/${id}`)).statusCode]).toEqual([
      404, 404,
    ]);
  });

  test('qui répond du chiffre, ou la coordination, ouvre et clôt ; les autres, non', async () => {
    const id = await vague();
    const autres: Qui[] = [
      { comme: 'producteur', organisation: 'RATP' },
      { comme: 'agent', organisation: 'VILLE' },
      { comme: 'pilote', organisation: 'RATP' },
      { comme: 'coordination', organisation: 'DPMP', fiche: '1.1' },
      { comme: 'producteur', organisation: 'VILLE', fiche: '1.1' },
      { comme: 'producteur', organisation: 'VILLE', territoire: 'mairie-18' },
    ];
    for (const qui of autres) {
      expect([qui, (await app.get('/enquetes/ouvrir/sentiment-de-securite', qui)).statusCode]).toEqual([qui, 403]);
      expect([qui, (await app.post('/enquetes/ouvrir/sentiment-de-securite', OUVRIR, qui)).statusCode]).toEqual([qui, 403]);
      expect([qui, (await app.get(`/enquetes/vagues/${id}/conduire`, qui)).statusCode]).toEqual([qui, 403]);
      expect([qui, (await app.post(`/enquetes/vagues/${id}/clore`, { confirme: 'oui' }, qui)).statusCode]).toEqual([qui, 403]);
      expect([qui, (await app.post(`/enquetes/vagues/${id}/inviter`, { adresses: 'a@exemple.fr' }, qui)).statusCode]).toEqual([qui, 403]);
    }
    // Another debtor of the same figure holds its own wave, not this one.
    expect((await app.get(`/enquetes/vagues/${id}/conduire`, PP)).statusCode).toBe(403);
    const pour = await app.post('/enquetes/ouvrir/sentiment-de-securite', OUVRIR, PP);
    expect([pour.statusCode, faute(pour.body)]).toEqual([422, ['Dites pour qui et où : choisissez dans la liste.']]);
    expect((await app.get(`/enquetes/vagues/${id}/conduire`, COORDINATION)).statusCode).toBe(200);
  });

  test('une vague mal demandée revient avec ce qui était écrit', async () => {
    const refus = async (plus: Record<string, string>) => faute((await app.post('/enquetes/ouvrir/sentiment-de-securite', { ...OUVRIR, ...plus }, VILLE)).body);
    expect(await refus({ fin: '2025-12-31' })).toEqual(['Le dernier jour vient avant le premier : choisissez-en un plus tard.']);
    expect(await refus({ periode: '2025-S1' })).toEqual(['Ce chiffre est donné chaque année : choisissez une période de la liste.']);
    expect(await refus({ tirage: 'aleatoire' })).toEqual(['Par un lien ouvert, répond qui le veut : un tirage au sort demande des invitations.']);
    expect(await refus({ invites: 'beaucoup' })).toEqual(['Personnes sollicitées : écrivez un nombre entier, ou laissez vide.']);
    expect(await refus({ debut: '2020-01-01', fin: '2020-02-01' })).toEqual(['Le dernier jour est passé : personne ne pourrait répondre.']);
  });
});

describe('Répondre', () => {
  test('INDIC-09, formulaire-d-enquete : il garde tout ce qui était écrit, dit ses fautes dans sa langue, et ne laisse ni témoin ni adresse', async () => {
    const id = await vague();
    const script = '<script>alert(1)</script> & "vous"';
    const r = await poster(repondre(id), { 'q.secteur': 'ouest', 'q.nuit': 'ailleurs', 'q.age': '25-39', 'q.idee': script });
    expect(r.statusCode).toBe(422);
    expect(faute(r.body)).toEqual([
      'Le jour, dans votre quartier, vous vous sentez : choisissez une réponse.',
      expect.stringContaining('n’est pas dans la liste'),
    ]);
    expect(r.body).not.toContain('<script>alert');
    expect(lireFormulaire(r.body, repondre(id))).toMatchObject({ 'q.secteur': ['ouest'], 'q.age': ['25-39'], 'q.idee': [script] });
    const en = await poster(repondre(id), { langue: 'en', 'q.secteur': 'ouest', 'q.jour': 'plutot' });
    expect([en.statusCode, /<html lang="en"/.test(en.body), faute(en.body)]).toEqual([
      422,
      true,
      ['After dark, in your neighbourhood, you feel: choose an answer.'],
    ]);
    expect(lireFormulaire(en.body, repondre(id))).toMatchObject({ langue: ['en'], 'q.jour': ['plutot'] });
    const fini = await poster(repondre(id), avis({ langue: 'en' }));
    expect([fini.headers.location, fini.headers['set-cookie']]).toEqual(['/enquetes/merci?langue=en', undefined]);
    expect((await app.get('/enquetes/merci?langue=en')).body).toContain('Your answers have been counted');
    expect((await app.get(`${repondre(id)}?langue=xx`)).body).toContain('<html lang="fr"');
    expect((await app.get(repondre(id))).headers['set-cookie']).toBeUndefined();
    expect(await reponses(id)).toBe(1);
  });

  test('rien de ce qui est gardé n’est une réponse : ni ligne, ni heure, ni compte, ni trace d’audit, ni empreinte', async () => {
    const id = await vague();
    const qui = await app.temoin(VILLE);
    await app.audit.vider();
    const [avant] = await lire(sql<{ n: number }>`select count(*)::int as n from audit`);
    const corps = new URLSearchParams({ ...(avis({ 'q.idee': 'Des bancs' }) as Record<string, string>), _cle: 'cle-de-la-reponse' }).toString();
    const envoyer = (contenu: string) =>
      app.serveur.inject({
        method: 'POST',
        url: repondre(id),
        headers: { cookie: qui, 'content-type': 'application/x-www-form-urlencoded' },
        payload: contenu,
      });
    expect((await envoyer(corps)).statusCode).toBe(303);
    // The same form sent again, even corrected by the button « précédent », counts once.
    expect((await envoyer(corps.replace('plutot', 'pas-du-tout'))).statusCode).toBe(303);
    await app.audit.vider();
    expect((await lire(sql<{ n: number }>`select count(*)::int as n from audit`))[0]).toEqual(avant);
    expect(await reponses(id)).toBe(1);
    expect((await comptes(id)).filter((c) => !c.valeur.startsWith('_'))).toEqual([
      { question: 'jour', valeur: 'plutot', nombre: 1 },
      { question: 'nuit', valeur: 'plutot', nombre: 1 },
      { question: 'secteur', valeur: 'ouest', nombre: 1 },
    ]);
    const gardees = await lire(sql<{ compte: string; route: string; contenu: Buffer }>`
      select compte_id::text as compte, route, contenu from soumissions where route like '%/enquetes/%'`);
    const nul = '00000000-0000-0000-0000-000000000000';
    expect(gardees.every((s) => s.compte === nul && s.route.includes(':')) && new Set(gardees.map((s) => s.contenu.toString('hex'))).size === 1).toBe(true);
    const colonnes = await lire(sql<{ nom: string }>`
      select column_name as nom from information_schema.columns where table_name in ('enquete_comptes', 'enquete_textes', 'enquete_invitations') order by 1`);
    expect([...new Set(colonnes.map((c) => c.nom))]).toEqual(
      ['contrat_id', 'empreinte', 'id', 'nombre', 'question', 'strate', 'texte', 'utilisee', 'vague_id', 'valeur'].sort(),
    );
  });

  test('ni avant l’ouverture, ni après la fin, ni une réponse inconnue, ni un mégaoctet', async () => {
    const aVenir = await vague({ debut: '2099-01-01' });
    const finie = await vague({ fin: '2020-12-31' });
    for (const id of [aVenir, finie]) {
      expect([(await app.get(repondre(id))).statusCode, (await poster(repondre(id), avis())).statusCode]).toEqual([410, 410]);
      expect(await reponses(id)).toBe(0);
    }
    expect((await app.get(repondre(aVenir))).body).toContain('ouvre le 1er\u00a0janvier 2099');
    expect((await app.post(`/enquetes/vagues/${aVenir}/clore`, { confirme: 'oui' }, VILLE)).statusCode).toBe(422);
    const id = await vague();
    expect([413, 422]).toContain((await poster(repondre(id), avis({ 'q.idee': 'a'.repeat(1_048_576) }))).statusCode);
    expect(faute((await poster(repondre(id), avis({ 'q.idee': 'a'.repeat(401) }))).body)).toEqual([
      'Que faudrait-il changer en premier : 400 caractères au plus.',
    ]);
    const inconnues: Avis[] = [
      { 'q.nuit': '_repondu' },
      { 'q.nuit': ['plutot', 'tout-a-fait'] },
      { 'q.secteur': "'; drop table enquete_comptes; --" },
      { 'q.lieux': Array(500).fill('x') },
    ];
    for (const plus of inconnues) expect([plus, (await poster(repondre(id), avis({ 'q.nuit': 'plutot-pas', ...plus }))).statusCode]).toEqual([plus, 422]);
    expect((await poster(repondre('00000000-0000-4000-8000-000000000000'), avis())).statusCode).toBe(404);
    expect([await reponses(id), await comptes(id)]).toEqual([0, []]);
    // What is not asked of this person is left out, whatever was sent.
    await poster(repondre(id), avis({ 'q.lieux': ['rues'] }));
    expect((await comptes(id)).filter((c) => c.question === 'lieux')).toEqual([{ question: 'lieux', valeur: '_hors', nombre: 1 }]);
  });

  test('cent personnes au même instant sont cent réponses', async () => {
    const id = await vague();
    const toutes = await Promise.all(Array.from({ length: 100 }, (_, i) => poster(repondre(id), avis({ 'q.nuit': i % 2 ? 'plutot' : 'pas-du-tout' }))));
    expect([toutes.filter((r) => r.statusCode === 303).length, await reponses(id)]).toEqual([100, 100]);
    expect((await comptes(id)).filter((c) => c.question === 'nuit').map((c) => c.nombre)).toEqual([100, 50, 50]);
  });

  test('d’une même adresse, trente réponses par minute au plus', async () => {
    const id = await vague();
    const statuts = [];
    for (let i = 0; i < 32; i++) statuts.push((await poster(repondre(id), avis(), '192.0.2.7')).statusCode);
    expect([statuts.slice(0, 30).every((s) => s === 303), statuts.slice(30)]).toEqual([true, [429, 429]]);
  });
});

describe('Répondre sur invitation', () => {
  const lettres = () =>
    lire(sql<{ destinataire: string; ferme: Buffer }>`select destinataire, ferme from courriels where sujet like 'Votre avis%' order by cree_le, id`);
  const ouvrir = (l: { ferme: Buffer }) => (JSON.parse(app.coffre.dechiffrer(l.ferme)) as { texte: string }).texte;

  test('une lettre, un lien, une réponse ; personne deux fois, et rien ne dit de qui', async () => {
    const id = await vague({ acces: 'invitation', tirage: 'aleatoire' });
    const page = `/enquetes/vagues/${id}`;
    const mal = await app.post(`${page}/inviter`, { adresses: 'une@exemple.fr\npas une adresse' }, VILLE);
    expect([mal.statusCode, faute(mal.body)[0], mal.body.includes('une@exemple.fr')]).toEqual([
      422,
      expect.stringContaining('« pas » n’est pas une adresse'),
      true,
    ]);
    const parti = await app.post(`${page}/inviter`, { adresses: 'une@exemple.fr\nDEUX@exemple.fr, deux@exemple.fr' }, VILLE);
    expect(parti.headers.location).toBe(`${page}/conduire?envoyees=2&deja=0`);
    expect((await app.post(`${page}/inviter`, { adresses: 'deux@exemple.fr\ntrois@exemple.fr' }, VILLE)).headers.location).toBe(
      `${page}/conduire?envoyees=1&deja=1`,
    );
    const recues = await lettres();
    expect(recues.map((l) => l.destinataire).sort()).toEqual(['deux@exemple.fr', 'trois@exemple.fr', 'une@exemple.fr']);
    const lien = /\/enquetes\/invitation\/[\w-]+/.exec(recues[0] ? ouvrir(recues[0]) : '')?.[0] ?? '';
    const form = await app.get(lien);
    expect([form.statusCode, lireFormulaire(form.body, lien).langue]).toEqual([200, ['fr']]);
    // What is to be corrected costs nothing.
    expect((await poster(lien, { 'q.secteur': 'ouest' })).statusCode).toBe(422);
    const deux = await Promise.all([poster(lien, avis()), poster(lien, avis())]);
    expect(deux.map((r) => r.statusCode).sort()).toEqual([303, 410]);
    expect([(await poster(lien, avis())).statusCode, (await app.get(lien)).statusCode, await reponses(id)]).toEqual([410, 410, 1]);
    // Neither without an invitation, nor with somebody's guess.
    expect([(await app.get(repondre(id))).statusCode, (await poster(repondre(id), avis())).statusCode]).toEqual([403, 403]);
    expect((await poster('/enquetes/invitation/inventee', avis())).statusCode).toBe(404);
    expect((await app.get(`${page}/conduire`, VILLE)).body).toContain('1\u00a0réponse pour 3\u00a0personnes invitées (33,3\u00a0%)');
    expect((await app.post(`${page}/clore`, { confirme: 'oui' }, VILLE)).statusCode).toBe(303);
    expect(await lire(sql`select 1 from enquete_invites where vague_id = ${id}::uuid`)).toEqual([]);
    expect((await app.post(`${page}/inviter`, { adresses: 'quatre@exemple.fr' }, VILLE)).statusCode).toBe(422);
  });

  test('3.5-02, voie-enquete : tirées au sort, la marge d’erreur est dite, sur la page et dans le chiffre', async () => {
    const id = await vague({ code: 'satisfaction-transports', acces: 'invitation', tirage: 'aleatoire', periode: '2025' });
    for (let i = 0; i < 100; i++) {
      const jeton = await creerInvitation(app.base.owner, app.contratId, id);
      const r = await poster(`/enquetes/invitation/${jeton}`, {
        'q.frequence': 'semaine',
        'q.satisfaction': i < 10 ? 'tres' : 'peu',
        'q.presence': String(i % 11),
      });
      expect(r.statusCode).toBe(303);
    }
    expect((await app.post(`/enquetes/vagues/${id}/clore`, { confirme: 'oui' }, { comme: 'producteur', organisation: 'RATP' })).statusCode).toBe(303);
    const [v] = await lire(sql<{ texte: string }>`select texte from valeurs where mesure_id = '3.5-02' and courante`);
    expect(v?.texte).toContain('10\u00a0% des personnes');
    expect(v?.texte).toContain('de 5,5\u00a0% à 17,4\u00a0%');
    const page = (await app.get(`/enquetes/vagues/${id}`, COORDINATION)).body;
    expect([page.includes('5,5\u00a0% à 17,4\u00a0%'), page.includes('100\u00a0réponses pour 100\u00a0personnes invitées')]).toEqual([true, true]);
  });
});
