declare module 'which-polygon' {
  export default function whichPolygon<P>(donnees: {
    type: 'FeatureCollection';
    features: { type: 'Feature'; geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon; properties: P }[];
  }): (point: [number, number]) => P | null;
}
