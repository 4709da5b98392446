/** Points that are surprising for a contract, with or without the boundaries of its territories. Pure. */

/** West, south, east, north. */
export type Emprise = readonly [number, number, number, number];

const dedans = ([ouest, sud, est, nord]: Emprise, lon: number, lat: number): boolean => lon >= ouest && lon <= est && lat >= sud && lat <= nord;

export type PointDouteux = 'nul' | 'inverse' | 'dehors';

/** Null when nothing is surprising, or when nothing is known of where the contract is. */
export function douterDuPoint(emprise: Emprise | undefined, lon: number, lat: number): PointDouteux | null {
  if (emprise && dedans(emprise, lon, lat)) return null;
  if (lon === 0 && lat === 0) return 'nul';
  if (!emprise) return null;
  return dedans(emprise, lat, lon) ? 'inverse' : 'dehors';
}
