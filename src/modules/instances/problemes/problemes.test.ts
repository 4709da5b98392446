/** Problems that a body follows, over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { siegeant } from '../../../../tests/support/siegeant.ts';
import { creerDecision, creerInstance, creerSeance } from '../instances.fixtures.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const AGENT = { comme: 'agent', organisation: 'PP', territoire: 'mairie-5' } as const;
const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
const idDe = (l: unknown): string => /\/problemes\/([0-9a-f-]{36})/.exec(String(l))?.[1] ?? '';
const creer = (nom: string, confidentialite: 'partenaires' | 'restreinte' = 'partenaires') =>
  creerInstance(app.base.owner, app.contratId, { nom, territoire: 'mairie-18', porteur: 'DPMP', confidentialite });
const SAISIE = { titre: 'Rassemblements devant le gymnase', territoire: 'mairie-18', lieu: 'Rue des Poissonniers', constat: 'Tous les soirs depuis mai.' };
const ouvrir = async (instance: string, champs: Record<string, string> = {}, qui: Parameters<AppDeTest['post']>[2] = AU_18E) => {
  const r = await app.post(`/instances/${instance}/problemes/nouveau`, { ...SAISIE, ...champs }, qui);
  expect([r.statusCode, r.statusCode === 303 ? '' : r.body]).toEqual([303, '']);
  return idDe(r.headers.location);
};
const version = async (id: string): Promise<string> =>
  String((await sql<{ v: number }>`select version as v from problemes where id = ${id}::uuid`.execute(app.base.owner)).rows[0]?.v);
const site = async (titre: string): Promise<string> =>
  (
    await sql<{ id: string }>`
      insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, donnees, auteur)
      values (${app.contratId}, 'sites', '2026-05-12', ${titre}, 'mairie-18', 'PP', '{}', 'x') returning id`.execute(app.base.owner)
  ).rows[0]?.id ?? '';

describe('Un problème suivi', () => {
  test('GOUV-12, fiche-probleme : lieu, constat, réponse, résultat ; proposé à chaque ordre du jour jusqu’à ce qu’il soit résolu', async () => {
    const gpo = await creer('GPO du 18e');
    const id = await ouvrir(gpo, { reponse: 'Passage le soir.', organisation: 'DPMP', echeance: '2027-03-01', critere: 'Plus d’appel pendant un mois.' });
    const lire = async () => (await app.get(`/problemes/${id}`, AU_18E)).body;
    const page = await lire();
    expect(
      ['Rue des Poissonniers', 'Tous les soirs depuis mai.', 'Passage le soir.', 'Plus d’appel pendant un mois.'].filter((m) => !page.includes(m)),
    ).toEqual([]);

    const propositions = async () => (await app.get(`/instances/${gpo}/seances/nouvelle`, AU_18E)).body.includes(`probleme:${id}`);
    expect(await propositions()).toBe(true);
    const seance = await creerSeance(app.base.owner, app.contratId, gpo, { titre: 'Séance de mars', jour: '2099-03-02', etat: 'preparation' });
    expect((await app.post(`/seances/${seance}/points`, { cle: `probleme:${id}` }, AU_18E)).statusCode).toBe(303);
    expect((await app.get(`/seances/${seance}/preparer`, AU_18E)).body).toContain('Constat, Rue des Poissonniers');
    // What is decided under that item is a decision about the problem.
    const point = (await sql<{ id: string }>`select id from seance_points where seance_id = ${seance}::uuid`.execute(app.base.owner)).rows[0]?.id ?? '';
    const base = { responsableId: 'DPMP', responsableNom: '', responsableCourriel: '', echeance: null, fiche: null, ligne: null, territoireId: 'mairie-18' };
    for (const [pointId, libelle] of [
      [point, 'Éclairer le parvis'],
      [null, 'Changer de salle'],
    ] as const)
      await creerDecision(
        app.base.owner,
        app.contratId,
        { ...base, instanceId: gpo, seanceId: seance, pointId, nature: 'action', libelle },
        { auteur: 'x', quand: new Date() },
      );
    const vue = await lire();
    expect([vue.includes('Séance de mars'), vue.includes('Éclairer le parvis'), vue.includes('Changer de salle')]).toEqual([true, true, false]);

    expect((await app.post(`/problemes/${id}/suivi`, { etat: 'resolu', texte: '' }, AU_18E)).statusCode).toBe(422);
    expect((await app.post(`/problemes/${id}/suivi`, { etat: 'resolu', texte: 'Plus aucun appel depuis six semaines.' }, AU_18E)).statusCode).toBe(303);
    const fin = await lire();
    expect([fin.includes('Résultat, le'), fin.includes('Plus aucun appel depuis six semaines.')]).toEqual([true, true]);
    expect(await propositions()).toBe(false);
    const { rows } = await sql<{ soldee: boolean }>`
      select soldee_le is not null as soldee from echeances where genre = 'probleme' and objet = ${id}::uuid`.execute(app.base.owner);
    expect(rows).toEqual([{ soldee: true }]);
    // It comes back when it was not settled after all.
    await app.post(`/problemes/${id}/suivi`, { etat: 'en_cours', texte: 'Cela recommence.' }, AU_18E);
    expect(await propositions()).toBe(true);
  });

  test('un site lié se lit sur la page du problème, et le problème sur la page du site, pour qui peut lire les deux', async () => {
    const [gpo, cellule] = [await creer('GPO des sites'), await creer('Cellule des sites', 'restreinte')];
    const lieu = await site('Square de la Madone');
    for (const [instance, titre] of [
      [gpo, 'Problème ouvert à tous'],
      [cellule, 'Problème de la cellule'],
    ] as const) {
      const id = await ouvrir(instance, { titre });
      expect((await app.get(`/problemes/${id}?registre=sites&q=Madone`, AU_18E)).body).toContain('Square de la Madone');
      expect((await app.post(`/problemes/${id}/liens`, { objet: lieu }, AU_18E)).statusCode).toBe(303);
      expect((await app.get(`/problemes/${id}`, AU_18E)).body).toContain(`/registres/sites/${lieu}`);
    }
    const vuPar = async (qui?: Parameters<AppDeTest['get']>[1]) => {
      const page = (await app.get(`/registres/sites/${lieu}`, qui)).body;
      return [page.includes('Problème ouvert à tous'), page.includes('Problème de la cellule')];
    };
    expect([await vuPar(AU_18E), await vuPar(AGENT), await vuPar()]).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });

  test('ce qui est dit aux habitants est validé, sans nom, et paraît sur la page de l’arrondissement sans celui de l’instance', async () => {
    const gpo = await creer('GPO des habitants');
    const membre = await siegeant(app, gpo);
    const id = await ouvrir(gpo);
    const dire = (phrase: string, valider: string) => ({ public_phrase: phrase, valider });
    const publique = async () => (await app.get('/territoires/mairie-18')).body;
    // A member writes it; only who speaks for the body makes it public.
    expect((await membre.post(`/problemes/${id}/public`, { ...dire('Le parvis est éclairé la nuit.', 'oui'), version: await version(id) })).statusCode).toBe(
      303,
    );
    expect(await publique()).not.toContain('Le parvis est éclairé la nuit.');
    const nomme = await app.post(`/problemes/${id}/public`, { ...dire('Mme Durand ne fait plus de bruit.', 'oui'), version: await version(id) }, AU_18E);
    expect([nomme.statusCode, nomme.body.includes('peut désigner une personne')]).toEqual([422, true]);
    expect(
      (await app.post(`/problemes/${id}/public`, { ...dire('Le parvis est éclairé la nuit.', 'oui'), version: await version(id) }, AU_18E)).statusCode,
    ).toBe(303);
    const page = await publique();
    expect([page.includes('Le parvis est éclairé la nuit.'), page.includes('Rassemblements devant')]).toEqual([true, false]);
    // Of a restricted body nothing is public.
    const cache = await ouvrir(await creer('Cellule des habitants', 'restreinte'));
    expect((await app.post(`/problemes/${cache}/public`, { ...dire('Le parvis reste calme.', 'oui'), version: '1' }, AU_18E)).statusCode).toBe(403);
  });

  test('d’une instance restreinte, le problème n’existe que pour ses membres et ceux qui la tiennent', async () => {
    const cellule = await creer('Cellule du problème', 'restreinte');
    const id = await ouvrir(cellule, { titre: 'Problème très réservé', echeance: '2027-01-01' }, COORDINATION);
    for (const qui of [AGENT, { ...AU_18E, territoire: 'mairie-12' }]) {
      expect((await app.get(`/problemes/${id}`, qui)).statusCode).toBe(404);
      expect((await app.post(`/problemes/${id}/suivi`, { etat: 'resolu', texte: 'Un texte.' }, qui)).statusCode).toBe(404);
      expect((await app.get('/echeances?territoire=tous', qui)).body).not.toContain('très réservé');
    }
    const membre = await siegeant(app, cellule);
    expect((await membre.get(`/problemes/${id}`)).statusCode).toBe(200);
    expect((await app.post(`/instances/${await creer('GPO fermé aux autres')}/problemes/nouveau`, SAISIE, AGENT)).statusCode).toBe(403);
  });
});
