/** What a series says of a value: how far it stands from its middle, and which value stood before it. Pure. */

export interface Point {
  periode: string;
  nombre: number;
}

const forme = (periode: string): string => periode.replace(/\d/g, '');
/** Those of the same length as this period, itself left out, in time's order. */
export const autresPoints = (serie: readonly Point[], periode: string): Point[] =>
  serie.filter((p) => p.periode !== periode && forme(p.periode) === forme(periode)).sort((a, b) => (a.periode < b.periode ? -1 : 1));

/** The last before it, else the first after it. */
export function voisin(serie: readonly Point[], periode: string): Point | null {
  const autres = autresPoints(serie, periode);
  return autres.filter((p) => p.periode < periode).at(-1) ?? autres[0] ?? null;
}

export function mediane(nombres: readonly number[]): number {
  const t = [...nombres].sort((a, b) => a - b);
  const milieu = Math.floor(t.length / 2);
  return t.length % 2 === 1 ? (t[milieu] ?? 0) : ((t[milieu - 1] ?? 0) + (t[milieu] ?? 0)) / 2;
}

export interface Atypie {
  /** Robust z-score (Iglewicz and Hoaglin, 1993): 0.6745 (x - median) / MAD. */
  z: number;
  mediane: number;
  points: number;
}
/** Under five points a series says nothing. */
export const POINTS_MIN = 5;
export const SEUIL = 3.5;
/** A series that hardly moves would make everything an outlier: its spread is at least one unit, and a twentieth of its middle. */
const ECART_MIN = 1;
const PART_MIN = 0.05;

/** Null when the series is too short to say. */
export function mesurerAtypie(valeur: number, points: readonly number[], minimum: number = POINTS_MIN): Atypie | null {
  if (points.length < Math.max(minimum, POINTS_MIN)) return null;
  const m = mediane(points);
  const mad = mediane(points.map((x) => Math.abs(x - m)));
  const echelle = Math.max(mad, ECART_MIN, PART_MIN * Math.abs(m));
  return { z: (0.6745 * (valeur - m)) / echelle, mediane: m, points: points.length };
}

/** Under this, ten times more is chance. */
const PETIT = 20;
export const RAPPORT = 10;

/** So many times the figure before it, or so many times less: a zero too many or too few is the likeliest. Zeros are another rule's. */
export function varieTrop(valeur: number, avant: number, rapport: number = RAPPORT): 'hausse' | 'baisse' | null {
  const [a, b] = [Math.abs(valeur), Math.abs(avant)];
  if (Math.max(a, b) < PETIT || a === 0 || b === 0) return null;
  if (a >= b * rapport) return 'hausse';
  return a * rapport <= b ? 'baisse' : null;
}
