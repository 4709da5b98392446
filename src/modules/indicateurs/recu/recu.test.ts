import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { alterer } from '../../../../tests/support/alterer.ts';

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

  const valider = async () => {
    const { rows } = await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = '2.6-01' and courante`.execute(app.base.owner);
    const r = await app.post('/chiffres/2.6-01/valider', { periode: '2025', valeur: rows.map((x) => x.id) }, { comme: 'coordination', organisation: 'VILLE' });
    expect(r.statusCode).toBe(303);
  };

  test('le reçu garde le chiffre d’alors, et dit ce qu’il est devenu', async () => {
    expect((await saisir('340', '0')).statusCode).toBe(303);
    await valider();
    const fige = await app.get('/chiffres/2.6-01/recu?periode=2025');
    expect(fige.statusCode).toBe(303);
    const chemin = String(fige.headers.location);
    expect((await app.get(chemin)).body).toContain('n’a pas changé depuis');
    maintenant = new Date('2026-03-09T09:30:00Z');
    const formulaire = (await app.get('/chiffres/2.6-01/saisir?periode=2025&territoire=paris', { comme: 'coordination' })).body;
    expect((await saisir('351', /name="version" value="([^"]*)"/.exec(formulaire)?.[1] ?? '')).statusCode).toBe(303);
    // What is not validated changes nothing of what is published.
    expect((await app.get(chemin)).body).not.toContain('>351<');
    await valider();
    const page = (await app.get(chemin)).body;
    for (const mot of ['tel que publié le', '>340<', '>351<', 'a changé depuis', 'Empreinte']) expect(page).toContain(mot);
    expect((await app.get(alterer(chemin))).statusCode).toBe(404);
    expect((await app.get('/chiffres/9.9-99/recu')).statusCode).toBe(404);
  });
});
