import type { Route } from '../../core/http.ts';
import type { Tache } from '../../core/jobs.ts';
import { routes as routesBilan, tacheBilan } from './bilan/bilan.routes.tsx';
import { routes as routesSsmsi, taches as tachesSsmsi } from './ssmsi/index.ts';
import { routes as routesTravaux } from './travaux/travaux.routes.tsx';

export { territoireDe } from './bilan/bilan.contenu.ts';
export { ecrireBilan } from './bilan/bilan.ecrire.ts';
export { importerSsmsi } from './ssmsi/index.ts';

export const routes: Route[] = [...routesBilan, ...routesSsmsi, ...routesTravaux];
export const taches: readonly Tache[] = [tacheBilan, ...tachesSsmsi];
export { SERT } from './publications.sert.ts';
