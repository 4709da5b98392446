/** Classes of a map: no finer than what chance alone would make of the same rate. Pure. */

/** A count and what it is counted over: people who live there. */
export interface Rapport {
  nombre: number;
  base: number;
}

/** 95 % interval of a Poisson count (Byar's approximation). */
function intervalle(n: number): [number, number] {
  const [bas, haut] = [n * (1 - 1 / (9 * n) - 1.96 / (3 * Math.sqrt(n))) ** 3, (n + 1) * (1 - 1 / (9 * (n + 1)) + 1.96 / (3 * Math.sqrt(n + 1))) ** 3];
  return [n === 0 ? 0 : Math.max(0, bas), haut];
}

interface Groupe extends Rapport {
  membres: number[];
}
const fondre = (a: Groupe, b: Groupe): Groupe => ({ nombre: a.nombre + b.nombre, base: a.base + b.base, membres: [...a.membres, ...b.membres] });
const seConfondent = (a: Groupe, b: Groupe): boolean => intervalle(a.nombre)[1] / a.base >= intervalle(b.nombre)[0] / b.base;
/** How far apart two rates are, in units of what chance makes of them. */
const distance = (a: Groupe, b: Groupe): number =>
  (b.nombre / b.base - a.nombre / a.base) / Math.sqrt(Math.max(1, a.nombre) / a.base ** 2 + Math.max(1, b.nombre) / b.base ** 2);

/**
 * The class of each rate, from 0, in their order. Each starts alone, from the lowest; neighbours whose intervals overlap are brought
 * together, the closest first, until every class stands clear of the next and there are `max` at most.
 */
export function classer(rapports: readonly Rapport[], max = 5): number[] {
  let groupes: Groupe[] = rapports.map((r, i) => ({ ...r, membres: [i] })).sort((a, b) => a.nombre / a.base - b.nombre / b.base);
  for (;;) {
    const paires = groupes.slice(1).map((b, i) => ({ i, a: groupes[i] as Groupe, b }));
    const confondues = paires.filter(({ a, b }) => seConfondent(a, b));
    const candidates = confondues.length > 0 ? confondues : groupes.length > max ? paires : [];
    const [proche] = candidates.sort((x, y) => distance(x.a, x.b) - distance(y.a, y.b));
    if (!proche) break;
    groupes = [...groupes.slice(0, proche.i), fondre(proche.a, proche.b), ...groupes.slice(proche.i + 2)];
  }
  const classes = rapports.map(() => 0);
  groupes.forEach((g, rang) => {
    for (const m of g.membres) classes[m] = rang;
  });
  return classes;
}

/** Inhabitants that a rate is given for: enough for the largest to be written with a digit before the comma. */
export const parHabitants = (rapports: readonly Rapport[]): number => (Math.max(0, ...rapports.map((r) => r.nombre / r.base)) * 10_000 < 1 ? 100_000 : 10_000);
