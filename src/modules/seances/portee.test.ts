/** Whom a sending reaches, said before and after: over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../core/base/database.ts';
import { HOUSE } from '../../modules.ts';
import { fermerCompte } from '../comptes/gestion/gestion.queries.ts';
import { createCompte } from '../comptes/sessions.queries.ts';
import { adressesDuSiege } from '../instances/index.ts';
import { creerInstance, creerMembre, creerSeance } from '../instances/instances.fixtures.ts';
import { direPortee } from './portee.rules.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { jourDans as jour } from '../../../tests/support/jours.ts';
import { faireTravaux } from '../../../tests/support/travaux.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const AILLEURS = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-5' } as const;
/** As it is read: the words, on one line, spaces alike. */
const enTexte = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
const lire = async (chemin: string) => enTexte((await app.get(chemin, AU_18E)).body);
const recus = async (seance: string) => (await courriels(app, `/seances/${seance}`)).map((c) => c.destinataire);

/** Eleven seats: two with an address, one named without, eight where nobody sits yet. */
async function conseil(nom: string, etat: 'preparation' | 'relecture' = 'preparation') {
  const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom });
  const siege = (o: object) => creerMembre(app.base.owner, app.contratId, instance, { organisation: 'PP', ...o });
  await siege({ qualite: 'president', fonction: 'Maire', nom: 'Anne Lemoine', courriel: `maire-${instance}@exemple.fr` });
  await siege({ qualite: 'secretaire', fonction: 'Coordonnatrice', nom: 'Claire Durand', courriel: `coord-${instance}@exemple.fr` });
  const muet = await siege({ fonction: 'Bailleur', nom: 'Paul Royer' });
  const vacants: string[] = [];
  for (let i = 1; i <= 8; i++) vacants.push(await siege({ fonction: `Siège ${i}` }));
  const seance = await creerSeance(app.base.owner, app.contratId, instance, {
    jour: etat === 'relecture' ? '2026-11-10' : '2027-01-14',
    points: ['Abords'],
    etat,
  });
  return { instance, seance, muet, vacants };
}

test('la portée d’un envoi se dit en une phrase', () => {
  expect(direPortee({ joints: 2, sansAdresse: 1, vacants: 8 })).toBe(
    'à 2\u00a0membres, 9\u00a0sièges sans adresse\u00a0: 8 à pourvoir et 1 dont le membre n’a pas d’adresse',
  );
  expect(direPortee({ joints: 1, sansAdresse: 2, vacants: 0, partis: 1 })).toBe(
    'à 1\u00a0membre, 2\u00a0sièges sans adresse\u00a0: 1 dont le membre n’a pas d’adresse et 1 dont le compte du membre est fermé',
  );
  expect(direPortee({ joints: 1, sansAdresse: 0, vacants: 0 })).toBe('à 1\u00a0membre');
  expect(direPortee({ joints: 0, sansAdresse: 0, vacants: 1 })).toBe('à personne, 1\u00a0siège sans adresse\u00a0: 1 à pourvoir');
});

test('convoquer dit avant et après qui reçoit le message, et mène à chaque siège à pourvoir', async () => {
  const { instance, seance, muet, vacants } = await conseil('Conseil à trous');
  const avant = (await app.get(`/seances/${seance}/convoquer`, AU_18E)).body;
  const phrase = 'envoyé à 2 membres, 9 sièges sans adresse : 8 à pourvoir et 1 dont le membre n’a pas d’adresse';
  expect(enTexte(avant)).toContain(phrase);
  for (const v of vacants) expect(avant).toContain(`/instances/${instance}/membres/${v}?retour=/seances/${seance}/convoquer"`);
  expect(avant).toContain(`/instances/${instance}/membres/${muet}?retour=/seances/${seance}/convoquer#courriel`);
  expect(avant.match(/>Désigner</g)).toHaveLength(8);
  expect(avant.match(/>Ajouter l’adresse</g)).toHaveLength(1);

  expect((await app.post(`/seances/${seance}/convoquer`, {}, AU_18E)).statusCode).toBe(303);
  expect(await recus(seance)).toHaveLength(2);
  expect(await lire(`/seances/${seance}`)).toContain(phrase);
  expect(await lire('/ma-journee')).toContain('envoyée à 2 membres, 9 sièges sans adresse');
});

