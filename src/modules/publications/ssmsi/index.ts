export { routes, taches } from './ssmsi.routes.tsx';
export { importerSsmsi } from './ssmsi.ts';
