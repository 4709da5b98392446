/** The directory: what other modules ask of it. */
export { referentsPour } from './referents/referents.ts';
