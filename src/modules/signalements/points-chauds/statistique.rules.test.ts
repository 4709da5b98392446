import { masquerParts } from '../../../core/petits-nombres.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparer, parHasard } from './moyens.rules.ts';
import { periodeDe, unAnAvant } from './periode.rules.ts';
import { dernierArretable, ditLe, trimestreAvant } from './quartiers.ts';
import { CELLULES_MIN, type Comptees, NIVEAU, queueHypergeometrique, type Reference, tester, zonesDe } from './statistique.rules.ts';

/** Seeded: the same numbers at each run. */
function hasard(graine: number): () => number {
  let s = graine >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const poisson = (m: number, h: () => number): number => {
  let [n, p] = [0, h()];
  for (const seuil = Math.exp(-m); p > seuil; n++) p *= h();
  return n;
};
const en = (x: number, y: number): number => (138_850 + y) * 1_000_000 + 182_300 + x;
const enColonnes = (cellules: readonly Record<'maille' | 'nombre' | 'total', number>[]): Comptees => ({
  mailles: cellules.map((c) => c.maille),
  nombres: cellules.map((c) => c.nombre),
  totaux: cellules.map((c) => c.total),
});
/** A town of 30 by 30 cells. `fond`: what a cell reports of all kinds; `part`: what is asked about. */
function ville(h: () => number, fond: (x: number, y: number) => number, part: (x: number, y: number) => number): Comptees {
  const cellules = Array.from({ length: 900 }, (_, i) => {
    const [x, y] = [i % 30, Math.floor(i / 30)];
    const nombre = poisson(part(x, y), h);
    return { maille: en(x, y), nombre, total: nombre + poisson(fond(x, y), h) };
  });
  return enColonnes(cellules);
}
const dansLeCarre = (x: number, y: number) => x >= 10 && x < 13 && y >= 20 && y < 23;

describe('Points chauds', () => {
  test.each<Reference>(['partout', 'signalements'])('du bruit seul ne donne presque jamais de point chaud (%s)', (reference) => {
    const fausses = Array.from({ length: 100 }, (_, i) =>
      ville(
        hasard(i + 1),
        () => 6,
        () => 1.5,
      ),
    ).filter((v) => zonesDe(tester(v, reference) ?? []).length > 0);
    // A map of pure noise shows something once in twenty at most, but for chance.
    expect(fausses.length).toBeLessThanOrEqual(9);
  });

  test.each<Reference>(['partout', 'signalements'])('une grappe plantée est trouvée, à sa place (%s)', (reference) => {
    for (let i = 0; i < 10; i++) {
      const v = ville(
        hasard(1000 + i),
        () => 6,
        (x, y) => (dansLeCarre(x, y) ? 12 : 1.5),
      );
      const [zone, ...autres] = zonesDe(tester(v, reference) ?? []);
      const plantees = new Set(v.mailles.filter((_, j) => dansLeCarre(j % 30, Math.floor(j / 30))));
      expect(zone?.net).toBe(true);
      expect(zone?.cellules.filter((c) => plantees.has(c.maille)).length).toBeGreaterThanOrEqual(5);
      expect(plantees.has(zone?.cellules[0]?.maille ?? 0)).toBe(true);
      expect(autres.length).toBeLessThanOrEqual(1);
    }
  });

  test('un quartier qui signale plus de tout n’est pas un point chaud d’un genre : seule l’autre question l’y voit', () => {
    let [partout, parmi] = [0, 0];
    for (let i = 0; i < 10; i++) {
      const v = ville(
        hasard(5000 + i),
        (x, y) => (dansLeCarre(x, y) ? 40 : 6),
        (x, y) => (dansLeCarre(x, y) ? 10 : 1.5),
      );
      partout += zonesDe(tester(v, 'partout') ?? []).length > 0 ? 1 : 0;
      parmi += zonesDe(tester(v, 'signalements') ?? []).length > 0 ? 1 : 0;
    }
    expect([partout, parmi <= 2]).toEqual([10, true]);
  });

  test('trop peu de cellules ou de signalements : rien n’est dit', () => {
    const peu = enColonnes(Array.from({ length: CELLULES_MIN - 1 }, (_, x) => ({ maille: en(x, 0), nombre: 5, total: 9 })));
    expect(tester(peu, 'partout')).toBeNull();
    expect(
      tester(enColonnes(Array.from({ length: 400 }, (_, x) => ({ maille: en(x % 20, Math.floor(x / 20)), nombre: x < 20 ? 1 : 0, total: 1 }))), 'partout'),
    ).toBeNull();
    // All the same everywhere: nowhere more than elsewhere.
    expect(
      zonesDe(tester(enColonnes(Array.from({ length: 400 }, (_, x) => ({ maille: en(x % 20, Math.floor(x / 20)), nombre: 2, total: 2 }))), 'partout') ?? []),
    ).toEqual([]);
  });

  test('la loi hypergéométrique est la vraie, et les q-valeurs suivent l’ordre des p', () => {
    // 10 drawn of 50, 5 of them marked: P(at least 4) = 0.00408…
    expect(queueHypergeometrique(4, { tirages: 10, marques: 5, total: 50 })).toBeCloseTo(0.004084, 5);
    expect(queueHypergeometrique(0, { tirages: 10, marques: 5, total: 50 })).toBe(1);
    expect(queueHypergeometrique(900, { tirages: 1000, marques: 900, total: 1_000_000 })).toBeLessThan(1e-300);
    const v = tester(
      ville(
        hasard(7),
        () => 6,
        (x) => (x < 3 ? 4 : 1),
      ),
      'partout',
    );
    const parP = [...(v ?? [])].sort((a, b) => a.p - b.p);
    expect(parP.every((c, i) => c.q >= c.p && c.q <= 1 && (i === 0 || c.q >= (parP[i - 1]?.q ?? 0)))).toBe(true);
  });
});

test('ce qui est montré est ce que l’on trouverait en gardant toutes les cellules, leurs voisines une à une et tous leurs p', () => {
  for (let i = 0; i < 5; i++) {
    const v = ville(
      hasard(9000 + i),
      (x) => (x > 20 ? 9 : 3),
      (x, y) => (dansLeCarre(x, y) ? 7 : 1.5),
    );
    const rang = new Map(v.mailles.map((m, j) => [m, j]));
    const somme = (x: readonly number[]) => x.reduce((a, b) => a + b, 0);
    const p = v.mailles.map((m) => {
      const voisines = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].flatMap((dx) => rang.get(m + dy * 1_000_000 + dx) ?? []));
      const [autour, tirages] = [somme(voisines.map((j) => v.nombres[j] ?? 0)), somme(voisines.map((j) => v.totaux[j] ?? 0))];
      const loi = { tirages, marques: somme(v.nombres), total: somme(v.totaux) };
      return autour <= (loi.marques * tirages) / loi.total ? 1 : Math.min(1, queueHypergeometrique(autour, loi));
    });
    const parP = p.map((x, j) => ({ x, j })).sort((c, d) => c.x - d.x);
    const suivants = parP.map(({ x }) => (x * p.length) / (parP.findLastIndex((c) => c.x === x) + 1));
    const q = new Map(parP.map(({ j }, k) => [j, Math.min(...suivants.slice(k))]));
    const attendues = v.mailles.flatMap((maille, j) => ((q.get(j) ?? 1) <= NIVEAU ? [[maille, q.get(j)] as const] : []));
    const trouvees = (tester(v, 'signalements') ?? []).filter((c) => c.q <= NIVEAU).map((c) => [c.maille, c.q] as const);
    expect(trouvees.length).toBeGreaterThan(5);
    expect(trouvees.map(([m]) => m)).toEqual(attendues.map(([m]) => m));
    for (const [j, [, mesuree]] of trouvees.entries()) expect(mesuree).toBeCloseTo(attendues[j]?.[1] ?? -1, 10);
  }
});

