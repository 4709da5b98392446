/** Addresses of crises: each part of the room brings its own. */
import { get, page, type Route } from '../../core/http/http.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { accesCrises } from './crises.policy.ts';
import { travail } from './salle/cadre.ts';
import { buildConduiteRoutes } from './conduite.routes.tsx';
import type { Outils, ServicesDeCrise } from './crises.outils.ts';
import { buildFilRoutes, getFil } from './fil/fil.routes.tsx';
import { buildExportsRoutes } from './main-courante/exports.routes.tsx';
import { buildMainCouranteRoutes } from './main-courante/main-courante.routes.tsx';
import { buildAvisRoutes } from './roles/avis.routes.tsx';
import { buildRolesRoutes } from './roles/roles.routes.tsx';
import { buildOuvrirRoutes } from './salle/ouvrir.routes.tsx';
import { buildSuitesRoutes } from './suites/suites.routes.tsx';
import { buildListeRoutes } from './salle/liste.routes.tsx';
import { getCadre } from './crises.schema.ts';

/** 200 why there is nothing: the contract has no file of crises; 403 no work here. */
const sansCadre = get('/crises', accesCrises, () =>
  page({
    ...travail,
    titre: 'Crises',
    corps: (
      <>
        <PageHeader titre="Crises" />
        <EmptyState titre="Aucune salle de crise">Ce contrat ne dit ni types de crise ni rôles : aucune salle ne peut s’ouvrir.</EmptyState>
      </>
    ),
  }),
);

export async function buildRoutes(s: ServicesDeCrise): Promise<Route[]> {
  const cadre = await getCadre(s.dossierContrat);
  if (!cadre) return [sansCadre];
  const o: Outils = { ...s, cadre };
  const fil = await getFil(cadre, s.dossierContrat);
  return [
    ...buildListeRoutes(o),
    ...buildMainCouranteRoutes(o),
    ...buildExportsRoutes(o),
    ...buildOuvrirRoutes(o),
    ...buildRolesRoutes(o),
    ...buildAvisRoutes(o),
    ...buildSuitesRoutes(o),
    ...(fil ? buildFilRoutes(o, fil) : []),
    ...(await buildConduiteRoutes(o)),
  ];
}
