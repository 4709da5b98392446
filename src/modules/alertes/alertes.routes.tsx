import type { Route } from '../../core/http/http.ts';
import type { Services } from '../../core/module.ts';

export type ServicesDAlertes = Pick<Services, 'coffre' | 'adresse' | 'dossierContrat'>;

/** Pages of alerts. */
export const alertesRoutes = (_: ServicesDAlertes): Route[] => [];
