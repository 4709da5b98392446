/**
 * The plan of a list becomes a map to move in. Everything on it is read in the list beside it; where it cannot be drawn (no WebGL, a file
 * that does not come), the drawing stays. The keyboard uses the list, and the arrows on the map.
 */
import { type GeoJSONSource, LngLatBounds, Map as Carte, setWorkerUrl } from 'maplibre-gl';

interface Lieu {
  ligne: HTMLElement;
  ton: string;
  libelle: string;
  lon: number;
  lat: number;
  emprises: number[][];
}
type Objets = GeoJSON.FeatureCollection;
const collection = (features: GeoJSON.Feature[]): Objets => ({ type: 'FeatureCollection', features });
const jeton = (nom: string): string => getComputedStyle(document.documentElement).getPropertyValue(nom).trim();

const lireLieux = (liste: Element): Lieu[] =>
  [...liste.querySelectorAll<HTMLElement>('[data-plan-lieu]')].flatMap((ligne) => {
    const [lon = Number.NaN, lat = Number.NaN] = (ligne.dataset.planLieu ?? '').split(',').map(Number);
    if (Number.isNaN(lon) || Number.isNaN(lat)) return [];
    const emprises = (ligne.dataset.planEmprises ?? '').split(';').flatMap((e) => (e === '' ? [] : [e.split(',').map(Number)]));
    return [{ ligne, ton: ligne.dataset.planTon ?? '', libelle: ligne.dataset.planLibelle ?? '', lon, lat, emprises }];
  });

const carre = ([o = 0, s = 0, e = 0, n = 0]: number[]): GeoJSON.Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [o, s],
      [e, s],
      [e, n],
      [o, n],
      [o, s],
    ],
  ],
});
const points = (lieux: readonly Lieu[], vise: number): Objets =>
  collection(
    lieux.map((l, i) => ({ type: 'Feature', properties: { rang: i, ton: l.ton, vise: i === vise }, geometry: { type: 'Point', coordinates: [l.lon, l.lat] } })),
  );

async function demarrer(cadre: HTMLElement, liste: Element): Promise<void> {
  const lieux = lireLieux(liste);
  if (lieux.length === 0) return;
  const reponse = await fetch(cadre.dataset.contours ?? '');
  if (!reponse.ok) return;
  const contours = (await reponse.json()) as Objets;
  setWorkerUrl(new URL(cadre.dataset.ouvrier ?? '', location.href).href);
  const scene = document.createElement('div');
  scene.className = 'c-plan__scene';
  cadre.append(scene);
  const [trait, fond, fort, moyen, encre] = ['--trait-fort', '--creux', '--garance', '--laiton', '--encre'].map(jeton);
  const tuiles = cadre.dataset.tuiles;
  const limites = new LngLatBounds();
  for (const l of lieux) limites.extend([l.lon, l.lat]);
  const carte = new Carte({
    container: scene,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    bounds: limites,
    // Near enough to tell two streets apart, far enough for a boundary to be there.
    fitBoundsOptions: { padding: 60, maxZoom: 13 },
    locale: { 'Map.Title': cadre.dataset.titre ?? '' },
    style: {
      version: 8,
      sources: {
        contours: { type: 'geojson', data: contours },
        mailles: {
          type: 'geojson',
          data: collection(lieux.flatMap((l) => l.emprises.map((e): GeoJSON.Feature => ({ type: 'Feature', properties: { ton: l.ton }, geometry: carre(e) })))),
        },
        lieux: { type: 'geojson', data: points(lieux, -1) },
        ...(tuiles ? { fond: { type: 'raster' as const, tiles: [tuiles], tileSize: 256 } } : {}),
      },
      layers: [
        { id: 'papier', type: 'background', paint: { 'background-color': jeton('--papier-blanc') } },
        ...(tuiles
          ? [{ id: 'fond', type: 'raster' as const, source: 'fond' }]
          : [{ id: 'sol', type: 'fill' as const, source: 'contours', paint: { 'fill-color': fond ?? '' } }]),
        { id: 'traits', type: 'line', source: 'contours', paint: { 'line-color': trait ?? '', 'line-width': 1 } },
        {
          id: 'mailles',
          type: 'fill',
          source: 'mailles',
          paint: { 'fill-color': ['match', ['get', 'ton'], 'fort', fort ?? '', moyen ?? ''], 'fill-opacity': 0.35 },
        },
        {
          id: 'lieux',
          type: 'circle',
          source: 'lieux',
          paint: {
            'circle-radius': ['case', ['get', 'vise'], 11, 7],
            'circle-color': ['match', ['get', 'ton'], 'fort', fort ?? '', moyen ?? ''],
            'circle-stroke-color': encre ?? '',
            'circle-stroke-width': ['case', ['get', 'vise'], 3, 1],
          },
        },
      ],
    },
  });
  carte.once('load', () => {
    cadre.classList.add('c-plan__carte--vive');
    for (const a of cadre.querySelectorAll('svg a')) a.setAttribute('tabindex', '-1');
  });
  const viser = (rang: number) => {
    void (carte.getSource('lieux') as GeoJSONSource | undefined)?.setData(points(lieux, rang));
    for (const [i, l] of lieux.entries()) l.ligne.classList.toggle('c-plan__vise', i === rang);
  };
  carte.on('click', 'lieux', (e) => {
    const rang = Number(e.features?.[0]?.properties.rang ?? -1);
    viser(rang);
    const ligne = lieux[rang]?.ligne;
    ligne?.scrollIntoView({ block: 'nearest' });
    (ligne?.querySelector('a') ?? ligne)?.focus();
  });
  carte.on('mouseenter', 'lieux', (e) => {
    carte.getCanvas().style.cursor = 'pointer';
    carte.getCanvas().title = lieux[Number(e.features?.[0]?.properties.rang ?? -1)]?.libelle ?? '';
  });
  carte.on('mouseleave', 'lieux', () => {
    carte.getCanvas().style.cursor = '';
    carte.getCanvas().title = '';
  });
  for (const [i, l] of lieux.entries()) for (const quand of ['focusin', 'pointerenter'] as const) l.ligne.addEventListener(quand, () => viser(i));
}

for (const plan of document.querySelectorAll('.c-plan')) {
  const cadre = plan.querySelector<HTMLElement>('[data-plan]');
  const liste = plan.querySelector('.c-plan__liste');
  // Without WebGL the drawing stays.
  if (cadre && liste) void demarrer(cadre, liste).catch(() => cadre.querySelector('.c-plan__scene')?.remove());
}
