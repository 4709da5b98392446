/** Who is next to whom: by boundaries where they are loaded, by the contract's file otherwise; communes by the file alone. Pure. */
import type { Palier, Reglement } from './reglement.schema.ts';

type Contour = GeoJSON.Polygon | GeoJSON.MultiPolygon;
/** About a metre: two files of one producer write a common corner alike. */
const cle = ([x = 0, y = 0]: GeoJSON.Position): string => `${x.toFixed(5)} ${y.toFixed(5)}`;
const sommets = (c: Contour): Set<string> => new Set((c.type === 'Polygon' ? [c.coordinates] : c.coordinates).flat(2).map(cle));

/** Those that share a corner at least; null unless every one of these territories has its boundary. */
export function voisinsParContours(contours: ReadonlyMap<string, Contour>, territoires: readonly string[]): Map<string, string[]> | null {
  if (territoires.length === 0 || territoires.some((t) => !contours.has(t))) return null;
  const points = new Map(territoires.map((t) => [t, sommets(contours.get(t) as Contour)]));
  const touche = (a: string, b: string) => [...(points.get(a) ?? [])].some((p) => points.get(b)?.has(p));
  return new Map(territoires.map((t) => [t, territoires.filter((x) => x !== t && touche(t, x))]));
}

/** Territories and communes next to that one, as far as the tier goes. */
export function voisinsDe(r: Reglement, p: Pick<Palier, 'voisins'>, territoire: string, parContours: ReadonlyMap<string, readonly string[]> | null): string[] {
  if (p.voisins === 'aucun') return [];
  const communes = new Set(r.communes.map((c) => c.code));
  const dits = r.voisins[territoire] ?? [];
  const autour = p.voisins === 'tous' ? (parContours?.get(territoire) ?? dits.filter((x) => !communes.has(x))) : [];
  return [...autour, ...dits.filter((x) => communes.has(x))];
}
