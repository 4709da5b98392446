/** The directory: what other modules ask of it. */
export { CODES_BESOINS, cleDuBesoin } from './referentiel/besoins.ts';
export { referentsPour, rolesDe } from './referents/referents.ts';
export { listCorrespondants } from './structures/structures.queries.ts';
