/** Addresses of crises: each part of the room brings its own. */
import type { Route } from '../../core/http/http.ts';
import type { Services } from '../../core/module.ts';
import { buildConduiteRoutes } from './conduite.routes.tsx';
import { buildExportsRoutes } from './main-courante/exports.routes.tsx';
import { buildMainCouranteRoutes } from './main-courante/main-courante.routes.tsx';
import { buildAvisRoutes } from './roles/avis.routes.tsx';
import { buildRolesRoutes } from './roles/roles.routes.tsx';
import { buildOuvrirRoutes } from './salle/ouvrir.routes.tsx';
import { buildSuitesRoutes } from './suites/suites.routes.tsx';
import { buildListeRoutes } from './salle/liste.routes.tsx';
import { getCadre, type Cadre } from './crises.schema.ts';

export type ServicesDeCrise = Pick<Services, 'direct' | 'adresse' | 'dossierContrat'>;
/** What each part is given: the services, and what the contract says of crises. */
export type Outils = ServicesDeCrise & { cadre: Cadre };

export async function buildRoutes(s: ServicesDeCrise): Promise<Route[]> {
  const cadre = await getCadre(s.dossierContrat);
  // A contract that says nothing of crises has none: no address, no entry.
  if (!cadre) return [];
  const o: Outils = { ...s, cadre };
  return [
    ...buildListeRoutes(o),
    ...buildMainCouranteRoutes(o),
    ...buildExportsRoutes(o),
    ...buildOuvrirRoutes(o),
    ...buildRolesRoutes(o),
    ...buildAvisRoutes(o),
    ...buildSuitesRoutes(o),
    ...(await buildConduiteRoutes(o)),
  ];
}
