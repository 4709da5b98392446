/** An alert from the first word to the all-clear, by letters, notices and pages; the clock is moved by hand. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppDeTest, Qui } from '../../../tests/support/app.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { creerCreneau, creerEnvoi } from './alertes.fixtures.ts';
import { lienPersonnel } from './astreintes/creneaux.ts';
import { direLesTrous } from './astreintes/trous.ts';
import { AGENT_18, AU_12E, AU_18E, COORDINATION, type Monde, ouvrirMonde, PAV, RIXE } from './monde.fixtures.ts';
import { alterer } from '../../../tests/support/alterer.ts';

let m: Monde;
let app: AppDeTest;
beforeAll(async () => {
  m = await ouvrirMonde(new Date('2026-11-26T20:00:00Z'));
  app = m.app;
});
afterAll(() => m.close());

describe('Une alerte', () => {
  test('ALERTE-01, alerte : écrite, validée d’un lien sans compte, diffusée, accusée, relayée, levée ; chaque pas est au fil', async () => {
    await m.vider();
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'poste@exemple.fr', nom: 'Poste' });
    await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'cabinet@exemple.fr', nom: 'Cabinet' });
    await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'second@exemple.fr', nom: 'Second', rang: 2 });
    const id = await m.ecrire(RIXE, AGENT_18);
    expect(await m.etat(id)).toEqual({ etat: 'a-valider', validation: '' });
    // Only who validates is asked; nothing is told yet.
    const [demande] = await m.lettres(id);
    expect((await m.lettres(id)).map((l) => l.destinataire)).toEqual(['poste@exemple.fr']);
    expect(demande?.sujet).toBe('Rixe, La Goutte-d’Or'.replace('La Goutte-d’Or', app.catalogue.territoires.get('7511801')?.nom ?? ''));
    // The words are behind the link, not in the letter.
    expect(demande?.texte).toContain('Place Hébert');
    expect(demande?.texte).not.toContain('dizaine');
    const valider = m.lienDe(demande?.texte ?? '');
    await m.poster();
    const vue = await app.get(valider);
    expect([vue.statusCode, vue.body.includes('dizaine'), (await m.etat(id))?.etat]).toEqual([200, true, 'a-valider']);
    expect((await app.post(valider, { decision: 'valider' })).statusCode).toBe(303);
    expect(await m.etat(id)).toEqual({ etat: 'diffusee', validation: 'garde' });
    expect((await m.lettres(id)).map((l) => l.destinataire).sort()).toEqual(['cabinet@exemple.fr', 'poste@exemple.fr', 'poste@exemple.fr']);
    await m.poster();
    await m.tic();
    // Looking answers nothing.
    const poste = (await m.lettres(id)).filter((l) => l.destinataire === 'poste@exemple.fr').at(-1)?.texte ?? '';
    await app.get(m.lienDe(poste));
    const reponse = await app.post(m.lienDe(poste), { reponse: 'vu' });
    expect(reponse.statusCode).toBe(303);
    // Ten minutes later, from the same letter: an answer may change as long as the alert is there.
    m.plus(10);
    expect((await app.post(m.lienDe(poste), { reponse: 'vais' })).statusCode).toBe(303);
    const encore = await app.post(valider, { decision: 'ecarter', motif: 'Déjà connue' });
    expect([encore.statusCode, encore.body.includes('Ce lien a déjà servi')]).toEqual([409, true]);
    expect((await app.get(alterer(m.lienDe(poste)))).statusCode).toBe(404);
    // The town hall is silent: its second is told, once, whatever the number of passages.
    m.plus(6);
    await m.tic();
    await m.tic();
    expect((await m.lettres(id)).filter((l) => l.destinataire === 'second@exemple.fr')).toHaveLength(1);
    await m.poster();
    await m.tic();
    m.plus(16);
    await m.tic();
    const page = m.dit((await app.get(`/alertes/${id}`, AU_18E)).body);
    for (const dit of ['j’y vais', 'sans réponse relais demandé à Second', 'sans réponse, personne après', 'pas de réponse, et personne après', 'Place Hébert'])
      expect([dit, page.includes(dit)]).toEqual([dit, true]);
    expect((await app.post(`/alertes/${id}/agir`, { action: 'Une patrouille et la médiation sont sur place' }, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/alertes/${id}/agir`, { action: 'Vu Mme Martin' }, AU_18E)).statusCode).toBe(422);
    expect((await app.post(`/alertes/${id}/lever`, { issue: 'evitee', heures: '48' }, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/alertes/${id}/lever`, { issue: 'survenue' }, AU_18E)).statusCode).toBe(409);
    expect((await app.post(`/alertes/${id}/fenetre`, { heures: '24' }, AU_18E)).statusCode).toBe(303);
    m.plus(24 * 60 - 1);
    await m.tic();
    expect((await m.etat(id))?.etat).toBe('levee');
    m.plus(2);
    await m.tic();
    expect((await m.etat(id))?.etat).toBe('close');
    expect(await m.fil(id)).toEqual(
      // Holes where it was told: here, and in the three communes next door.
      ['ecrite', 'diffusee', ...Array.from({ length: 4 }, () => 'trou'), 'accusee', 'accusee', 'relais', 'trou', 'action', 'levee', 'fenetre', 'close'],
    );
  });

  test('deux officiers valident en même temps : une seule diffusion, et le second lit ce que l’autre a fait', async () => {
    await m.vider();
    for (const nom of ['un', 'deux'])
      await m.inscrit({ fonction: 'police-municipale', organisation: 'PM', nom: `Officier ${nom}`, courriel: `${nom}@exemple.fr` });
    const id = await m.ecrire(RIXE, AGENT_18);
    const liens = (await m.lettres(id)).map((l) => m.lienDe(l.texte));
    const reponses = await Promise.all(liens.map((l) => app.post(l, { decision: 'valider' })));
    expect(reponses.map((r) => r.statusCode).sort()).toEqual([303, 409]);
    expect(reponses.find((r) => r.statusCode === 409)?.body).toMatch(/Officier (un|deux) l’a déjà validée : elle est partie/);
    const r = await app.post(`/alertes/${id}/ecarter`, { motif: 'Déjà connue' }, AU_18E);
    expect([r.statusCode, r.body.includes('l’a déjà validée')]).toEqual([409, true]);
    expect((await m.fil(id)).filter((a) => a === 'diffusee')).toHaveLength(1);
    expect((await m.lettres(id)).filter((l) => l.texte.includes('Répondez'))).toHaveLength(2);
    // Who did not decide opens the letter a minute later: what was decided, and not that the link has served.
    const [vue] = (await Promise.all(liens.map((l) => app.get(l)))).filter((x) => x.body.includes('l’a déjà validée'));
    expect([vue?.statusCode, vue?.body.includes('a servi')]).toEqual([200, false]);
  });

  test('sans un mot de l’astreinte, elle part d’elle-même le délai passé ; sans astreinte, aussitôt, et le trou est dit', async () => {
    await m.vider();
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'muet@exemple.fr' });
    const id = await m.ecrire(RIXE, AGENT_18);
    m.plus(4);
    await m.tic();
    expect((await m.etat(id))?.etat).toBe('a-valider');
    m.plus(2);
    await Promise.all([m.tic(), m.tic()]);
    expect(await m.etat(id)).toEqual({ etat: 'diffusee', validation: 'delai' });
    expect((await m.fil(id)).filter((a) => a === 'partie-seule')).toHaveLength(1);
    await m.vider();
    const seule = await m.ecrire(RIXE, AGENT_18);
    expect(await m.etat(seule)).toEqual({ etat: 'diffusee', validation: 'delai' });
    expect((await app.get(`/alertes/${seule}`, AU_18E)).body).toContain('Personne n’est d’astreinte pour valider');
  });

  test('ce qui identifie est refusé, et rien de saisi n’est perdu ; un lieu hors du mandat aussi', async () => {
    const r = await app.post('/alertes/nouvelle', { ...RIXE, faits: 'Mme Martin, scooter AB-123-CD' }, AGENT_18);
    expect(r.statusCode).toBe(422);
    for (const dit of ['une plaque d’immatriculation', 'Place Hébert', 'Mme Martin, scooter']) expect([dit, r.body.includes(dit)]).toEqual([dit, true]);
    // What only looks like somebody is asked about, once, with everything typed kept; the natural sentence passes.
    const doute = { ...RIXE, territoire: '7511803', faits: 'Groupe de jeunes devant Jean Jaurès' };
    const demande = await app.post('/alertes/nouvelle', doute, AGENT_18);
    expect([demande.statusCode, demande.body.includes('un nom de personne (« Jean Jaurès »)'), demande.body.includes('nom de groupe')]).toEqual([
      422,
      true,
      false,
    ]);
    const confirme = lireFormulaire(demande.body, '/alertes/nouvelle');
    expect([confirme.faits, confirme.lieu, confirme.territoire]).toEqual([['Groupe de jeunes devant Jean Jaurès'], ['Place Hébert'], ['7511803']]);
    const marque = /name="confirme"[^>]*value="([^"]+)"/.exec(demande.body)?.[1] ?? /value="([^"]+)"[^>]*name="confirme"/.exec(demande.body)?.[1] ?? '';
    const passee = await app.post('/alertes/nouvelle', { ...doute, confirme: marque, vues: confirme.vues?.[0] ?? '', meme: 'autre' }, AGENT_18);
    expect(passee.statusCode).toBe(303);
    expect((await app.post('/alertes/nouvelle', { ...doute, faits: 'Groupe de Riquet', confirme: marque }, AGENT_18)).statusCode).toBe(422);
    const [trace] = await m.lire(sql<{ genres: string[] }>`select details -> 'genres' as genres from audit where action = 'alerte.texte'`);
    expect(trace?.genres).toEqual(['nom']);
    // An action too: a page of its own asks, and keeps it.
    const agir = `${String(passee.headers.location)}/agir`;
    const question = await app.post(agir, { action: 'La bande de riquet est partie' }, AU_18E);
    expect([question.statusCode, question.body.includes('« bande de riquet »'), lireFormulaire(question.body, agir).action]).toEqual([
      422,
      true,
      ['La bande de riquet est partie'],
    ]);
    expect((await app.post(agir, { action: 'Appelez le 06 12 34 56 78' }, AU_18E)).body).toContain('un numéro de téléphone');
    const ailleurs = await app.post('/alertes/nouvelle', { ...RIXE, territoire: 'mairie-12' }, AGENT_18);
    expect([ailleurs.statusCode, ailleurs.body.includes('Votre mandat ne couvre pas ce lieu')]).toEqual([422, true]);
    for (const faux of [{ palier: 'x' }, { genre: 'x' }, { territoire: 'paris' }, { heure: '25:00' }, { jour: '2027-03-28', heure: '02:30' }] as Record<
      string,
      string
    >[])
      expect([faux, (await app.post('/alertes/nouvelle', { ...RIXE, ...faux }, AU_18E)).statusCode]).toEqual([faux, 422]);
    expect((await app.post('/alertes/nouvelle', { ...RIXE, exercice: 'oui' }, AGENT_18)).statusCode).toBe(422);
    expect((await app.get('/alertes/nouvelle')).headers.location).toContain('/connexion');
  });

  test('se lit par ceux de son lieu et par les maisons prévenues ; ailleurs, elle n’existe pas', async () => {
    await m.vider();
    await m.inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr' });
    const id = await m.ecrire(RIXE, AU_18E);
    const code = async (qui: Qui) => (await app.get(`/alertes/${id}`, qui)).statusCode;
    expect(await code(AU_18E)).toBe(200);
    expect(await code(PAV)).toBe(200);
    expect(await code({ ...PAV, organisation: 'APREVSPE' })).toBe(404);
    expect(await code(AU_12E)).toBe(404);
    expect(await code({ comme: 'producteur', organisation: 'PP' })).toBe(403);
    expect((await app.post(`/alertes/${id}/lever`, { issue: 'evitee' }, PAV)).statusCode).toBe(403);
    expect((await app.get(`/alertes/${id}/direct`, AU_18E)).statusCode).toBe(503);
    // What its open screens read again: the parts that are for all, and a mark that changes with what one may do.
    const PARTIES = ['titre', 'etat', 'resume', 'courrier', 'etablissements', 'prevenus', 'fil'];
    const etat = (qui: Qui) => app.get(`/alertes/${id}/etat`, qui);
    const [mien, autre] = [(await etat(AU_18E)).json(), (await etat(PAV)).json()];
    expect([Object.keys(mien.parties), Object.keys(autre.parties)]).toEqual([PARTIES, PARTIES]);
    expect([mien.parties.fil.includes('<form'), mien.mien === autre.mien]).toEqual([false, false]);
    expect((await app.get(`/alertes/${id}`, AU_18E)).body).toContain(`data-mien="${mien.mien}"`);
    await app.post(`/alertes/${id}/lever`, { issue: 'evitee', heures: '48' }, AU_18E);
    expect([
      (await etat(AU_18E)).json().mien === mien.mien,
      (await etat({ ...PAV, organisation: 'APREVSPE' })).statusCode,
      (await etat(AU_12E)).statusCode,
    ]).toEqual([false, 404, 404]);
    expect((await etat({ comme: 'producteur', organisation: 'PP' })).statusCode).toBe(403);
  });

  test('ALERTE-02, alerte : grave, elle part aussitôt, prévient les voisins, ouvre la procédure et doit un retour d’expérience', async () => {
    await m.vider();
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'poste19@exemple.fr', territoire: 'mairie-19' });
    await m.inscrit({ fonction: 'commune', organisation: 'VLIM', courriel: 'stouen@exemple.fr', territoire: '93070' });
    await m.inscrit({ fonction: 'commune', organisation: 'VLIM', courriel: 'vincennes@exemple.fr', territoire: '94080' });
    await m.inscrit({ fonction: 'etablissement', organisation: 'RECTORAT', courriel: 'college@exemple.fr' });
    const id = await m.ecrire({ ...RIXE, palier: 'grave' }, AGENT_18);
    expect(await m.etat(id)).toEqual({ etat: 'diffusee', validation: 'directe' });
    expect((await m.lettres(id)).map((l) => l.destinataire).sort()).toEqual(['college@exemple.fr', 'poste19@exemple.fr', 'stouen@exemple.fr']);
    const page = (await app.get(`/alertes/${id}`, AU_18E)).body;
    for (const p of m.reglement.procedure) expect([p.code, page.includes(p.libelle)]).toEqual([p.code, true]);
    expect(page).toContain('href="/cellules"');
    expect(page).toMatch(/Établissements concernés[\s\S]*?Une personne/);
    // A point is said done by who conducts, or by somebody told for a function that the file names; said by mistake, it is opened again.
    const point = (champs: Record<string, string>, qui: Qui | string) => app.post(`/alertes/${id}/point`, { code: 'soutien-psychologique', ...champs }, qui);
    const elu: Qui = { comme: 'elu', organisation: 'MA', territoire: 'mairie-18' };
    expect([(await app.get(`/alertes/${id}`, elu)).body.includes(`/alertes/${id}/point`), (await point({}, elu)).statusCode]).toEqual([false, 403]);
    expect((await point({ note: 'Deux psychologues sur place' }, AU_18E)).statusCode).toBe(303);
    expect([
      (await point({}, AU_18E)).statusCode,
      (await point({ fait: 'non' }, AU_18E)).statusCode,
      (await point({ fait: 'non' }, AU_18E)).statusCode,
    ]).toEqual([409, 303, 409]);
    const cabinet = await app.temoin({ comme: 'agent', organisation: 'VILLE', territoire: 'mairie-18' });
    const compteId = (await m.lire(sql<{ id: string }>`select id from comptes order by cree_le desc limit 1`))[0]?.id ?? '';
    const ligne = await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', compteId });
    await creerEnvoi(app.base.owner, app.contratId, id, ligne);
    expect([(await point({}, cabinet)).statusCode, (await app.post(`/alertes/${id}/point`, { code: 'coordination-centrale' }, cabinet)).statusCode]).toEqual([
      303, 403,
    ]);
    expect(await m.lire(sql<{ genre: string }>`select genre from echeances where objet_id = ${id} and soldee_le is null`)).toEqual([
      { genre: 'alerte-a-lever' },
    ]);
    await app.post(`/alertes/${id}/lever`, { issue: 'survenue' }, AU_18E);
    // Lessons are owed once it is over.
    expect(await m.lire(sql<{ genre: string }>`select genre from echeances where objet_id = ${id} and soldee_le is null`)).toEqual([{ genre: 'retex-alerte' }]);
    const version = async () => String((await m.lire(sql<{ version: number }>`select version from alertes where id = ${id}::uuid`))[0]?.version);
    expect((await app.post(`/alertes/${id}/decision`, { libelle: 'x' }, AU_18E)).statusCode).toBe(422);
    expect((await app.post(`/alertes/${id}/retex`, { version: '1', retex: 'Trop tard' }, AU_18E)).statusCode).toBe(422);
    expect((await app.post(`/alertes/${id}/retex`, { version: await version(), retex: 'La relève a manqué à minuit.' }, AU_18E)).statusCode).toBe(303);
    expect(
      (await m.lire(sql<{ n: number }>`select count(*)::int as n from echeances where genre = 'retex-alerte' and objet_id = ${id} and soldee_le is null`))[0]
        ?.n,
    ).toBe(0);
    const decision = await app.post(`/alertes/${id}/decision`, { libelle: 'Doubler la relève', organisme: 'PP', echeance: '2027-02-01' }, AU_18E);
    expect(decision.statusCode).toBe(303);
    const suivie = (await m.lire(sql<{ id: string }>`select id from decisions where origine_genre = 'alerte' and origine_id = ${id}::uuid`))[0]?.id;
    expect((await app.get(`/decisions/${suivie}`, AU_18E)).statusCode).toBe(200);
    expect((await app.get(`/decisions/${suivie}`, AU_12E)).statusCode).toBe(404);
    expect((await app.get('/decisions', AU_18E)).statusCode).toBe(200);
  });

  test('un exercice le dit sur chaque page, chaque lettre, chaque notification, et ne compte nulle part', async () => {
    await m.vider();
    const cookie = await app.temoin({ comme: 'association', organisation: 'PAV', territoire: 'mairie-18' });
    const compteId = (await m.lire(sql<{ id: string }>`select id from comptes order by cree_le desc limit 1`))[0]?.id ?? '';
    expect((await app.post('/alertes/notifications', m.recepteur.navigateur('telephone'), cookie)).statusCode).toBe(303);
    expect((await app.post('/alertes/notifications', { ...m.recepteur.navigateur('x'), endpoint: 'https://ailleurs.exemple/push' }, cookie)).statusCode).toBe(
      422,
    );
    await m.inscrit({
      fonction: 'association',
      organisation: 'PAV',
      courriel: 'benevole@exemple.fr',
      telephone: '01 02 03 04 05',
      voies: ['courriel', 'push', 'sms'],
      compteId,
    });
    const compter = async () => (await m.lire(sql<{ n: number }>`select count(*)::int as n from faits_alertes`))[0]?.n;
    const avant = await compter();
    const id = await m.ecrire({ ...RIXE, exercice: 'oui', sauter: 'oui' }, AU_18E);
    await m.expedier();
    await m.expedier();
    const lieu = app.catalogue.territoires.get('7511801')?.nom ?? '';
    // Tier and place: nothing of what is written, and it leaves once.
    expect(m.recepteur.avis).toEqual([
      {
        navigateur: 'telephone',
        titre: 'EXERCICE · Rixe',
        corps: `${lieu}. Ceci est un exercice.`,
        chemin: `/alertes/${id}`,
        topic: expect.stringMatching(/^[\da-f]{32}$/),
      },
    ]);
    expect(m.recepteur.sms).toHaveLength(1);
    expect(m.recepteur.sms[0]).toMatchObject({ a: '01 02 03 04 05', texte: expect.stringMatching(/^EXERCICE : Rixe.*EXERCICE$/) });
    const [lettre] = await m.lettres(id);
    expect(lettre?.sujet).toMatch(/^\[EXERCICE\]/);
    expect(lettre?.texte.match(/EXERCICE EXERCICE EXERCICE/g)).toHaveLength(2);
    for (const url of [`/alertes/${id}`, `/alertes/${id}/rapport`, m.lienDe(lettre?.texte ?? '')]) {
      const page = (await app.get(url, AU_18E)).body;
      expect([url, page.includes('EXERCICE : rien de ceci n’est réel')]).toEqual([url, true]);
    }
    await app.post(`/alertes/${id}/lever`, { issue: 'survenue' }, AU_18E);
    expect(await compter()).toBe(avant);
    expect((await app.get(`/alertes/${id}/rapport`, AU_18E)).body).toContain('Personne n’a répondu');
    // Its end is marked as well, by every way it had come.
    await m.expedier();
    expect(m.recepteur.avis.at(-1)?.titre).toBe('EXERCICE · Levée · Rixe');
    expect(m.recepteur.sms.at(-1)?.texte).toMatch(/^EXERCICE : Levée : Rixe.*EXERCICE$/);
    expect((await m.lettres(id)).at(-1)?.sujet).toMatch(/^\[EXERCICE\].*: levée$/);
  });

  test('un navigateur qui n’est plus là est oublié, une adresse refusée passe au suivant, une passerelle en panne est reprise', async () => {
    await m.vider();
    const cookie = await app.temoin({ comme: 'agent', organisation: 'VILLE', territoire: 'mairie-18' });
    const compteId = (await m.lire(sql<{ id: string }>`select id from comptes order by cree_le desc limit 1`))[0]?.id ?? '';
    await app.post('/alertes/notifications', m.recepteur.navigateur('parti'), cookie);
    m.recepteur.partir('parti');
    await m.inscrit({
      fonction: 'mairie',
      organisation: 'VILLE',
      courriel: 'refuse@exemple.fr',
      telephone: '0102030405',
      voies: ['courriel', 'push', 'sms'],
      compteId,
    });
    await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'apres@exemple.fr', rang: 2 });
    m.recepteur.repondre.sms = 503;
    m.recepteur.sms.length = 0;
    const id = await m.ecrire(RIXE, AU_18E);
    await m.expedier();
    expect(await m.lire(sql`select id from alerte_navigateurs where compte_id = ${compteId}::uuid`)).toEqual([]);
    m.recepteur.repondre.sms = 202;
    await m.expedier();
    expect(m.recepteur.sms).toHaveLength(0);
    m.plus(1);
    await m.expedier();
    await m.expedier();
    expect(m.recepteur.sms).toHaveLength(1);
    await m.refuser('refuse@exemple.fr', id);
    await m.tic();
    await m.tic();
    expect((await m.lettres(id)).filter((l) => l.destinataire === 'apres@exemple.fr')).toHaveLength(1);
    expect((await app.get(`/alertes/${id}`, AU_18E)).body).toMatch(/courriel refusé<\/strong> relais demandé à Une personne/);
  });
});

describe('Les listes et les astreintes', () => {
  test('ALERTE-04, liste-de-diffusion : chacun tient sa ligne, une commune se tient pour tout le contrat', async () => {
    const ligne = {
      fonction: 'association',
      territoire: 'mairie-18',
      organisation: 'PAV',
      nom: 'Bénévoles',
      courriel: 'benevoles@exemple.fr',
      voies: 'courriel',
      rang: '1',
      permanent: 'oui',
    };
    const nouveau = (champs: Record<string, string>, qui: Qui) => app.post('/alertes/astreintes/inscrits/nouveau', { ...ligne, ...champs }, qui);
    expect((await nouveau({}, PAV)).statusCode).toBe(303);
    expect((await nouveau({ organisation: 'PP' }, PAV)).statusCode).toBe(422);
    expect((await nouveau({ territoire: '93070', organisation: 'VLIM', fonction: 'commune' }, AU_18E)).statusCode).toBe(422);
    expect((await nouveau({ territoire: '93070', organisation: 'VLIM', fonction: 'commune' }, COORDINATION)).statusCode).toBe(303);
    for (const faux of [{ fonction: 'x' }, { territoire: '7511801' }, { courriel: 'x' }, { voies: 'sms' }, { rang: '0' }] as Record<string, string>[])
      expect([faux, (await nouveau(faux, COORDINATION)).statusCode]).toEqual([faux, 422]);
    // What gives a power is not typed by who gains it: neither by the house, nor by its own police; the file says who may hold what.
    const dite = async (champs: Record<string, string>, qui: Qui, url = '/alertes/astreintes/inscrits/nouveau') => {
      const r = await app.post(url, { ...ligne, ...champs }, qui);
      return [r.statusCode, r.body.match(/cette fonction se tient par|y inscrit. Demandez/)?.[0]];
    };
    for (const qui of [PAV, COORDINATION]) expect(await dite({ fonction: 'commissariat' }, qui)).toEqual([422, 'cette fonction se tient par']);
    const POSTE: Qui = { comme: 'agent', organisation: 'PP', territoire: 'mairie-18' };
    expect(await dite({ fonction: 'commissariat', organisation: 'PP' }, POSTE)).toEqual([422, 'y inscrit. Demandez']);
    const poste = String((await nouveau({ fonction: 'commissariat', organisation: 'PP', nom: 'Poste' }, AU_18E)).headers.location);
    // The house keeps its duties, and does not say whose line it is.
    expect([(await app.get(poste, POSTE)).body.includes(`${poste}/corriger`), (await app.get(`${poste}/corriger`, POSTE)).statusCode]).toEqual([false, 403]);
    expect((await app.post(`${poste}/corriger`, { ...ligne, nom: 'Moi' }, POSTE)).statusCode).toBe(403);
    const formulaire = (await app.get('/alertes/astreintes/inscrits/nouveau?territoire=mairie-18', PAV)).body;
    expect([formulaire.includes('Association locale'), formulaire.includes('Commissariat'), formulaire.includes('value="PP"')]).toEqual([true, false, false]);
    const page = await app.get('/alertes/astreintes', PAV);
    expect(page.body).toContain('benevoles@exemple.fr');
    expect((await app.get('/alertes/astreintes?territoire=tous', { ...PAV, organisation: 'APREVSPE' })).body).not.toContain('benevoles@exemple.fr');
    for (const qui of [
      { comme: 'elu', organisation: 'VILLE' },
      { comme: 'producteur', organisation: 'PP' },
    ] as Qui[])
      expect((await app.get('/alertes/astreintes', qui)).statusCode).toBe(403);
    expect((await app.get('/alertes/astreintes')).headers.location).toContain('/connexion');
  });

  test('CRISE-21, astreinte : les trous se voient et s’écrivent le jeudi ; un lien sans compte les comble, et meurt avec l’adresse', async () => {
    await m.vider();
    m.aller(new Date('2026-11-26T09:00:00Z'));
    const id = await m.inscrit({ fonction: 'commissariat', organisation: 'PP', nom: 'Poste de nuit', courriel: 'nuit@exemple.fr', permanent: false });
    await creerCreneau(app.base.owner, app.contratId, id, new Date('2026-11-27T17:00:00Z'), new Date('2026-11-29T19:00:00Z'));
    const vue = (await app.get('/alertes/astreintes', AU_18E)).body;
    expect(vue).toMatch(/29.novembre 2026 à 20.h/);
    await app.temoin(AU_18E);
    const dire = () =>
      dansLeFuseau(app.catalogue.contrat.fuseau, () =>
        direLesTrous(app.db, { contratId: app.contratId, reglement: m.reglement, adresse: 'http://concorde.exemple', maintenant: m.maintenant() }),
      );
    expect(await dire()).toMatch(/trous?, [1-9]/);
    const lettre = (await courriels(app, '/alertes/astreintes')).find((l) => l.texte.includes('Mairie du 18e'));
    expect(lettre?.texte).toMatch(/Commissariat d’arrondissement, Mairie du 18e : du 29.novembre 2026 à 20.h/);
    expect((await app.post(`/alertes/astreintes/inscrits/${id}/lien`, {}, AU_18E)).statusCode).toBe(303);
    const lien = m.lienDe((await courriels(app, `/alertes/astreintes/inscrits/${id}`)).at(-1)?.texte ?? '');
    expect((await app.get(lien)).body).toContain('Mes créneaux d’astreinte');
    const creneau = { jour_debut: '2026-11-29', heure_debut: '20:00', jour_fin: '2026-11-30', heure_fin: '08:00', suppleant: '' };
    expect((await app.post(lien, creneau)).statusCode).toBe(303);
    for (const faux of [
      creneau,
      { ...creneau, jour_fin: '2026-11-28' },
      { ...creneau, jour_debut: '2027-03-28', heure_debut: '02:30', jour_fin: '2027-03-28' },
      { ...creneau, jour_debut: '' },
    ])
      expect((await app.post(lien, faux)).statusCode).toBe(422);
    expect((await app.get('/alertes/astreintes', AU_18E)).body).not.toMatch(/29.novembre 2026 à 20.h<\/td>/);
    const [dernier] = await m.lire(sql<{ id: string }>`select id from astreintes where inscrit_id = ${id}::uuid order by debut desc limit 1`);
    expect((await app.post(lien, { retirer: dernier?.id ?? '' })).statusCode).toBe(303);
    expect((await app.post(lien, { retirer: dernier?.id ?? '' })).statusCode).toBe(409);
    await sql`update alerte_inscrits set courriel = 'autre@exemple.fr' where id = ${id}::uuid`.execute(app.base.owner);
    expect((await app.get(lien)).statusCode).toBe(404);
    expect((await app.get(lienPersonnel(app.coffre, { id, courriel: 'autre@exemple.fr' }))).statusCode).toBe(200);
    // Told once, whatever the day: a server that slept on Thursday tells it on Friday.
    expect(await dire()).toBe('déjà dit');
    await sql`delete from alerte_trous_dits`.execute(app.base.owner);
    m.aller(new Date('2026-11-25T09:00:00Z'));
    expect(await dire()).toBe('pas encore');
    m.aller(new Date('2026-11-27T09:00:00Z'));
    expect(await dire()).toMatch(/trous?, [1-9]/);
    expect(await dire()).toBe('déjà dit');
  });
});

test('OBS-12, carte-des-rixes : les rixes comptées par territoire et par mois, l’année et la précédente, sans petit nombre ni mois récent', async () => {
  const semer = (jour: string, territoire: string, n: number) =>
    sql`insert into alertes (contrat_id, palier, genre, territoire_id, debut, etat, auteur, auteur_organisation, ecrite_le, diffusee_le, levee_le, issue, survenue)
      select ${app.contratId}, 'rixe', 'rixe', ${territoire}, ${jour}::timestamptz, 'close', 'x', 'PP', ${jour}::timestamptz, ${jour}::timestamptz, ${jour}::timestamptz, 'survenue', true
      from generate_series(1, ${n}::int)`.execute(app.base.owner);
  m.aller(new Date('2026-11-27T09:00:00Z'));
  await semer('2026-03-10T20:00:00Z', '7511902', 23);
  await semer('2026-03-10T20:00:00Z', '7511202', 2);
  await semer('2026-03-10T20:00:00Z', '7512002', 30);
  await semer('2026-03-10T20:00:00Z', '7511302', 9);
  await semer('2025-03-10T20:00:00Z', '7511902', 17);
  await semer('2026-10-20T20:00:00Z', '7511502', 41);
  const page = (await app.get('/alertes/rixes', AU_18E)).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(page).toMatch(/Mairie du 19e 17 23/);
  expect(page).toMatch(/Mairie du 12e 0 secret/);
  expect(page).toMatch(/Total 17 64/);
  // Nothing of the last two months: the 41 of October are not there.
  expect(page).not.toContain('octobre');
  expect((await app.get('/alertes/chiffres', AU_18E)).statusCode).toBe(200);
  const csv = (await app.get('/alertes/chiffres.csv', AU_18E)).body;
  expect(csv).toContain('Mairie du 15e');
  expect((await app.get('/alertes/rixes')).headers.location).toContain('/connexion');
  // By place and quarter, once the year is told as a whole: a place whole, or not at all.
  await semer('2025-03-10T20:00:00Z', '7511202', 2);
  await semer('2025-03-10T20:00:00Z', '7511302', 3);
  await semer('2025-05-10T20:00:00Z', '7511902', 6);
  await semer('2025-05-10T20:00:00Z', '7512002', 8);
  const lue = async (q: string) => (await app.get(`/alertes/chiffres?${q}`, AU_18E)).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  const an = await lue('annee=2025');
  expect(an).toMatch(/Par territoire et par trimestre .*Mairie du 12e secret secret secret secret secret .*Mairie du 19e 17 6 0 0 23 /);
  expect(an).toMatch(/Par territoire et par mois .*Mairie du 19e 0 0 17 0 6 0 0 0 0 0 0 0 23 /);
  expect(await lue('annee=2026')).toContain('Par territoire et par trimestre : 2 mois après la fin de l’année');
  const secret = 'Secret, comme le nombre d’alertes';
  expect((await lue('annee=2025&territoire=mairie-19&trimestre=1')).includes(secret)).toBe(false);
  expect(await lue('annee=2025&territoire=mairie-19')).toMatch(/Par palier, Mairie du 19e .* 23 .*Qui répond, et en combien de temps, Mairie du 19e/);
  expect(await lue('annee=2025&territoire=mairie-12')).toContain(secret);
  expect(await lue('annee=2025&territoire=mairie-12&trimestre=3')).toContain(secret);
  const coupe = (await app.get('/alertes/chiffres.csv?annee=2025', AU_18E)).body;
  expect(coupe).toMatch(/territoire et trimestre.{1,3}Mairie du 19e, 2025-T2.{1,3}6\r?\n/);
  expect(coupe).toMatch(/territoire et mois.{1,3}Mairie du 12e, 2025-03.{1,3}secret\r?\n/);
});
