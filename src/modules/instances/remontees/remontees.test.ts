/** Bodies between themselves: whose mandate one has, what it passes, what comes back. Over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { siegeant } from '../../../../tests/support/siegeant.ts';
import { courriels } from '../../../../tests/support/courriels.ts';
import { jour } from '../../../ui/typographie.ts';
import { creerInstance, creerMembre, creerSeance } from '../instances.fixtures.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const AU_12E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' } as const;
const idDe = (l: unknown): string => /\/(?:remontees|instances|seances)\/([0-9a-f-]{36})/.exec(String(l))?.[1] ?? '';
const creer = (nom: string, o: { territoire?: string; confidentialite?: 'publique' | 'partenaires' | 'restreinte' } = {}) =>
  creerInstance(app.base.owner, app.contratId, { nom, territoire: 'mairie-18', porteur: 'DPMP', confidentialite: 'partenaires', ...o });
const etat = async (id: string): Promise<string> =>
  (await sql<{ etat: string }>`select etat from instance_remontees where id = ${id}::uuid`.execute(app.base.owner)).rows[0]?.etat ?? '';
const avis = (vers: string, titre: string) => ({ vers, nature: 'proposition', titre, expose: 'Ce que le groupe a vu.' });

describe('Le mandat d’une instance', () => {
  test('GOUV-02, instance-parente : un groupe de travail dit de quelle instance il dépend, depuis quand et pour quoi ; les deux pages le montrent', async () => {
    const conseil = await creer('Conseil parent');
    const groupe = await creer('Groupe mandaté');
    const mandat = { parente: conseil, mission: 'Étudier les abords de la gare.', debut: '2026-02-01', fin: '' };
    expect((await app.post(`/instances/${groupe}/rattachements/nouveau`, mandat, AU_18E)).statusCode).toBe(303);
    const page = (await app.get(`/instances/${groupe}`, AU_18E)).body;
    expect(['Conseil parent', `depuis le ${jour('2026-02-01')}`, 'Étudier les abords de la gare.'].map((m) => page.includes(m))).toEqual([true, true, true]);
    expect((await app.get(`/instances/${conseil}`, AU_18E)).body).toContain('Groupe mandaté');
    // One at a time, and never by a way that comes back.
    const deux = await app.post(
      `/instances/${groupe}/rattachements/nouveau`,
      { ...mandat, parente: await creer('Autre conseil'), debut: '2026-05-01' },
      AU_18E,
    );
    expect([deux.statusCode, deux.body.includes('dépend déjà de Conseil parent')]).toEqual([422, true]);
    const boucle = await app.post(`/instances/${conseil}/rattachements/nouveau`, { ...mandat, parente: groupe }, AU_18E);
    expect([boucle.statusCode, boucle.body.includes('de proche en proche')]).toEqual([422, true]);
  });

  test('une instance restreinte n’est nommée ni à ses filles ni à ses parentes pour qui ne la connaît pas', async () => {
    const conseil = await creer('Conseil connu');
    const cellule = await creer('Cellule celée', { confidentialite: 'restreinte' });
    const groupe = await creer('Groupe connu');
    const mandat = { mission: '', debut: '2026-02-01', fin: '' };
    expect((await app.post(`/instances/${cellule}/rattachements/nouveau`, { ...mandat, parente: conseil }, COORDINATION)).statusCode).toBe(303);
    expect((await app.post(`/instances/${groupe}/rattachements/nouveau`, { ...mandat, parente: cellule }, COORDINATION)).statusCode).toBe(303);
    for (const id of [conseil, groupe])
      for (const qui of [{ comme: 'agent' } as const, AU_12E]) expect((await app.get(`/instances/${id}`, qui)).body).not.toContain('celée');
    expect((await app.get(`/instances/${conseil}`, COORDINATION)).body).toContain('Cellule celée');
    expect((await app.post(`/instances/${groupe}/rattachements/nouveau`, { ...mandat, parente: conseil }, AU_12E)).statusCode).toBe(403);
  });
});

describe('Ce qu’une instance transmet à une autre', () => {
  test('GOUV-34, remontee : la proposition arrive à l’ordre du jour de l’autre instance, y reçoit une réponse, et la réponse revient', async () => {
    const conseil = await creer('Conseil de la nuit', { territoire: 'mairie-12' });
    const groupe = await creer('Groupe de la nuit');
    await creerMembre(app.base.owner, app.contratId, groupe, { organisation: 'DPMP', qualite: 'president', courriel: 'preside-nuit@exemple.fr' });
    await creerMembre(app.base.owner, app.contratId, conseil, { organisation: 'DPMP', qualite: 'secretaire', courriel: 'secretaire-nuit@exemple.fr' });
    const r = await app.post(`/instances/${groupe}/remontees/nouvelle`, avis(conseil, 'Éclairer le quai jusqu’à l’aube'), AU_18E);
    expect(r.statusCode).toBe(303);
    const id = idDe(r.headers.location);
    expect((await courriels(app, `/remontees/${id}`)).map((c) => c.destinataire)).toEqual(['secretaire-nuit@exemple.fr']);
    // It waits for who keeps the other body, and is proposed to its next session.
    expect((await app.get('/ma-journee', AU_12E)).body).toContain('Éclairer le quai');
    expect((await app.get(`/instances/${conseil}/seances/nouvelle`, AU_12E)).body).toContain('Transmis par Groupe de la nuit');
    const seance = await creerSeance(app.base.owner, app.contratId, conseil, { jour: '2099-03-02', etat: 'preparation' });
    expect((await app.post(`/seances/${seance}/points`, { cle: `remontee:${id}` }, AU_12E)).statusCode).toBe(303);
    expect(await etat(id)).toBe('inscrite');
    expect((await app.get(`/remontees/${id}`, AU_18E)).body).toContain(jour('2099-03-02'));
    // A session given up leaves it to the next one.
    expect((await app.post(`/seances/${seance}/annuler`, { motif: 'Faute de quorum ce jour-là.' }, AU_12E)).statusCode).toBe(303);
    expect(await etat(id)).toBe('transmise');

    const reponse = { issue: 'refusee', reponse: 'Le quai est déjà éclairé depuis mars.' };
    expect((await app.post(`/remontees/${id}/repondre`, reponse, AU_18E)).statusCode).toBe(403);
    expect((await app.post(`/remontees/${id}/repondre`, { ...reponse, reponse: '' }, AU_12E)).statusCode).toBe(422);
    expect((await app.post(`/remontees/${id}/repondre`, reponse, AU_12E)).statusCode).toBe(303);
    expect((await app.get(`/instances/${groupe}`, AU_18E)).body).toContain('Le quai est déjà éclairé depuis mars.');
    const lettres = (await courriels(app, `/remontees/${id}`)).filter((c) => c.destinataire === 'preside-nuit@exemple.fr');
    expect(lettres.map((c) => c.texte.includes('déjà éclairé'))).toEqual([true]);
    expect((await app.get('/ma-journee', AU_12E)).body).not.toContain('Éclairer le quai');
    expect((await app.post(`/remontees/${id}/repondre`, { ...reponse, issue: 'decidee' }, AU_12E)).statusCode).toBe(409);
  });

  test('elle est due à l’autre instance trente jours après, et quinze après la séance qui l’examine', async () => {
    const conseil = await creer('Conseil qui doit', { territoire: 'mairie-12' });
    const groupe = await creer('Groupe qui attend');
    const id = idDe((await app.post(`/instances/${groupe}/remontees/nouvelle`, avis(conseil, 'Revoir les horaires'), AU_18E)).headers.location);
    const due = async () =>
      (await sql<{ d: string }>`select due_le::text as d from echeances where genre = 'remontee' and objet = ${id}::uuid`.execute(app.base.owner)).rows[0]?.d;
    const aujourdhui = new Date();
    expect(Math.round((Date.parse((await due()) ?? '') - aujourdhui.getTime()) / 86_400_000)).toBeGreaterThanOrEqual(29);
    const seance = await creerSeance(app.base.owner, app.contratId, conseil, { jour: '2099-03-02', etat: 'preparation' });
    await app.post(`/seances/${seance}/points`, { cle: `remontee:${id}` }, AU_12E);
    expect(await due()).toBe('2099-03-17');
    const point = (await sql<{ id: string }>`select id from seance_points where seance_id = ${seance}::uuid`.execute(app.base.owner)).rows[0]?.id;
    await app.post(`/seances/${seance}/points/${point}/retirer`, { version: '1' }, AU_12E);
    expect(await etat(id)).toBe('transmise');
  });

  test('un membre ne parle pas pour son instance, et qui ne voit aucun des deux bouts ne lit rien', async () => {
    const ferme = await creer('Cellule muette', { confidentialite: 'restreinte' });
    const conseil = await creer('Conseil muet', { confidentialite: 'restreinte', territoire: 'mairie-12' });
    const id = idDe((await app.post(`/instances/${ferme}/remontees/nouvelle`, avis(conseil, 'Affaire réservée'), COORDINATION)).headers.location);
    expect(id).not.toBe('');
    for (const qui of [{ comme: 'agent' } as const, { ...AU_18E, territoire: 'mairie-5' }]) {
      expect((await app.get(`/remontees/${id}`, qui)).statusCode).toBe(404);
      expect((await app.post(`/remontees/${id}/repondre`, { issue: 'decidee', reponse: 'Une réponse assez longue.' }, qui)).statusCode).toBe(404);
    }
    // Each end reads what was passed, and does not learn the name of the other.
    const vu12 = (await app.get(`/remontees/${id}`, AU_12E)).body;
    expect([vu12.includes('Affaire réservée'), vu12.includes('Conseil muet'), vu12.includes('Cellule muette')]).toEqual([true, true, false]);
    expect((await app.get(`/instances/${conseil}/seances/nouvelle`, AU_12E)).body).toContain('Transmis par une instance restreinte');
    for (const lettre of await courriels(app, `/remontees/${id}`)) expect(`${lettre.sujet} ${lettre.texte}`).not.toMatch(/muet|réservée/);

    const ouverte = await creer('Groupe sans voix');
    const simple = await siegeant(app, ouverte);
    expect((await simple.post(`/instances/${ouverte}/remontees/nouvelle`, avis(conseil, 'Un point'))).statusCode).toBe(403);
    const preside = await siegeant(app, ouverte, { qualite: 'president' });
    expect((await preside.get(`/instances/${ouverte}/remontees/nouvelle`)).statusCode).toBe(200);
    // A body that this person may not know of is not one to write to.
    expect((await app.post(`/instances/${ouverte}/remontees/nouvelle`, avis(ferme, 'Un autre point'), { ...AU_12E, territoire: 'mairie-18' })).statusCode).toBe(
      303,
    );
    const cache = await creer('Cellule du 5e', { confidentialite: 'restreinte', territoire: 'mairie-5' });
    expect((await app.post(`/instances/${ouverte}/remontees/nouvelle`, avis(cache, 'Un autre point'), AU_18E)).statusCode).toBe(422);
  });
});
