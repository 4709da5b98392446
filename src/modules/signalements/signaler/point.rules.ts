/** A point typed, pasted from a map or given by the telephone: latitude then longitude, with points or commas. Pure. */
const POINT = /^(-?\d{1,3}(?:[.,]\d{1,12})?)\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d{1,12})?)$/;

export function lirePoint(v: string): { lon: number; lat: number } | null {
  const m = POINT.exec(v.trim());
  if (!m) return null;
  const [lat, lon] = [m[1], m[2]].map((x) => Number((x ?? '').replace(',', '.'))) as [number, number];
  // Five decimals are a metre: what comes after says nothing of a place.
  const arrondi = (x: number) => Math.round(x * 1e5) / 1e5;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon: arrondi(lon), lat: arrondi(lat) } : null;
}
export const direPoint = (lon: number, lat: number): string => `${lat} ${lon}`;
