/** The other thread of the map, from our own address: the content policy lets no other in. */
// Its package says that it does nothing by itself: a plain import would be left out.
await import('maplibre-gl/dist/maplibre-gl-worker.mjs');

export {};
