/** The other thread of the map, from our own address: the content policy lets no other in. */
import 'maplibre-gl/dist/maplibre-gl-worker.mjs';
