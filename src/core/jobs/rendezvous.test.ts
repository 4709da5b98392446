import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { inTransaction, openPool } from '../base/database.ts';
import { indisponible } from '../errors.ts';
import { ajouterTravail, startTravaux, type Tache } from './jobs.ts';
import { enRetard, listPassages, type Passage, passer, prochain, type Rendezvous } from './rendezvous.ts';

const rdv = (executer: Rendezvous['executer'], quand = '0 0 1 1 *'): Rendezvous => ({ code: 'essai', libelle: 'Essai', quand, executer });
const passage = (o: Partial<Passage>): Passage => ({
  code: 'essai',
  libelle: 'Essai',
  etat: 'fait',
  commenceLe: null,
  finiLe: null,
  message: '',
  echecsDeSuite: 0,
  dernierSuccesLe: null,
  prochainLe: new Date(0),
  ...o,
});

/** A busy machine takes its time. */
const ATTENTE = { timeout: 30_000 };

describe('Les heures fixes', () => {
  let app: AppDeTest;
  const arrets: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterEach(async () => {
    for (const arreter of arrets.splice(0).reverse()) await arreter();
  });
  afterAll(() => app.close());

  const demarrer = async (rendezvous: Rendezvous[], taches: Tache[] = []) => {
    const pool = openPool((await app.base.acces(app.contratId)).travaux, { max: 3 });
    arrets.push(() => pool.end());
    const runner = await startTravaux(pool, app.bases, { contratId: app.contratId, taches, rendezvous });
    arrets.push(() => runner.stop());
  };

  test.each([
    ['7 * * * *', '2026-11-25T10:07:30Z', '2026-11-25T11:07:00.000Z'],
    ['7 * * * *', '2026-11-25T10:06:59Z', '2026-11-25T10:07:00.000Z'],
    ['30 4 * * 1', '2026-11-25T10:00:00Z', '2026-11-30T04:30:00.000Z'],
    ['0 0 29 2 *', '2026-11-25T10:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('après %s, le prochain passage est calculé comme la file le fera', (quand, apres, attendu) => {
    expect(prochain(quand, new Date(apres)).toISOString()).toBe(attendu);
  });

  test('ce qu’il a fait, son échec, puis son succès se lisent, et les échecs de suite se comptent', async () => {
    const lire = async () => (await listPassages(app.db, app.contratId, [rdv(async () => '')], new Date()))[0];
    expect(await lire()).toMatchObject({ etat: null, dernierSuccesLe: null });
    await passer(
      app.bases,
      app.contratId,
      rdv(async () => 'trois rappels'),
    );
    expect(await lire()).toMatchObject({ etat: 'fait', message: 'trois rappels', echecsDeSuite: 0 });
    const casse = rdv(async () => {
      throw new Error('mot de passe secret de Jean');
    });
    await expect(passer(app.bases, app.contratId, casse)).rejects.toThrow();
    await expect(passer(app.bases, app.contratId, casse)).rejects.toThrow();
    expect(await lire()).toMatchObject({ etat: 'echec', echecsDeSuite: 2, message: 'erreur inattendue (Error)' });
    await expect(
      passer(
        app.bases,
        app.contratId,
        rdv(async () => {
          throw indisponible('Le serveur de courrier ne répond pas.');
        }),
      ),
    ).rejects.toThrow();
    expect(await lire()).toMatchObject({ message: 'Le serveur de courrier ne répond pas.' });
    await passer(
      app.bases,
      app.contratId,
      rdv(async () => 'fait'),
    );
    expect(await lire()).toMatchObject({ etat: 'fait', echecsDeSuite: 0 });
  });

  test('un travail qui dure ne retient aucune heure fixe', async () => {
    let [commence, passages] = [false, 0];
    let finir = () => {};
    const attendre = new Promise<void>((fini) => {
      finir = fini;
    });
    const long: Tache = {
      genre: 'long',
      executer: async () => {
        commence = true;
        await attendre;
        return {};
      },
    };
    await demarrer([rdv(async () => `${++passages}`)], [long]);
    arrets.push(async () => finir());
    await inTransaction(app.base.owner, { contratId: app.contratId }, (tx) =>
      ajouterTravail(tx, app.contratId, { genre: 'long', libelle: 'Long', charge: {}, demandePar: null }),
    );
    await vi.waitFor(() => expect(commence).toBe(true), ATTENTE);
    await sql`select graphile_worker.add_job(${`rendezvous_${app.contratId}_essai`}, '{}'::json)`.execute(app.base.owner);
    await vi.waitFor(() => expect(passages).toBe(1), ATTENTE);
  });

  test('après un arrêt de plusieurs heures, deux processus rattrapent une seule fois', async () => {
    let passages = 0;
    const horaire: Rendezvous = {
      code: 'horaire',
      libelle: 'Horaire',
      quand: `${(new Date().getUTCMinutes() + 30) % 60} * * * *`,
      executer: async () => `${++passages}`,
    };
    await demarrer([horaire]);
    await vi.waitFor(async () => {
      const { rows } = await sql`
        update graphile_worker._private_known_crontabs set last_execution = now() - interval '5 hours', known_since = now() - interval '9 hours'
        where identifier = ${`rendezvous_${app.contratId}_horaire`} returning 1`.execute(app.base.owner);
      expect(rows).toHaveLength(1);
    }, ATTENTE);
    for (const arreter of arrets.splice(0).reverse()) await arreter();
    await Promise.all([demarrer([horaire]), demarrer([horaire])]);
    await vi.waitFor(() => expect(passages).toBe(1), ATTENTE);
    await vi.waitFor(async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs where task_identifier like 'rendezvous%'`.execute(
        app.base.owner,
      );
      expect(rows[0]?.n).toBe(0);
    }, ATTENTE);
    expect(passages).toBe(1);
  });

  test('en retard : l’heure qui suit le dernier succès est passée depuis plus d’un quart d’heure', () => {
    const p = passage({ dernierSuccesLe: new Date('2026-11-25T10:07:05Z') });
    expect(enRetard(p, '7 * * * *', new Date('2026-11-25T11:15:00Z'))).toBe(false);
    expect(enRetard(p, '7 * * * *', new Date('2026-11-25T11:23:00Z'))).toBe(true);
    expect(enRetard(passage({}), '7 * * * *', new Date())).toBe(false);
  });
});
