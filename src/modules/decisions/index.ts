/** Decisions and actions for those who make them: the façade. */
export { choixDeCharge, dAilleurs, estDAilleurs, estUnSiege, lireCharge, type SiegeCharge } from './charge.rules.ts';
export { ecritureEnregistree, formulaireDEcriture } from './decisions.formulaires.ts';
export { type Decision, getDecision } from './decisions.queries.ts';
export {
  type Confidentialite,
  direEtat,
  direSuite,
  ETATS_DECISION,
  type EtatDecision,
  estEnRetard,
  NATURES,
  type Nature,
  numeroEcrit,
  type RefOrigine,
} from './decisions.rules.ts';
export { corriger, decider, retirer, suivreDecisionsDe } from './ecrire.ts';
export {
  countDecisionsDeSeance,
  countDecisionsPromises,
  listDecisionsDeLOrigine,
  listDecisionsDeSeance,
  listDecisionsOuvertes,
  setPromesseDesSeances,
} from './ecriture.queries.ts';
export { countDecisions, countDecisionsOuvertes, type DecisionDeListe, listDecisions } from './listes.queries.ts';
export { compterDecisionsRapportees, type DecisionRapportee, listDecisionsRapportees } from './rapport.queries.ts';
export type { Origine } from './origines.ts';
export { type DecideurDemo, saveDecisionsDemo } from './decisions.demo.ts';
export { type Cible, getCibles } from './cibles/cibles.ts';
export { CiblesTable } from './cibles/CiblesTable.tsx';
export { direCible, direEcart, SENS } from './cibles/cibles.rules.ts';
