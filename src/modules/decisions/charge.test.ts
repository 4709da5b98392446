/** Who a decision is given to, and who will be reminded of it. Over HTTP against a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { AU_18E } from '../../../tests/support/scenes.ts';
import { inTransaction } from '../../core/base/database.ts';
import { HOUSE } from '../../modules.ts';
import { fermerCompte } from '../comptes/gestion/gestion.queries.ts';
import { createCompte } from '../comptes/sessions.queries.ts';
import { creerInstance } from '../instances/instances.fixtures.ts';

const ID = /([0-9a-f-]{36})/;
let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

async function conseil(nom: string) {
  const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom });
  const siege = { qualite: 'membre', debut: '2026-01-01' };
  await app.post(
    `/instances/${id}/membres/nouveau`,
    { ...siege, fonction: 'Commissaire central', organisation: 'CSP18', nom: 'Inès Roche', courriel: 'ines@pp.exemple.fr' },
    AU_18E,
  );
  await app.post(`/instances/${id}/membres/nouveau`, { ...siege, fonction: 'Principal du collège', organisation: 'RECTORAT' }, AU_18E);
  return id;
}
const options = (page: string) =>
  [...(/<select[^>]*name="responsable"[\s\S]*?<\/select>/.exec(page)?.[0] ?? '').matchAll(/<option value="([^"]+)"[^>]*>([^<]+)/g)].map(
    (m) => [m[1] ?? '', (m[2] ?? '').replaceAll('&#x27;', '’')] as const,
  );

describe('À qui une décision est confiée', () => {
  test('ceux qui y siègent d’abord, puis les organisations de ce territoire sous leur nom d’ici, puis les autres', async () => {
    const id = await conseil('Conseil aux choix');
    const choix = options((await app.get(`/decisions/nouvelle?instance=${id}`, AU_18E)).body);
    const sieges = choix.filter(([v]) => v.startsWith('siege:')).map(([, l]) => l);
    expect(choix.slice(0, sieges.length).every(([v]) => v.startsWith('siege:'))).toBe(true);
    expect(sieges.some((l) => l === 'Inès Roche, Commissaire central')).toBe(true);
    expect(sieges.some((l) => l === `Principal du collège, ${app.catalogue.nomActeur('RECTORAT')} (siège à pourvoir)`)).toBe(true);
    const noms = new Map(choix);
    expect(noms.get('MA')).toBe('Mairie du 18e arrondissement');
    // That of this place stands for « les commissariats »; that of another place is not offered.
    expect([noms.has('CSP18'), noms.has('COMM'), noms.has('COMM-PC')]).toEqual([true, false, false]);
    expect(noms.get('RATP')).toBe(app.catalogue.nomActeur('RATP'));
  });

  test('un siège occupé donne son organisation, son nom et son adresse ; la page dit qui sera prévenu, et quand', async () => {
    const id = await conseil('Conseil qui confie');
    const [siege = ''] = options((await app.get(`/decisions/nouvelle?instance=${id}`, AU_18E)).body).find(([, l]) => l.startsWith('Inès Roche')) ?? [];
    const saisie = { instance: id, nature: 'action', libelle: 'Tenir une permanence', responsable: siege, responsable_nom: '', responsable_courriel: '' };
    const creee = await app.post('/decisions/nouvelle', { ...saisie, echeance: '2027-06-16' }, AU_18E);
    const page = (await app.get(String(creee.headers.location), AU_18E)).body.replaceAll('<!-- -->', '');
    expect(page).toContain('Inès Roche');
    expect(page).toContain(app.catalogue.nomActeur('CSP18'));
    // A Wednesday: seven days before is one too; thirty days late falls on a Saturday, and is told on the Monday.
    expect(page).toMatch(/Le 9.juin.2027, à Inès Roche \(ines@pp\.exemple\.fr\)\./);
    expect(page).toMatch(/la présidence de l’instance est prévenue le 19.juillet.2027/);
    // Those who only read it do not read the address.
    const lue = (await app.get(String(creee.headers.location), { comme: 'agent', organisation: 'PP' })).body;
    expect([lue.includes('ines@pp.exemple.fr'), lue.includes('Inès Roche')]).toEqual([false, true]);
  });

  test('confiée à quelqu’un d’autre de la même organisation, l’adresse du siège ne lui est pas prêtée', async () => {
    const id = await conseil('Conseil au suppléant');
    const [siege = ''] = options((await app.get(`/decisions/nouvelle?instance=${id}`, AU_18E)).body).find(([, l]) => l.startsWith('Inès Roche')) ?? [];
    const saisie = {
      instance: id,
      nature: 'action',
      libelle: 'Recevoir les bailleurs',
      responsable: siege,
      responsable_nom: 'Paul Sow',
      responsable_courriel: '',
    };
    const creee = await app.post('/decisions/nouvelle', saisie, AU_18E);
    const page = (await app.get(String(creee.headers.location), AU_18E)).body.replaceAll('<!-- -->', '');
    expect([page.includes('Paul Sow'), page.includes('ines@pp.exemple.fr')]).toEqual([true, false]);
    expect(page).toMatch(/Sans échéance, aucun rappel ne part|Personne n’a d’adresse/);
  });

  test('qui est parti n’en est plus chargé : son organisation l’est, et le secrétariat est écrit à sa place', async () => {
    const id = await conseil('Conseil qui perd un membre');
    const qui = {
      qualite: 'secretaire',
      debut: '2026-01-01',
      fonction: 'Secrétariat',
      organisation: 'DPMP',
      nom: 'Nadia Benali',
      courriel: 'nadia@exemple.fr',
    };
    await app.post(`/instances/${id}/membres/nouveau`, qui, AU_18E);
    const champs = { instance: id, nature: 'action', libelle: 'Éclairer le square', responsable: 'CSP18', responsable_nom: 'Luc Sorti' };
    const creee = await app.post('/decisions/nouvelle', { ...champs, responsable_courriel: 'luc@pp.exemple.fr', echeance: '2027-06-16' }, AU_18E);
    const lue = async () => (await app.get(String(creee.headers.location), AU_18E)).body.replaceAll('<!-- -->', '');
    expect(await lue()).toMatch(/Le 9.juin.2027, à Luc Sorti \(luc@pp\.exemple\.fr\)\./);
    const compte = await createCompte(app.base.owner, app.contratId, {
      ...{ courriel: 'luc@pp.exemple.fr', nom: 'Luc Sorti', fonction: '', organisationId: 'CSP18', motDePasse: null, demonstration: false, ordre: 0 },
      ...{ mandats: [], accordePar: 'essai', debut: '2020-01-01' },
    });
    await aLHeureDeParis(() =>
      inTransaction(app.db, { contratId: app.contratId }, (tx) =>
        fermerCompte(tx, app.contratId, compte ?? '', { jour: '2026-11-30', par: 'essai', maintenant: new Date(), ailleurs: HOUSE.titres }),
      ),
    )();
    expect(await lue()).toMatch(/Le 9.juin.2027, à Nadia Benali \(nadia@exemple\.fr\)\./);
    const { rows } = await sql`select personne, courriel, organisation_id as "organisationId" from echeances
      where objet = ${ID.exec(String(creee.headers.location))?.[1] ?? ''} and genre = 'decision'`.execute(app.base.owner);
    expect(rows).toEqual([{ personne: '', courriel: '', organisationId: 'CSP18' }]);
  });

  test('l’adresse d’un compte fermé est refusée à son champ, sans rien perdre', async () => {
    const id = await conseil('Conseil d’où l’on part');
    await createCompte(app.base.owner, app.contratId, {
      ...{ courriel: 'sorti@pp.exemple.fr', nom: 'Un Sorti', fonction: '', organisationId: 'CSP18', motDePasse: null, demonstration: false, ordre: 0 },
      ...{ mandats: [], accordePar: 'essai', debut: '2020-01-01' },
    });
    await sql`update comptes set ferme_le = now() where courriel = 'sorti@pp.exemple.fr'`.execute(app.base.owner);
    const saisie = { instance: id, nature: 'action', libelle: 'Éclairer la place', responsable: 'CSP18', responsable_nom: 'Un Sorti' };
    const refus = await app.post('/decisions/nouvelle', { ...saisie, responsable_courriel: 'sorti@pp.exemple.fr' }, AU_18E);
    expect([refus.statusCode, refus.body.includes('Le compte de cette adresse est fermé')]).toEqual([422, true]);
    for (const garde of ['Éclairer la place', 'Un Sorti', 'sorti@pp.exemple.fr']) expect(refus.body).toContain(garde);
    const creee = await app.post('/decisions/nouvelle', { ...saisie, responsable_courriel: '' }, AU_18E);
    const decision = `/decisions/${ID.exec(String(creee.headers.location))?.[1] ?? ''}`;
    const url = `${decision}/charge`;
    const page = (await app.get(decision, AU_18E)).body;
    const change = await app.post(url, { ...lireFormulaire(page, url), responsable_courriel: 'sorti@pp.exemple.fr' }, AU_18E);
    expect([change.statusCode, change.body.includes('Le compte de cette adresse est fermé')]).toEqual([422, true]);
  });

  test('l’organisation d’un autre territoire est refusée, avec ce qu’il faut choisir', async () => {
    const id = await conseil('Conseil d’ici');
    const saisie = { instance: id, nature: 'action', libelle: 'Tenir une permanence', responsable: 'COMM-PC' };
    const r = await app.post('/decisions/nouvelle', saisie, AU_18E);
    expect([r.statusCode, r.body.includes('n’agit pas ici (Mairie du 18e)')]).toEqual([422, true]);
    const inconnu = await app.post('/decisions/nouvelle', { ...saisie, responsable: 'siege:00000000-0000-4000-8000-000000000000' }, AU_18E);
    expect([inconnu.statusCode, inconnu.body.includes('Choisissez qui en est chargé')]).toEqual([422, true]);
  });

  test('une organisation présente partout se nomme par le lieu de la décision, dans la liste, la page et l’export', async () => {
    const id = await conseil('Conseil de la mairie');
    const creee = await app.post('/decisions/nouvelle', { instance: id, nature: 'decision', libelle: 'Ouvrir le square', responsable: 'MA' }, AU_18E);
    const decision = ID.exec(String(creee.headers.location))?.[1] ?? '';
    for (const url of [`/decisions/${decision}`, `/decisions?instance=${id}`, `/decisions.csv?instance=${id}`])
      expect([url, (await app.get(url, AU_18E)).body.includes('Mairie du 18e arrondissement')]).toEqual([url, true]);
  });
});
