/** Each computed measure against the contract's words: small records that must count, others that must not, another year, another place. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../src/core/base/database.ts';
import { getCatalogue } from '../src/modules/contrats/index.ts';
import { EN_DIRECT, getFormulaire, getFigures, getPreuve, verifierChiffres } from '../src/modules/indicateurs/index.ts';
import { repertoireDe } from '../src/modules/registres/registres.repertoire.ts';
import { HOUSE } from '../src/modules.ts';
import { AXE_1 } from './mesures/axe1.ts';
import { AXE_2 } from './mesures/axe2.ts';
import { AXE_3 } from './mesures/axe3.ts';
import { AXE_3_PUBLICS } from './mesures/axe3-publics.ts';
import { COMPOSEES } from './mesures/composees.ts';
import { AILLEURS, ANNEE, AUJOURDHUI, type Base, type Cas, ecrire, ICI, unAnAvant } from './mesures/essai.ts';
import { SUIVIS } from './mesures/suivis.ts';
import { type BaseDeTest, testDatabase } from './support/database.ts';
import { installerSources } from '../src/modules/indicateurs/formulaires.ts';

const CAS: Readonly<Record<string, Cas>> = { ...AXE_1, ...AXE_2, ...AXE_3, ...AXE_3_PUBLICS, ...SUIVIS };
let base: BaseDeTest;
let b: Base;

beforeAll(async () => {
  base = await testDatabase();
  installerSources(HOUSE.sources);
  const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
  const contratId = rows[0]?.id ?? 0;
  const catalogue = await getCatalogue(base.owner, contratId);
  b = { contratId, f: await getFormulaire(base.owner, contratId), rep: repertoireDe(catalogue) };
});
afterAll(() => base.close());

class Defaire extends Error {}
/** What is written is taken back: each measure starts from an empty base. */
async function enEssai(faire: (tx: Db) => Promise<void>): Promise<void> {
  await base.owner
    .transaction()
    .execute(async (tx) => {
      await faire(tx);
      throw new Defaire();
    })
    .catch((e: unknown) => {
      if (!(e instanceof Defaire)) throw e;
    });
}

async function lire(tx: Db, mesureId: string, periode = ANNEE): Promise<number | null> {
  const aire = b.f.catalogue.aire(ICI);
  const figures = await getFigures(tx, b.contratId, b.f, {
    mesures: [mesureId],
    periodes: [periode],
    territoireId: ICI,
    aire,
    aujourdhui: AUJOURDHUI,
    enDirect: EN_DIRECT,
  });
  return figures.get(periode)?.get(mesureId)?.valeur ?? null;
}

/** The statements of the proof, as printed, run by themselves: their sum is the figure. */
async function executerLaPreuve(tx: Db, mesureId: string): Promise<number> {
  const preuve = await getPreuve(tx, b.contratId, b.f, {
    enDirect: EN_DIRECT,
    mesureId,
    periode: ANNEE,
    territoireId: ICI,
    page: 1,
    aujourdhui: AUJOURDHUI,
    peutLister: () => true,
  });
  let total = 0;
  for (const a of preuve.atomes) {
    const { rows } = await sql<{ valeur: string }>`${sql.raw(a.sql)}`.execute(tx);
    total += Number(rows[0]?.valeur ?? 0);
    expect(a.faits, `${mesureId} : la liste montre les enregistrements comptés`).toHaveLength(a.compte ?? -1);
  }
  return total;
}

test('chaque mesure calculée a ses essais, et aucune autre', () => {
  const calculees = [...b.f.mesures.values()].filter((m) => m.obtention === 'calcul').map((m) => m.id);
  expect([...Object.keys(CAS), ...Object.keys(COMPOSEES)].sort()).toEqual(calculees.sort());
});

describe.each(Object.entries(CAS))('%s', (id, cas) => {
  test(`compte ce que dit l’indicateur (${cas.vaut}), rien d’autre, ni une autre année, ni un autre lieu`, async () => {
    await enEssai(async (tx) => {
      for (const f of cas.non) await ecrire(tx, b, f);
      const sans = await lire(tx, id);
      expect(sans ?? 0, 'ce qui ne compte pas').toBe(0);
      for (const f of cas.oui) await ecrire(tx, b, f);
      expect(await lire(tx, id), 'ce qui compte').toBeCloseTo(cas.vaut, 6);
      for (const f of cas.oui) {
        await ecrire(tx, b, { ...f, territoire: AILLEURS });
        await ecrire(tx, b, unAnAvant(f));
      }
      expect(await lire(tx, id), 'une autre année, un autre lieu').toBeCloseTo(cas.vaut, 6);
      const genre = b.f.formules.get(id)?.expression.genre;
      if (genre === 'atome') expect(await executerLaPreuve(tx, id), 'le SQL de la preuve').toBeCloseTo(cas.vaut, 6);
    });
  });
});

describe.each(Object.entries(COMPOSEES))('%s', (id, cas) => {
  test(cas.dit, () => expect(cas.lire(b.f, id)).toBeCloseTo(cas.vaut, 6));
});

test('toutes ensemble, les cellules égalent la recomputation', async () => {
  for (const cas of Object.values(CAS))
    await base.owner.transaction().execute(async (tx) => {
      for (const f of [...cas.oui, ...cas.non]) await ecrire(tx, b, f);
    });
  const { differences, cellules } = await verifierChiffres(base.owner, b.contratId);
  expect(differences.slice(0, 5)).toEqual([]);
  expect(cellules).toBeGreaterThan(400);
});