describe('Petits nombres', () => {
  /** Every set of numbers that would be published alike: what somebody who knows the rule, and the total, may try. */
  function compatibles(publie: readonly (number | null)[], total: number): number[][] {
    const essais = (i: number, reste: number): number[][] => {
      if (i === publie.length) return reste === 0 ? [[]] : [];
      const v = publie[i];
      const choix = v === null || v === undefined ? Array.from({ length: reste }, (_, x) => x + 1) : v <= reste ? [v] : [];
      return choix.flatMap((x) => essais(i + 1, reste - x).map((s) => [x, ...s]));
    };
    return essais(0, total).filter((t) => masquerParts(t).parts.every((x, i) => x === publie[i]));
  }
  test('ce qui est masqué ne se retrouve pas par différence, même en connaissant la règle', () => {
    const nombre = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 12 }));
    fc.assert(
      fc.property(fc.array(nombre, { minLength: 1, maxLength: 4 }), (nombres) => {
        const { parts, total } = masquerParts(nombres);
        expect(parts.every((v) => v === null || v === 0 || v >= 5)).toBe(true);
        if (total === null) return;
        const tables = compatibles(parts, total);
        for (const [i, v] of parts.entries()) if (v === null) expect(new Set(tables.map((t) => t[i])).size).toBeGreaterThan(1);
      }),
      { numRuns: 300, seed: 42 },
    );
  });
});

test('les opérations se comparent aux signalements par leurs parts, et seulement au-delà du hasard', () => {
  const tout = { signalements: 1000, operations: 200 };
  const dit = (lieux: readonly { signalements: number; operations: number }[], de = tout) => comparer(lieux, de).map((l) => l.dit);
  expect(dit([{ signalements: 300, operations: 20 }])).toEqual(['moins d’opérations que de signalements']);
  expect(dit([{ signalements: 50, operations: 40 }])).toEqual(['plus d’opérations que de signalements']);
  expect(dit([{ signalements: 100, operations: 24 }])).toEqual(['']);
  expect(dit([{ signalements: 9, operations: 0 }], { signalements: 10, operations: 200 })).toEqual(['']);
  // One in a hundred by chance is told of one place alone, and not of one place among eighty.
  const limite = { signalements: 40, operations: 17 };
  expect([parHasard(limite, tout) < 0.02, dit([limite])[0]]).toEqual([true, 'plus d’opérations que de signalements']);
  expect(dit([limite, ...Array.from({ length: 79 }, () => ({ signalements: 12, operations: 2 }))])[0]).toBe('');
});

test('les périodes sont des mois complets, les mêmes un an plus tôt', () => {
  expect(periodeDe('3', '2026-02-14')).toEqual({ du: '2025-11-01', au: '2026-01-01', apres: '2026-02-01' });
  expect(unAnAvant(periodeDe('12', '2026-01-31', '2024-08-01'))).toEqual({ du: '2022-09-01', au: '2023-08-01', apres: '2023-09-01' });
  expect(periodeDe('en-cours', '2026-12-31')).toEqual({ du: '2026-12-01', au: '2026-12-01', apres: '2027-01-01' });
  expect([dernierArretable('2026-01-31'), dernierArretable('2026-02-01'), dernierArretable('2026-04-30')]).toEqual(['2025-T3', '2025-T4', '2025-T4']);
  expect([trimestreAvant('2026-T1'), ditLe('2025-T4')]).toEqual(['2025-T4', '2026-02-01']);
});
