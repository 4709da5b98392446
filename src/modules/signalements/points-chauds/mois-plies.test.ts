/** Finished months, folded, with what was counted since beside them: at every instant, what counting all records again would say. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BaseDeTest, testDatabase } from '../../../../tests/support/database.ts';
import { type Db, openDatabase } from '../../../core/base/database.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { idDe } from '../demandes/identifiants.ts';
import { countParMaille, type Selection } from './chauds.queries.ts';
import { plierLesMois } from './chauds.ts';

const MAINTENANT = new Date('2026-06-17T10:00:00Z');
const CIRCUITS = ['tranquillite-publique', 'eclairage'] as const;
/** A sequence of months, the last of which runs. */
const [DU, AU] = ['2026-03-01', '2026-06-01'];

let base: BaseDeTest;
const contrats: { id: number; db: Db }[] = [];
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(base.owner)).rows;
beforeAll(async () => {
  base = await testDatabase();
  // What was counted, record by record, as the test says it: told in the transaction of the record.
  await sql`create table essai_comptees (contrat_id smallint, id text, mois date, origine text, categorie text, jour int, tranche int, maille bigint,
    primary key (contrat_id, id))`.execute(base.owner);
  for (const { id } of await lire(sql<{ id: number }>`select id from contrats order by id limit 2`))
    contrats.push({ id, db: openDatabase(await base.service(id), { role: 'application', contratId: id, max: 3 }) });
});
afterAll(async () => {
  for (const c of contrats) await c.db.destroy();
  await base.close();
});

const lieu = fc.record({
  jour: fc
    .tuple(fc.constantFrom('2026-03', '2026-04', '2026-05', '2026-06'), fc.integer({ min: 1, max: 28 }))
    .map(([m, j]) => `${m}-${String(j).padStart(2, '0')}`),
  heure: fc.constantFrom(null, 3, 14, 23),
  categorie: fc.constantFrom('bruit', 'degradation'),
  carre: fc.nat(4),
});
type Lieu = typeof lieu extends fc.Arbitrary<infer L> ? L : never;
const acte = fc.record({
  quoi: fc.constantFrom(
    'recevoir',
    'recevoir',
    'recevoir',
    'corriger',
    'corriger',
    'effacer',
    'importer',
    'importer-beaucoup',
    'reserver',
    'renoncer',
    'plier',
  ),
  rang: fc.nat(30),
  circuit: fc.constantFrom(...CIRCUITS),
  lieux: fc.array(lieu, { minLength: 1, maxLength: 3 }),
});
type Acte = typeof acte extends fc.Arbitrary<infer A> ? A : never;

const situer = (l: Lieu) => ({ lon: 2.3505 + l.carre * 0.001, lat: 48.8505 });
/** Told once more, from the row as it is. */
const compter = (a: Db, contrat: number, ids: readonly string[]) =>
  sql`
  insert into essai_comptees
  select contrat_id, id::text, date_trunc('month', jour::timestamp)::date, circuit, categorie, extract(isodow from jour), coalesce(heure / 6, 9), maille
  from demandes where contrat_id = ${contrat} and id = any(${[...ids]}::uuid[]) and lecteurs is null and maille is not null
  on conflict (contrat_id, id) do update set mois = excluded.mois, categorie = excluded.categorie, jour = excluded.jour, tranche = excluded.tranche, maille = excluded.maille`.execute(
    a,
  );
