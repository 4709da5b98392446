/** Every right of the application, module by module: what the matrix prints. */
import type { Droit } from './core/authorize.ts';
import { DROITS_COMPTES, DROITS_DPO } from './modules/comptes/index.ts';
import { DROITS as DROITS_INDICATEURS } from './modules/indicateurs/index.ts';
import { DROITS as DROITS_INSTANCES } from './modules/instances/index.ts';
import { DROITS as DROITS_REGISTRES } from './modules/registres/index.ts';
import { DROITS as DROITS_SIGNALEMENTS } from './modules/signalements/index.ts';

export const DROITS: readonly Droit[] = [
  ...DROITS_REGISTRES,
  ...DROITS_INDICATEURS,
  ...DROITS_INSTANCES,
  ...DROITS_SIGNALEMENTS,
  ...DROITS_COMPTES,
  ...DROITS_DPO,
];
