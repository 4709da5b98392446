import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type BaseDeTest } from '../../../tests/support/database.ts';
import { estReessayable } from '../../core/base/database.ts';
import { atomesParFiche } from './appuis/appuis.rules.ts';
import { buildFormule } from './calcul/atomes.rules.ts';
import { calculSchema } from './calcul/calcul.schema.ts';
import { appliquerCible, type Formulaire, fluxParSource } from './calcul/cellules.queries.ts';
import { recalculerCellules, verifierCellules } from './calcul/recalcul.queries.ts';
import { getFigures } from './chiffres.ts';
import { buildSources, type SourceDeFaits } from './sources.ts';
import type { MesureSuivie } from './evaluation.rules.ts';

const source: SourceDeFaits = {
  nom: 'essais',
  libelle: 'Essais',
  vue: 'faits_essais',
  cle: 'uuid',
  dimensions: { theme: { libelle: 'Thème', type: 'texte' }, conjointe: { libelle: 'Conjointe', type: 'booleen' } },
  quantites: { participants: { libelle: 'Participants', unite: 'personnes' } },
  fin: true,
  publique: true,
  diffusion: 'immediate',
  lien: (id) => `/essais/${id}`,
};
const sources = buildSources([source]);
const CALCULS: Record<string, { calcul: unknown; ventilations: string[]; unite: string }> = {
  compte: { calcul: { compte: 'essais' }, ventilations: ['theme'], unite: 'essais' },
  rixes: { calcul: { compte: 'essais', ou: { theme: ['rixes', 'bandes'], conjointe: false } }, ventilations: [], unite: 'essais' },
  somme: { calcul: { somme: 'participants', registre: 'essais', ou: { theme: 'rixes' } }, ventilations: ['conjointe'], unite: 'personnes' },
  distincts: { calcul: { distinct: 'theme', registre: 'essais' }, ventilations: [], unite: 'thèmes' },
  presents: { calcul: { presents: 'essais', ou: { conjointe: true } }, ventilations: [], unite: 'essais' },
  addition: {
    calcul: {
      addition: [
        { compte: 'essais', ou: { theme: 'rixes' } },
        { compte: 'essais', ou: { theme: 'bandes' } },
      ],
    },
    ventilations: [],
    unite: 'essais',
  },
  melange: {
    calcul: {
      addition: [
        { compte: 'essais', ou: { theme: 'bandes' } },
        { somme: 'participants', registre: 'essais', ou: { theme: 'rixes' } },
      ],
    },
    ventilations: [],
    unite: 'actions',
  },
  part: { calcul: { ratio: [{ compte: 'essais', ou: { conjointe: true } }, 'compte'] }, ventilations: [], unite: '%' },
  evolution: { calcul: { variation: 'compte' }, ventilations: [], unite: '%' },
};
const formules = new Map(Object.entries(CALCULS).map(([id, c]) => [id, buildFormule(id, calculSchema.parse(c.calcul), c.ventilations, sources)]));
const mesures = new Map<string, MesureSuivie>(
  Object.entries(CALCULS).map(([id, c]) => [id, { id, unite: c.unite, nature: 'compte', obtention: 'calcul' as const, aupres: ['VILLE'] }]),
);
const FICHES = { rixes: '1.6', somme: '1.6', presents: '3.9', distincts: '1.2' };
const fiches = atomesParFiche(['1.1', '1.2', '1.6', '3.9'], formules, new Map(Object.entries(FICHES).map(([id, fiche]) => [id, { fiche }])));
const formulaire: Formulaire & { mesures: typeof mesures } = { sources, formules, mesures, fiches, flux: fluxParSource(formules.values()) };

