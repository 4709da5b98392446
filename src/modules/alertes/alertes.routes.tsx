import { accesMetier } from '../../core/authorize.ts';
import { get, page, type Route } from '../../core/http/http.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { buildActesRoutes } from './alerte/actes.routes.tsx';
import { buildAlertesRoutes } from './alerte/alertes.routes.tsx';
import { buildAppriseRoutes } from './alerte/apprise.routes.tsx';
import { buildDoublonsRoutes } from './alerte/doublons.routes.tsx';
import { buildEcrireRoutes } from './alerte/ecrire.routes.tsx';
import { buildAstreintesRoutes } from './astreintes/astreintes.routes.tsx';
import { buildMoiRoutes } from './astreintes/moi.routes.tsx';
import { buildBilanRoutes } from './bilan/bilan.routes.tsx';
import { buildNotificationsRoutes } from './envois/notifications.routes.tsx';
import { buildRepondreRoutes } from './envois/repondre.routes.tsx';
import { DANS, type Outillage } from './alertes.contexte.ts';

/** Pages of alerts; the contract has none without `alertes.yaml`. Fixed addresses come before `/alertes/:alerte`. */
export const buildRoutes = (k: Outillage): Route[] => [
  ...buildNotificationsRoutes(k),
  ...buildAstreintesRoutes(k),
  ...buildMoiRoutes(k),
  ...buildRepondreRoutes(k),
  ...buildBilanRoutes(k),
  ...buildAppriseRoutes(k),
  ...buildEcrireRoutes(k),
  ...buildAlertesRoutes(k),
  ...buildActesRoutes(k),
  ...buildDoublonsRoutes(k),
];

/** A contract without `alertes.yaml`: its menu leads somewhere all the same. */
export const SANS_REGLEMENT: Route[] = ['/alertes', '/alertes/astreintes'].map((chemin) =>
  get(chemin, accesMetier, () =>
    page({
      ...DANS,
      titre: 'Alertes',
      corps: (
        <EmptyState titre="Aucune alerte dans ce contrat">Son dossier n’a pas de fichier « alertes.yaml » : ni palier, ni liste, ni astreinte.</EmptyState>
      ),
    }),
  ),
);
