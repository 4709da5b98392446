export { buildExploitationRoutes, type Exploitation } from './exploitation/exploitation.routes.tsx';
export { buildComptesRoutes } from './comptes.routes.ts';
export type { VueContrat } from './comptes.contexte.ts';
export { hacher } from './mot-de-passe.ts';
export { faiblesse } from './mot-de-passe.rules.ts';
export {
  createCompte,
  createSession,
  estCompteFerme,
  getUtilisateurDeSession,
  getUtilisateurDeTitre,
  hasComptes,
  hasDemonstration,
  listMandatsEveilles,
  listComptes,
  listPersonas,
} from './sessions.queries.ts';
export {
  commencerDemonstration,
  countMandatsDeDemonstration,
  listComptesDeDemonstration,
  quitterDemonstration,
  retirerDemonstration,
} from './demonstration.queries.ts';
export { ajouterSceau, cosignerAudit, exporterAudit, verifierAudit } from './journal/commandes.ts';
export { sourcesDesComptes } from './comptes.dus.ts';
export { purgerSeules } from './dpo/conservation.ts';
export { purgerAudit } from './journal/journal.queries.ts';
export { CLE_AUDIT, scellerLaTete } from './journal/sceaux.ts';
export { creerPremier, type PremierRole, RefusDePremier } from './gestion/premiers.ts';
export { peutTenirTechnique, peutOuvrirGestion } from './gestion/gestion.policy.ts';
export { getUtilisateurDeJeton } from './moi/jetons.queries.ts';
export { routes as dpoRoutes } from './dpo/dpo.routes.tsx';
export { ouvrirOidcDemo } from './oidc/demonstration.ts';
export { type ClientOidc, openOidc } from './oidc/oidc.client.ts';
export { DROITS as DROITS_COMPTES } from './gestion/gestion.policy.ts';
export { DROITS as DROITS_DPO, peutLireRegistre } from './dpo/dpo.policy.ts';
export { estNavigateurConnu } from './connexion/essais.ts';
export { buildMatrice, enMarkdown } from './gestion/matrice.rules.ts';
