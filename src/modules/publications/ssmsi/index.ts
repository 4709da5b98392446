export { routes, taches } from './ssmsi.routes.tsx';
export { type BilanSsmsi, importerSsmsi } from './ssmsi.ts';