test('un siège désigné après la convocation ramène à la séance, et lui seul est convoqué', async () => {
  const { instance, seance, vacants } = await conseil('Conseil complété');
  await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
  const chemin = `/instances/${instance}/membres/${vacants[0]}`;
  const formulaire = lireFormulaire((await app.get(`${chemin}?retour=/seances/${seance}`, AU_18E)).body, chemin);
  expect(formulaire.retour).toEqual([`/seances/${seance}`]);
  const r = await app.post(chemin, { ...formulaire, nom: 'Nadia Haddad', courriel: 'nadia@exemple.fr' }, AU_18E);
  expect([r.statusCode, r.headers.location]).toEqual([303, `/seances/${seance}`]);
  expect(await lire(`/seances/${seance}`)).toContain('1 siège n’a pas reçu la convocation et peut la recevoir : Nadia Haddad.');
  await app.post(`/seances/${seance}/convoquer`, { qui: 'nouveaux' }, AU_18E);
  expect((await recus(seance)).slice(2)).toEqual(['nadia@exemple.fr']);
  expect(await lire(`/seances/${seance}`)).toContain('envoyé à 3 membres, 8 sièges sans adresse');
  // Nobody is left to join.
  await app.post(`/seances/${seance}/convoquer`, { qui: 'nouveaux' }, AU_18E);
  expect(await recus(seance)).toHaveLength(3);
});

test('une nouvelle personne sur un siège convoqué n’hérite ni de la convocation ni de la réponse de l’ancienne', async () => {
  const { instance, seance } = await conseil('Conseil qui change');
  await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
  await sql`update seance_participants set reponse = 'accepte', reponse_le = now() where seance_id = ${seance}::uuid and qualite = 'president'`.execute(
    app.base.owner,
  );
  const { rows } = await sql<{ id: string }>`select id from instance_membres where instance_id = ${instance}::uuid and qualite = 'president'`.execute(
    app.base.owner,
  );
  const chemin = `/instances/${instance}/membres/${rows[0]?.id}`;
  const formulaire = lireFormulaire((await app.get(chemin, AU_18E)).body, chemin);
  await app.post(chemin, { ...formulaire, nom: 'Hugo Petit', courriel: 'hugo@exemple.fr' }, AU_18E);
  const page = await lire(`/seances/${seance}`);
  expect(page).toContain('envoyé à 1 membre, 9 sièges sans adresse');
  expect(page).toContain('n’a pas reçu la convocation et peut la recevoir : Hugo Petit');
  expect(page).not.toContain('1 vient,');
});

test('un retour qui mènerait ailleurs est ignoré', async () => {
  const { instance, vacants } = await conseil('Conseil prudent');
  for (const retour of ['https://ailleurs.fr', '//ailleurs.fr', '/deconnexion', '/seances/1/../../x']) {
    const page = (await app.get(`/instances/${instance}/membres/${vacants[0]}?retour=${encodeURIComponent(retour)}`, AU_18E)).body;
    expect(page).not.toContain('name="retour"');
  }
});

