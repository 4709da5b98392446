/** Words of the help pages in other languages, for whoever sends people there. */
export { LANGUES } from './langues/langues.ts';
