/** Where a debt stands: one definition, said twice, by the rule and to PostgreSQL. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { additionnerAvancement } from './avancement.queries.ts';
import { arrives, AUCUN, avancementDe, CODES_AVANCEMENT, type ComptesDAvancement, dus, part } from './avancement.rules.ts';
import { avancementSql } from './echeances.queries.ts';
import type { SoldeEtat } from './echeances.types.ts';

const AUJOURDHUI = '2026-11-29';
const jour = fc.date({ min: new Date('2023-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10));
const dette = fc
  .record({
    dueLe: fc.option(fc.oneof(jour, fc.constantFrom('2026-11-28', AUJOURDHUI, '2026-11-30'))),
    fin: fc.constantFrom('ouverte' as const, 'soldee' as const, 'sans_objet' as const),
    etat: fc.constantFrom<SoldeEtat>('', 'a_valider', 'valide', 'conteste'),
  })
  .map(({ dueLe, fin, etat }) => ({
    dueLe,
    soldeeLe: fin === 'soldee' ? new Date('2026-02-01T10:00:00Z') : null,
    soldeEtat: fin === 'soldee' ? etat : ('' as const),
    sansObjetLe: fin === 'sans_objet' ? new Date('2026-02-01T10:00:00Z') : null,
  }));
const comptes = fc
  .tuple(...CODES_AVANCEMENT.map(() => fc.nat(400)))
  .map((n) => Object.fromEntries(CODES_AVANCEMENT.map((e, i) => [e, n[i] ?? 0])) as ComptesDAvancement);

describe('L’avancement d’une dette', () => {
  let base: BaseDeTest;
  beforeAll(async () => {
    base = await testDatabase();
  });
  afterAll(() => base.close());

  test('se dit pareil en SQL et dans la règle, quelle que soit la dette', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dette, { minLength: 1, maxLength: 60 }), async (dettes) => {
        const lignes = JSON.stringify(
          dettes.map((d, rang) => ({ rang, due_le: d.dueLe, soldee_le: d.soldeeLe, solde_etat: d.soldeEtat, sans_objet_le: d.sansObjetLe })),
        );
        const { rows } = await sql<{ etat: string }>`
          select ${avancementSql(AUJOURDHUI)} as etat
          from jsonb_to_recordset(${lignes}::jsonb) as e (rang int, due_le date, soldee_le timestamptz, solde_etat text, sans_objet_le timestamptz)
          order by rang`.execute(base.owner);
        expect(rows.map((r) => r.etat)).toEqual(dettes.map((d) => avancementDe(d, AUJOURDHUI)));
      }),
      { numRuns: 60 },
    );
  });

  test('n’est en retard que le lendemain du jour dû ; sans jour dû, jamais', () => {
    const ouverte = (dueLe: string | null) => avancementDe({ dueLe, soldeeLe: null, soldeEtat: '', sansObjetLe: null }, AUJOURDHUI);
    expect([ouverte('2026-11-28'), ouverte(AUJOURDHUI), ouverte('2026-11-30'), ouverte(null)]).toEqual(['en_retard', 'attendu', 'attendu', 'attendu']);
  });

  test('ce qui n’est pas dû et ce qui est sans objet ne comptent ni dans les dus, ni dans les arrivés, ni dans la part', () => {
    fc.assert(
      fc.property(comptes, fc.nat(400), fc.nat(400), (n, attendu, sans_objet) => {
        const autre = { ...n, attendu, sans_objet };
        expect([arrives(autre), dus(autre), part(autre)]).toEqual([arrives(n), dus(n), part(n)]);
        expect(dus(n) - arrives(n)).toBe(n.en_retard);
      }),
    );
  });

  test('la part n’est 100 que si rien ne manque, 0 que si rien n’est arrivé, et rien quand rien n’était dû', () => {
    fc.assert(
      fc.property(comptes, (n) => {
        const p = part(n);
        expect(p === null).toBe(dus(n) === 0);
        if (p === null) return;
        expect([p >= 0 && p <= 100, p === 100, p === 0]).toEqual([true, n.en_retard === 0, arrives(n) === 0]);
      }),
    );
    expect([part({ ...AUCUN, valide: 999, en_retard: 1 }), part({ ...AUCUN, valide: 1, en_retard: 999 })]).toEqual([99, 1]);
  });

  test('le total est la somme des lignes, état par état', () => {
    fc.assert(
      fc.property(fc.array(comptes, { maxLength: 8 }), (lignes) => {
        const total = additionnerAvancement(lignes.map((c) => ({ comptes: c })));
        for (const e of CODES_AVANCEMENT) expect(total[e]).toBe(lignes.reduce((s, l) => s + l[e], 0));
      }),
    );
  });
});
