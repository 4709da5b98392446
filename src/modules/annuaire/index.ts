/** The directory: what other modules know of it. */
export { BESOINS, type Besoin, CODES_BESOINS, direBesoin, estUnBesoin } from './referentiel/besoins.ts';
export { referentsPour, type RoleDeReferent, rolesDe } from './referents/referents.ts';
export type { Referent } from './referents/referents.queries.ts';
