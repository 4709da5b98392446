/** The registers of this build, with what they need of the modules below. */
import { createRegistres } from './registres.contexte.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { liens } from './registres.liens.ts';

export const registres = createRegistres(definitionsDecouvertes, liens);
