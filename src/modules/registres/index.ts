/** Registers of activity: everything that partners record while they work, and that figures count. */
import { createHash } from 'node:crypto';
import type { Db } from '../../core/database.ts';
import type { Route } from '../../core/http.ts';
import type { Catalogue, Lexique, Profils } from '../contrats/index.ts';
import type { SourceDeclaree } from '../indicateurs/index.ts';
import type { RegistreDeclare } from './definition.ts';
import { createRegistres } from './registres.contexte.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { genererDemoDe, lireProfils, type OptionsDemo } from './demo/registres.demo.ts';
import { liens } from './registres.liens.ts';
import { createRoutes } from './registres.routes.ts';
import { verifierMots } from './registres.rules.ts';
import { buildSourceDeFaits } from './registres.sources.ts';

export type { DefinitionRegistre } from './definition.ts';
export { listDernieresSaisies } from './liste/liste.queries.ts';
export { definitionsDecouvertes } from './registres.definitions.ts';
export { nouveauNom } from './registres.rules.ts';
export { publierVues } from './registres.views.ts';

export const sourcesDesRegistres = (definitions: readonly RegistreDeclare[]): SourceDeclaree[] => definitions.map(buildSourceDeFaits);

/** Faults in a contract's words for the fields of registers. */
export const verifierMotsDesRegistres = (lexique: Lexique): string[] => verifierMots(definitionsDecouvertes, lexique);
/** Throws ErreurContrat on a profile that its register would not take. */
export const verifierDemo = (catalogue: Catalogue, profils: Profils): void => void lireProfils(catalogue, definitionsDecouvertes, profils);
/** What the loading of a contract depends on besides its own files. */
export const empreinteDesRegistres = (): string => createHash('sha256').update(JSON.stringify(definitionsDecouvertes)).digest('hex');

export const routes: Route[] = createRoutes(createRegistres(definitionsDecouvertes, liens));

/** Demonstration records of every register; the caller recomputes the figures once. */
export const genererDemo = (db: Db, catalogue: Catalogue, o: OptionsDemo): Promise<number> => genererDemoDe(db, catalogue, definitionsDecouvertes, o);
export { DROITS, peutCreer as peutEnregistrer } from './registres.policy.ts';
