/** Every URL of the module. */
import type { Route } from '../../core/http/http.ts';
import { buildCalendrierRoutes } from './calendrier/calendrier.routes.tsx';
import { entetesRoutes } from './entetes/entetes.routes.tsx';
import { instanceRoutes } from './instance/instance.routes.tsx';
import type { ServicesInstances } from './instances.services.ts';

export const buildInstancesRoutes = (services: ServicesInstances): Route[] => [...instanceRoutes, ...entetesRoutes, ...buildCalendrierRoutes(services)];
