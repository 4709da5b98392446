/** Every URL of the module, in the order of a session's life. */
import { liensRoutes } from './preparation/liens.routes.ts';
import type { Route } from '../../core/http/http.ts';
import { buildClotureRoutes } from './cloture/cloture.routes.tsx';
import { heuresRoutes } from './cloture/heures.routes.tsx';
import { publicationRoutes } from './cloture/publication.routes.tsx';
import { confidentialiteRoutes } from './confidentialite/confidentialite.routes.tsx';
import { partieRoutes } from './partie/partie.routes.tsx';
import { declarationRoutes } from './declaration.routes.ts';
import { buildInvitationRoutes } from './preparation/invitation.routes.tsx';
import { buildEcartRoutes } from './paroles/ecart.routes.ts';
import { buildParolesRoutes } from './paroles/paroles.routes.tsx';
import { buildPreparationRoutes } from './preparation/preparation.routes.tsx';
import type { ServicesSeances } from './seances.services.ts';
import { buildTenueRoutes } from './tenue/tenue.routes.tsx';

export const buildSeancesRoutes = (services: ServicesSeances): Route[] => [
  ...declarationRoutes,
  ...buildPreparationRoutes(services),
  ...liensRoutes,
  ...confidentialiteRoutes,
  ...partieRoutes,
  ...buildInvitationRoutes(services),
  ...buildParolesRoutes(services),
  ...buildEcartRoutes(services),
  ...buildTenueRoutes(services),
  ...buildClotureRoutes(services),
  ...heuresRoutes,
  ...publicationRoutes,
];
