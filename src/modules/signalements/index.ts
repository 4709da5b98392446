/** What other modules ask of reports: whether a free text gives somebody away, and how small numbers are hidden from everybody. */
export { detecter, direTrouvailles } from './texte/detecteur.rules.ts';
export { masquer } from './points-chauds/masquage.rules.ts';
