import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';

const PAGE = '/fiches/1.2?annee=2026&territoire=paris';
const PILOTE = { comme: 'pilote', organisation: 'RECTORAT', fiche: '1.2' } as const;
const champ = (html: string, nom: string): string => new RegExp(`name="${nom}" value="([^"]*)"`).exec(html)?.[1] ?? '';

describe('Les phrases d’une fiche', () => {
  let app: AppDeTest;
  let maintenant = new Date('2026-11-25T10:00:00Z');
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: () => maintenant });
  });
  afterAll(() => app?.close());

  test('sont dites de la plateforme tant que le pilote ne les a pas validées, puis validées par lui à cette date', async () => {
    const avant = (await app.get(PAGE)).body;
    expect(avant).toContain('Phrases écrites par la plateforme');
    expect(avant).not.toContain('Valider ces phrases');
    const page = (await app.get(PAGE, PILOTE)).body;
    expect(page).toContain('Valider ces phrases');
    const champs = { annee: '2026', territoire: 'paris', empreinte: champ(page, 'empreinte') };
    expect((await app.post('/fiches/1.2/synthese', { ...champs, empreinte: 'a'.repeat(64) }, PILOTE)).statusCode).toBe(409);
    expect((await app.post('/fiches/1.2/synthese', champs, { comme: 'agent' })).statusCode).toBe(403);
    expect((await app.post('/fiches/9.9/synthese', champs, PILOTE)).statusCode).toBe(404);
    expect((await app.post('/fiches/1.2/synthese', champs, PILOTE)).statusCode).toBe(303);
    // Twice: the same figures are validated once.
    await app.post('/fiches/1.2/synthese', champs, PILOTE);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from syntheses where fiche = '1.2'`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(1);
    const apres = (await app.get(PAGE)).body.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');
    expect(apres).toMatch(/Phrases validées par le pilote \(Rectorat.*?\) le 25 novembre 2026\./);
    expect(apres).not.toContain('Phrases écrites par la plateforme');
  });

  test('quand un chiffre bouge, la page dit que ce qui est validé n’est plus ce qu’on lit, et garde ce qui l’était', async () => {
    // What was awaited is late: the figures of the sentences are no longer those that were read.
    maintenant = new Date('2027-02-03T10:00:00Z');
    const apres = (await app.get(PAGE)).body.replace(/<!-- -->/g, '');
    expect(apres).toContain('un chiffre a bougé');
    expect(apres).toContain('Lire les phrases validées alors');
  });
});
