import { geoMercator, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { ancre } from '../Abbr.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { Patterns, r } from '../charts/marks.tsx';
import { cx, type Example } from '../types.ts';
import { buildGamme, ditQuelqueChose, encreSur, GammeLegend, type MesureDeCarte, remplir, SANS_ECART } from './scale.tsx';
import { direZone, lignesSous, tableauDe } from './TileMap.tsx';

interface Zone extends MesureDeCarte {
  id: string;
  nom: string;
  /** Written on the territory when it has room. */
  court?: string;
  /** Polygon or multipolygon, WGS 84. */
  geometrie: Geometry;
  href?: string;
  attenduDe?: string | readonly string[] | null;
  depuis?: string | null;
}
interface PointDeCarte {
  lon: number;
  lat: number;
  libelle: string;
  href?: string;
}
export interface ChoroplethMapProps {
  titre: string;
  zones: readonly Zone[];
  /** Of the rate that shades it. */
  unite?: string;
  /** Of the count behind. */
  uniteDuNombre?: string;
  points?: readonly PointDeCarte[];
  id?: string;
  hauteur?: number;
}
const LARGEUR = 680;

/** Territories shaded by one scale; each is a link to what it counts. @public */
export function ChoroplethMap({ titre, zones, unite = '', uniteDuNombre = '', points = [], id = `carte-${ancre(titre)}`, hauteur = 440 }: ChoroplethMapProps) {
  const gamme = buildGamme(zones, unite);
  const objets = zones.map((z): Feature => ({ type: 'Feature', properties: {}, geometry: horaire(z.geometrie) }));
  const toutes: FeatureCollection = { type: 'FeatureCollection', features: objets };
  const projection = geoMercator().fitExtent(
    [
      [6, 6],
      [LARGEUR - 6, hauteur - 6],
    ],
    toutes,
  );
  const chemin = geoPath(projection).digits(1);
  return (
    <svg className="c-svg c-carte-svg" viewBox={`0 0 ${LARGEUR} ${hauteur}`} role="group" aria-label={titre}>
      <Patterns id={id} />
      {zones.map((z, i) => {
        const objet = objets[i];
        if (!objet) return null;
        const texte = direZone(z, unite, uniteDuNombre);
        const dessin = <path key={z.id} d={chemin(objet) ?? ''} {...remplir(z, gamme, id)} />;
        return z.href ? (
          <a key={z.id} href={z.href} aria-label={texte}>
            <title>{texte}</title>
            {dessin}
          </a>
        ) : (
          <g key={z.id} role="img" aria-label={texte}>
            <title>{texte}</title>
            {dessin}
          </g>
        );
      })}
      {zones.map((z, i) => {
        const objet = objets[i];
        if (!z.court || !objet) return null;
        const [[x0, y0], [x1, y1]] = chemin.bounds(objet);
        if (x1 - x0 < z.court.length * 8 || y1 - y0 < 16) return null;
        const [x, y] = chemin.centroid(objet);
        return (
          <text key={z.id} className={cx('c-svg__court', encreSur(z, gamme))} x={r(x)} y={r(y) + 4} textAnchor="middle" aria-hidden="true">
            {z.court}
          </text>
        );
      })}
      {points.map((p) => {
        const [x = 0, y = 0] = projection([p.lon, p.lat]) ?? [];
        const rond = (
          <circle key={`${p.lon},${p.lat}`} className="c-svg__repere" cx={r(x)} cy={r(y)} r="5">
            <title>{p.libelle}</title>
          </circle>
        );
        const cle = `${p.lon} ${p.lat} ${p.libelle}`;
        return p.href ? (
          <a key={cle} href={p.href} aria-label={p.libelle}>
            {rond}
          </a>
        ) : (
          <g key={cle} role="img" aria-label={p.libelle}>
            {rond}
          </g>
        );
      })}
    </svg>
  );
}

/** d3-geo draws rings clockwise (as seen from above), GeoJSON writes them the other way: a wrong ring would fill the globe. */
export function horaire(g: Geometry): Geometry {
  if (g.type === 'Polygon') return { type: 'Polygon', coordinates: g.coordinates.map(tourner) };
  if (g.type === 'MultiPolygon') return { type: 'MultiPolygon', coordinates: g.coordinates.map((p) => p.map(tourner)) };
  return g;
}
function tourner(anneau: number[][], rang: number): number[][] {
  let aire = 0;
  for (let i = 1; i < anneau.length; i += 1) {
    const [xa = 0, ya = 0] = anneau[i - 1] ?? [];
    const [xb = 0, yb = 0] = anneau[i] ?? [];
    aire += (xb - xa) * (yb + ya);
  }
  // `aire` is positive for a clockwise ring. The outer ring is clockwise for d3, holes the other way.
  return aire > 0 === (rang === 0) ? anneau : [...anneau].reverse();
}

/** The map with its legend and its table; where it would say nothing, the sentence that says so, and the table. */
export function ChoroplethFigure({ description, source, ...p }: ChoroplethMapProps & { description?: string; source?: string }) {
  const id = p.id ?? `carte-${ancre(p.titre)}`;
  const parle = ditQuelqueChose(p.zones);
  return (
    <ChartFigure
      titre={p.titre}
      description={parle ? lignesSous(description) : description}
      source={source}
      legende={parle && <GammeLegend id={id} gamme={buildGamme(p.zones, p.unite ?? '')} mesures={p.zones} />}
      tableau={tableauDe(p.titre, p.zones, p.unite, p.uniteDuNombre)}
    >
      {parle ? <ChoroplethMap {...p} id={id} /> : <p className="govuk-body">{SANS_ECART}</p>}
    </ChartFigure>
  );
}

const carre = (x: number, y: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [2.3 + x * 0.03, 48.85 + y * 0.02],
      [2.33 + x * 0.03, 48.85 + y * 0.02],
      [2.335 + x * 0.03, 48.87 + y * 0.02],
      [2.3 + x * 0.03, 48.872 + y * 0.02],
      [2.3 + x * 0.03, 48.85 + y * 0.02],
    ],
  ],
});
const faits = (nombre: number | null, etat: Zone['etat'] = 'valeur') => ({ nombre, base: 50_000, etat, valeur: nombre === null ? null : nombre / 5 });
export const examples: Example[] = [
  {
    nom: 'Carte des territoires',
    rendu: (
      <ChoroplethFigure
        titre="Faits constatés par secteur"
        unite="pour 10 000 habitants"
        uniteDuNombre="faits"
        zones={[
          { id: 'a', nom: 'Secteur A', court: 'A', geometrie: carre(0, 0), ...faits(12), href: '/t/a' },
          { id: 'b', nom: 'Secteur B', court: 'B', geometrie: carre(1, 0), ...faits(128), href: '/t/b' },
          { id: 'c', nom: 'Secteur C', court: 'C', geometrie: carre(2, 0), ...faits(null, 'secret') },
          {
            id: 'd',
            nom: 'Secteur D',
            court: 'D',
            geometrie: carre(0, 1),
            ...faits(null, 'manquant'),
            attenduDe: 'Préfecture de police',
            depuis: '2026-03-31',
          },
          { id: 'e', nom: 'Secteur E', court: 'E', geometrie: carre(1, 1), ...faits(null, 'sans_objet') },
          { id: 'f', nom: 'Secteur F', court: 'F', geometrie: carre(2, 1), ...faits(60) },
        ]}
        points={[{ lon: 2.35, lat: 48.86, libelle: 'Mairie' }]}
      />
    ),
  },
];
