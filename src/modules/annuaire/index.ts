/** The directory: what other modules ask of it. */
export { agitPourUnReferent } from './annuaire.policy.ts';
export { CODES_BESOINS, cleDuBesoin } from './referentiel/besoins.ts';
export type { Referent } from './referents/referents.queries.ts';
export { adresseDe } from './referents/referents.rules.ts';
export { direRole, lireReferents, referentsDe, referentsOuTrou, referentsPour, rolesDe, type SuitesDesReferents } from './referents/referents.ts';
export { listCorrespondants } from './structures/structures.queries.ts';
