/** Every URL of the module, in the order of a session's life. */
import type { Route } from '../../core/http.ts';
import { instanceRoutes } from './instance/instance.routes.tsx';
import type { ServicesInstances } from './instances.services.ts';
import { buildInvitationRoutes } from './preparation/invitation.routes.tsx';
import { buildCalendrierRoutes } from './calendrier/calendrier.routes.tsx';
import { buildClotureRoutes } from './cloture/cloture.routes.tsx';
import { publicationRoutes } from './cloture/publication.routes.tsx';
import { confidentialiteRoutes } from './confidentialite/confidentialite.routes.tsx';
import { buildTenueRoutes } from './tenue/tenue.routes.tsx';
import { buildPreparationRoutes } from './preparation/preparation.routes.tsx';

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
