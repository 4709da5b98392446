/** Bodies, sessions, decisions: the façade. */
import type { Tache } from '../../core/jobs.ts';
export { buildInstancesRoutes } from './instances.routes.ts';
export { DROITS } from './instances.policy.ts';
export { getJournee, type Journee } from './instances.journee.ts';
export { CadenceDite } from './pages/CadenceDite.tsx';
export { EtatSeanceTag } from './pages/EnteteSeance.tsx';
export { revokeFluxDepuis } from './calendrier/calendrier.queries.ts';
export { lireProfilDeSeances } from './demo/seances.schema.ts';
export { genererInstancesDemo, preparerSeancesDemo } from './instances.demo.ts';
export { sourceInstances, sourceReunions } from './instances.sources.ts';
export { countDecisionsParLigne, type DecisionDeListe, listDecisionsDe } from './suivi/listes.queries.ts';
export { vueDe } from './suivi/suivi.contexte.ts';
export { numeroEcrit } from './suivi/decisions.rules.ts';
export { EcheanceDite, EtatDecisionTag } from './suivi/pages/EtatDecisionTag.tsx';
import { tacheReleve } from './cloture/releve.documents.ts';

export const taches: readonly Tache[] = [tacheReleve];
export { rappeler } from './instances.rappels.ts';
export { accesParCalendrier } from './calendrier/calendrier.acces.ts';
