import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { echelonner, seRetrouve } from '../../../../tests/support/equations.ts';
import { direLeTrimestre, direMois, direSous, type Nombres } from './bilan.rules.ts';
import { direTrimestre, masquerMois } from '../points-chauds/mois.rules.ts';

const n = (plus: Partial<Nombres>): Nombres => ({ recus: 0, repondus: 0, faits: 0, resolus: 0, contestes: 0, minutes: 0, notes: 0, totalDesNotes: 0, ...plus });

test('les taux et les délais ne disent rien de trop peu, ni de ce qui est masqué', () => {
  const { lignes, total } = direMois([
    { cle: 'a', nombres: n({ recus: 10, repondus: 8, minutes: 960 }) },
    { cle: 'b', nombres: n({ recus: 30, repondus: 6, minutes: 60 }) },
  ]);
  expect(lignes[0]).toMatchObject({ recus: 10, repondus: 8, tauxDeReponse: 80, heures: 2 });
  expect(total).toMatchObject({ recus: 40, repondus: 14, tauxDeReponse: 35 });
  const peu = direMois([
    { cle: 'a', nombres: n({ recus: 9, repondus: 2, minutes: 60 }) },
    { cle: 'b', nombres: n({ recus: 8, repondus: 7, minutes: 60 }) },
  ]);
  // One is small, so that the other is hidden with it: the total less one of them would say it.
  expect(peu.lignes.map((l) => [l.recus, l.repondus, l.tauxDeReponse, l.heures])).toEqual([
    [9, null, null, null],
    [8, null, null, null],
  ]);
});

test('un lieu dont le trimestre ne se dit pas ne dit rien de ses quartiers ; un zéro est un vrai zéro', () => {
  const mois = (recus: readonly number[]) => recus.map((r, i) => ({ cle: `l${i}`, nombres: n({ recus: r }) }));
  // February alone is small in the first place: its quarter would give it back, and so would those of both others.
  const { lignes, total } = direLeTrimestre([mois([12, 20, 30]), mois([3, 25, 31]), mois([9, 22, 40])]);
  expect([lignes.map((l) => l.recus), total.recus]).toEqual([[null, null, null], 192]);
  const quartiers = [4, 0, 20].map((r, i) => ({ cle: `q${i}`, nombres: n({ recus: r }) }));
  const sous = (recus: number | null) => direSous({ ...total, recus }, quartiers).map((l) => l.recus);
  expect([sous(null), sous(24)]).toEqual([
    [null, 0, null],
    [null, 0, null],
  ]);
});

describe('Tout ce qui a été publié, ensemble', () => {
  const LIEUX = 4;
  /** Small numbers that an attacker works out from each month as it came out, then from the quarter. */
  function retrouves(mois: readonly (readonly number[])[], trimestre = direTrimestre(mois)): string[] {
    const cellule = (garder: (m: number, l: number) => boolean) => mois.flatMap((x, m) => x.map((_, l) => (garder(m, l) ? 1 : 0)));
    const equations = [
      // A true zero is said.
      ...mois.flatMap((x, m) => {
        const dit = masquerMois(x);
        const lus = x.flatMap((_, l) => (dit.parts[l] === null ? [] : [cellule((a, b) => a === m && b === l)]));
        return dit.total === null ? lus : [...lus, cellule((a) => a === m)];
      }),
      ...trimestre.parts.flatMap((p, l) => (p === null ? [] : [cellule((_, b) => b === l)])),
      ...(trimestre.total === null ? [] : [cellule(() => true)]),
    ];
    const base = echelonner(equations);
    const trouves: string[] = [];
    for (let de = 0; de < 3; de++)
      for (let a = de; a < 3; a++)
        for (let l = 0; l <= LIEUX; l++) {
          const dedans = (m: number, x: number) => m >= de && m <= a && (l === LIEUX || x === l);
          const vaut = mois.reduce((s, x, m) => s + x.reduce((t, v, i) => t + (dedans(m, i) ? v : 0), 0), 0);
          if (vaut > 0 && vaut < 5 && seRetrouve(base, cellule(dedans))) trouves.push(`mois ${de} à ${a}, lieu ${l} : ${vaut}`);
        }
    return trouves;
  }
  const nombre = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.integer({ min: 5, max: 30 }));
  const trois = fc.array(fc.array(nombre, { minLength: LIEUX, maxLength: LIEUX }), { minLength: 3, maxLength: 3 });

  test('mois après mois, puis le trimestre : aucun petit nombre ne se retrouve, sur deux cents tirages', () => {
    fc.assert(
      fc.property(trois, (mois) => {
        expect(retrouves(mois)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('même en connaissant la règle, un petit nombre reste un parmi d’autres', () => {
    const valeurs = Array.from({ length: 11 }, (_, n) => n);
    const tables = (combien: number): number[][] => (combien === 0 ? [[]] : tables(combien - 1).flatMap((t) => valeurs.map((v) => [...t, v])));
    const groupes = new Map<string, number[][]>();
    // Two places, two months: all that could have been, by what would have come out.
    for (const t of tables(4)) {
      const mois = [t.slice(0, 2), t.slice(2)];
      const sortie = JSON.stringify([mois.map(masquerMois), direTrimestre(mois)]);
      groupes.set(sortie, [...(groupes.get(sortie) ?? []), t]);
    }
    const devines = [...groupes].flatMap(([sortie, ts]) =>
      [0, 1, 2, 3].flatMap((i) => {
        const possibles = new Set(ts.map((t) => t[i] ?? 0));
        const seule = possibles.size === 1 ? ([...possibles][0] ?? 0) : 0;
        return seule > 0 && seule < 5 ? [`${sortie} : ${seule}`] : [];
      }),
    );
    expect(devines.slice(0, 3)).toEqual([]);
  });

  test('l’attaque voit ce qu’elle cherche : le trimestre d’un lieu rend son seul mois masqué', () => {
    const mois = [
      [12, 20, 30, 8],
      [3, 25, 31, 9],
      [9, 22, 40, 7],
    ];
    expect(retrouves(mois, { parts: [24, 67, 101, 24], total: 216 })).toContain('mois 1 à 1, lieu 0 : 3');
    expect(retrouves(mois)).toEqual([]);
  });
});
