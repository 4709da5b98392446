import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';

describe('Figer un chiffre pour le citer', () => {
  let app: AppDeTest;
  let maintenant = new Date('2026-03-01T09:30:00Z');
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: () => maintenant });
  });
  afterAll(() => app?.close());
  const saisir = (valeur: string, version: string) =>
    app.post(
      '/chiffres/2.6-01/saisir',
      { periode: '2025', territoire: 'paris', etat: 'valeur', valeur, source: 'Comptage', version, confirme: valeur },
      { comme: 'coordination' },
    );

  test('le reçu garde le chiffre d’alors, et dit ce qu’il est devenu', async () => {
    expect((await saisir('340', '0')).statusCode).toBe(303);
    const fige = await app.get('/chiffres/2.6-01/recu?periode=2025');
    expect(fige.statusCode).toBe(303);
    const chemin = String(fige.headers.location);
    expect((await app.get(chemin)).body).toContain('n’a pas changé depuis');
    maintenant = new Date('2026-03-09T09:30:00Z');
    await sql`update valeurs set valeur = 351 where mesure_id = '2.6-01' and courante`.execute(app.base.owner);
    const page = (await app.get(chemin)).body;
    for (const mot of ['tel que publié le', '340', '351', 'a changé depuis', 'Empreinte']) expect(page).toContain(mot);
    expect((await app.get(`${chemin.slice(0, -1)}${chemin.endsWith('A') ? 'B' : 'A'}`)).statusCode).toBe(404);
    expect((await app.get('/chiffres/9.9-99/recu')).statusCode).toBe(404);
  });
});
