/** States of past years come from dated states: by the form, the API's own writing, imports and their undoing. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appliquerFaits, EN_DIRECT, getFigures, getFormulaire, verifierChiffres } from '../src/modules/indicateurs/index.ts';
import { getCatalogue } from '../src/modules/contrats/index.ts';
import { repertoireDe } from '../src/modules/registres/registres.repertoire.ts';
import { HOUSE } from '../src/modules.ts';
import { AUJOURDHUI, type Base, doleance, ecrire, etablissement, ICI, intervention, operation, poste } from './mesures/essai.ts';
import { type BaseDeTest, testDatabase } from './support/database.ts';
import { ceQuiABouge } from '../src/modules/indicateurs/mouvements/mouvements.ts';
import { installerSources } from '../src/modules/indicateurs/formulaires.ts';

let base: BaseDeTest;
let b: Base;
beforeAll(async () => {
  base = await testDatabase();
  installerSources(HOUSE.sources);
  const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
  const contratId = rows[0]?.id ?? 0;
  b = { contratId, f: await getFormulaire(base.owner, contratId), rep: repertoireDe(await getCatalogue(base.owner, contratId)) };
});
afterAll(() => base.close());

const ecrireTout = (...faits: Parameters<typeof ecrire>[2][]) =>
  base.owner.transaction().execute(async (tx) => {
    for (const f of faits) await ecrire(tx, b, f);
  });
async function lire(mesureId: string, ...periodes: string[]) {
  const figures = await getFigures(base.owner, b.contratId, b.f, {
    mesures: [mesureId],
    periodes,
    territoireId: ICI,
    aire: b.f.catalogue.aire(ICI),
    aujourdhui: AUJOURDHUI,
    enDirect: EN_DIRECT,
  });
  return periodes.map((p) => {
    const c = figures.get(p)?.get(mesureId);
    return c?.valeur ?? c?.etat;
  });
}
const juste = async () => expect((await verifierChiffres(base.owner, b.contratId)).differences).toEqual([]);

test('suspendre aujourd’hui un poste de 2024 ne change ni 2024 ni 2025', async () => {
  await ecrireTout(poste({ type: 'service-civique', etat: 'pourvu' }, { jour: '2024-02-01' }));
  expect(await lire('1.1-06', '2024', '2025', '2026')).toEqual([1, 1, 1]);
  await ecrireTout(poste({ type: 'service-civique', etat: 'pourvu' }, { jour: '2024-02-01', suites: [{ le: '2026-11-02', donnees: { etat: 'suspendu' } }] }));
  expect(await lire('1.1-06', '2024', '2025', '2026', '2026-11', '2026-12')).toEqual([2, 2, 2, 2, 1]);
  await juste();
});

test('« Ainsi depuis le » dit le jour du changement, et la correction d’autre chose ne le déplace pas', async () => {
  const avant = await lire('1.4-01a', '2024', '2025', '2025-T1', '2025-T3');
  const suites = [
    { le: '2026-01-10', donnees: { etat: 'suspendu', depuis: '2025-04-01' } },
    { le: '2026-03-10', donnees: { places: 4 } },
  ];
  await ecrireTout(poste({ type: 'tig', etat: 'ouvert' }, { jour: '2024-02-01', suites }));
  expect(avant).toEqual([0, 0, 0, 0]);
  expect(await lire('1.4-01a', '2024', '2025', '2025-T1', '2025-T3')).toEqual([1, 1, 1, 0]);
  await juste();
});

test('un poste parti puis revenu compte une fois, quelle que soit la longueur de la période', async () => {
  const suites = [
    { le: '2025-03-15', donnees: { etat: 'suspendu' } },
    { le: '2025-10-05', donnees: { etat: 'pourvu' } },
    { le: '2025-10-20', donnees: { etat: 'suspendu' } },
    { le: '2025-11-02', donnees: { etat: 'ouvert' } },
  ];
  await ecrireTout(poste({ type: 'reparation-penale', categorie_structure: 'bailleur' }, { jour: '2025-01-10', suites }));
  expect(await lire('3.4-03b', '2025', '2025-S1', '2025-S2', '2025-T1', '2025-T2', '2025-T3', '2025-T4', '2025-10', '2025-11', '2026')).toEqual([
    1, 1, 1, 1, 0, 0, 1, 1, 1, 1,
  ]);
  await juste();
});

test('ce qu’une écriture a fait bouger se dit aussi d’un stock et de ses valeurs différentes', async () => {
  await base.owner.transaction().execute(async (tx) => {
    const id = '00000000-0000-4000-8000-0000000000d1';
    await sql`
      insert into activites (contrat_id, registre, id, jour, titre, territoire_id, organisation_id, donnees, auteur)
      values (${b.contratId}, 'postes', ${id}::uuid, '2025-05-01', 'Essai', ${ICI}, 'VILLE',
        '{"type": "tig", "etat": "ouvert", "domaine": "mobilite", "categorie_structure": "ville", "creneau": "journee"}', 'essai')`.execute(tx);
    const deltas = await appliquerFaits(tx, b.contratId, 'postes', { ids: [id] }, 1);
    const bouge = await ceQuiABouge(tx, b.contratId, deltas, 100);
    const diversite = bouge.chiffres.find((m) => m.mesureId === '1.4-01b' && m.periode === '2025');
    expect((diversite?.apres.valeur ?? 0) - (diversite?.avant.valeur ?? 0)).toBe(1);
    const fiches = bouge.chiffres.find((m) => m.mesureId === '1.4-01a' && m.periode === '2025');
    expect((fiches?.apres.valeur ?? 0) - (fiches?.avant.valeur ?? 0)).toBe(1);
  });
  await juste();
});

test('un import annulé n’a rien dit : l’état d’avant reprend à sa date', async () => {
  await ecrireTout(etablissement({ suivi: 'mediation-nocturne' }, { jour: '2024-05-01' }));
  expect(await lire('3.6-07a', '2025', '2026')).toEqual([1, 1]);
  const changer = async (suivi: string, acte: string, le: string) =>
    base.owner.transaction().execute(async (tx) => {
      const { rows } = await sql<{ id: string }>`select id from activites where registre = 'etablissements'`.execute(tx);
      const ids = rows.map((r) => r.id);
      await appliquerFaits(tx, b.contratId, 'etablissements', { ids }, -1);
      await sql`update activites set donnees = donnees || jsonb_build_object('suivi', ${suivi}::text), version = version + 1, acte = ${acte}, modifie_le = ${le}::timestamptz
        where registre = 'etablissements'`.execute(tx);
      await appliquerFaits(tx, b.contratId, 'etablissements', { ids }, 1);
    });
  await changer('controle', 'import', '2025-02-10T10:00:00Z');
  expect(await lire('3.6-07a', '2025', '2026')).toEqual([1, 0]);
  await changer('mediation-nocturne', 'annulation', '2026-03-10T10:00:00Z');
  expect(await lire('3.6-07a', '2025', '2025-T4', '2026')).toEqual([1, 1, 1]);
  await juste();
});

test('un canal qui n’a rien envoyé manque, même si un autre a parlé ; par période, non par an', async () => {
  await ecrireTout(doleance({ canal: 'totem' }, { jour: '2025-02-03' }));
  expect(await lire('3.14-04a', '2025', '2025-02')).toEqual(['manquant', 'manquant']);
  await ecrireTout(doleance({ canal: 'dmr' }, { jour: '2025-05-03' }));
  expect(await lire('3.14-04a', '2025', '2025-05', '2025-02')).toEqual([0, 0, 'manquant']);
  await juste();
});

test('un service silencieux ne vaut pas zéro parce qu’un autre a enregistré', async () => {
  await ecrireTout(intervention({ theme: 'rixes', service: 'association' }));
  expect(await lire('1.6-09', '2025')).toEqual(['manquant']);
  await ecrireTout(intervention({ theme: 'vss', service: 'mpce' }));
  expect(await lire('1.6-09', '2025')).toEqual([0]);
  await ecrireTout(operation({ type: 'nettoyage', service: 'bailleur' }));
  expect(await lire('3.2-05', '2025')).toEqual(['manquant']);
});

test('un chiffre qui n’a qu’une partie de ce que demande le contrat dit laquelle', async () => {
  const figures = await getFigures(base.owner, b.contratId, b.f, {
    mesures: ['3.14-01'],
    periodes: ['2025'],
    territoireId: ICI,
    aire: b.f.catalogue.aire(ICI),
    aujourdhui: AUJOURDHUI,
    enDirect: EN_DIRECT,
  });
  expect(figures.get('2025')?.get('3.14-01')).toMatchObject({ valeur: 1, part: expect.stringContaining('police nationale') });
});
