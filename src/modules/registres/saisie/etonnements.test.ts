/** What a record says that surprises is asked on its form, once, with everything typed still there. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';

const QUI = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const SESSION = {
  jour: '14/03/2026',
  titre: 'Session d’essai',
  territoire_id: 'mairie-18',
  adresse: '1 place Jules-Joffrin',
  organisation_id: 'DPMP',
  commentaire: 'Salle des fêtes',
  'donnees.type': 'continue',
  'donnees.theme': 'rixes',
  'donnees.employeur': 'dpmp',
  'donnees.public': 'police-municipale',
  'donnees.participants': '50',
};

describe('Ce qui surprend dans un enregistrement', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
    for (let i = 0; i < 6; i++) expect((await app.post('/registres/formations/nouveau', { ...SESSION, titre: `Session ${i}` }, QUI)).statusCode).toBe(303);
  });
  afterAll(() => app.close());
  const creer = (plus: Record<string, string>) => app.post('/registres/formations/nouveau', { ...SESSION, ...plus }, QUI);
  const combien = async () => (await sql<{ n: number }>`select count(*)::int as n from activites`.execute(app.base.owner)).rows[0]?.n;
  const marque = (page: string): string => /<input[^>]*name="confirme"[^>]*value="([^"]+)"/.exec(page)?.[1] ?? '';

  test.each([
    ['dix fois l’habitude', { 'donnees.participants': '500' }, 'plus de dix fois'],
    ['un dixième de l’habitude', { 'donnees.participants': '5' }, 'moins du dixième'],
    ['un jour avant le contrat', { jour: '14/03/2019' }, 'avant le début du contrat'],
    ['un point hors du territoire', { lon: '5,37', lat: '43,29' }, 'hors du territoire du contrat'],
  ])('%s : demandé, rien de perdu, enregistré une fois confirmé', async (_, plus, dit) => {
    const avant = await combien();
    const demande = await creer(plus);
    expect([demande.statusCode, await combien()]).toEqual([422, avant]);
    for (const t of [
      dit,
      'Oui, c’est juste',
      'Salle des fêtes',
      '1 place Jules-Joffrin',
      ...('lon' in plus ? [] : Object.values(plus).map((v) => `value="${v}"`)),
    ])
      expect(demande.body).toContain(t);
    expect((await creer({ ...plus, confirme: 'oui' })).statusCode).toBe(422);
    expect((await creer({ ...plus, confirme: marque(demande.body) })).statusCode).toBe(303);
    expect(await combien()).toBe((avant ?? 0) + 1);
  });

  test('une confirmation ne vaut que pour ce qu’elle a vu', async () => {
    const demande = await creer({ 'donnees.participants': '600' });
    expect((await creer({ 'donnees.participants': '700', confirme: marque(demande.body) })).statusCode).toBe(422);
    expect((await creer({ 'donnees.participants': '600', jour: '14/03/2019', confirme: marque(demande.body) })).statusCode).toBe(422);
  });

  test('une correction ne demande que pour ce qu’elle change', async () => {
    const demande = await creer({ 'donnees.participants': '900' });
    const cree = await creer({ 'donnees.participants': '900', confirme: marque(demande.body) });
    const page = String(cree.headers.location);
    const corriger = async (plus: Record<string, string>) => {
      const vu = (await app.get(`${page}/corriger`, QUI)).body;
      const masques = [...vu.matchAll(/type="hidden" name="(_vu|version)" value="([^"]*)"/g)].map((m) => [m[1] ?? '', (m[2] ?? '').replaceAll('&quot;', '"')]);
      return app.post(`${page}/corriger`, { ...SESSION, 'donnees.participants': '900', motif: 'essai', ...Object.fromEntries(masques), ...plus }, QUI);
    };
    expect((await corriger({ titre: 'Un autre titre' })).statusCode).toBe(303);
    const autre = await corriger({ titre: 'Un autre titre', 'donnees.participants': '9000' });
    expect(autre.statusCode).toBe(422);
    const dit = await corriger({ titre: 'Un autre titre', 'donnees.participants': '4' });
    expect([dit.statusCode, dit.body.includes('moins du dixième')]).toEqual([422, true]);
    expect((await corriger({ titre: 'Un autre titre', 'donnees.participants': '4', confirme: marque(dit.body) })).statusCode).toBe(303);
  });
});
