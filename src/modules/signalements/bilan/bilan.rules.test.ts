import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { echelonner, seRetrouve } from '../../../../tests/support/equations.ts';
import type { Nombres } from './bilan.queries.ts';
import { type Cellule, direLeTrimestre, direMois, direSous, type Dites, enLigne, retenir } from './bilan.rules.ts';

const n = (plus: Partial<Nombres>): Nombres => ({ recus: 0, repondus: 0, faits: 0, resolus: 0, contestes: 0, minutes: 0, ...plus });

test('les taux et les délais ne disent rien de trop peu, ni de ce qui est masqué', () => {
  const { lignes, total } = direMois([
    { cle: 'a', nombres: n({ recus: 10, repondus: 8, minutes: 960 }) },
    { cle: 'b', nombres: n({ recus: 30, repondus: 6, minutes: 60 }) },
  ]);
  expect(lignes.map(enLigne)[0]).toMatchObject({ recus: 10, repondus: 8, tauxDeReponse: 80, heures: 2 });
  expect(enLigne(total)).toMatchObject({ recus: 40, repondus: 14, tauxDeReponse: 35 });
  const peu = direMois([
    { cle: 'a', nombres: n({ recus: 9, repondus: 2, minutes: 60 }) },
    { cle: 'b', nombres: n({ recus: 8, repondus: 7, minutes: 60 }) },
  ]);
  // One is small, so that the other is hidden with it: the total less one of them would say it.
  expect(peu.lignes.map(enLigne).map((l) => [l.recus, l.repondus, l.minutes, l.tauxDeReponse, l.heures])).toEqual([
    [9, null, null, null, null],
    [8, null, null, null, null],
  ]);
});

/** Months by place, one part and one circuit each. */
const enGroupes = (recus: readonly number[]) => recus.map((r, i) => ({ cle: `l${i}`, nombres: n({ recus: r }) }));
const enCellules = (recus: readonly number[], de: keyof Nombres = 'recus'): Cellule[] =>
  recus.map((r, i) => ({ lieu: `l${i}`, territoireId: `q${i}`, circuit: 'c', ...n({ recus: 100, [de]: r }) }));
/** Of what was received, as it comes out: a month, then a quarter of which nothing changed since. */
const masquerMois = (recus: readonly number[]) => {
  const dit = direMois(enGroupes(recus));
  return { parts: dit.lignes.map((l) => l.recus), total: dit.total.recus };
};
const direTrimestre = (mois: readonly (readonly number[])[]) => {
  const dit = direLeTrimestre(
    mois.map((m) => direMois(enGroupes(m))),
    enGroupes((mois[0] ?? []).map((_, l) => mois.reduce((s, m) => s + (m[l] ?? 0), 0))),
  );
  return { parts: dit.lignes.map((l) => l.recus), total: dit.total.recus };
};
const sommer = (cellules: readonly Cellule[]) => cellules.map(({ lieu, ...nombres }) => ({ cle: lieu, nombres }));

test('un lieu dont le trimestre ne se dit pas ne dit rien de ses quartiers ; un zéro est un vrai zéro', () => {
  // February alone is small in the first place: its quarter would give it back, and so would those of both others.
  const mois = [
    [12, 20, 30],
    [3, 25, 31],
    [9, 22, 40],
  ].map((m) => direMois(enGroupes(m)));
  const { lignes, total } = direLeTrimestre(mois, enGroupes([24, 67, 101]));
  expect([lignes.map((l) => l.recus), total.recus]).toEqual([[null, null, null], 192]);
  const quartiers = [4, 0, 20].map((r, i) => ({ cle: `q${i}`, nombres: n({ recus: r }) }));
  const sous = (recus: number | null) => direSous({ ...total, recus }, quartiers).map((l) => l.recus);
  expect([sous(null), sous(24)]).toEqual([
    [null, 0, null],
    [null, 0, null],
  ]);
});