test('les sièges à pourvoir attendent celle qui tient l’instance quand une séance vient, et s’éteignent quand ils sont pourvus', async () => {
  const { instance, vacants } = await conseil('Conseil à pourvoir');
  const journee = async (qui: object = AU_18E) => enTexte((await app.get('/ma-journee', qui)).body);
  const echeance = async () =>
    (
      await sql<{ titre: string; due: string | null; close: boolean }>`
      select titre, due_le::text as due, soldee_le is not null or sans_objet_le is not null as close from echeances
      where genre = 'siege' and objet_id = ${instance}`.execute(app.base.owner)
    ).rows;
  expect(await echeance()).toEqual([{ titre: '8\u00a0sièges à pourvoir\u202f: Conseil à pourvoir', due: '2026-12-30', close: false }]);
  expect(await journee(AILLEURS)).not.toContain('Conseil à pourvoir');
  for (const [i, v] of vacants.entries()) {
    const chemin = `/instances/${instance}/membres/${v}`;
    const formulaire = lireFormulaire((await app.get(chemin, AU_18E)).body, chemin);
    expect((await app.post(chemin, { ...formulaire, nom: `Personne ${i}` }, AU_18E)).statusCode).toBe(303);
  }
  expect((await echeance()).map((e) => e.close)).toEqual([true]);
  const sansSeance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil en sommeil' });
  await creerMembre(app.base.owner, app.contratId, sansSeance, { organisation: 'PP', fonction: 'Siège' });
  expect(await lire(`/instances/${sansSeance}`)).toContain('1 siège à pourvoir');
  expect(await journee()).not.toContain('Conseil en sommeil');
});

test('un relevé arrêté dit à combien de membres il est parti, jamais « aux membres » quand neuf sièges n’ont pas d’adresse', async () => {
  const { seance } = await conseil('Conseil arrêté', 'relecture');
  await sql`update seances set levee_le = now(), relecture_jusqu_a = null where id = ${seance}::uuid`.execute(app.base.owner);
  await sql`update seance_participants set presence = 'excuse' where nom <> '' and seance_id = ${seance}::uuid`.execute(app.base.owner);
  const recue = `/seances/${seance}/approbations`;
  const { rows } = await sql<{ id: string }>`select id from seance_participants where seance_id = ${seance}::uuid and qualite = 'president'`.execute(
    app.base.owner,
  );
  const champs = lireFormulaire((await app.get(`/seances/${seance}/clore`, AU_18E)).body, recue);
  expect(
    (await app.post(recue, { ...champs, participant: rows[0]?.id ?? '', piece: 'courrier du 4 janvier', confirme_absence: rows[0]?.id ?? '' }, AU_18E))
      .statusCode,
  ).toBe(303);
  expect(await lire(`/seances/${seance}/clore`)).toContain('partira à 2 membres, 9 sièges sans adresse');
  const heures = /name="confirme_heures" value="([^"]+)"/.exec((await app.get(`/seances/${seance}/clore`, AU_18E)).body)?.[1] ?? '';
  expect((await app.post(`/seances/${seance}/figer`, { confirme_heures: heures, confirme_presences: '9' }, AU_18E)).statusCode).toBe(303);
  await faireTravaux(app);
  expect(await lire(`/seances/${seance}/clore`)).toContain('Il a été envoyé à 2 membres, 9 sièges sans adresse');
  // The minutes, and to the president what was noted in their name.
  expect(await recus(seance)).toHaveLength(3);
});

const lienDe = (texte: string) => /\/invitations\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const liens = async (seance: string, a: string) => (await courriels(app, `/seances/${seance}`)).filter((c) => c.destinataire === a).map((c) => lienDe(c.texte));
/** An account of that address, opened then closed as who manages it closes it. */
const fermer = aLHeureDeParis(async (courriel: string, nom: string) => {
  const id = await createCompte(app.base.owner, app.contratId, {
    ...{ courriel, nom, fonction: '', organisationId: 'PP', motDePasse: null, demonstration: false, ordre: 0, mandats: [] },
    ...{ accordePar: 'essai', debut: '2020-01-01' },
  });
  await inTransaction(app.db, { contratId: app.contratId }, (tx) =>
    fermerCompte(tx, app.contratId, id ?? '', { jour: jour(0), par: 'essai', maintenant: new Date(), ailleurs: HOUSE.titres }),
  );
});
/** A body with its secretary and a member who has a substitute. */
async function groupe(nom: string, confidentialite: 'restreinte' | 'partenaires' = 'partenaires') {
  const { owner } = app.base;
  const { contratId } = app;
  const instance = await creerInstance(owner, contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom, confidentialite });
  const a = (qui: string) => `${qui}-${instance.slice(0, 8)}@exemple.fr`;
  await creerMembre(owner, contratId, instance, { organisation: 'DPMP', qualite: 'secretaire', nom: 'Nadia Benali', courriel: a('nadia') });
  const siege = await creerMembre(owner, contratId, instance, { organisation: 'PP', nom: 'Paul Petit', fonction: 'Commissaire', courriel: a('paul') });
  await sql`update instance_membres set suppleant_nom = 'Anne Durand', suppleant_courriel = ${a('anne')} where id = ${siege}::uuid`.execute(owner);
  return { instance, siege, a };
}
const lireUn = async <T>(requete: ReturnType<typeof sql<T>>): Promise<T | undefined> => (await requete.execute(app.base.owner)).rows[0];

