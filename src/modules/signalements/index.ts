/** Reports, for modules that read them where they are: the façade. */
export { maisonDe, peutLire } from './demandes/demandes.policy.ts';
export { detecter, direTrouvailles, masquer } from './texte/detecteur.rules.ts';
export { type CompteDeRemontees, compterRemontees, signauxDesCircuits } from './demandes/signaux.queries.ts';
