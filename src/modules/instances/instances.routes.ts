/** Every URL of the module, in the order of a session's life. */
import type { Route } from '../../core/http.ts';
import { instanceRoutes } from './instance/instance.routes.tsx';
import type { ServicesInstances } from './instances.services.ts';
import { buildInvitationRoutes } from '../seances/preparation/invitation.routes.tsx';
import { buildCalendrierRoutes } from './calendrier/calendrier.routes.tsx';
import { buildClotureRoutes } from '../seances/cloture/cloture.routes.tsx';
import { publicationRoutes } from '../seances/cloture/publication.routes.tsx';
import { confidentialiteRoutes } from '../seances/confidentialite/confidentialite.routes.tsx';
import { buildTenueRoutes } from '../seances/tenue/tenue.routes.tsx';
import { buildPreparationRoutes } from '../seances/preparation/preparation.routes.tsx';

export const buildInstancesRoutes = (services: ServicesInstances): Route[] => [
  ...instanceRoutes,
  ...buildPreparationRoutes(services),
  ...confidentialiteRoutes,
  ...buildInvitationRoutes(services),
  ...buildTenueRoutes(services),
  ...buildClotureRoutes(services),
  ...publicationRoutes,
  ...buildCalendrierRoutes(services),
];
