/** A plan beside a list that says the same: a drawing without JavaScript, a map to move in with it. */
import { type GeoProjection, geoMercator, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { ReactNode } from 'react';
import { assetUrl } from '../assets.ts';
import { horaire } from './ChoroplethMap.tsx';

export interface PointDuPlan {
  id: string;
  lon: number;
  lat: number;
  /** Read with the drawing. */
  libelle: string;
  href: string;
  ton: 'fort' | 'moyen';
  /** [west, south, east, north] of what it covers. */
  emprises?: readonly (readonly [number, number, number, number])[];
}
interface PlanProps {
  titre: string;
  contours: ReadonlyMap<string, Geometry>;
  points: readonly PointDuPlan[];
  /** Address of the pattern of tiles, from the settings; null: the boundaries alone. */
  tuiles: string | null;
  children: ReactNode;
}
const [LARGEUR, HAUTEUR] = [680, 520] as const;
/** Island of the page that shows one. */
export const SCRIPTS_DU_PLAN = ['carte.js'] as const;

export function PlanEtListe({ titre, contours, points, tuiles, children }: PlanProps) {
  const utile = points.length > 0;
  return (
    <div className="c-plan">
      {utile && (
        <div
          className="c-plan__carte"
          data-plan=""
          data-titre={titre}
          data-contours="/signalements/contours.json"
          data-ouvrier={assetUrl('carte-ouvrier.js')}
          {...(tuiles ? { 'data-tuiles': tuiles } : {})}
        >
          <Dessin titre={titre} contours={contours} points={points} />
        </div>
      )}
      <div className="c-plan__liste">
        {utile && contours.size === 0 && !tuiles && <p className="c-note">Les limites des lieux ne sont pas importées : le plan ne montre que les points.</p>}
        {children}
      </div>
    </div>
  );
}
/** What the island reads on a row of the list. */
export const surLePlan = (p: PointDuPlan): Record<string, string> => ({
  id: p.id,
  'data-plan-lieu': `${p.lon.toFixed(5)},${p.lat.toFixed(5)}`,
  'data-plan-ton': p.ton,
  'data-plan-libelle': p.libelle,
  ...(p.emprises ? { 'data-plan-emprises': p.emprises.map((e) => e.map((x) => x.toFixed(3)).join(',')).join(';') } : {}),
});

const objet = (geometry: Geometry): Feature => ({ type: 'Feature', properties: {}, geometry });
const dansLeCadre = (tout: FeatureCollection) =>
  geoMercator().fitExtent(
    [
      [12, 12],
      [LARGEUR - 12, HAUTEUR - 12],
    ],
    tout,
  );
interface Fond {
  projection: GeoProjection;
  chemins: readonly (readonly [string, string])[];
}
const fonds = new WeakMap<ReadonlyMap<string, Geometry>, Fond>();
/** Boundaries are kept by whoever reads them, and so is their drawing: thousands of points, the same at each page. */
function fondDe(contours: ReadonlyMap<string, Geometry>): Fond {
  const deja = fonds.get(contours);
  if (deja) return deja;
  const features = [...contours.values()].map((g) => objet(horaire(g)));
  const projection = dansLeCadre({ type: 'FeatureCollection', features });
  const chemin = geoPath(projection).digits(1);
  const chemins = [...contours.keys()].map((id, i) => [id, features[i] ? (chemin(features[i]) ?? '') : ''] as const);
  const fait = { projection, chemins };
  fonds.set(contours, fait);
  return fait;
}
/** Degrees kept around what is drawn without boundaries: some four hundred metres, so that one place alone is neither at the edge nor infinitely near. */
const AUTOUR = 0.004;
function sansFond(points: readonly PointDuPlan[]): Fond {
  const coins = points.flatMap((p) => [[p.lon, p.lat] as const, ...(p.emprises ?? []).flatMap(([o, s, e, n]) => [[o, s] as const, [e, n] as const])]);
  const etendue = (axe: 0 | 1): [number, number] => {
    const lus = coins.map((c) => c[axe]);
    const [debut, fin] = [Math.min(...lus), Math.max(...lus)];
    const marge = Math.max(AUTOUR, (fin - debut) / 10);
    return [debut - marge, fin + marge];
  };
  const [[ouest, est], [sud, nord]] = [etendue(0), etendue(1)];
  const cadre: Geometry = {
    type: 'MultiPoint',
    coordinates: [
      [ouest, sud],
      [est, nord],
    ],
  };
  return { projection: dansLeCadre({ type: 'FeatureCollection', features: [objet(cadre)] }), chemins: [] };
}
function Dessin({ titre, contours, points }: Pick<PlanProps, 'titre' | 'contours' | 'points'>) {
  const { projection, chemins } = contours.size > 0 ? fondDe(contours) : sansFond(points);
  const ici = (lon: number, lat: number): [number, number] => projection([lon, lat]) ?? [0, 0];
  return (
    <svg className="c-svg c-plan__dessin" viewBox={`0 0 ${LARGEUR} ${HAUTEUR}`} role="group" aria-label={titre}>
      {chemins.map(([id, d]) => (
        <path key={id} className="c-plan__fond" d={d} />
      ))}
      {points.flatMap((p) =>
        (p.emprises ?? []).map(([o, s, e, n]) => {
          const [x1, y1] = ici(o, n);
          const [x2, y2] = ici(e, s);
          return (
            <rect
              key={`${o} ${s}`}
              className={`c-plan__maille c-plan__maille--${p.ton}`}
              x={x1.toFixed(1)}
              y={y1.toFixed(1)}
              width={(x2 - x1).toFixed(1)}
              height={(y2 - y1).toFixed(1)}
            />
          );
        }),
      )}
      {points.map((p) => {
        const [x, y] = ici(p.lon, p.lat);
        return (
          <a key={p.id} href={p.href} aria-label={p.libelle}>
            <circle className={`c-plan__point c-plan__point--${p.ton}`} cx={x.toFixed(1)} cy={y.toFixed(1)} r={p.ton === 'fort' ? 8 : 6}>
              <title>{p.libelle}</title>
            </circle>
          </a>
        );
      })}
    </svg>
  );
}
