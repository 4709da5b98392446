/** Where a few places are, numbered as their list is: a drawing that asks nothing of anybody else, and needs no script. */
import { type GeoStream, geoMercator, geoPath } from 'd3-geo';
import type { Feature, Geometry } from 'geojson';
import { horaire } from './ChoroplethMap.tsx';

export interface LieuDuPlan {
  id: string;
  /** As in the list. */
  numero: number;
  lon: number;
  lat: number;
  libelle: string;
  href: string;
}
const [LARGEUR, HAUTEUR, MARGE] = [380, 260, 28] as const;
/** Degrees of latitude that it covers at least, about two kilometres: one place is not seen from infinitely near. */
const MINIMUM = 0.018;
/** Pixels between two points of a boundary. */
const FINESSE = 2;

const maigrir = (s: GeoStream): GeoStream => {
  let [x0, y0] = [Number.NaN, Number.NaN];
  return {
    lineStart: () => {
      x0 = Number.NaN;
      s.lineStart();
    },
    lineEnd: () => s.lineEnd(),
    polygonStart: () => s.polygonStart(),
    polygonEnd: () => s.polygonEnd(),
    point: (x, y) => {
      if (Math.hypot(x - x0, y - y0) < FINESSE) return;
      [x0, y0] = [x, y];
      s.point(x, y);
    },
  };
};

/** West, south, east, north of all of them, with some room. */
function emprise(points: readonly Pick<LieuDuPlan, 'lon' | 'lat'>[]): [number, number, number, number] {
  const [lons, lats] = [points.map((p) => p.lon), points.map((p) => p.lat)];
  const [o, s, e, n] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  const manque = (MINIMUM - Math.max(n - s, (e - o) / 1.5)) / 2;
  return manque > 0 ? [o - 1.5 * manque, s - manque, e + 1.5 * manque, n + manque] : [o, s, e, n];
}

export function PlanDeLieux({
  titre,
  contours,
  points,
  ici,
}: {
  titre: string;
  contours: ReadonlyMap<string, Geometry>;
  points: readonly LieuDuPlan[];
  /** Where the person said that they are. */
  ici?: { lon: number; lat: number } | undefined;
}) {
  if (points.length === 0) return null;
  const [o, s, e, n] = emprise(ici ? [...points, ici] : points);
  const coins: Feature = {
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'MultiPoint',
      coordinates: [
        [o, s],
        [e, n],
      ],
    },
  };
  const projection = geoMercator()
    .fitExtent(
      [
        [MARGE, MARGE],
        [LARGEUR - MARGE, HAUTEUR - MARGE],
      ],
      coins,
    )
    .clipExtent([
      [-1, -1],
      [LARGEUR + 1, HAUTEUR + 1],
    ]);
  const chemin = geoPath({ stream: (x: GeoStream) => projection.stream(maigrir(x)) }).digits(0);
  const la = (lon: number, lat: number): [number, number] => projection([lon, lat]) ?? [0, 0];
  const [xIci, yIci] = ici ? la(ici.lon, ici.lat) : [0, 0];
  return (
    <svg className="c-svg c-plan-lieux" viewBox={`0 0 ${LARGEUR} ${HAUTEUR}`} role="group" aria-label={titre}>
      {[...contours].map(([id, g]) => {
        const d = chemin({ type: 'Feature', properties: {}, geometry: horaire(g) });
        return d ? <path key={id} className="c-plan__fond" d={d} /> : null;
      })}
      {ici && (
        <g className="c-plan-lieux__ici">
          <title>Vous êtes ici</title>
          <path d={`M${(xIci - 10).toFixed(0)} ${yIci.toFixed(0)}h20m-10-10v20`} />
        </g>
      )}
      {points.map((p) => {
        const [x, y] = la(p.lon, p.lat);
        return (
          <a key={p.id} href={p.href} aria-label={`${p.numero}. ${p.libelle}`}>
            <circle className="c-plan__point" cx={x.toFixed(1)} cy={y.toFixed(1)} r={16}>
              <title>{p.libelle}</title>
            </circle>
            <text className="c-plan-lieux__numero" x={x.toFixed(1)} y={y.toFixed(1)} dy="0.35em" textAnchor="middle" aria-hidden="true">
              {p.numero}
            </text>
          </a>
        );
      })}
    </svg>
  );
}
