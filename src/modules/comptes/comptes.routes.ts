/** Who: everything about accounts, in the order in which a person meets it. */
import type { Route } from '../../core/http/http.ts';
import type { Comptes } from './comptes.contexte.ts';
import { buildClesRoutes } from './connexion/cles.routes.ts';
import { buildConnexionRoutes } from './connexion/connexion.routes.tsx';
import { buildCompteRoutes } from './gestion/compte.routes.tsx';
import { buildGestionRoutes } from './gestion/gestion.routes.tsx';
import { buildInvitationsRoutes } from './gestion/invitations.routes.tsx';
import { buildPropositionsRoutes } from './gestion/propositions.routes.tsx';
import { buildJournalRoutes } from './journal/journal.routes.tsx';
import { buildMesClesRoutes } from './moi/cles.routes.ts';
import { buildMoiRoutes } from './moi/moi.routes.tsx';
import { buildOidcRoutes } from './oidc/oidc.routes.tsx';

export const buildComptesRoutes = (k: Comptes): Route[] => [
  ...buildConnexionRoutes(k),
  ...buildClesRoutes(k),
  ...buildOidcRoutes(k),
  ...buildMoiRoutes(k),
  ...buildMesClesRoutes(k),
  ...buildInvitationsRoutes(k),
  ...buildGestionRoutes(k),
  ...buildPropositionsRoutes(k),
  ...buildCompteRoutes(k),
  ...buildJournalRoutes(k),
];
