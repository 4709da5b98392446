/** Every URL of the module. */
import type { Route } from '../../core/http/http.ts';
import { buildCalendrierRoutes } from './calendrier/calendrier.routes.tsx';
import { contributionsRoutes } from './contributions/contributions.routes.tsx';
import { entetesRoutes } from './entetes/entetes.routes.tsx';
import { instanceRoutes } from './instance/instance.routes.tsx';
import { problemesRoutes } from './problemes/problemes.routes.tsx';
import { recurrentsRoutes } from './recurrents/recurrents.routes.tsx';
import { rattachementsRoutes } from './rattachements/rattachements.routes.tsx';
import { buildRemonteesRoutes } from './remontees/remontees.routes.tsx';
import type { ServicesInstances } from './instances.services.ts';

export const buildInstancesRoutes = (services: ServicesInstances): Route[] => [
  ...instanceRoutes,
  ...rattachementsRoutes,
  ...buildRemonteesRoutes(services),
  ...problemesRoutes,
  ...recurrentsRoutes,
  ...contributionsRoutes,
  ...entetesRoutes,
  ...buildCalendrierRoutes(services),
];
