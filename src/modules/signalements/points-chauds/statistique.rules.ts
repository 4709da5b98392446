/**
 * Where reports are more numerous than chance alone puts them (decision 0042). Pure: counts by cell in, cells with their p- and q-values out.
 * Two questions, two references. `partout` (Getis-Ord Gi*): would as many fall around this cell if counts were dealt again among all the cells from
 * which something was ever reported? `signalements`: would as many of *these* be around here if their kind, hour and month were dealt again among
 * all that was ever reported, each staying where it is? The second one leaves out that some places report more than others.
 */

/**
 * Cells in the order of their numbers, a column for each thing that is known of them: as many objects, several times over, would have whoever draws this look
 * through all its memory every few pages.
 */
export interface Comptees {
  mailles: readonly number[];
  /** Of what is asked about. */
  nombres: readonly number[];
  /** Of all that was ever reported there: never below what is asked about. */
  totaux: readonly number[];
}
export interface Testee {
  maille: number;
  nombre: number;
  /** Of the cell and of its neighbours. */
  autour: number;
  /** What the reference expects there. */
  attendu: number;
  p: number;
  /** Share of false alarms among the cells that are at least as marked as this one (Benjamini-Hochberg). */
  q: number;
}
export type Reference = 'partout' | 'signalements';

/** Rows of cells go north, columns east. */
const LIGNE = 1_000_000;
const AUTOUR = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => dy * LIGNE + dx));
export const centreDe = (maille: number): { lon: number; lat: number } => ({
  lon: ((maille % LIGNE) + 0.5) / 1000 - 180,
  lat: (Math.floor(maille / LIGNE) + 0.5) / 1000 - 90,
});
/** Its four corners, [west, south, east, north]. */
export function coinsDe(maille: number): [number, number, number, number] {
  const [x, y] = [maille % LIGNE, Math.floor(maille / LIGNE)];
  return [x / 1000 - 180, y / 1000 - 90, (x + 1) / 1000 - 180, (y + 1) / 1000 - 90];
}

/** Fewer, and the test says nothing. */
export const CELLULES_MIN = 50;
export const NOMBRE_MIN = 30;
/** False alarms accepted among what is shown. */
export const NIVEAU = 0.05;
const NIVEAU_NET = 0.01;

const additionner = (nombres: readonly number[]): number => nombres.reduce((n, x) => n + x, 0);

/** Cells that chance alone would seldom mark as much, the others being never told; null when there is too little to tell. */
export function tester(cellules: Comptees, reference: Reference): Testee[] | null {
  const { mailles, nombres } = cellules;
  const nombre = additionner(nombres);
  if (mailles.length < CELLULES_MIN || nombre < NOMBRE_MIN) return null;
  const total = additionner(cellules.totaux);
  const queues = reference === 'partout' ? queuesDesSommes(nombres) : null;
  const voisinages = voisinagesDe(cellules);
  const testees: Testee[] = [];
  for (const [i, maille] of mailles.entries()) {
    const { autour, base, k } = voisinages(i);
    const attendu = queues ? (k * nombre) / mailles.length : (nombre * base) / total;
    if (autour <= attendu) continue;
    const p = Math.min(1, queues ? (queues[k]?.[autour] ?? 0) : queueHypergeometrique(autour, { tirages: base, marques: nombre, total }));
    if (p <= NIVEAU) testees.push({ maille, nombre: nombres[i] ?? 0, autour, attendu, p, q: 1 });
  }
  return corriger(testees, mailles.length);
}

/**
 * What is around each of these cells, itself included: what is asked about, all that was ever reported, how many cells. In the order of their
 * numbers, which is that of rows and columns: each of the nine directions is one walk along the list.
 */
function voisinagesDe({ mailles, nombres, totaux }: Comptees): (i: number) => Record<'autour' | 'base' | 'k', number> {
  const [autour, base, k] = [new Float64Array(mailles.length), new Float64Array(mailles.length), new Uint8Array(mailles.length)];
  for (const d of AUTOUR)
    for (let i = 0, j = 0; i < mailles.length; i++) {
      const cherchee = (mailles[i] ?? 0) + d;
      while ((mailles[j] ?? Number.POSITIVE_INFINITY) < cherchee) j += 1;
      if (mailles[j] !== cherchee) continue;
      autour[i] = (autour[i] ?? 0) + (nombres[j] ?? 0);
      base[i] = (base[i] ?? 0) + (totaux[j] ?? 0);
      k[i] = (k[i] ?? 0) + 1;
    }
  return (i) => ({ autour: autour[i] ?? 0, base: base[i] ?? 0, k: k[i] ?? 0 });
}

