export { importerDansMaRue } from './import/dans-ma-rue.ts';
export { routes, taches } from './signalements.routes.tsx';
export { genererSignalementsDemo, lireProfilDeSignalements } from './signalements.demo.ts';
export { sourceDoleances } from './signalements.source.ts';
export { DROITS } from './signalements.policy.ts';
