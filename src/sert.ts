/** What the modules of this build serve of what a contract may ask; each declares it in its own folder. */
import { SERT as contrats } from './modules/contrats/index.ts';
import { SERT as indicateurs } from './modules/indicateurs/index.ts';
import { SERT as instances } from './modules/instances/index.ts';
import { SERT as publications } from './modules/publications/index.ts';
import { SERT as registres } from './modules/registres/index.ts';
import { SERT as signalements } from './modules/signalements/index.ts';

export const SERT = { contrats, indicateurs, registres, instances, signalements, publications };