/**
 * P(sum of k counts drawn at random ≥ s), for k from 1 to 9: `queues[k][s]`. Exact for draws with replacement, by convolution; without (a true
 * permutation) the sum varies a little less, so that these p-values are never too small.
 */
function queuesDesSommes(nombres: readonly number[]): Float64Array[] {
  const poids = new Map<number, number>();
  for (const n of nombres) poids.set(n, (poids.get(n) ?? 0) + 1 / nombres.length);
  const max = Math.max(...poids.keys());
  const queues: Float64Array[] = [new Float64Array([1])];
  let loi: Float64Array = new Float64Array([1]);
  for (let k = 1; k <= AUTOUR.length; k++) {
    const suite = new Float64Array(loi.length + max);
    for (const [n, w] of poids) for (let s = 0; s < loi.length; s++) suite[s + n] = (suite[s + n] ?? 0) + (loi[s] ?? 0) * w;
    loi = suite;
    const queue = new Float64Array(loi.length);
    // From the end: the smallest numbers are added first.
    for (let s = loi.length - 1, reste = 0; s >= 0; s--) {
      reste += loi[s] ?? 0;
      queue[s] = reste;
    }
    queues.push(queue);
  }
  return queues;
}

/** ln(n!), by Stirling above what is added up. */
const LN_FACTORIELLES = [0];
for (let n = 1; n < 256; n++) LN_FACTORIELLES.push((LN_FACTORIELLES[n - 1] ?? 0) + Math.log(n));
function lnFactorielle(n: number): number {
  return LN_FACTORIELLES[n] ?? n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
const lnChoix = (n: number, k: number): number => lnFactorielle(n) - lnFactorielle(k) - lnFactorielle(n - k);
/** P(at least x of the marked ones among those drawn). */
export function queueHypergeometrique(x: number, o: { tirages: number; marques: number; total: number }): number {
  const [bas, haut] = [Math.max(0, o.tirages + o.marques - o.total), Math.min(o.tirages, o.marques)];
  if (x <= bas) return 1;
  const reste = o.total - o.marques - o.tirages;
  let terme = Math.exp(lnChoix(o.marques, x) + lnChoix(o.total - o.marques, o.tirages - x) - lnChoix(o.total, o.tirages));
  let p = 0;
  for (let i = x; i <= haut; i++) {
    p += terme;
    // Past its summit the law only falls.
    if (terme < p * 1e-12) break;
    terme *= ((o.marques - i) * (o.tirages - i)) / ((i + 1) * (reste + i + 1));
  }
  return p;
}

/**
 * Benjamini-Hochberg: each gets the smallest rate of false alarms at which it would be shown. `parmi`: how many were tested, of which those left out have
 * larger p-values than all of these; whatever is at most at the level that they were left out by is as if none had been.
 */
export function corriger<T extends Pick<Testee, 'p' | 'q'>>(testees: T[], parmi = testees.length): T[] {
  let q = 1;
  for (const [i, c] of [...testees].sort((a, b) => b.p - a.p).entries()) {
    q = Math.min(q, (c.p * parmi) / (testees.length - i));
    c.q = q;
  }
  return testees;
}

export interface Zone {
  /** Where most were reported first. */
  cellules: readonly Testee[];
  nombre: number;
  /** What the reference expects in the neighbourhood of its first cell, and what is there. */
  attendu: number;
  autour: number;
  q: number;
  net: boolean;
}
/** Marked cells that touch are one place; the largest first. */
export function zonesDe(testees: readonly Testee[]): Zone[] {
  const restantes = new Map(testees.filter((c) => c.q <= NIVEAU).map((c) => [c.maille, c]));
  const zones: Zone[] = [];
  for (const depart of [...restantes.values()]) {
    if (!restantes.delete(depart.maille)) continue;
    const cellules = [depart];
    for (let i = 0; i < cellules.length; i++)
      for (const d of AUTOUR) {
        const v = restantes.get((cellules[i]?.maille ?? 0) + d);
        if (v && restantes.delete(v.maille)) cellules.push(v);
      }
    cellules.sort((a, b) => b.nombre - a.nombre || a.q - b.q);
    const [premiere = depart] = cellules;
    const nombre = cellules.reduce((n, c) => n + c.nombre, 0);
    const q = Math.min(...cellules.map((c) => c.q));
    zones.push({ cellules, nombre, attendu: premiere.attendu, autour: premiere.autour, q, net: q <= NIVEAU_NET });
  }
  return zones.sort((a, b) => b.nombre - a.nombre || a.q - b.q);
}
