/** What may be told of places by what their alerts are cut into: the attack is whoever subtracts everything that is told. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Activation } from './bilan.queries.ts';
import { croiser, ditDuLieu, lignesCachees, parCle, parMois, TRIMESTRES, trimestreDe } from './bilan.rules.ts';

const COMBIEN = { seed: 20_261_204, numRuns: 400 };
const LIEUX = ['a', 'b', 'c', 'd', 'e'];
const MOIS = Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`);
/** Small numbers, and places that have enough. */
const nombre = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(4) },
  { weight: 4, arbitrary: fc.integer({ min: 5, max: 20 }) },
);
const annee = fc.array(fc.array(nombre, { minLength: 12, maxLength: 12 }), { minLength: LIEUX.length, maxLength: LIEUX.length });
const activationsDe = (table: readonly (readonly number[])[]): Activation[] =>
  table.flatMap((l, i) =>
    l.flatMap((n, j) => (n > 0 ? [{ territoireId: LIEUX[i] ?? '', mois: MOIS[j] ?? '', nombre: n, palier: 'rixe', issue: null, survenue: true }] : [])),
  );

/** Can this cell be one more or one less, with every total and every row that is told left as they are? */
function flotte(table: readonly (readonly number[])[], cachees: readonly number[], colonnes: readonly number[], i: number, j: number): boolean {
  const en = (k: number, l: number) => table[k]?.[l] ?? 0;
  return cachees.some((k) => k !== i && colonnes.some((l) => l !== j && ((en(i, j) > 0 && en(k, l) > 0) || (en(i, l) > 0 && en(k, j) > 0))));
}

describe('Les alertes par territoire et par trimestre', () => {
  test('un petit nombre caché ne se retrouve par aucune différence, par trimestre ni par mois', () => {
    let [dites, attaquees] = [0, 0];
    fc.assert(
      fc.property(annee, (parMoisEtLieu) => {
        const activations = activationsDe(parMoisEtLieu);
        const parLieu = parCle(activations, LIEUX, (a) => a.territoireId);
        const caches = new Set(parLieu.parts.filter((p) => p.nombre === null).map((p) => p.cle));
        const lieu = (a: Activation) => a.territoireId;
        const trimestres = croiser(activations, LIEUX, TRIMESTRES.map(String), {
          lieu,
          colonne: (a) => String(trimestreDe(a.mois)),
          cachees: (l) => caches.has(l),
        });
        if (!trimestres) return;
        const parTrimestre = parMoisEtLieu.map((l) => TRIMESTRES.map((t) => l.slice(t * 3 - 3, t * 3).reduce((x, y) => x + y, 0)));
        const cachees = LIEUX.flatMap((l, i) => (ditDuLieu(trimestres, l) ? [] : [i]));
        // Quarters are told, so months are hidden within them.
        expect(parMois(activations, 2025).trimestres.every((n) => n !== null)).toBe(true);
        for (const [i, l] of parTrimestre.entries())
          for (const [j, n] of l.entries()) {
            if (!cachees.includes(i)) expect([n === 0 || n >= 5, ditDuLieu(trimestres, LIEUX[i] ?? '')?.[j]]).toEqual([true, n]);
            else if (n > 0 && n < 5) {
              attaquees += 1;
              expect(flotte(parTrimestre, cachees, [0, 1, 2, 3], i, j)).toBe(true);
            }
          }
        dites += LIEUX.length - cachees.length;
        const mois = croiser(activations, LIEUX, MOIS, { lieu, colonne: (a) => a.mois, cachees: (l) => cachees.includes(LIEUX.indexOf(l)) });
        if (!mois) return;
        const fines = LIEUX.flatMap((l, i) => (ditDuLieu(mois, l) ? [] : [i]));
        const duTrimestre = (j: number) => MOIS.flatMap((m, k) => (trimestreDe(m) === trimestreDe(MOIS[j] ?? '') ? [k] : []));
        const tous = MOIS.map((_, k) => k);
        // Within its quarter, which is told of some of them; and over the year among those of which it is not.
        for (const i of fines)
          for (const [j, n] of (parMoisEtLieu[i] ?? []).entries())
            if (n > 0 && n < 5)
              expect(flotte(parMoisEtLieu, fines, duTrimestre(j), i, j) || (cachees.includes(i) && flotte(parMoisEtLieu, cachees, tous, i, j))).toBe(true);
      }),
      COMBIEN,
    );
    // It looked at something.
    expect([dites > 200, attaquees > 200]).toEqual([true, true]);
  });

  test('une colonne petite, et rien n’est dit ; ce qui n’est dans aucune colonne compte comme une', () => {
    expect(
      lignesCachees([
        [9, 3],
        [8, 0],
      ]),
    ).toBeNull();
    expect(
      lignesCachees([
        [9, 6],
        [8, 0],
      ]),
    ).toEqual(new Set());
    // One row alone would be what the column lacks: another is hidden with it.
    expect(
      lignesCachees([
        [2, 9],
        [7, 6],
        [8, 8],
      ]),
    ).toEqual(new Set([0, 1]));
    const activations = activationsDe([
      [9, 9],
      [9, 2],
      [9, 9],
    ]);
    const o = { lieu: (a: Activation) => a.territoireId, colonne: (a: Activation) => a.mois, cachees: () => false };
    expect(croiser(activations, LIEUX, ['2025-01'], o)?.map((l) => l.nombres)).toEqual([null, null, [9], [0], [0]]);
  });
});
