import type { Route } from '../../core/http/http.ts';
import { buildActesRoutes } from './alerte/actes.routes.tsx';
import { buildAlertesRoutes } from './alerte/alertes.routes.tsx';
import { buildAstreintesRoutes } from './astreintes/astreintes.routes.tsx';
import { buildMoiRoutes } from './astreintes/moi.routes.tsx';
import { buildBilanRoutes } from './bilan/bilan.routes.tsx';
import { buildNotificationsRoutes } from './envois/notifications.routes.tsx';
import { buildRepondreRoutes } from './envois/repondre.routes.tsx';
import type { Outillage } from './alertes.contexte.ts';

/** Pages of alerts; the contract has none without `alertes.yaml`. Fixed addresses come before `/alertes/:alerte`. */
export const buildRoutes = (k: Outillage): Route[] => [
  ...buildNotificationsRoutes(k),
  ...buildAstreintesRoutes(k),
  ...buildMoiRoutes(k),
  ...buildRepondreRoutes(k),
  ...buildBilanRoutes(k),
  ...buildAlertesRoutes(k),
  ...buildActesRoutes(k),
];