describe('Qui est parti', () => {
  test('n’est plus convoqué ni compté joint, quel que soit son siège : sa suppléance prend la suite, et un successeur est dû', async () => {
    const { owner } = app.base;
    const { instance, siege, a } = await groupe('Groupe des partants');
    const seance = await creerSeance(owner, app.contratId, instance, { titre: 'Séance des partants', jour: jour(10), points: ['Un point'] });
    const page = (suite = '') => lire(`/seances/${seance}${suite}`);
    const recus = async () => (await courriels(app, `/seances/${seance}`)).map((x) => x.destinataire.split('-')[0]);
    const reponse = () =>
      lireUn(sql<{ a: string; qui: string; soldee: boolean }>`
        select courriel as a, personne as qui, soldee_le is not null as soldee from echeances
        where objet = ${seance} and genre = 'reponse' and organisation_id = 'PP' and sans_objet_le is null`);
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    expect(await recus()).toEqual(['nadia', 'paul']);
    const [lien = ''] = await liens(seance, a('paul'));
    expect((await app.post(lien, { reponse: 'accepte' })).statusCode).toBe(303);
    expect([await reponse(), (await page()).includes('1 vient,')]).toEqual([{ a: a('paul'), qui: 'Paul Petit', soldee: true }, true]);
    const due = () =>
      lireUn(sql<{ titre: string; du: string }>`
        select titre, ouverte_le::text as du from echeances where objet = ${instance} and genre = 'siege' and sans_objet_le is null and soldee_le is null`);
    expect(await due()).toBeUndefined();

    await fermer(a('paul'), 'Paul Petit');
    expect(await due()).toMatchObject({ titre: expect.stringMatching(/^1.siège dont le compte est fermé.: Groupe des partants$/), du: jour(0) });
    expect(await lire(`/instances/${instance}`)).toContain('Paul Petit (compte fermé) Désigner : Commissaire');
    const vue = await page();
    for (const dit of ['envoyé à 1 membre.', '1 siège n’a pas reçu la convocation et peut la recevoir : Anne Durand.', 'Paul Petit (compte fermé)', '0 vient,'])
      expect([dit, vue.includes(dit)]).toEqual([dit, true]);
    const apercu = (await app.get(`/seances/${seance}/convoquer`, AU_18E)).body;
    expect([apercu.includes(a('anne')), apercu.includes(a('paul'))]).toEqual([true, false]);
    await app.post(`/seances/${seance}/convoquer`, { qui: 'nouveaux' }, AU_18E);
    expect((await recus()).slice(2)).toEqual(['anne']);
    expect(await reponse()).toEqual({ a: a('anne'), qui: 'Anne Durand', soldee: false });
    expect(await page()).toContain('envoyé à 2 membres.');
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    expect((await recus()).slice(3).sort()).toEqual(['anne', 'nadia']);

    // Nobody is left to read for that seat: it says so, and asks for a name.
    await fermer(a('anne'), 'Anne Durand');
    expect(await page()).toContain('envoyé à 1 membre, 1 siège sans adresse : 1 dont le compte du membre est fermé');
    expect(await page('/convoquer')).toContain('Paul Petit (compte fermé)');
    expect(await lire('/ma-journee')).toContain('1 siège sans adresse');
    await app.post(`/seances/${seance}/annuler`, { motif: 'Personne' }, AU_18E);
    expect((await recus()).slice(5)).toEqual(['nadia']);
    // Another person named settles it.
    const chemin = `/instances/${instance}/membres/${siege}`;
    const champs = { nom: 'Claire Martin', courriel: a('claire'), suppleant_nom: '', suppleant_courriel: '' };
    expect((await app.post(chemin, { ...lireFormulaire((await app.get(chemin, AU_18E)).body, chemin), ...champs }, AU_18E)).statusCode).toBe(303);
    expect(await due()).toBeUndefined();
    // Whoever keeps the body is written to under the same rule.
    const secretariat = aLHeureDeParis(async () =>
      (await adressesDuSiege(app.db, app.contratId, [instance], 'secretaire', jour(0))).get(instance)?.map((x) => [x.nom, x.courriel]),
    );
    expect(await secretariat()).toEqual([['Nadia Benali', a('nadia')]]);
    await sql`update instance_membres set suppleant_nom = 'Sam Roy', suppleant_courriel = ${a('sam')} where qualite = 'secretaire' and instance_id = ${instance}::uuid`.execute(
      owner,
    );
    await fermer(a('nadia'), 'Nadia Benali');
    expect(await secretariat()).toEqual([['Sam Roy', a('sam')]]);
    await fermer(a('sam'), 'Sam Roy');
    expect(await secretariat()).toBeUndefined();
  });

  test('emporte ses réponses aux dates proposées ; qui prend le siège n’a rien répondu', async () => {
    const { instance, siege, a } = await groupe('Groupe aux dates');
    const champs = { titre: 'Séance à dater', choix: 'sondage', duree_minutes: '60', jour_1: jour(5), heure_1: '10:00', jour_2: jour(6), heure_2: '10:00' };
    const r = await app.post(`/instances/${instance}/seances/nouvelle`, champs, AU_18E);
    const seance = /\/seances\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1] ?? '';
    const repondre = async (adresse: string, qui?: string) => {
      const lien = (await liens(seance, adresse)).at(-1) ?? '';
      const dates = [...(await app.get(lien)).body.matchAll(/name="(date-[0-9a-f-]{36})"/g)].map((m) => m[1] ?? '');
      return { lien, faite: await app.post(`${lien}/dates`, Object.fromEntries(dates.map((d) => [d, 'oui'])), qui) };
    };
    const du = () =>
      lireUn(sql<{ qui: string; par: string | null }>`
        select personne as qui, soldee_par as par from echeances
        where objet = ${seance} and genre = 'choix-date' and organisation_id = 'PP' and sans_objet_le is null`);
    const gardees = () =>
      lireUn(sql<{ n: number }>`select count(*)::int as n from seance_dates_reponses r join seance_participants p on p.contrat_id = r.contrat_id
        and p.id = r.participant_id where p.seance_id = ${seance}::uuid and p.membre_id = ${siege}::uuid`);
    const { lien, faite } = await repondre(a('paul'));
    expect([faite.statusCode, await gardees(), await du()]).toEqual([303, { n: 2 }, { qui: 'Paul Petit', par: 'Paul Petit' }]);
    // Who would note it for him reads that it is his, and has no form that would be refused.
    const vue = (await app.get(lien, AU_18E)).body;
    expect([vue.includes('Paul Petit a répondu'), vue.includes('name="date-'), vue.includes('Elle sera dite')]).toEqual([true, false, false]);
    const chemin = `/instances/${instance}/membres/${siege}`;
    const tenir = async (plus: Record<string, string>) =>
      app.post(chemin, { ...lireFormulaire((await app.get(chemin, AU_18E)).body, chemin), ...plus }, AU_18E);
    // Another substitute: the holder's own answers stay.
    expect((await tenir({ suppleant_nom: 'Zoé Nouvelle', suppleant_courriel: a('zoe') })).statusCode).toBe(303);
    expect(await gardees()).toEqual({ n: 2 });
    expect((await tenir({ nom: 'Claire Martin', courriel: a('claire') })).statusCode).toBe(303);
    expect([await gardees(), await du()]).toEqual([{ n: 0 }, { qui: 'Claire Martin', par: '' }]);
  });
});

