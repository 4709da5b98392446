/** What the night tells goes one by one: what cannot be told is said, and leaves the others. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { listCircuits } from '../circuits/circuits.ts';
import { idDe } from '../demandes/identifiants.ts';
import { arreterOpen311 } from '../open311/arreter.ts';
import type { Faire, Faits } from '../un-par-un.ts';
import { arreterLesBilans, circuitsDits } from './arreter.ts';
import { arreterLaNuit } from './nuit.ts';
import { arreterLesQuartiers } from './quartiers.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

/** As the job does. */
const nuit = (jour: string) =>
  dansLeFuseau('Europe/Paris', async () =>
    arreterLaNuit((acte) => inTransaction(app.db, { contratId: app.contratId }, acte), {
      catalogue: app.catalogue,
      circuits: await listCircuits(`contrats/${app.catalogue.slug}`),
      maintenant: new Date(`${jour}T00:20:00Z`),
    }),
  );
const dits = async () => {
  const lire = async (table: string, colonne: string) =>
    (
      await sql<{ x: string }>`select ${sql.ref(colonne)} as x from ${sql.table(table)} where contrat_id = ${app.contratId} order by 1`.execute(app.base.owner)
    ).rows.map((r) => r.x);
  return {
    bilans: await lire('demande_bilans', 'periode'),
    quartiers: await lire('demande_quartiers', 'periode'),
    open311: await lire('open311_mois', 'mois'),
  };
};

test('un mois qui ne s’arrête pas laisse les autres s’arrêter, chacun dans sa transaction, et se dit ; la nuit d’après le reprend', async () => {
  const lieu = app.catalogue.enfants(app.catalogue.racine.id)[0]?.id ?? '';
  const quartier = app.catalogue.descendants(lieu).find((x) => app.catalogue.enfants(x).length === 0) ?? '';
  for (const jour of ['2024-01-10', '2024-02-10', '2024-03-10'])
    for (let i = 0; i < 6; i++) {
      const recuLe = new Date(`${jour}T12:00:00Z`);
      await sql`
        insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, lon, lat, service_id, etat, etat_le, recu_le, modifie_le)
        values (${app.contratId}, ${idDe(recuLe)}::uuid, 'tranquillite-publique', 'web', 'bruit', 'Bruit, tapage', 'vie-nocturne', ${jour}::date, 22,
          ${quartier}, 2.35, 48.85, 'DPMP', 'recu', ${recuLe}, ${recuLe}, ${recuLe})`.execute(app.base.owner);
    }
  await sql`create function essai_refuser() returns trigger language plpgsql as $$ begin raise exception 'trop long' using errcode = '57014'; end $$`.execute(
    app.base.owner,
  );
  await sql`create trigger essai_refuser before insert on demande_bilans for each row when (new.periode = '2024-02') execute function essai_refuser()`.execute(
    app.base.owner,
  );
  await sql`create trigger essai_refuser before insert on open311_mois for each row when (new.mois = '2024-02') execute function essai_refuser()`.execute(
    app.base.owner,
  );
  try {
    await expect(nuit('2024-05-01')).rejects.toThrow('3\u00a0bilans arrêtés ; ceci n’a pas pu l’être : bilan 2024-02 (57014) ; Open311 2024-02 (57014).');
    // A quarter waits for its months; nothing is listed of a month that was not told.
    expect(await dits()).toEqual({ bilans: ['2024-01', '2024-03', '2024-04'], quartiers: [], open311: ['2024-01', '2024-03', '2024-04'] });
    const { rows } = await sql<{ mois: string; n: number }>`
      select to_char(d.recu_le, 'YYYY-MM') as mois, count(*)::int as n from open311_demandes o join demandes d on d.contrat_id = o.contrat_id and d.id = o.demande_id
      where o.contrat_id = ${app.contratId} group by 1 order by 1`.execute(app.base.owner);
    expect(rows).toEqual([
      { mois: '2024-01', n: 6 },
      { mois: '2024-03', n: 6 },
    ]);
  } finally {
    await sql`drop function essai_refuser cascade`.execute(app.base.owner);
  }
  expect(await nuit('2024-05-02')).toBe(2);
  expect(await dits()).toEqual({
    bilans: ['2024-01', '2024-02', '2024-03', '2024-04', '2024-T1'],
    quartiers: ['2024-T1'],
    open311: ['2024-01', '2024-02', '2024-03', '2024-04'],
  });
  expect(await nuit('2024-05-02')).toBe(0);
});

test('un acte qui échoue tout entier laisse les autres', async () => {
  await sql`alter table open311_mois rename to open311_mois_ailleurs`.execute(app.base.owner);
  try {
    await expect(nuit('2024-06-01')).rejects.toThrow('1\u00a0bilan arrêté ; ceci n’a pas pu l’être : Open311 (42P01).');
  } finally {
    await sql`alter table open311_mois_ailleurs rename to open311_mois`.execute(app.base.owner);
  }
  expect([await nuit('2024-06-01'), (await dits()).open311.at(-1)]).toEqual([0, '2024-05']);
});

test('deux passages à la fois : ce que l’autre a dit entre-temps n’est pas une erreur, et n’est dit qu’une fois', async () => {
  const lieu = app.catalogue.enfants(app.catalogue.racine.id)[0]?.id ?? '';
  for (const jour of ['2024-05-10', '2024-06-10'])
    await sql`
      insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, service_id, etat, etat_le, recu_le, modifie_le)
      select ${app.contratId}, ${idDe(new Date(`${jour}T12:00:00Z`))}::uuid, 'tranquillite-publique', 'web', 'bruit', 'Bruit, tapage', 'vie-nocturne', ${jour}::date, 22,
        ${lieu}, 'DPMP', 'recu', le, le, le from (select ${`${jour}T12:00:00Z`}::timestamptz as le) as t`.execute(app.base.owner);
  const o = { catalogue: app.catalogue, circuits: await listCircuits(`contrats/${app.catalogue.slug}`), maintenant: new Date('2024-08-02T00:20:00Z') };
  const faire: Faire = (acte) => inTransaction(app.db, { contratId: app.contratId }, acte);
  const actes: ((f: Faire) => Promise<Faits>)[] = [
    (f) => arreterLesBilans(f, o),
    (f) => arreterLesQuartiers(f, { ...o, circuits: circuitsDits(o.circuits) }),
    (f) => arreterOpen311(f, o),
  ];
  await dansLeFuseau('Europe/Paris', async () => {
    for (const acte of actes) {
      let autre: Faits | null = null;
      // All of the other passage, between what this one has listed and the first that it writes.
      const entre: Faire = async (x) => {
        const lu = await faire(x);
        autre ??= await acte(faire);
        return lu;
      };
      const un = await acte(entre);
      expect([un, autre]).toEqual([
        { faits: 0, rates: [] },
        { faits: expect.any(Number), rates: [] },
      ]);
      expect((autre as Faits | null)?.faits).toBeGreaterThan(0);
    }
  });
});
