export { getParTerritoireDe } from './carte.ts';
export { type Figures, getFigures } from './chiffres.ts';
export {
  getFraicheur,
  getPreuves,
  listValeurs,
} from './chiffres.queries.ts';
export { type Chiffre, type Completude, completude, evolution } from './chiffres.rules.ts';
export {
  actualiserFormules,
  appliquerFaits,
  type FormulaireDeContrat,
  getFormulaire,
  installerSources,
  mesuresDe,
  recalculerChiffres,
  verifierChiffres,
  verifierExigences,
  verifierFormules,
  verifierListes,
} from './formulaires.ts';
export { periodePrecedente } from './periode.rules.ts';
export type { SourceDeFaits } from './sources.ts';
export { filtreSql } from './calcul/compilation.ts';
export { getRepartitions, type Repartition } from './repartitions.queries.ts';
export { choisirFigures, rangDeFigure } from './tete.rules.ts';
export { getPreuve } from './preuve/preuve.ts';
export { pilote } from './indicateurs.policy.ts';
