/** In which territory a point lies, once official boundaries are imported. */
import { sql } from 'kysely';
import whichPolygon from 'which-polygon';
import { avantDeCommencer, type Db } from '../../../core/base/database.ts';
import { lireGarde } from '../../../core/base/kept-reads.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Catalogue } from '../catalogue.ts';

/** Id of the finest territory whose boundary holds the point; null outside all of them. */
export type Localiser = (lon: number, lat: number) => string | null;

/** Null while no boundary was imported. The finest level that has boundaries answers. */
async function lireLocaliser(db: Db, catalogue: Catalogue): Promise<Localiser | null> {
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

const batis = new Map<number, { catalogue: Catalogue; version: string; localiser: Promise<Localiser | null> }>();
const versionDesContours = requete<{ version: string }, { contratId: number }>(
  (v) => sql`select count(*) || ' ' || coalesce(sum(version), 0) || ' ' || coalesce(max(importe_le)::text, '') as version from contours
    where contrat_id = ${v.contratId} and courant`,
);
/** Null when no boundary is loaded. Kept until boundaries or the contract change: building it reads all of them. */
export async function buildLocaliser(db: Db, catalogue: Catalogue): Promise<Localiser | null> {
  const avant = avantDeCommencer(db);
  const { contratId } = catalogue;
  const version = await lireGarde(
    avant,
    `version des contours ${contratId}`,
    (v) => v.length,
    async () => (await versionDesContours(avant, { contratId }))[0]?.version ?? '',
  );
  const garde = batis.get(catalogue.contratId);
  if (garde && garde.catalogue === catalogue && garde.version === version) return garde.localiser;
  const localiser = lireLocaliser(avant, catalogue);
  batis.set(catalogue.contratId, { catalogue, version, localiser });
  localiser.catch(() => batis.delete(catalogue.contratId));
  return localiser;
}

/** Is any boundary known, that a point may lie in? */
export async function contoursConnus(db: Db, contratId: number): Promise<boolean> {
  const { rows } = await sql<{ connus: boolean }>`select exists (select from contours where contrat_id = ${contratId} and courant) as connus`.execute(db);
  return rows[0]?.connus ?? false;
}

type Contour = GeoJSON.Polygon | GeoJSON.MultiPolygon;

/**
 * Boundaries of these territories, as imported. One without its own is drawn by its parts, when every part is known: with
 * the arrondissements imported, the mairies have theirs. The others are left out.
 */
export async function getContours(db: Db, catalogue: Catalogue, ids: readonly string[]): Promise<Map<string, Contour>> {
  const { rows } = await sql<{ id: string; geometrie: Contour }>`
    select territoire_id as id, geometrie from contours
    where contrat_id = ${catalogue.contratId} and courant and territoire_id = any(${[...ids]}::text[])`.execute(db);
  const connus = new Map(rows.map((r) => [r.id, r.geometrie]));
  const sans = ids.filter((id) => !connus.has(id));
  const parts = sans.flatMap((id) => catalogue.enfants(id).map((t) => t.id));
  if (parts.length === 0) return connus;
  const desParts = await getContours(db, catalogue, parts);
  for (const id of sans) {
    const siennes = catalogue.enfants(id).map((t) => desParts.get(t.id));
    if (siennes.length > 0 && siennes.every((g) => g !== undefined)) connus.set(id, { type: 'MultiPolygon', coordinates: siennes.flatMap(polygones) });
  }
  return connus;
}

const polygones = (g: Contour): GeoJSON.Position[][][] => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates);
