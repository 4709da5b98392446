/** Who a decision is given to, and who will be reminded of it. Over HTTP against a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { AU_18E } from '../../../tests/support/scenes.ts';
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
