/** The convocation as those who receive it read it: over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { courriels } from '../../../../tests/support/courriels.ts';

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
});
