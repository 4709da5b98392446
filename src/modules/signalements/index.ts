/** What other modules ask of reports: who reads them, whether a free text gives somebody away, how small numbers are hidden, what a circuit received, a plan beside a list. */
export { maisonDe, peutLire } from './demandes/demandes.policy.ts';
export { lirePoint } from './signaler/point.rules.ts';
export { type CompteDeRemontees, compterRemontees, signauxDesCircuits } from './demandes/signaux.queries.ts';
export { detecter, direTrouvailles, type Trouvaille } from './texte/detecteur.rules.ts';
export { groupesNommes } from './texte/groupes.rules.ts';