describe('Les cellules suivent les enregistrements', () => {
  let base: BaseDeTest;
  let contrat = 0;
  beforeAll(async () => {
    base = await testDatabase();
    const { rows } = await sql<{ id: number }>`insert into contrats (slug, nom, fuseau) values ('essai', 'Essai', 'Europe/Paris') returning id`.execute(
      base.owner,
    );
    contrat = rows[0]?.id ?? 0;
    await sql`
      create table essais (contrat_id smallint, id uuid primary key default gen_random_uuid(), jour date, fin date,
        territoire_id text, organisation_id text, lot_id uuid, titre text default '', fiches text[] default '{}',
        lignes text[] default '{}', theme text, conjointe boolean, participants int)`.execute(base.owner);
    await sql`create view faits_essais as select * from essais`.execute(base.owner);
  });
  afterAll(() => base.close());

  const fait = fc.record({
    jour: fc.constantFrom('2024-12-31', '2025-01-01', '2025-06-15', '2026-02-28', '2026-11-02'),
    fin: fc.constantFrom(null, '2025-12-31', '2026-06-01'),
    territoire: fc.constantFrom('t1', 't2', 't3'),
    theme: fc.constantFrom('rixes', 'bandes', 'seniors', null),
    conjointe: fc.constantFrom(true, false, null),
    participants: fc.constantFrom(null, 0, 3, 12),
    lignes: fc.constantFrom('{}', '{1.1-R1}', '{1.1-R1,1.6-R2.5}'),
    fiches: fc.constantFrom('{}', '{1.1}', '{1.6,3.9}', '{1.2,1.6}'),
  });
  const action = fc.oneof(
    fc.record({ genre: fc.constant('creer' as const), fait }),
    fc.record({ genre: fc.constant('corriger' as const), cible: fc.nat(50), fait }),
    fc.record({ genre: fc.constant('retirer' as const), cible: fc.nat(50) }),
  );

  test('quelle que soit la suite de créations, corrections et retraits, elles égalent la recomputation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
        await sql`delete from essais`.execute(base.owner);
        await recalculerCellules(base.owner, formulaire, contrat);
        const ids: string[] = [];
        for (const a of actions) {
          await base.owner.transaction().execute(async (tx) => {
            const id = a.genre === 'creer' ? null : (ids[a.cible % Math.max(ids.length, 1)] ?? null);
            if (a.genre !== 'creer' && !id) return;
            if (id) await appliquerCible(tx, formulaire, contrat, source, { ids: [id] }, -1);
            if (a.genre === 'retirer') {
              await sql`delete from essais where id = ${id}::uuid`.execute(tx);
              ids.splice(ids.indexOf(id ?? ''), 1);
              return;
            }
            const f = a.fait;
            const fin = f.fin && f.fin >= f.jour ? f.fin : null;
            const { rows } = await sql<{ id: string }>`
              insert into essais (contrat_id, id, jour, fin, territoire_id, theme, conjointe, participants, lignes, fiches)
              values (${contrat}, coalesce(${id}::uuid, gen_random_uuid()), ${f.jour}, ${fin}, ${f.territoire}, ${f.theme}, ${f.conjointe}, ${f.participants}, ${f.lignes}::text[],
                ${f.fiches}::text[])
              on conflict (id) do update set jour = excluded.jour, fin = excluded.fin, territoire_id = excluded.territoire_id,
                theme = excluded.theme, conjointe = excluded.conjointe, participants = excluded.participants, lignes = excluded.lignes,
                fiches = excluded.fiches
              returning id`.execute(tx);
            const nouveau = rows[0]?.id ?? '';
            if (!id) ids.push(nouveau);
            await appliquerCible(tx, formulaire, contrat, source, { ids: [nouveau] }, 1);
          });
        }
        expect((await verifierCellules(base.owner, formulaire, contrat)).differences).toEqual([]);
        await comparerAuSqlNu();
      }),
      { numRuns: 40 },
    );
  });

  /** Days of the periods read: years, and the complete months of a running one, which are read by their shorter side. */
  const BORNES: Record<string, [string, string]> = {
    '2025': ['2025-01-01', '2025-12-31'],
    '2026': ['2026-01-01', '2026-12-31'],
    '2026-01..2026-10': ['2026-01-01', '2026-10-31'],
    '2025-02..2025-12': ['2025-02-01', '2025-12-31'],
  };
  /** Every figure again by plain SQL on the records, for the whole contract and for one territory. */
  async function comparerAuSqlNu() {
    for (const aire of [null, ['t1', 't2']]) {
      const figures = await getFigures(base.owner, contrat, formulaire, {
        mesures: [...mesures.keys()],
        periodes: Object.keys(BORNES),
        territoireId: 't',
        aire,
        aujourdhui: '2026-11-25',
      });
      const dans = aire ? sql`and territoire_id = any(${aire}::text[])` : sql``;
      for (const [annee, parMesure] of figures) {
        const [debut, fin] = BORNES[annee] ?? [];
        const { rows } = await sql<Record<string, number>>`
          select count(*)::int as compte,
            count(*) filter (where theme in ('rixes', 'bandes') and conjointe is not true)::int as rixes,
            coalesce(sum(participants) filter (where theme = 'rixes'), 0)::int as somme,
            count(distinct theme)::int as distincts,
            count(*) filter (where theme in ('rixes', 'bandes'))::int as addition,
            (count(*) filter (where theme = 'bandes') + coalesce(sum(participants) filter (where theme = 'rixes'), 0))::int as melange
          from essais where jour between ${debut}::date and ${fin}::date ${dans}`.execute(base.owner);
        const stock = await sql<{ n: number }>`select count(*)::int as n from essais where conjointe
          and jour <= ${fin}::date and (fin is null or fin >= ${debut}::date) ${dans}`.execute(base.owner);
        for (const [mesure, attendu] of Object.entries({ ...rows[0], presents: stock.rows[0]?.n ?? 0 }))
          expect([annee, mesure, parMesure.get(mesure)?.valeur ?? 0]).toEqual([annee, mesure, attendu]);
      }
    }
  }

  test('un enregistrement appuie une fiche une fois, qu’une mesure le compte, qu’on l’y ait rattaché, ou les deux', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fait, { minLength: 1, maxLength: 30 }), async (faits) => {
        await sql`delete from essais`.execute(base.owner);
        await sql`
          insert into essais (contrat_id, jour, territoire_id, theme, conjointe, participants, fiches)
          select ${contrat}, f.jour, f.territoire, f.theme, f.conjointe, f.participants, f.fiches::text[]
          from jsonb_to_recordset(${JSON.stringify(faits)}::jsonb)
            as f (jour date, territoire text, theme text, conjointe boolean, participants int, fiches text)`.execute(base.owner);
        await recalculerCellules(base.owner, formulaire, contrat);
        const { rows } = await sql<{ tenu: unknown; vrai: unknown }>`
          select
            (select jsonb_object_agg(cle, n) from (
              select substr(mesure_id, 8) || '|' || annee as cle, sum(nombre)::int as n
              from mesure_annees where contrat_id = ${contrat} and mesure_id like '\\_fiche/%' group by 1) t) as tenu,
            (select jsonb_object_agg(cle, n) from (
              select f || '|' || extract(year from jour) as cle, count(*)::int as n
              from essais, unnest(array['1.1', '1.2', '1.6', '3.9']) as f
              where f = any(fiches) or (f = '1.2' and theme is not null) or (f = '3.9' and conjointe)
                or (f = '1.6' and (theme = 'rixes' or (theme = 'bandes' and conjointe is not true)))
              group by 1) v) as vrai`.execute(base.owner);
        expect(rows[0]?.tenu).toEqual(rows[0]?.vrai);
      }),
      { numRuns: 25 },
    );
  });

  test('le total égale la somme des territoires et des ventilations', async () => {
    const { rows } = await sql<{ ecart: number }>`
      select count(*)::int as ecart from (
        select mesure_id, extract(year from mois) as annee, sum(nombre) as n from mesure_cellules where contrat_id = ${contrat} group by 1, 2
        except select mesure_id, annee, sum(nombre) from mesure_annees where contrat_id = ${contrat} group by 1, 2
      ) e`.execute(base.owner);
    expect(rows[0]?.ecart).toBe(0);
  });

  test('une période où le registre n’a pas été tenu est un silence, même si l’année en a ; un stock, lui, demeure', async () => {
    await sql`delete from essais`.execute(base.owner);
    await sql`
      insert into essais (contrat_id, jour, fin, territoire_id, theme, conjointe)
      values (${contrat}, '2026-02-10', null, 't1', 'rixes', true), (${contrat}, '2026-03-10', '2026-03-20', 't1', 'bandes', false)`.execute(base.owner);
    await recalculerCellules(base.owner, formulaire, contrat);
    const periodes = ['2025', '2026', '2026-T1', '2026-T2', '2026-01', '2026-03'];
    const lire = async (aire: string[] | null) => {
      const f = await getFigures(base.owner, contrat, formulaire, {
        mesures: ['compte', 'somme', 'presents'],
        periodes,
        territoireId: 't',
        aire,
        aujourdhui: '2026-11-25',
      });
      return Object.fromEntries(periodes.map((p) => [p, ['compte', 'presents'].map((m) => f.get(p)?.get(m)?.valeur ?? f.get(p)?.get(m)?.etat)]));
    };
    expect(await lire(null)).toEqual({
      '2025': ['manquant', 'manquant'],
      '2026': [2, 1],
      '2026-T1': [2, 1],
      '2026-T2': ['manquant', 1],
      '2026-01': ['manquant', 'manquant'],
      '2026-03': [1, 1],
    });
    // Elsewhere nothing happened: a true zero where the register was kept, a silence where it was not.
    expect(await lire(['t3'])).toMatchObject({ '2026-T1': [0, 0], '2026-T2': ['manquant', 0], '2026-01': ['manquant', 'manquant'], '2026-03': [0, 0] });
  });

  test('une cellule faussée est trouvée par la vérification', async () => {
    await sql`insert into essais (contrat_id, jour, territoire_id, theme) values (${contrat}, '2026-03-03', 't1', 'rixes')`.execute(base.owner);
    await recalculerCellules(base.owner, formulaire, contrat);
    await sql`update mesure_cellules set nombre = nombre + 1 where contrat_id = ${contrat} and mesure_id = 'compte'`.execute(base.owner);
    const v = await verifierCellules(base.owner, formulaire, contrat);
    expect(v.differences.length).toBeGreaterThan(0);
    expect(v.differences[0]?.mesure).toBe('compte');
  });

  test('faussées, ôtées ou ajoutées, au mois comme à l’année, elles sont toutes trouvées, puis toutes remises', async () => {
    await recalculerCellules(base.owner, formulaire, contrat);
    expect((await verifierCellules(base.owner, formulaire, contrat)).differences).toEqual([]);
    await sql`update mesure_cellules set somme = somme + 5, sans_valeur = 2 where contrat_id = ${contrat} and mesure_id = 'compte'`.execute(base.owner);
    await sql`delete from mesure_cellules where contrat_id = ${contrat} and mesure_id = '_registre/essais'`.execute(base.owner);
    await sql`update mesure_annees set nombre = nombre * 3 where contrat_id = ${contrat} and mesure_id = 'compte'`.execute(base.owner);
    await sql`insert into mesure_annees (contrat_id, annee, mesure_id, territoire_id, nombre) values (${contrat}, 2019, 'partie', 't9', 4)`.execute(base.owner);
    const dites = (await verifierCellules(base.owner, formulaire, contrat)).differences;
    expect(new Set(dites.map((d) => `${d.mesure} ${d.mois.length === 4 ? 'année' : 'mois'}`))).toEqual(
      new Set(['compte mois', '_registre/essais mois', 'compte année', 'partie année']),
    );
    expect(dites.find((d) => d.mesure === 'partie')).toMatchObject({ mois: '2019', territoire: 't9', tenue: '4 / 0 / 0', recalculee: 'absente' });
    expect(await recalculerCellules(base.owner, formulaire, contrat)).toBe(dites.length);
    expect((await verifierCellules(base.owner, formulaire, contrat)).differences).toEqual([]);
    expect(await recalculerCellules(base.owner, formulaire, contrat)).toBe(0);
  });

  test('pendant qu’on écrit et qu’on recalcule, à plusieurs, rien n’est perdu ni compté deux fois', async () => {
    await sql`
      insert into essais (contrat_id, jour, territoire_id, theme, conjointe, participants)
      select ${contrat}, date '2024-01-01' + n % 1000, 't' || n % 3, (array['rixes', 'bandes', 'seniors'])[1 + n % 3], n % 2 = 0, n % 9
      from generate_series(1, 3000) n`.execute(base.owner);
    const { rows } = await sql<{ id: string }>`select id from essais order by id limit 30`.execute(base.owner);
    // One of its own for each writer, so that two corrections never meet on one record.
    const ecrire = async (rang: number) => {
      for (let i = 0; i < 20; i++)
        for (;;)
          try {
            await base.owner.transaction().execute(async (tx) => {
              const id = rows[rang * 10 + (i % 10)]?.id ?? '';
              await appliquerCible(tx, formulaire, contrat, source, { ids: [id] }, -1);
              await sql`update essais set jour = date '2023-05-01' + ${i * 30}::int, theme = (array['rixes', 'bandes'])[1 + ${i}::int % 2] where id = ${id}::uuid`.execute(
                tx,
              );
              const neuf = await sql<{
                id: string;
              }>`insert into essais (contrat_id, jour, territoire_id, theme) values (${contrat}, date '2025-01-01' + ${i}::int, 't1', 'rixes') returning id`.execute(
                tx,
              );
              await appliquerCible(tx, formulaire, contrat, source, { ids: [id, neuf.rows[0]?.id ?? ''] }, 1);
            });
            break;
          } catch (e) {
            if (!estReessayable(e)) throw e;
          }
    };
    let fini = false;
    let mendees = 0;
    const recalculer = async () => {
      while (!fini) {
        const n = await recalculerCellules(base.owner, formulaire, contrat);
        mendees += n;
      }
    };
    const ecritures = Promise.all([ecrire(0), ecrire(1), ecrire(2)]).finally(() => {
      fini = true;
    });
    await Promise.all([ecritures, recalculer(), recalculer()]);
    // The three thousand had no cell before.
    expect(mendees).toBeGreaterThan(100);
    expect((await verifierCellules(base.owner, formulaire, contrat)).differences).toEqual([]);
  });
});
