/** What other modules take from publications. */
export { avecPopulation } from './contexte/population.ts';