describe('Deux réponses au même instant', () => {
  test('ce qui est noté pour une personne n’écrase pas ce qu’elle dit au même moment', async () => {
    const { owner } = app.base;
    const { instance, a } = await groupe('Groupe pressé');
    const seance = await creerSeance(owner, app.contratId, instance, { titre: 'Séance pressée', jour: jour(10), points: ['Un point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    const [lien = ''] = await liens(seance, a('paul'));
    const secretaire = await app.temoin(AU_18E);
    // Both read that nobody answered, and wait to write, he first.
    const [sienne, notee] = await owner.transaction().execute(async (tx) => {
      await sql`select from seance_participants where seance_id = ${seance}::uuid for update`.execute(tx);
      const attendre = async (n: number) => {
        for (let vus = -1; vus !== n; )
          vus =
            (
              await sql<{ n: number }>`
              select count(distinct l.pid)::int as n from pg_locks l
              join pg_locks r on r.pid = l.pid and r.relation = 'seance_participants'::regclass
                and r.database = (select oid from pg_database where datname = current_database())
              where not l.granted`.execute(tx)
            ).rows[0]?.n ?? 0;
      };
      const premiere = app.post(lien, { reponse: 'accepte' });
      await attendre(1);
      const seconde = app.post(lien, { reponse: 'refuse' }, secretaire);
      await attendre(2);
      return [premiere, seconde].map((envoi) => ({ envoi }));
    });
    expect((await sienne?.envoi)?.statusCode).toBe(303);
    const refus = await notee?.envoi;
    expect([refus?.statusCode, refus?.body.includes('elle seule change sa réponse')]).toEqual([422, true]);
    expect(
      await lireUn(sql`select reponse, reponse_voie as voie from seance_participants where seance_id = ${seance}::uuid and courriel = ${a('paul')}`),
    ).toEqual({ reponse: 'accepte', voie: 'titulaire' });
    // Nobody is told of a note that was not taken.
    expect((await courriels(app, `/seances/${seance}`)).some((x) => x.sujet.startsWith('Réponse'))).toBe(false);
  });
});

test('les lettres d’une instance restreinte ne disent ni nom, ni mot, ni suppléance de qui répond', async () => {
  const { instance, a } = await groupe('Groupe Ombrelle', 'restreinte');
  const seance = await creerSeance(app.base.owner, app.contratId, instance, { titre: 'Séance Ombrelle', jour: jour(10), points: ['Point Ombrelle'] });
  expect((await app.post(`/seances/${seance}/convoquer`, {}, AU_18E)).statusCode).toBe(303);
  const [lien = ''] = await liens(seance, a('paul'));
  const secretaire = await app.temoin(AU_18E);
  expect((await app.post(lien, { reponse: 'refuse', mot: 'Anne Durand a le dossier' }, secretaire)).statusCode).toBe(303);
  const [sien = ''] = await liens(seance, a('anne'));
  expect((await app.post(sien, { reponse: 'accepte', mot: 'Mot Ombrelle' })).statusCode).toBe(303);
  const lettres = (await courriels(app, `/seances/${seance}`)).filter((x) => x.sujet.startsWith('Réponse'));
  expect(lettres.map((x) => [x.destinataire, x.sujet.split(' : ')[0]])).toEqual([
    [a('paul'), 'Réponse en votre nom'],
    [a('paul'), 'Réponse de votre suppléance'],
  ]);
  for (const { texte } of lettres) {
    expect(texte).not.toMatch(/Anne|Durand|dossier|Ombrelle|Personne|ne vient pas|: vient/);
    expect(lienDe(texte)).not.toBe('');
  }
});
