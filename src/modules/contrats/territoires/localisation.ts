/** In which territory a point lies, once official boundaries are imported. */
import { sql } from 'kysely';
import whichPolygon from 'which-polygon';
import type { Db } from '../../../core/database.ts';
import type { Catalogue } from '../catalogue.ts';

/** Id of the finest territory whose boundary holds the point; null outside all of them. */
export type Localiser = (lon: number, lat: number) => string | null;

/** Null while no boundary was imported. The finest level that has boundaries answers. */
export async function buildLocaliser(db: Db, catalogue: Catalogue): Promise<Localiser | null> {
  const { rows } = await sql<{ id: string; geometrie: GeoJSON.Polygon | GeoJSON.MultiPolygon }>`
    select territoire_id as id, geometrie from contours
    where contrat_id = ${catalogue.contratId} and courant`.execute(db);
  if (rows.length === 0) return null;
  const profondeur = (id: string) => catalogue.ascendants(id).length;
  const plusFin = Math.max(...rows.map((r) => profondeur(r.id)));
  const chercher = whichPolygon<{ id: string }>({
    type: 'FeatureCollection',
    features: rows.filter((r) => profondeur(r.id) === plusFin).map((r) => ({ type: 'Feature', geometry: r.geometrie, properties: { id: r.id } })),
  });
  return (lon, lat) => chercher([lon, lat])?.id ?? null;
}

/** Boundaries of these territories, as imported; absent ones are left out. */
export async function getContours(db: Db, contratId: number, ids: readonly string[]): Promise<Map<string, GeoJSON.Polygon | GeoJSON.MultiPolygon>> {
  const { rows } = await sql<{ id: string; geometrie: GeoJSON.Polygon | GeoJSON.MultiPolygon }>`
    select territoire_id as id, geometrie from contours
    where contrat_id = ${contratId} and courant and territoire_id = any(${[...ids]}::text[])`.execute(db);
  return new Map(rows.map((r) => [r.id, r.geometrie]));
}
