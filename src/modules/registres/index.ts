/** Registers of activity: everything that partners record while they work, and that figures count. */
import type { Db } from '../../core/database.ts';
import type { Route } from '../../core/http.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { SourceDeFaits } from '../indicateurs/index.ts';
import type { DefinitionRegistre } from './definition.ts';
import { createRegistres } from './registres.contexte.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { genererDemoDe, type OptionsDemo } from './registres.demo.ts';
import { liens } from './registres.liens.ts';
import { createRoutes } from './registres.routes.ts';
import { buildSourceDeFaits } from './registres.sources.ts';

export type { DefinitionRegistre } from './definition.ts';
export { listDernieresSaisies } from './liste/liste.queries.ts';
export { definitionsDecouvertes } from './registres.definitions.ts';
export { nouveauNom } from './registres.rules.ts';
export { publierVues } from './registres.views.ts';

export const sourcesDesRegistres = (definitions: readonly DefinitionRegistre[]): SourceDeFaits[] => definitions.map((d) => buildSourceDeFaits(d));

export const routes: Route[] = createRoutes(createRegistres(definitionsDecouvertes, liens));

/** Demonstration records of every register; the caller recomputes the figures once. */
export const genererDemo = (db: Db, catalogue: Catalogue, o: OptionsDemo): Promise<number> => genererDemoDe(db, catalogue, definitionsDecouvertes, o);
export { DROITS, peutCreer as peutEnregistrer } from './registres.policy.ts';
export { SERT } from './registres.sert.ts';
