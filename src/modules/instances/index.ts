/** Bodies, sessions, decisions: the façade. */
export { buildInstancesRoutes } from './instances.routes.ts';
export { DROITS } from './instances.policy.ts';
export { getJournee, type Journee } from './instances.journee.ts';
export { CadenceDite } from './pages/CadenceDite.tsx';
export { EtatSeanceTag, quand } from './pages/EnteteSeance.tsx';
export { genererInstancesDemo, preparerSeancesDemo } from './instances.demo.ts';
export { sourceInstances, sourceReunions } from './instances.sources.ts';
