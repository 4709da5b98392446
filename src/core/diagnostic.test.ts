import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../tests/support/app.ts';
import {
  type Constat,
  verifier,
  verifierDisque,
  verifierFiles,
  verifierHorloge,
  verifierIndex,
  verifierLectures,
  verifierNode,
  verifierPassages,
  verifierPostgres,
  verifierRole,
  verifierSauvegarde,
  verifierSecrets,
} from './diagnostic.ts';

describe('Le diagnostic', () => {
  let app: AppDeTest;
  let dossier: string;
  beforeAll(async () => {
    app = await ouvrirApp();
    dossier = await mkdtemp(join(tmpdir(), 'concorde-diagnostic-'));
  });
  afterAll(async () => {
    await rm(dossier, { recursive: true, force: true });
    await app.close();
  });
  const etats = (k: Constat[]) => Object.fromEntries(k.map((x) => [x.sujet, x.etat]));
  const owner = () => app.base.owner;

  test('une installation saine n’a rien à réparer', async () => {
    expect(
      etats([
        ...(await verifierPostgres(app.db)),
        ...(await verifierRole(app.db)),
        await verifierIndex(app.db),
        await verifierHorloge(app.db, () => new Date()),
      ]),
    ).toEqual({
      PostgreSQL: 'bon',
      Extensions: 'bon',
      'Compte de la base': 'bon',
      Cloisonnement: 'bon',
      Index: 'bon',
      Horloge: 'bon',
    });
    expect((await verifierDisque(dossier)).constat).toMatch(/Go libres/);
    expect([verifierNode('20.19.5'), verifierNode('20.20.0'), verifierNode('24.1.0')].map((k) => k.etat)).toEqual(['faute', 'bon', 'bon']);
  });

  test('un opérateur qui n’est plus étanche, un index de liste perdu, et ce qu’il faut faire', async () => {
    expect(etats(await verifierLectures(app.db))).toEqual({ 'Lectures cloisonnées': 'bon', 'Index des listes': 'bon' });
    await sql`alter function pg_catalog.ts_match_vq(tsvector, tsquery) not leakproof`.execute(owner());
    await sql`alter index faits_comptes_lieu rename to faits_comptes_ailleurs`.execute(owner());
    const [operateurs, index] = await verifierLectures(app.db);
    expect(operateurs).toMatchObject({ etat: 'alerte', constat: expect.stringContaining('la recherche dans un registre') });
    expect(operateurs?.conseil).toContain('alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;');
    expect(index).toMatchObject({ etat: 'faute', constat: 'absents : faits_comptes_lieu' });
    // What is advised mends it.
    await sql.raw(/alter function[^;]+;/.exec(operateurs?.conseil ?? '')?.[0] ?? 'select 1').execute(owner());
    await sql`alter index faits_comptes_ailleurs rename to faits_comptes_lieu`.execute(owner());
    expect(etats(await verifierLectures(app.db))).toEqual({ 'Lectures cloisonnées': 'bon', 'Index des listes': 'bon' });
  });

  test('servir par le compte du propriétaire est une faute', async () => {
    const constats = await verifierRole(owner());
    expect(constats[0]).toMatchObject({ etat: 'faute' });
    expect(constats[0]?.constat).toMatch(/possède|serveur/);
  });

  test('une table lisible sans cloisonnement, un index de recherche perdu sont trouvés', async () => {
    await sql`create table nue (a int)`.execute(owner());
    await sql`grant select on nue to concorde_application`.execute(owner());
    expect((await verifierRole(app.db)).find((k) => k.sujet === 'Cloisonnement')).toMatchObject({ etat: 'faute', constat: 'sans cloisonnement : nue' });
    await sql`drop table nue`.execute(owner());
    const { rows } = await sql<{ d: string }>`select pg_get_indexdef('recherche_approche'::regclass) as d`.execute(owner());
    await sql`drop index recherche_approche`.execute(owner());
    expect(await verifierIndex(app.db)).toMatchObject({ etat: 'faute' });
    await sql.raw(rows[0]?.d ?? '').execute(owner());
    expect(await verifierIndex(app.db)).toMatchObject({ etat: 'bon' });
  });

  test('une horloge qui dérive est vue', async () => {
    expect(await verifierHorloge(app.db, () => new Date(Date.now() + 60_000))).toMatchObject({ etat: 'faute', constat: expect.stringContaining('60 s') });
  });

  test('ce qui attend ou a échoué se dit, courriels compris', async () => {
    const c = app.contratId;
    expect(etats(await verifierFiles(app.db, c, true, false))).toEqual({ Travaux: 'bon', Courriels: 'bon' });
    await sql`insert into travaux (contrat_id, genre, libelle, etat) values (${c}, 'x', 'x', 'echec')`.execute(owner());
    await sql`insert into courriels (contrat_id, destinataire, sujet, texte, etat) values (${c}, 'a@exemple.fr', 's', 't', 'echec')`.execute(owner());
    expect(etats(await verifierFiles(app.db, c, true, false))).toEqual({ Travaux: 'alerte', Courriels: 'alerte' });
    await sql`insert into travaux (contrat_id, genre, libelle, cree_le) values (${c}, 'x', 'x', now() - interval '2 hours')`.execute(owner());
    await sql`insert into courriels (contrat_id, destinataire, sujet, texte, cree_le) values (${c}, 'a@exemple.fr', 's', 't', now() - interval '2 hours')`.execute(
      owner(),
    );
    expect(etats(await verifierFiles(app.db, c, true, false))).toEqual({ Travaux: 'faute', Courriels: 'faute' });
    expect(etats(await verifierFiles(app.db, c, false, false)).Courriels).toBe('faute');
    expect(etats(await verifierFiles(app.db, c, false, true)).Courriels).toBe('bon');
  });

  test('une clé lisible par d’autres, une sauvegarde vieille ou absente sont des fautes', async () => {
    const cle = join(dossier, 'cle');
    await writeFile(cle, 'x', { mode: 0o600 });
    expect((await verifierSecrets(dossier, ['cle', 'absente'])).etat).toBe('bon');
    await chmod(cle, 0o644);
    expect(await verifierSecrets(dossier, ['cle'])).toMatchObject({ etat: 'faute', constat: 'lisibles par d’autres : cle' });
    const maintenant = new Date();
    expect((await verifierSauvegarde(cle, false, maintenant)).etat).toBe('bon');
    const hier = new Date(maintenant.getTime() - 30 * 3_600_000);
    await utimes(cle, hier, hier);
    expect(await verifierSauvegarde(cle, false, maintenant)).toMatchObject({ etat: 'faute', constat: 'la dernière a 30 h' });
    expect((await verifierSauvegarde(join(dossier, 'rien'), false, maintenant)).etat).toBe('faute');
    expect((await verifierSauvegarde(null, false, maintenant)).etat).toBe('alerte');
    expect((await verifierSauvegarde(null, true, maintenant)).etat).toBe('bon');
  });

  test('une vérification qui échoue elle-même est une faute de son sujet', async () => {
    expect(
      await verifier('Base', async () => {
        throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
      }),
    ).toEqual([expect.objectContaining({ sujet: 'Base', etat: 'faute', constat: 'la vérification a échoué (ECONNREFUSED)' })]);
    const p = {
      code: 'a',
      libelle: 'A',
      etat: 'echec' as const,
      commenceLe: null,
      finiLe: null,
      message: 'raison',
      echecsDeSuite: 2,
      dernierSuccesLe: null,
      prochainLe: new Date(),
    };
    expect(verifierPassages([p, { ...p, echecsDeSuite: 0 }], () => false).map((k) => k.etat)).toEqual(['faute', 'bon']);
  });
});
