/** A pass over a source that grows with history: page by page, with the same result as at once. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { listSources } from './genres.ts';
import { accorder } from './accorder.ts';
import type { Attendue, Dues } from './echeances.types.ts';

const COMBIEN = 5000;
const GENRE = 'essai-pages';
let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const tous = Array.from({ length: COMBIEN }, () => randomUUID() as string).sort();
let dus = new Map<string, string>(tous.map((s, i) => [s, `Titre ${i}`]));
let demandes: number[] = [];
const due = (s: string): Attendue => ({
  genre: GENRE,
  sujet: s,
  objetId: s,
  titre: dus.get(s) ?? '',
  chemin: '/echeances',
  organisationId: 'DPMP',
  territoireId: null,
  ouverteLe: '2026-01-01',
  dueLe: '2026-12-01',
});
const entiere: Dues = {
  code: GENRE,
  module: 'decisions',
  genres: [{ code: GENRE, libelle: 'Essai' }],
  attendues: async (_, o) => {
    demandes.push(o.sujets?.length ?? Number.POSITIVE_INFINITY);
    return (o.sujets ?? [...dus.keys()]).filter((s) => dus.has(s)).map(due);
  },
};
const parPage: Dues = {
  ...entiere,
  sujets: async (_, o) =>
    [...dus.keys()]
      .sort()
      .filter((s) => o.apres === null || s > o.apres)
      .slice(0, o.limite),
};
const passer = (source: Dues) => aLHeureDeParis(() => app.base.owner.transaction().execute((tx) => accorder(tx, app.contratId, source, null)))();
const listees = async () =>
  (
    await sql<{ sujet: string; titre: string }>`select sujet, titre from echeances
      where contrat_id = ${app.contratId} and genre = ${GENRE} and sans_objet_le is null order by sujet`.execute(app.base.owner)
  ).rows.map((r) => [r.sujet, r.titre]);
const attendues = () => [...dus].sort(([a], [b]) => (a < b ? -1 : 1));

test('une passe lit une source par pages bornées, et la met d’accord comme en une fois', async () => {
  expect(await passer(parPage)).toBe(COMBIEN);
  expect(await listees()).toEqual(attendues());
  // Gone at the end, in the middle, reworded here and there: more than a page of each.
  dus = new Map(attendues().flatMap(([s, titre], i) => (i > 4500 || (i > 1000 && i < 3200) ? [] : [[s, i % 2 ? titre : `${titre} bis`] as const])));
  const changees = attendues().filter(([, t]) => t.endsWith('bis')).length + (COMBIEN - dus.size);
  expect(await passer(parPage)).toBe(changees);
  expect(await listees()).toEqual(attendues());
  expect(await passer(parPage)).toBe(0);
  expect(Math.max(...demandes)).toBeLessThanOrEqual(2000);
  demandes = [];
  expect(await passer(entiere)).toBe(0);
  expect(demandes).toEqual([Number.POSITIVE_INFINITY]);
});

test('les sources qui grandissent avec l’histoire disent leurs sujets par pages, dans l’ordre', async () => {
  const { owner } = app.base;
  for (const code of ['decisions', 'seances', 'etapes']) {
    const source = listSources().find((s) => s.code === code);
    const o = { contratId: app.contratId, aujourdhui: '2026-11-25', maintenant: new Date('2026-11-25T12:00:00Z') };
    const attendus = await aLHeureDeParis(async () => (await source?.attendues(owner, { ...o, sujets: null })) ?? [])();
    const lus: string[] = [];
    for (let page = await source?.sujets?.(owner, { ...o, apres: null, limite: 3 }); page?.length; ) {
      lus.push(...page);
      page = await source?.sujets?.(owner, { ...o, apres: page.at(-1) ?? null, limite: 3 });
    }
    expect(lus).toEqual([...new Set(lus)].sort());
    expect(attendus.filter((a) => !lus.includes(a.sujet))).toEqual([]);
  }
});
