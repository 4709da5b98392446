/** Addresses of the conduct of a crisis: each part brings its own. */
import type { Route } from '../../core/http/http.ts';
import { buildCentresRoutes } from './centres/centres.routes.tsx';
import { buildComptageRoutes } from './centres/comptage.routes.tsx';
import type { Outils } from './crises.outils.ts';
import { buildExercicesRoutes } from './exercices/exercices.routes.tsx';
import { getScenarios } from './exercices/scenario.schema.ts';
import { buildMoyensRoutes } from './moyens/moyens.routes.tsx';
import { buildPointsRoutes } from './points/points.routes.tsx';
import { buildRetexRoutes } from './retex/retex.routes.tsx';
import { buildServicesRoutes } from './continuite/continuite.routes.tsx';
import { getSoutien } from './soutien.schema.ts';

export async function buildConduiteRoutes(s: Outils): Promise<Route[]> {
  const soutien = await getSoutien(s.dossierContrat);
  if (!soutien) return [];
  const o = { ...s, soutien, scenarios: await getScenarios(s.dossierContrat) };
  return [
    ...buildMoyensRoutes(o),
    ...buildCentresRoutes(o),
    ...buildComptageRoutes(o),
    ...buildServicesRoutes(o),
    ...buildPointsRoutes(o),
    ...buildExercicesRoutes(o),
    ...buildRetexRoutes(o),
  ];
}