describe('Ce qui change après un mois arrêté', () => {
  const mois: Dites[] = [direMois(sommer(enCellules([10, 20, 30, 40], 'repondus')))];
  const retenus = (maintenant: readonly number[]) =>
    retenir(mois, enCellules([10, 20, 30, 40], 'repondus'), enCellules(maintenant, 'repondus')).map((x) => x.repondus);

  test('se dit au trimestre, lieu par lieu, quand c’est cinq au moins ; une contestation seule ne se voit nulle part', () => {
    expect(retenus([11, 24, 35, 40])).toEqual([10, 20, 35, 40]);
    expect(retenus([4, 14, 30, 0])).toEqual([10, 14, 30, 0]);
    // More answers than reports received there would be no answer to them.
    expect(retenus([200, 20, 30, 40])).toEqual([10, 20, 30, 40]);
  });

  test('reste masqué là où le mois l’a masqué, quoi qu’il arrive ensuite', () => {
    const masque: Dites[] = [direMois(sommer(enCellules([2, 20, 30, 40], 'contestes')))];
    expect(masque[0]?.lignes.map((l) => l.contestes)).toEqual([null, null, 30, 40]);
    const cellules = retenir(masque, enCellules([2, 20, 30, 40], 'contestes'), enCellules([50, 60, 30, 48], 'contestes'));
    const dit = direLeTrimestre(masque, sommer(cellules));
    expect([dit.lignes.map((l) => l.contestes), dit.total.contestes]).toEqual([[null, null, 30, 48], 2 + 20 + 30 + 48]);
  });

  test('une correction du lieu ne fait pas dire plus de réponses que de signalements', () => {
    const avant = [{ lieu: 'l0', territoireId: 'q0', circuit: 'c', ...n({ recus: 12, repondus: 11 }) }];
    const apres = [{ ...avant[0], lieu: 'l0', territoireId: 'q0', circuit: 'c', ...n({ recus: 6, repondus: 5 }) }];
    const dit = [direMois(sommer(avant))];
    expect(retenir(dit, avant, apres).map((x) => [x.recus, x.repondus])).toEqual([[12, 5]]);
  });
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

  /** What an attacker works out when the quarter adds what came since: small numbers, and small changes. */
  function retrouvesEnsuite(
    avant: readonly (readonly number[])[],
    changements: readonly number[],
    dire: (somme: number, neuve: number, l: number) => number,
  ): string[] {
    const mois = avant.map((x) => direMois(x.map((r, l) => ({ cle: `l${l}`, nombres: n({ repondus: r, recus: 1000 }) }))));
    const inconnues = avant.length * LIEUX + LIEUX;
    const ligne = (ou: (i: number) => boolean) => Array.from({ length: inconnues }, (_, i) => (ou(i) ? 1 : 0));
    const duMois = (i: number, m: number, l: number) => i === m * LIEUX + l;
    const duLieu = (i: number, l: number) => i < avant.length * LIEUX && i % LIEUX === l;
    const change = (i: number, l: number) => i === avant.length * LIEUX + l;
    const sommes = changements.map((_, l) => avant.reduce((s, m) => s + (m[l] ?? 0), 0));
    const dits = changements.map((c, l) => dire(sommes[l] ?? 0, (sommes[l] ?? 0) + c, l));
    const ajoute = dits.map((d, l) => d !== sommes[l]);
    const dit = direLeTrimestre(
      mois,
      dits.map((d, l) => ({ cle: `l${l}`, nombres: n({ repondus: d, recus: 3000 }) })),
    );
    const base = echelonner([
      ...mois.flatMap((d, m) => d.lignes.flatMap((x, l) => (x.repondus === null ? [] : [ligne((i) => duMois(i, m, l))]))),
      ...mois.flatMap((d, m) => (d.total.repondus === null ? [] : [ligne((i) => i >= m * LIEUX && i < (m + 1) * LIEUX)])),
      ...dit.lignes.flatMap((x, l) => (x.repondus === null ? [] : [ligne((i) => duLieu(i, l) || (ajoute[l] === true && change(i, l)))])),
      ...(dit.total.repondus === null ? [] : [ligne((i) => i < avant.length * LIEUX || ajoute.some((a, l) => a && change(i, l)))]),
    ]);
    const petit = (v: number) => v !== 0 && Math.abs(v) < 5;
    return changements.flatMap((c, l) => [
      ...(petit(c) &&
      seRetrouve(
        base,
        ligne((i) => change(i, l)),
      )
        ? [`lieu ${l}, changement ${c}`]
        : []),
      ...(petit((sommes[l] ?? 0) + c) &&
      seRetrouve(
        base,
        ligne((i) => duLieu(i, l) || change(i, l)),
      )
        ? [`lieu ${l}, trimestre ${(sommes[l] ?? 0) + c}`]
        : []),
      ...(petit(sommes[l] ?? 0) &&
      seRetrouve(
        base,
        ligne((i) => duLieu(i, l)),
      )
        ? [`lieu ${l}, mois ${sommes[l]}`]
        : []),
      ...avant.flatMap((m, rang) =>
        petit(m[l] ?? 0) &&
        seRetrouve(
          base,
          ligne((i) => duMois(i, rang, l)),
        )
          ? [`lieu ${l}, mois ${rang}`]
          : [],
      ),
    ]);
  }
  const commeIci = (avant: readonly (readonly number[])[], changements: readonly number[]) => {
    const mois = avant.map((x) => direMois(x.map((r, l) => ({ cle: `l${l}`, nombres: n({ repondus: r, recus: 1000 }) }))));
    const cellules = (x: readonly number[]) =>
      x.map((r, l): Cellule => ({ lieu: `l${l}`, territoireId: `q${l}`, circuit: 'c', ...n({ repondus: r, recus: 3000 }) }));
    const sommes = changements.map((_, l) => avant.reduce((s, m) => s + (m[l] ?? 0), 0));
    const dits = retenir(mois, cellules(sommes), cellules(sommes.map((s, l) => Math.max(0, s + (changements[l] ?? 0)))));
    return retrouvesEnsuite(avant, changements, (_, __, l) => dits[l]?.repondus ?? 0);
  };

  test('les mois, puis un trimestre qui ajoute ce qui est venu depuis : ni petit nombre ni petit changement, sur deux cents tirages', () => {
    const changement = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.integer({ min: 5, max: 30 }));
    fc.assert(
      fc.property(trois, fc.array(changement, { minLength: LIEUX, maxLength: LIEUX }), (mois, changements) => {
        expect(commeIci(mois, changements)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('la même attaque trouve une contestation seule, si le trimestre disait ce qui est vrai ce jour-là', () => {
    const mois = [
      [12, 20, 30, 8],
      [10, 25, 31, 9],
      [9, 22, 40, 7],
    ];
    expect(retrouvesEnsuite(mois, [1, 0, 0, 0], (_, neuve) => neuve)).toEqual(['lieu 0, changement 1']);
    expect(commeIci(mois, [1, 0, 0, 0])).toEqual([]);
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
