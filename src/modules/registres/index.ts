/** Registers of activity: everything that partners record while they work, and that figures count. */
import type { Db } from '../../core/database.ts';
import type { Route } from '../../core/http.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { SourceDeFaits } from '../indicateurs/index.ts';
import { apiRoutes } from './api/api.routes.ts';
import type { DefinitionRegistre } from './definition.ts';
import { extensionsRoutes } from './extensions/extensions.routes.tsx';
import { importRoutes } from './import/import.routes.tsx';
import { listeRoutes } from './liste/liste.routes.tsx';
import { createRegistres, type Registres } from './registres.contexte.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { genererDemoDe, type OptionsDemo } from './registres.demo.ts';
import { liens } from './registres.liens.ts';
import { buildSourceDeFaits } from './registres.sources.ts';
import { saisieRoutes } from './saisie/saisie.routes.tsx';

export type { DefinitionRegistre } from './definition.ts';
export { definitionsDecouvertes } from './registres.definitions.ts';
export { listDernieresSaisies } from './liste/liste.queries.ts';
export { publierVues, vueDe } from './registres.views.ts';

export const sourcesDesRegistres = (definitions: readonly DefinitionRegistre[]): SourceDeFaits[] => definitions.map((d) => buildSourceDeFaits(d));

/** Routes of a set of registers: those discovered, or others in tests. */
export const createRoutes = (r: Registres): Route[] => [
  ...listeRoutes(r),
  ...importRoutes(r),
  ...extensionsRoutes(r),
  ...saisieRoutes(r),
  ...apiRoutes(r),
];
export const createRegistresDe = (definitions: readonly DefinitionRegistre[]): Registres => createRegistres(definitions, liens);
export const routes: Route[] = createRoutes(createRegistresDe(definitionsDecouvertes));

/** Demonstration records of every register; the caller recomputes the figures once. */
export const genererDemo = (db: Db, catalogue: Catalogue, o: OptionsDemo): Promise<number> => genererDemoDe(db, catalogue, definitionsDecouvertes, o);
