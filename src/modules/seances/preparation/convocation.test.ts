/** The convocation as those who receive it read it: over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { courriels } from '../../../../tests/support/courriels.ts';
import { jourDans } from '../../../../tests/support/jours.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'CCPSA', territoire: 'mairie-18' } as const;
const CSPDA = 'Conseil de sécurité et de prévention de la délinquance d’arrondissement (CSPDA) du 18e arrondissement';

async function cspda(o: { lieu: string; visio?: string }) {
  const type = (await sql<{ n: number }>`select count(*)::int as n from instances where type = 'cspda'`.execute(app.base.owner)).rows[0]?.n ?? 0;
  const instance = await creerInstance(app.base.owner, app.contratId, {
    territoire: 'mairie-18',
    porteur: 'CCPSA',
    type: 'cspda',
    nom: type === 0 ? 'CSPDA, 18e' : `CSPDA formation ${type}, 18e`,
  });
  await creerMembre(app.base.owner, app.contratId, instance, {
    organisation: 'MA',
    qualite: 'president',
    fonction: 'Maire du 18e arrondissement',
    nom: 'Anne Lemoine',
    courriel: `maire-${instance}@exemple.fr`,
  });
  const seance = await creerSeance(app.base.owner, app.contratId, instance, { titre: '2e séance de 2027', jour: '2027-01-14', points: ['Abords des écoles'] });
  await sql`update seances set lieu = ${o.lieu}, visio = ${o.visio ?? ''} where id = ${seance}::uuid`.execute(app.base.owner);
  return { instance, seance };
}
const lettreDe = async (seance: string) => (await courriels(app, `/seances/${seance}`))[0];

test('le message de convocation nomme l’instance en toutes lettres, dit la séance, et est signé', async () => {
  const { seance } = await cspda({ lieu: 'Mairie du 18e, salle des fêtes' });
  await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
  const c = await lettreDe(seance);
  expect(c?.sujet.replaceAll('\u00a0', ' ')).toBe(`Convocation : ${CSPDA}, 14 janvier 2027`);
  const texte = (c?.texte ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');
  expect(texte).toContain(
    [
      'Madame, Monsieur,',
      'J’ai l’honneur de vous inviter à la séance suivante.',
      `${CSPDA}\n2e séance de 2027\nJeudi 14 janvier 2027, de 10 h à 12 h\nLieu : Mairie du 18e, salle des fêtes`,
      'Ordre du jour :\n1. Abords des écoles',
    ].join('\n\n'),
  );
  expect(texte).toContain(
    'Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée.\n\nAnne Lemoine\nMaire du 18e arrondissement\n\nMessage envoyé par Personne',
  );
  expect(texte).not.toMatch(/convié|Bonjour/);
  // Lines of a calendar file are folded.
  expect(c?.ical.replaceAll('\r\n ', '')).toContain(`SUMMARY:${CSPDA} : 2e séance de 2027`);
});

test('une séance sans lieu ni lien ne se convoque pas sans le dire, et la lettre ne renvoie alors à aucun lieu', async () => {
  const { seance } = await cspda({ lieu: '' });
  const convoquer = (champs: Record<string, string>) => app.post(`/seances/${seance}/convoquer`, champs, AU_18E);
  const refus = await convoquer({});
  expect([refus.statusCode, refus.body.includes('Indiquez le lieu, ou cochez')]).toEqual([422, true]);
  expect(await lettreDe(seance)).toBeUndefined();
  expect((await convoquer({ sans_lieu: 'oui' })).statusCode).toBe(303);
  expect((await lettreDe(seance))?.texte).toContain('Lieu : à préciser, il vous sera communiqué.');

  const autre = await cspda({ lieu: '' });
  expect((await app.post(`/seances/${autre.seance}/convoquer`, { lieu: 'Salle du conseil' }, AU_18E)).statusCode).toBe(303);
  expect((await lettreDe(autre.seance))?.texte).toContain('Lieu : Salle du conseil');
  const distante = await cspda({ lieu: '', visio: 'https://visio.exemple.fr/18' });
  expect((await app.post(`/seances/${distante.seance}/convoquer`, {}, AU_18E)).statusCode).toBe(303);
  expect((await lettreDe(distante.seance))?.texte).not.toContain('à préciser');
});

test('le titre proposé dit le rang de la séance dans l’année', async () => {
  const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'CCPSA', nom: 'Conseil à titres' });
  const titre = async () => /name="titre"[^>]*value="([^"]*)"/.exec((await app.get(`/instances/${instance}/seances/nouvelle`, AU_18E)).body)?.[1];
  const annee = new Date().getFullYear();
  expect(await titre()).toBe(`1re séance de ${annee}`);
  await creerSeance(app.base.owner, app.contratId, instance, { jour: `${annee}-12-15` });
  await creerSeance(app.base.owner, app.contratId, instance, { jour: `${annee}-12-16`, etat: 'annulee' });
  expect(await titre()).toBe(`2e séance de ${annee}`);
  // The day is another year's, and so is the title; one that says nothing of a rank is left alone.
  const creer = async (dit: string, jour: string) => {
    const r = await app.post(`/instances/${instance}/seances/nouvelle`, { titre: dit, choix: 'fixe', jour, heure: '10:00', duree_minutes: '60' }, AU_18E);
    const id = /seances\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1] ?? '';
    return (await sql<{ titre: string }>`select titre from seances where id = ${id}::uuid`.execute(app.base.owner)).rows[0]?.titre;
  };
  expect(await creer(`2e séance de ${annee}`, `${annee + 1}-01-12`)).toBe(`1re séance de ${annee + 1}`);
  expect(await creer('Séance de rentrée', `${annee + 1}-01-13`)).toBe('Séance de rentrée');
});

test('une séance prévue après le jour dû ne solde pas « séance à programmer », et le jour est demandé', async () => {
  const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'CCPSA', nom: 'Conseil à réunir' });
  await sql`update instances set cadence_mois = 3, cree_le = now() - interval '2 months' where id = ${instance}::uuid`.execute(app.base.owner);
  const ouverte = async () =>
    (
      await sql<{ ouverte: boolean }>`
      select soldee_le is null as ouverte from echeances where genre = 'reunion' and objet = ${instance} and sans_objet_motif = ''`.execute(app.base.owner)
    ).rows;
  const creer = (jour: string, plus: Record<string, string> = {}) =>
    app.post(`/instances/${instance}/seances/nouvelle`, { titre: 'Séance', choix: 'fixe', jour, heure: '10:00', duree_minutes: '60', ...plus }, AU_18E);
  const tard = await creer(jourDans(80));
  expect([tard.statusCode, lisible(tard.body).includes('doit se réunir au plus tard le')]).toEqual([422, true]);
  expect((await creer(jourDans(81), { confirme_jour: jourDans(80) })).statusCode).toBe(422);
  expect((await creer(jourDans(80), { confirme_jour: jourDans(80) })).statusCode).toBe(303);
  expect(await ouverte()).toEqual([{ ouverte: true }]);
  expect((await creer(jourDans(10))).statusCode).toBe(303);
  expect(await ouverte()).toEqual([{ ouverte: false }]);
});

const FORMULE = 'Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée.';
const lisible = (t: string | undefined) => (t ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');
const dernieres = async (seance: string) =>
  (await courriels(app, `/seances/${seance}`)).map((c) => ({ ...c, sujet: lisible(c.sujet), texte: lisible(c.texte) }));

test('le choix d’une date, l’annulation et le retrait sont des lettres, signées comme la convocation', async () => {
  const { instance, seance } = await cspda({ lieu: 'Salle des fêtes' });
  const siege = await creerMembre(app.base.owner, app.contratId, instance, {
    organisation: 'PP',
    qualite: 'membre',
    fonction: 'Commissaire',
    nom: 'Ali Haddad',
    courriel: `commissaire-${instance}@exemple.fr`,
  });
  const sondage = await app.post(
    `/instances/${instance}/seances/nouvelle`,
    { titre: 'Séance à dater', choix: 'sondage', duree_minutes: '60', jour_1: '2027-02-15', heure_1: '10:00', jour_2: '2027-02-16', heure_2: '14:30' },
    AU_18E,
  );
  const id = /seances\/([0-9a-f-]{36})/.exec(String(sondage.headers.location))?.[1] ?? '';
  const choix = (await dernieres(id))[0];
  expect(choix?.texte).toContain('Dates proposées :\n- lundi 15 février 2027 à 10 h\n- mardi 16 février 2027 à 14 h 30\n\nPour répondre :\nhttp');

  await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
  await sql`update instance_membres set fin = current_date - 1 where id = ${siege}::uuid`.execute(app.base.owner);
  await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
  const retrait = (await dernieres(seance)).find((c) => c.sujet.startsWith('Convocation retirée'));
  expect(retrait?.destinataire).toBe(`commissaire-${instance}@exemple.fr`);
  expect(retrait?.texte).toContain('Vous ne siégez plus dans cette instance : cette convocation est sans objet.');

  await app.post(`/seances/${seance}/annuler`, { motif: 'Élections' }, AU_18E);
  const annulation = (await dernieres(seance)).find((c) => c.sujet.startsWith('Séance annulée'));
  expect(annulation?.texte).toContain('est annulée.\n\n');
  expect(annulation?.texte).toContain('2e séance de 2027\nJeudi 14 janvier 2027, de 10 h à 12 h\n\nMotif : Élections');

  for (const c of [choix, retrait, annulation]) {
    expect(c?.texte).toMatch(/^Madame, Monsieur,\n/);
    expect(c?.texte).toContain(`${FORMULE}\n\nAnne Lemoine\nMaire du 18e arrondissement`);
    expect(`${c?.sujet} ${c?.texte}`).not.toMatch(/convié|Bonjour|attendu/);
  }
});

test('d’une instance réservée, aucun de ces messages ne dit le nom, l’ordre du jour ni le motif', async () => {
  const instance = await creerInstance(app.base.owner, app.contratId, {
    territoire: 'mairie-18',
    porteur: 'CCPSA',
    nom: 'Groupe Ombrelle',
    confidentialite: 'restreinte',
  });
  const membre = { organisation: 'PP', fonction: 'Commissaire', nom: 'Ali', courriel: `ombrelle-${instance}@exemple.fr` };
  const siege = await creerMembre(app.base.owner, app.contratId, instance, membre);
  await creerMembre(app.base.owner, app.contratId, instance, { ...membre, courriel: `parasol-${instance}@exemple.fr` });
  const seance = await creerSeance(app.base.owner, app.contratId, instance, { titre: 'Ombrelle de mars', jour: '2027-03-10', points: ['Point Ombrelle'] });
  await app.post(`/seances/${seance}/convoquer`, { sans_lieu: 'oui' }, AU_18E);
  await sql`update instance_membres set fin = current_date - 1 where id = ${siege}::uuid`.execute(app.base.owner);
  await app.post(`/seances/${seance}/convoquer`, { sans_lieu: 'oui' }, AU_18E);
  await app.post(`/seances/${seance}/annuler`, { motif: 'Ombrelle fermée' }, AU_18E);
  const partis = await dernieres(seance);
  expect(partis.map((c) => c.sujet.split(' :')[0])).toEqual(expect.arrayContaining(['Convocation retirée', 'Séance annulée']));
  for (const c of partis) expect(`${c.sujet} ${c.texte}`).not.toContain('Ombrelle');
  expect(partis.find((c) => c.sujet.startsWith('Convocation retirée'))?.texte).toContain('d’une instance dont vous étiez membre. Vous n’y siégez plus');
});
