export { getParTerritoireDe } from './carte.ts';
export type { Verification } from './calcul/cellules.queries.ts';
export { type Demande, type Figures, getFigures } from './chiffres.ts';
export {
  type Aire,
  getFraicheur,
  getParDimension,
  getParMois,
  getParTerritoire,
  getPreuves,
  listValeurs,
  listVersions,
} from './chiffres.queries.ts';
export { additionner, type Chiffre, type Completude, completude, evolution, varier } from './chiffres.rules.ts';
export {
  actualiserFormules,
  appliquerFaits,
  type FormulaireDeContrat,
  getFormulaire,
  getSources,
  installerSources,
  mesuresDe,
  recalculerChiffres,
  verifierChiffres,
  verifierFormules,
} from './formulaires.ts';
export { anneeDe, decoupages, echeance, estAnnee, lirePeriode, moisDe, periodePrecedente } from './periode.rules.ts';
export { genererValeursDemo } from './saisie/saisie.demo.ts';
export { buildSources, type SourceDeFaits } from './sources.ts';
export { filtreSql } from './calcul/compilation.ts';
export { getRepartitions, type Repartition } from './repartitions.queries.ts';
export { getPreuve } from './preuve/preuve.ts';
export { routes } from './indicateurs.routes.tsx';
export { DROITS, pilote } from './indicateurs.policy.ts';
