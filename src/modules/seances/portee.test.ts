/** Whom a sending reaches, said before and after: over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../instances/instances.fixtures.ts';
import { direPortee } from './portee.rules.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
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
  expect(page).toContain('sans avoir reçu la convocation : Hugo Petit');
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
