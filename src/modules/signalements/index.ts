/** What other modules ask of reports: whether a free text gives somebody away, and how small numbers are hidden from everybody. */
export { detecter, direTrouvailles, type Trouvaille } from './texte/detecteur.rules.ts';
export { masquer } from './points-chauds/masquage.rules.ts';
