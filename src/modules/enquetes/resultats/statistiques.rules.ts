/** Shares, means and how far they may be from the truth. Pure. */

/** 95 % of a normal law. */
const Z = 1.959963984540054;

export interface Intervalle {
  bas: number;
  haut: number;
}

/** Wilson’s interval of a share at 95 %: within 0 and 1, right for small numbers and for shares near 0 or 1. Null for nobody. */
export function wilson(part: number, n: number): Intervalle | null {
  if (n <= 0) return null;
  const z2 = Z * Z;
  const centre = (part + z2 / (2 * n)) / (1 + z2 / n);
  const demi = (Z / (1 + z2 / n)) * Math.sqrt((part * (1 - part)) / n + z2 / (4 * n * n));
  return { bas: Math.max(0, centre - demi), haut: Math.min(1, centre + demi) };
}

export interface Strate {
  /** Share of the population. */
  poids: number;
  /** Answers. */
  n: number;
}
/** Strata that answered, each at its share of the population. */
const presentes = <S extends Strate>(strates: readonly S[]): S[] => strates.filter((s) => s.n > 0);

/** Mean of what each stratum says, each at its share of the population. Null when nobody answered. */
export function redresser(strates: readonly (Strate & { valeur: number })[]): number | null {
  const la = presentes(strates);
  const total = la.reduce((t, s) => t + s.poids, 0);
  return total === 0 ? null : la.reduce((t, s) => t + s.poids * s.valeur, 0) / total;
}

/** How many answers, drawn evenly, would say as much as these do once weighted (Kish): never more than there are. */
export function effectifUtile(strates: readonly Strate[]): number {
  const la = presentes(strates);
  const total = la.reduce((t, s) => t + s.poids, 0);
  const carres = la.reduce((t, s) => t + (s.poids * s.poids) / s.n, 0);
  return carres === 0 ? 0 : (total * total) / carres;
}

/** Interval of a mean at 95 %. Null for fewer than two answers. */
export function intervalleDeMoyenne(moyenne: number, ecartType: number, n: number): Intervalle | null {
  if (n < 2) return null;
  const demi = (Z * ecartType) / Math.sqrt(n);
  return { bas: moyenne - demi, haut: moyenne + demi };
}
