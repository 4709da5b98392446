import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { type Direct, openDirect } from '../../../core/direct/direct.ts';
import { COOKIE_SESSION } from '../../../core/http/cookies.ts';
import { createCompte, createSession } from '../../comptes/sessions.queries.ts';
import { verifierChiffres } from '../../indicateurs/index.ts';
import { jourDe } from '../../../core/clock.ts';

/** Someone with an address, so that a seat may be theirs. */
interface Gens {
  id: string;
  nom: string;
  courriel: string;
  temoin: string;
}
const AUJOURDHUI = jourDe(new Date(), 'Europe/Paris');
const MAINTENANT = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }).format(new Date());
/** Far from now, whatever the hour. */
const AUTRE_HEURE = Number(MAINTENANT.slice(0, 2)) < 12 ? '20:00' : '01:00';

describe('Tenir une séance', () => {
  let app: AppDeTest;
  let serveur: FastifyInstance;
  let direct: Direct;
  let anne: Gens;
  let bruno: Gens;
  let membre: Gens;
  let etranger: Gens;
  let seance: string;
  let instance: string;
  let points: string[];
  const MAIRIE = 'mairie-18';

  async function creerGens(nom: string, role: string, territoire: string | null, organisation = 'DPMP'): Promise<Gens> {
    const courriel = `${nom.toLowerCase().replace(/\W+/g, '.')}-${randomUUID().slice(0, 8)}@exemple.fr`;
    const id = await createCompte(app.base.owner, app.contratId, {
      courriel,
      nom,
      fonction: 'Essai',
      organisationId: organisation,
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: [{ role: role as never, territoireId: territoire, fiche: null }],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
    const jeton = await createSession(
      app.base.owner,
      app.contratId,
      { compteId: id ?? '', moyen: 'totp', forte: true, adresse: null, agent: null },
      new Date(),
    );
    return { id: id ?? '', nom, courriel, temoin: `${COOKIE_SESSION}=${jeton}` };
  }
  const lire = (q: Gens, url: string, json = false) =>
    serveur.inject({ method: 'GET', url, headers: { cookie: q.temoin, accept: json ? 'application/json' : 'text/html' } });
  const poster = (q: Gens, chemin: string, champs: Record<string, string>, json = false) =>
    serveur.inject({
      method: 'POST',
      url: `/seances/${seance}${chemin}`,
      headers: { cookie: q.temoin, accept: json ? 'application/json' : 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(champs).toString(),
    });
  const noter = (q: Gens, version: number, texte: string, json = true) => poster(q, `/points/${points[0]}/notes`, { version: String(version), texte }, json);
  const etatDe = async (q: Gens) => (await lire(q, `/seances/${seance}/etat`, true)).json();
  const versionLue = (page: string) => /name="version" value="(\d{5,})"/.exec(page)?.[1] ?? '';
  const audits = async (action: string) =>
    (await sql<{ n: number }>`select count(*)::int as n from audit where action = ${action} and objet like ${`%${seance}%`}`.execute(app.base.owner)).rows[0]
      ?.n;
  const decision = (plus: Record<string, string> = {}) => ({
    id: randomUUID(),
    nature: 'action',
    point: points[0] ?? '',
    libelle: 'Renforcer la présence à la sortie du collège',
    responsable: 'PP',
    responsable_nom: 'Commissaire central',
    responsable_courriel: '',
    echeance: '2027-03-01',
    engagement: '1.6',
    ...plus,
  });

  beforeAll(async () => {
    app = await ouvrirApp();
    direct = await openDirect(await app.base.service(app.contratId));
    serveur = app.serveur;
    anne = await creerGens('Anne Essai', 'coordonnateur', MAIRIE);
    bruno = await creerGens('Bruno Essai', 'coordination', null);
    membre = await creerGens('Chloé Essai', 'agent', MAIRIE, 'PP');
    etranger = await creerGens('David Essai', 'agent', 'mairie-12', 'PP');
  });
  afterAll(async () => {
    await direct.close();
    await app.close();
  });
  async function preparer(o: Parameters<typeof creerInstance>[2] | object = {}, s: Parameters<typeof creerSeance>[3] = {}) {
    const owner = app.base.owner;
    instance = await creerInstance(owner, app.contratId, { nom: `Conseil ${randomUUID()}`, territoire: MAIRIE, porteur: 'DPMP', ...o });
    await creerMembre(owner, app.contratId, instance, { qualite: 'president', fonction: 'Maire', organisation: 'VILLE', nom: 'Le Maire' });
    await creerMembre(owner, app.contratId, instance, { fonction: 'Commissaire central', organisation: 'PP', nom: membre.nom, courriel: membre.courriel });
    seance = await creerSeance(owner, app.contratId, instance, { etat: 'ouverte', jour: AUJOURDHUI, points: ['Ouverture', 'Rixes', 'Suites'], ...s });
    const { rows } = await sql<{ id: string }>`select id from seance_points where seance_id = ${seance} order by rang`.execute(owner);
    points = rows.map((r) => r.id);
  }
  beforeEach(() => preparer());

  test('elle s’ouvre le jour dit, un autre jour après confirmation, et pas deux fois', async () => {
    await preparer({}, { etat: 'convoquee', jour: AUJOURDHUI, heure: MAINTENANT });
    expect((await lire(anne, `/seances/${seance}/tenir`)).body).toContain('Ouvrir la séance');
    expect((await lire(membre, `/seances/${seance}/tenir`)).body).toContain('n’est pas encore ouverte');
    expect((await poster(anne, '/ouvrir', {})).statusCode).toBe(303);
    expect((await poster(bruno, '/ouvrir', {})).headers.location).toBe(`/seances/${seance}/tenir`);
    expect((await etatDe(anne)).etat).toBe('ouverte');
    expect(await audits('seance.ouverte')).toBe(1);

    // The same day, at another hour than planned.
    await preparer({}, { etat: 'convoquee', jour: AUJOURDHUI, heure: AUTRE_HEURE });
    const tot = await poster(anne, '/ouvrir', {});
    expect([tot.statusCode, tot.body.includes('elle s’ouvrirait à')]).toEqual([422, true]);

    await preparer({}, { etat: 'convoquee', jour: '2030-01-15' });
    const refus = await poster(anne, '/ouvrir', {});
    expect(refus.statusCode).toBe(422);
    expect(refus.body).toContain('Confirmez qu’elle se tient bien maintenant');
    expect((await poster(anne, '/ouvrir', { confirme: 'oui' })).statusCode).toBe(303);
    expect((await etatDe(anne)).etat).toBe('ouverte');
  });

  test('avant la convocation, annulée, ou déclarée après coup, la page dit pourquoi elle ne se tient pas', async () => {
    for (const [etat, mot] of [
      ['preparation', 'pas encore convoquée'],
      ['annulee', 'est annulée'],
      ['declaree', 'déclarée après coup'],
    ] as const) {
      await preparer({}, { etat });
      const reponse = await lire(anne, `/seances/${seance}/tenir`);
      expect([etat, reponse.statusCode, reponse.body.includes(mot)]).toEqual([etat, 200, true]);
      expect((await noter(anne, 0, 'Trop tôt')).statusCode).toBe(409);
    }
  });

  test('chacun a ses droits : qui tient écrit, un membre lit, une instance restreinte n’existe pas pour les autres', async () => {
    const ecran = await lire(anne, `/seances/${seance}/tenir`);
    expect(ecran.body).toContain('Lever la séance');
    const lecture = await lire(membre, `/seances/${seance}/tenir`);
    expect(lecture.statusCode).toBe(200);
    expect(lecture.body).not.toContain('<textarea');
    expect(lecture.body).not.toContain('Lever la séance maintenant');
    expect((await noter(membre, 0, 'Interdit')).statusCode).toBe(403);
    for (const chemin of ['/presences', '/decisions', '/lever', '/participants', `/points/${points[0]}/demarrer`])
      expect([chemin, (await poster(membre, chemin, {})).statusCode]).toEqual([chemin, 403]);

    await preparer({ confidentialite: 'restreinte' });
    for (const url of ['/tenir', '/etat', '/direct']) expect((await lire(etranger, `/seances/${seance}${url}`)).statusCode).toBe(404);
    expect((await noter(etranger, 0, 'Rien')).statusCode).toBe(404);
    expect((await lire(membre, `/seances/${seance}/tenir`)).statusCode).toBe(200);
    const ailleurs = await serveur.inject({ method: 'GET', url: `/seances/n-importe-quoi/tenir`, headers: { cookie: anne.temoin } });
    expect(ailleurs.statusCode).toBe(404);
    expect((await serveur.inject({ method: 'GET', url: `/seances/${seance}/tenir` })).statusCode).toBe(303);
  });

  test('la feuille d’émargement est un PDF, pour qui tient la séance', async () => {
    const feuille = await lire(anne, `/seances/${seance}/emargement.pdf`);
    expect([feuille.statusCode, feuille.headers['content-type'], feuille.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await lire(membre, `/seances/${seance}/emargement.pdf`)).statusCode).toBe(403);
  });

  test('qui préside écrit aussi', async () => {
    await creerMembre(app.base.owner, app.contratId, instance, {
      qualite: 'president',
      fonction: 'Suppléance',
      organisation: 'PP',
      courriel: etranger.courriel,
    });
    expect((await noter(etranger, 0, 'Je préside')).json()).toMatchObject({ ok: true, version: 1 });
  });

  test('les notes s’enregistrent par version ; une version dépassée est un conflit qui montre les deux textes', async () => {
    expect((await noter(anne, 0, 'Le maire ouvre la séance.')).json()).toMatchObject({ ok: true, version: 1, texte: 'Le maire ouvre la séance.' });
    // Sent twice (the answer was lost): nothing more.
    expect((await noter(anne, 0, 'Le maire ouvre la séance.')).json()).toMatchObject({ version: 1 });
    const enJson = await noter(bruno, 0, 'La maire ouvre.');
    expect([enJson.statusCode, enJson.json()]).toEqual([409, { version: 1, texte: 'Le maire ouvre la séance.', par: 'Anne Essai' }]);
    const enPage = await noter(bruno, 0, 'La maire ouvre.', false);
    expect(enPage.statusCode).toBe(409);
    for (const dit of ['Enregistré par Anne Essai', 'Le maire ouvre la séance.', 'La maire ouvre.', 'le texte à garder', 'name="version" value="1"'])
      expect([dit, enPage.body.includes(dit)]).toEqual([dit, true]);
    const joint = await poster(bruno, `/points/${points[0]}/notes`, { version: '1', texte: 'Le maire ouvre la séance.\nLa maire ouvre.' });
    expect(joint.statusCode).toBe(303);
    expect((await etatDe(anne)).points[0]).toMatchObject({ notes: 'Le maire ouvre la séance.\nLa maire ouvre.', notesVersion: 2, notesPar: 'Bruno Essai' });
    // What another person wrote is kept aside; what one replaces of one's own is not.
    await noter(bruno, 2, 'Version de Bruno');
    await noter(anne, 3, 'Version d’Anne');
    const { rows } = await sql<{ texte: string; par: string }>`
      select texte, par from seance_notes where point_id = ${points[0]}::uuid order by version`.execute(app.base.owner);
    expect(rows).toEqual([
      { texte: 'Le maire ouvre la séance.', par: 'Anne Essai' },
      { texte: 'Version de Bruno', par: 'Bruno Essai' },
    ]);
    expect(await audits('seance.notes')).toBe(2);
  });

  test('un texte collé d’un traitement de texte devient du texte ; trop long, il revient avec un message et rien n’est perdu', async () => {
    const colle =
      '<p class=MsoNormal style="mso-fareast:FR">Le <b>commissaire</b> rappelle&nbsp;:<o:p></o:p></p><ul><li>les horaires</li><li>le lieu</li></ul>';
    const { texte } = (await noter(anne, 0, colle)).json();
    expect(texte).not.toMatch(/<|Mso|&nbsp;/);
    expect(texte).toContain('- les horaires');
    const long = 'a'.repeat(20_001);
    const refus = await noter(anne, 1, long);
    expect([refus.statusCode, refus.json().erreurs[0].message]).toEqual([422, expect.stringContaining('1 de trop')]);
    const page = await noter(anne, 1, long, false);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain(long);
    expect(page.body).toContain('1 de trop');
  });

  test('deux personnes écrivent au même instant : une seule passe, l’autre voit les deux', async () => {
    const reponses = await Promise.all([noter(anne, 0, 'Texte d’Anne'), noter(bruno, 0, 'Texte de Bruno')]);
    expect(reponses.map((r) => r.statusCode).sort()).toEqual([200, 409]);
  });

  test('une décision se note une fois, même envoyée deux fois ; elle se corrige et se retire tant que la séance est ouverte', async () => {
    const d = decision();
    const [un, deux] = [await poster(anne, '/decisions', d, true), await poster(anne, '/decisions', d, true)];
    expect(un.json()).toMatchObject({ ok: true, id: d.id, numero: 'A1' });
    expect(deux.json()).toMatchObject({ ok: true, id: d.id, numero: 'A1' });
    // Whatever was changed before it was sent again: said, never dropped.
    for (const change of [{ libelle: 'Un autre texte dans le même formulaire' }, { engagement: '' }, { responsable_nom: 'Une autre personne' }]) {
      const autre = await poster(anne, '/decisions', { ...d, ...change }, true);
      expect([autre.statusCode, autre.json().erreurs[0].message]).toEqual([422, expect.stringContaining('A1 est déjà notée autrement')]);
    }
    expect((await poster(anne, '/decisions', decision({ nature: 'decision', echeance: '' }))).headers.location).toContain(`?point=${points[0]}`);
    const { decisions } = await etatDe(membre);
    expect(decisions.map((x: { numero: number }) => x.numero)).toEqual([1, 2]);
    expect(await audits('decision.creee')).toBe(0);
    const cree = await sql<{ fiche: string; ligne: string | null; territoireId: string }>`
      select fiche, ligne, territoire_id from decisions where id = ${d.id}`.execute(app.base.owner);
    expect(cree.rows[0]).toEqual({ fiche: '1.6', ligne: null, territoireId: MAIRIE });

    const formulaire = await lire(bruno, `/seances/${seance}/tenir?point=${points[0]}&corriger=${d.id}`);
    const version = versionLue(formulaire.body);
    expect(formulaire.body).toContain('Corriger A1');
    const corriger = (libelle: string) => poster(bruno, `/decisions/${d.id}`, decision({ id: d.id, version, libelle }));
    expect((await corriger('Présence renforcée, matin et soir')).statusCode).toBe(303);
    const depasse = await corriger('Autre chose');
    expect(depasse.statusCode).toBe(409);
    expect(depasse.body).toContain('Présence renforcée, matin et soir');
    expect(depasse.body).toContain('Autre chose');
    const neuf = versionLue(depasse.body);
    expect((await poster(bruno, `/decisions/${d.id}/retirer`, { version: neuf })).statusCode).toBe(303);
    expect((await etatDe(anne)).decisions).toHaveLength(1);
    expect((await poster(bruno, `/decisions/${d.id}/retirer`, { version: neuf })).statusCode).toBe(404);
  });

  test('une décision mal remplie revient avec ce qui a été tapé et un message par champ', async () => {
    const faux = decision({ libelle: '', responsable: 'INCONNU', echeance: '2020-01-01', engagement: '9.99', responsable_courriel: 'pas-une-adresse' });
    const json = await poster(anne, '/decisions', faux, true);
    expect(json.statusCode).toBe(422);
    expect(json.json().erreurs.map((e: { champ: string }) => e.champ)).toEqual(
      expect.arrayContaining(['libelle', 'responsable', 'echeance', 'engagement', 'responsable_courriel']),
    );
    const page = await poster(anne, '/decisions', decision({ echeance: '', libelle: 'Une action sans date' }));
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('sans date, personne n’est relancé');
    expect(page.body).toContain('Une action sans date');
  });

  test('les présences : un clic remplit les blancs, une ligne changée par un autre n’est pas écrasée, les partis comptent à part', async () => {
    await sql`update seance_participants set retire_le = now() where seance_id = ${seance} and fonction = 'Maire'`.execute(app.base.owner);
    const { rows } = await sql<{ id: string; fonction: string }>`select id, fonction from seance_participants where seance_id = ${seance}`.execute(
      app.base.owner,
    );
    const maire = rows.find((r) => r.fonction === 'Maire')?.id ?? '';
    const commissaire = rows.find((r) => r.fonction !== 'Maire')?.id ?? '';
    const une = (q: Gens, avant: string, presence: string, par = '') =>
      poster(q, '/presences', { [`presence-${commissaire}`]: presence, [`par-${commissaire}`]: par, [`avant-${commissaire}`]: avant }, true);
    expect((await une(anne, '|', 'excuse')).statusCode).toBe(200);
    const heurt = await une(bruno, '|', 'present');
    expect([heurt.statusCode, heurt.json().message]).toEqual([409, expect.stringContaining('Chloé Essai (excusé ; vous aviez noté : présent)')]);
    expect((await une(bruno, 'excuse|', 'represente', 'Capitaine Essai')).statusCode).toBe(200);
    expect((await poster(anne, '/participants', { id: randomUUID(), nom: 'Invitée', fonction: '', organisation: 'VILLE' })).statusCode).toBe(303);
    expect((await poster(anne, '/presences', { tous: 'oui' })).statusCode).toBe(303);
    const apres = await etatDe(anne);
    expect(apres.participants.find((p: { id: string }) => p.id === maire)).toEqual({ id: maire, presence: null, representePar: '', parti: true });
    expect(apres.participants.find((p: { id: string }) => p.id === commissaire)).toMatchObject({ presence: 'represente', representePar: 'Capitaine Essai' });
    const page = (await lire(anne, `/seances/${seance}/tenir`)).body;
    for (const dit of ['1 présent, 1 représenté et 1 parti de l’instance', 'a quitté l’instance le']) expect([dit, page.includes(dit)]).toEqual([dit, true]);
  });

  test('les points se suivent, se reportent et se reprennent ; le temps passé s’ajoute', async () => {
    const [un = '', deux = '', trois = ''] = points;
    await poster(anne, `/points/${un}/demarrer`, {});
    await sql`update seances set point_depuis = now() - interval '10 minutes' where id = ${seance}`.execute(app.base.owner);
    // Done three minutes ago, while the network was away.
    expect((await poster(anne, `/points/${un}/suivant`, { age: '180' }, true)).json()).toMatchObject({ point: deux });
    const etat = await etatDe(anne);
    expect(etat.points[0].etat).toBe('traite');
    expect(etat.points[0].secondes).toBeGreaterThan(415);
    expect(etat.points[0].secondes).toBeLessThan(425);
    expect(etat.points[1].secondes).toBeGreaterThan(175);
    // The other person pressed too: nothing is skipped.
    expect((await poster(bruno, `/points/${un}/suivant`, {}, true)).json()).toMatchObject({ point: deux });
    expect((await poster(anne, `/points/${deux}/reporter`, {}, true)).json()).toMatchObject({ point: trois });
    expect((await poster(anne, `/points/${deux}/demarrer`, {}, true)).json()).toMatchObject({ point: deux });
    expect((await etatDe(anne)).points.map((p: { etat: string }) => p.etat)).toEqual(['traite', 'en_cours', 'traite']);
    expect((await poster(anne, `/points/${randomUUID()}/demarrer`, {})).statusCode).toBe(404);
    expect((await poster(anne, `/points/n-importe/suivant`, {})).statusCode).toBe(404);
    expect((await poster(anne, '/points-ajoutes', { id: randomUUID(), titre: 'Questions diverses' })).statusCode).toBe(303);
    expect((await etatDe(anne)).points.at(-1)).toMatchObject({ titre: 'Questions diverses', rang: 4, etat: 'a_venir' });
  });

  test('GOUV-03, vote : les votes ne se notent que là où l’instance vote', async () => {
    const vote = { id: randomUUID(), point: points[1] ?? '', objet: 'Adopter le plan', pour: '5', contre: '2', abstention: '1' };
    expect((await poster(anne, '/votes', vote)).statusCode).toBe(404);
    await preparer({ vote: true });
    const ici = { ...vote, point: points[1] ?? '' };
    expect((await poster(anne, '/votes', { ...ici, pour: '0', contre: '0', abstention: '0' }, true)).json().erreurs[0].message).toContain('au moins une voix');
    // Nobody was called yet: nothing to compare with. Once they are, no voice without a person.
    expect((await poster(anne, '/votes', ici)).statusCode).toBe(303);
    await sql`update seance_participants set presence = 'present' where seance_id = ${seance}`.execute(app.base.owner);
    const foule = await poster(anne, '/votes', { ...ici, id: randomUUID(), pour: '400' }, true);
    expect([foule.statusCode, foule.body]).toEqual([422, expect.stringMatching(/403.voix pour .+ représentées? : corrigez le vote/)]);
    await sql`update seance_participants set presence = null where seance_id = ${seance}`.execute(app.base.owner);
    await poster(anne, '/votes', ici);
    expect((await etatDe(membre)).votes).toHaveLength(1);
    expect((await lire(membre, `/seances/${seance}/tenir?point=${points[1]}`)).body).toContain('adopté');
    expect((await poster(anne, `/votes/${ici.id}/retirer`, {})).statusCode).toBe(303);
    expect((await etatDe(anne)).votes).toHaveLength(0);
  });

  test('levée : ce qui n’a pas été vu est reporté, la réunion compte, et le second apprend par qui', async () => {
    await preparer({}, { heure: AUTRE_HEURE });
    await poster(anne, `/points/${points[0]}/demarrer`, {});
    await noter(anne, 0, 'Avant la fin');
    const page = (await lire(anne, `/seances/${seance}/tenir`)).body;
    expect(page.includes('2\u00a0points n’ont pas été abordés')).toBe(true);
    const demande = await poster(anne, '/lever', {});
    expect([demande.statusCode, demande.body.includes('n’est pas encore levée')]).toEqual([422, true]);
    const [un, deux] = await Promise.all([poster(anne, '/lever', { confirme_heures: 'oui' }), poster(bruno, '/lever', { confirme_heures: 'oui' })]);
    expect([un.statusCode, deux.statusCode].sort()).toEqual([303, 409]);
    const [premier, second] = un.statusCode === 303 ? [un, deux] : [deux, un];
    expect(premier.headers.location).toBe(`/seances/${seance}/clore`);
    expect(second.body).toMatch(/Déjà levée par (Anne|Bruno) Essai/);
    const etat = await etatDe(anne);
    expect([etat.etat, etat.pointCourant]).toEqual(['relecture', null]);
    expect(etat.points.map((p: { etat: string }) => p.etat)).toEqual(['traite', 'reporte', 'reporte']);
    const { rows } = await sql<{ jours: number }>`
      select relecture_jusqu_a - (levee_le at time zone 'Europe/Paris')::date as jours from seances where id = ${seance}`.execute(app.base.owner);
    expect(rows[0]?.jours).toBe(8);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    // What comes too late is shown back, not lost.
    const tard = await noter(anne, 1, 'Une phrase de plus', false);
    expect(tard.statusCode).toBe(409);
    expect(tard.body).toContain('Une phrase de plus');
    expect((await poster(anne, '/decisions', decision({ libelle: 'Trop tard pour celle-ci' }))).body).toContain('Trop tard pour celle-ci');
    const lecture = (await lire(anne, `/seances/${seance}/tenir`)).body;
    expect(lecture).toContain(`href="/seances/${seance}/clore"`);
    expect(lecture).not.toContain('<textarea');
    expect(await audits('seance.levee')).toBe(1);
  });

  test('chaque écriture est dite en direct, sans aucun texte', async () => {
    const recus: { genre: string }[] = [];
    const { fin } = direct.abonner(`seance:${app.contratId}:${seance}`, { id: anne.id, nom: anne.nom }, (e) => recus.push(e));
    await noter(anne, 0, 'Texte qui ne part pas');
    await poster(anne, '/presences', { tous: 'oui' });
    await poster(anne, '/decisions', decision({ libelle: 'Libellé qui ne part pas' }));
    await poster(anne, `/points/${points[0]}/demarrer`, {});
    await expect.poll(() => recus.map((e) => e.genre)).toEqual(expect.arrayContaining(['notes', 'presences', 'decisions', 'points']));
    expect(JSON.stringify(recus)).not.toContain('ne part pas');
    fin();
  });

  test('sans direct, l’adresse du flux le dit ; ce que change un autre se lit quand même', async () => {
    expect((await lire(anne, `/seances/${seance}/direct`, true)).statusCode).toBe(503);
    await noter(anne, 0, 'Relu par tous');
    const notes = (await lire(membre, `/seances/${seance}/etat?quoi=notes&notes=${points[0]}`, true)).json();
    expect(notes.points).toEqual([{ id: points[0], notes: 'Relu par tous', notesVersion: 1, notesPar: 'Anne Essai' }]);
    expect(notes.blocs[0]).toMatchObject({ id: `b-notes-${points[0]}`, html: expect.stringContaining('Relu par tous') });
  });
});
