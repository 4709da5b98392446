/** Bodies, sessions, decisions: the façade. */
import type { Tache } from '../../core/jobs.ts';
export { buildInstancesRoutes } from './instances.routes.ts';
export { DROITS } from './instances.policy.ts';
export { sourcesDEcheances } from './dus/index.ts';
export { getJournee, type SeanceDuJour } from './instances.journee.ts';
export { EtatSeanceTag } from './pages/EnteteSeance.tsx';
export { revokeFluxDepuis } from './calendrier/calendrier.queries.ts';
export { genererInstancesDemo, preparerSeancesDemo } from './instances.demo.ts';
export { sourceInstances, sourceReunions } from './instances.sources.ts';
export { countDecisionsParLigne } from './suivi/listes.queries.ts';
import { tacheReleve } from './cloture/releve.documents.ts';

export const taches: readonly Tache[] = [tacheReleve];
export { accesParCalendrier } from './calendrier/calendrier.acces.ts';