async function recevoir(a: Db, contrat: number, o: Acte, lecteurs: string[] | null = null): Promise<void> {
  const lignes = o.lieux.map((l) => ({ ...l, ...situer(l), id: idDe(new Date(`${l.jour}T12:00:00Z`)) }));
  await sql`
    insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, lon, lat, service_id, lecteurs, etat, etat_le, recu_le, modifie_le)
    select ${contrat}, l.id, ${o.circuit}, 'web', l.categorie, 'Essai', 'vie-nocturne', l.jour, l.heure, 'ici', l.lon, l.lat, 'DPMP', ${lecteurs}::text[], 'recu', now(), now(), now()
    from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as l (id uuid, categorie text, jour date, heure smallint, lon float8, lat float8)`.execute(a);
  await compter(
    a,
    contrat,
    lignes.map((l) => l.id),
  );
}
/** One that was received and whose place is still known. */
async function choisir(a: Db, contrat: number, rang: number): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select d.id::text as id from demandes d where d.contrat_id = ${contrat} and d.lecteurs is null and d.maille is not null and d.categorie in ('bruit', 'degradation')
    order by d.id desc offset ${rang} limit 1 for update skip locked`.execute(a);
  return rows[0]?.id ?? null;
}
async function corriger(a: Db, contrat: number, o: Acte): Promise<void> {
  const [vers] = o.lieux;
  const id = await choisir(a, contrat, o.rang);
  if (!vers || id === null) return;
  const { lon, lat } = situer(vers);
  await sql`
    update demandes set jour = ${vers.jour}::date, heure = ${vers.heure}::smallint, categorie = ${vers.categorie}, lon = ${lon}, lat = ${lat}, qualifiee_le = clock_timestamp()
    where contrat_id = ${contrat} and id = ${id}::uuid`.execute(a);
  await compter(a, contrat, [id]);
}
/** Its exact place goes, what was counted stays. */
async function effacer(a: Db, contrat: number, o: Acte): Promise<void> {
  const id = await choisir(a, contrat, o.rang);
  if (id !== null) await sql`update demandes set anonymisee_le = now(), lon = null, lat = null where contrat_id = ${contrat} and id = ${id}::uuid`.execute(a);
}
async function importer(a: Db, contrat: number, o: Acte, combien: number): Promise<void> {
  const lignes = Array.from({ length: combien }, (_, i) => {
    const l = o.lieux[i % o.lieux.length] as Lieu;
    // Many: as many cells.
    return { jour: l.jour, lon: situer(l).lon + (combien > 10 ? i * 0.001 : 0), lat: 48.8505, ext: idDe(MAINTENANT) };
  });
  const rows = sql`jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as l (jour date, lon numeric, lat numeric, ext text)`;
  await sql`
    insert into signalements (contrat_id, canal, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id, lon, lat, lot_id)
    select ${contrat}, 'dmr', l.ext, l.jour, 'bruit', 'Bruit', 'X', 'autre', 'bruit', 'ici', l.lon, l.lat, '00000000-0000-0000-0000-000000000000' from ${rows}`.execute(
    a,
  );
  await sql`
    insert into essai_comptees
    select contrat_id, id_externe, date_trunc('month', jour::timestamp)::date, 'canal:dmr', theme, extract(isodow from jour), 9, maille_de(lon::float8, lat::float8)
    from signalements where contrat_id = ${contrat} and id_externe = any(${lignes.map((l) => l.ext)})`.execute(a);
}
const plier = (c: (typeof contrats)[number]) => dansLeFuseau('Europe/Paris', () => plierLesMois(c.db, c.id, MAINTENANT));

class Renonce extends Error {}
const estUnCercle = (e: unknown): boolean => (e as { code?: string }).code === '40P01';
async function jouer(c: (typeof contrats)[number], o: Acte): Promise<void> {
  if (o.quoi === 'plier') return void (await plier(c));
  try {
    await base.owner.transaction().execute(async (a) => {
      if (o.quoi === 'corriger') await corriger(a, c.id, o);
      else if (o.quoi === 'effacer') await effacer(a, c.id, o);
      else if (o.quoi === 'importer') await importer(a, c.id, o, 2);
      else if (o.quoi === 'importer-beaucoup') await importer(a, c.id, o, 1600);
      else await recevoir(a, c.id, o, o.quoi === 'reserver' ? ['DPMP'] : null);
      if (o.quoi !== 'renoncer') return;
      await corriger(a, c.id, o);
      throw new Renonce();
    });
  } catch (e) {
    // Two corrections that cross wait for each other: one of them is done again, as those who serve do.
    if (estUnCercle(e)) return jouer(c, o);
    if (!(e instanceof Renonce)) throw e;
  }
}

const QUESTIONS: readonly Selection[] = [undefined, CIRCUITS[0], 'canal:dmr'].flatMap((origine) =>
  [undefined, 'bruit'].flatMap((categorie) =>
    [undefined, [1, 2, 3, 4, 5], [6, 7], [2]].flatMap((jours) => [undefined, 3].map((tranche) => ({ du: DU, au: AU, origine, categorie, jours, tranche }))),
  ),
);
/** In one state of the base: what pages read, and what is said record by record. */
async function ecarts(a: Db, questions: readonly Selection[]): Promise<string[]> {
  const faux: string[] = [];
  for (const c of contrats) {
    const { rows } = await sql<{ mois: string; origine: string; categorie: string; jour: number; tranche: number; maille: number; nombre: number }>`
      select mois, origine, categorie, jour, tranche, maille, count(*)::int as nombre from essai_comptees where contrat_id = ${c.id} group by 1, 2, 3, 4, 5, 6`.execute(
      a,
    );
    for (const q of questions) {
      const vrais = new Map<number, number>();
      for (const r of rows) {
        const voulue = r.mois >= q.du && r.mois <= q.au && (q.origine ?? r.origine) === r.origine && (q.categorie ?? r.categorie) === r.categorie;
        if (voulue && (q.tranche ?? r.tranche) === r.tranche && (q.jours?.includes(r.jour) ?? true)) vrais.set(r.maille, (vrais.get(r.maille) ?? 0) + r.nombre);
      }
      const dire = (x: Iterable<readonly [number, number]>) =>
        [...x]
          .map(([maille, n]) => `${maille} ${n}`)
          .sort()
          .join();
      const lus = (await countParMaille(a, c.id, q)).map((x) => [x.maille, x.nombre] as const);
      if (dire(lus) !== dire(vrais)) faux.push(`${c.id} ${JSON.stringify(q)} : ${dire(lus)} pour ${dire(vrais)}`.slice(0, 600));
    }
  }
  return faux;
}
const instant = (questions: readonly Selection[]) =>
  base.owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((a) => ecarts(a, questions));

test('ce qui s’écrit dans un mois plié s’ajoute à côté, sans le déplier, et la nuit le replie', async () => {
  const [c] = contrats;
  if (!c) throw new Error('Aucun contrat.');
  const l: Lieu = { jour: '2026-04-07', heure: 23, categorie: 'bruit', carre: 1 };
  const o: Acte = { quoi: 'recevoir', rang: 0, circuit: CIRCUITS[0], lieux: [l] };
  const etat = () =>
    lire(sql<{ plis: number; ajouts: number }>`select (select count(*)::int from mailles_pliees where jours = '' and tranche = -1 and categorie = '') as plis,
      (select count(*)::int from mailles_ajoutees) as ajouts`);
  await jouer(c, o);
  expect([await plier(c), await plier(c), await etat()]).toEqual([1, 0, [{ plis: 1, ajouts: 0 }]]);
  await jouer(c, o);
  // It leaves that month for the one that runs, which is not folded.
  await jouer(c, { ...o, quoi: 'corriger', lieux: [{ ...l, jour: '2026-06-02' }] });
  expect(await etat()).toEqual([{ plis: 1, ajouts: 2 }]);
  expect(await instant(QUESTIONS)).toEqual([]);
  // Of a kind that the month had none of.
  await jouer(c, { ...o, lieux: [{ ...l, categorie: 'degradation', heure: 3 }] });
  expect(await ecarts(base.owner, [{ du: DU, au: AU, categorie: 'degradation', tranche: 0 }])).toEqual([]);
  expect([await plier(c), await etat(), await instant(QUESTIONS)]).toEqual([1, [{ plis: 1, ajouts: 0 }], []]);
  // The role that serves writes neither.
  for (const table of ['mailles_pliees', 'mailles_ajoutees'])
    await expect(sql`insert into ${sql.table(table)} default values`.execute(c.db)).rejects.toThrow(/permission denied|droit refusé/);
});

test('un mois qui ne se plie pas laisse les autres se plier, et se dit', async () => {
  const c = contrats[1] as (typeof contrats)[number];
  const de = (jour: string): Acte => ({ quoi: 'recevoir', rang: 0, circuit: CIRCUITS[0], lieux: [{ jour, heure: 3, categorie: 'bruit', carre: 0 }] });
  await jouer(c, de('2026-05-12'));
  await jouer(c, de('2026-04-12'));
  await jouer(c, de('2026-03-12'));
  await sql`create function essai_refuser() returns trigger language plpgsql as $$ begin raise exception 'trop long' using errcode = '57014'; end $$`.execute(
    base.owner,
  );
  await sql`create trigger essai_refuser before insert on mailles_pliees for each row when (new.mois = '2026-05-01') execute function essai_refuser()`.execute(
    base.owner,
  );
  try {
    await expect(plier(c)).rejects.toThrow(`2\u00a0mois additionnés ; ceux-ci n’ont pas pu l’être : 2026-05, ${CIRCUITS[0]} (57014).`);
  } finally {
    await sql`drop function essai_refuser cascade`.execute(base.owner);
  }
  expect(await instant(QUESTIONS)).toEqual([]);
  expect(await plier(c)).toBe(1);
  expect(await instant(QUESTIONS)).toEqual([]);
});

test('quoi qu’il arrive, dans deux contrats, les mois pliés et ce qui s’y ajoute disent ce que disent tous les enregistrements', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(1), acte), { minLength: 1, maxLength: 12 }), async (actes) => {
      for (const [rang, o] of actes) await jouer(contrats[rang] as (typeof contrats)[number], o);
      expect(await instant(QUESTIONS)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test('pendant que plusieurs écrivent et que l’on plie, chaque état de la base le dit aussi', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(acte, { minLength: 3, maxLength: 8 }), { minLength: 3, maxLength: 3 }), async (files) => {
      let reste = true;
      let tours = 0;
      const ecrire = Promise.all(
        files.map(async (actes, i) => {
          for (const o of actes)
            await jouer(contrats[i % 2] as (typeof contrats)[number], { ...o, quoi: o.quoi === 'importer-beaucoup' && i > 0 ? 'plier' : o.quoi });
        }),
      ).finally(() => {
        reste = false;
      });
      const vus: string[] = [];
      for (; reste; tours++) vus.push(...(await instant(QUESTIONS.filter((_, i) => i % 6 === tours % 6))));
      await ecrire;
      expect([...vus, ...(await instant(QUESTIONS))]).toEqual([]);
    }),
    { numRuns: 6 },
  );
});
