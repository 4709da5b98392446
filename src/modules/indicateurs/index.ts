export { estCartographiable, estLueEnDirect, getParTerritoireDe } from './carte.ts';
export { type Comparaisons, type Figures, getComparaisons, getFigures } from './chiffres.ts';
export { getFraicheur } from './diffusion/diffusion.ts';
export { AU_PUBLIC, EN_DIRECT, type EnDirect } from './diffusion/diffusion.rules.ts';
export {
  listValeurs,
  listVersions,
} from './chiffres.queries.ts';
export { etatDuChiffre } from './preuve/export.ts';
export {
  type Chiffre,
  type Comparaison,
  type Completude,
  completude,
  dessin,
  direContributions,
  direValidation,
  estAValider,
  estEnRetard,
} from './chiffres.rules.ts';
export {
  appliquerFaits,
  type FormulaireDeContrat,
  getFormulaire,
  mesuresQuiComptent,
  sourcesDeFiche,
  verifierChiffres,
  verifierExigences,
  verifierFormules,
  verifierListes,
} from './formulaires.ts';
export { direEnCours, direPortee, echeance, periodePrecedente } from './periode.rules.ts';
export type { SourceDeFaits } from './sources.ts';
export type { ValeurCollectee } from './chiffres.rules.ts';
export { getRepartitions, type Repartition } from './repartitions.queries.ts';
export { choisirFigures, choisirMeneurs, rangDeFigure } from './tete.rules.ts';
export { direFormule, direObtention } from './preuve/formule.rules.ts';
export { getPreuve } from './preuve/preuve.ts';
export { type ContributionVisee, enDirectDe, pilote, repondPour } from './indicateurs.policy.ts';
export type { Delta } from './calcul/cellules.queries.ts';
export type { FaitNouveau } from './calcul/apports.ts';
export { compterNouveau, compterSansDire, getMouvements, noterMouvements } from './mouvements/dire.ts';
export type { Mouvements } from './mouvements/mouvements.rules.ts';
export { fautesDe, type Methode, methodeDe } from './methodes/methodes.rules.ts';
export { listMethodes } from './methodes/methodes.queries.ts';
export { garderMethodes, lireMethode } from './methodes/methodes.ts';
export { listSignatures, type Signature } from './recits/signatures.queries.ts';
export { direLongueur, MOTS_EN_TOUT } from './recits/recits.rules.ts';
export { ACCEPTE, FICHIER_MAX, lireDocument } from './saisie/document.ts';
export { RecitDit } from './pages/RecitDit.tsx';
export { CeQuiABouge } from './pages/CeQuiABouge.tsx';
export { getAppuis } from './appuis/appuis.queries.ts';
export { type AppuiDeLigne, type Appuis, appuiDeLigne, correspond, estSansRien } from './appuis/appuis.rules.ts';
export { lirePeriode } from './periode.rules.ts';
export { detteDe, dettesDe, lireQuandDonne, periodesDues, repondDeLaDette } from './saisie/dettes.ts';
export { contribuer, suivreLesContributions, tenirLesAns } from './saisie/contribuer.ts';
export { listSorts, listVersionsCourantes, type VersionCourante } from './saisie/courantes.queries.ts';
export { type Dite, listDites } from './saisie/dites.queries.ts';
export {
  casesDe,
  cellulesDe,
  cleDe,
  cleDeContribution,
  demandeA,
  type CleDeVentilation,
  genreDe,
  lireCle,
  partition,
  periodesOuvertes,
  refusDuGrain,
} from './saisie/grain.rules.ts';
export { direAuteur, direEtatDeParole } from './saisie/parole.rules.ts';
export { casesPermises, repondAux } from './saisie/saisie.cadre.ts';
export type { Auteur, NouvelleVersion } from './saisie/saisie.queries.ts';
export { lireValeur } from './saisie/valeur.rules.ts';
export { listRectificatifs } from './signature/rectificatifs.queries.ts';
export { direCote, direMotif, direOu } from './signature/rectificatifs.rules.ts';
export { cleDeCellule } from './qualite/qualite.types.ts';
export { litSeulement, verifierLot } from './qualite/verifier.rules.ts';
export { garderReponses, lireConnues, noterAvertissements } from './qualite/qualite.queries.ts';
export { resteADire } from './qualite/reponses.rules.ts';
export { validerContributions } from './saisie/valider.ts';
export { lireFigees, lireRefus } from './signature/verrous.garde.ts';
