/** Boundaries right under a place, or its own: what plans are drawn on. */
import { lireGarde } from '../../../core/base/kept-reads.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../catalogue.ts';
import { getContours } from './localisation.ts';

export function contoursSous(c: Contexte, catalogue: Catalogue, territoire: string): ReturnType<typeof getContours> {
  const ici = territoire || catalogue.racine.id;
  const dedans = catalogue.enfants(ici).map((t) => t.id);
  return lireGarde(
    c.db,
    `contours sous ${c.contrat.id} ${ici}`,
    (m) => JSON.stringify([...m.values()]).length,
    () => getContours(c.db, catalogue, dedans.length > 0 ? dedans : [ici]),
  );
}
