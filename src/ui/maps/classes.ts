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
  /** The interval of its rate. */
  bas: number;
  haut: number;
}
function grouper(nombre: number, base: number, membres: number[]): Groupe {
  const [bas, haut] = intervalle(nombre);
  return { nombre, base, membres, bas: bas / base, haut: haut / base };
}
const fondre = (a: Groupe, b: Groupe): Groupe => grouper(a.nombre + b.nombre, a.base + b.base, [...a.membres, ...b.membres]);
/** How far apart two rates are, in units of what chance makes of them. */
const distance = (a: Groupe, b: Groupe): number =>
  (b.nombre / b.base - a.nombre / a.base) / Math.sqrt(Math.max(1, a.nombre) / a.base ** 2 + Math.max(1, b.nombre) / b.base ** 2);
interface Paire {
  confondue: boolean;
  distance: number;
}
const appairer = (a: Groupe, b: Groupe): Paire => ({ confondue: a.haut >= b.bas, distance: distance(a, b) });

/**
 * The class of each rate, from 0, in their order. Each starts alone, from the lowest; neighbours whose intervals overlap are brought
 * together, the closest first, until every class stands clear of the next and there are `max` at most.
 */
export function classer(rapports: readonly Rapport[], max = 5): number[] {
  const groupes = rapports.map((r, i) => grouper(r.nombre, r.base, [i])).sort((a, b) => a.nombre / a.base - b.nombre / b.base);
  const voisins = (i: number): Paire => appairer(groupes[i] as Groupe, groupes[i + 1] as Groupe);
  // Bringing two together changes the pairs on either side of them only.
  const paires = groupes.slice(1).map((_, i) => voisins(i));
  for (;;) {
    const proche = laPlusProche(paires, (p) => p.confondue) ?? (groupes.length > max ? laPlusProche(paires, () => true) : null);
    if (proche === null) break;
    groupes.splice(proche, 2, fondre(groupes[proche] as Groupe, groupes[proche + 1] as Groupe));
    paires.splice(proche, 1);
    if (proche > 0) paires[proche - 1] = voisins(proche - 1);
    if (proche < paires.length) paires[proche] = voisins(proche);
  }
  const classes = rapports.map(() => 0);
  groupes.forEach((g, rang) => {
    for (const m of g.membres) classes[m] = rang;
  });
  return classes;
}

/** Null when none is a candidate. */
function laPlusProche(paires: readonly Paire[], candidate: (p: Paire) => boolean): number | null {
  let trouvee: number | null = null;
  let moindre = Number.POSITIVE_INFINITY;
  for (const [i, p] of paires.entries())
    if (candidate(p) && (trouvee === null || p.distance < moindre)) {
      trouvee = i;
      moindre = p.distance;
    }
  return trouvee;
}

/** Inhabitants that a rate is given for: enough for the largest to be written with a digit before the comma. */
export const parHabitants = (rapports: readonly Rapport[]): number => (Math.max(0, ...rapports.map((r) => r.nombre / r.base)) * 10_000 < 1 ? 100_000 : 10_000);
