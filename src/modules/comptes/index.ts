/** Who: what the modules above, the application and its start know of accounts. */
export { refuserAdressesFermees } from './adresses.ts';
export { admis } from './admission.rules.ts';
export { estNavigateurConnu } from './connexion/essais.ts';
export { commencerDemonstration, listComptesDeDemonstration, quitterDemonstration } from './demonstration.queries.ts';
export { CLE_AUDIT } from './journal/sceaux.ts';
export { suivreExploitation } from './journee/journee.blocs.tsx';
export { getUtilisateurDeJeton } from './moi/jetons.queries.ts';
export { ouvrirOidcDemo } from './oidc/demonstration.ts';
export { openOidc } from './oidc/oidc.client.ts';
export type { SuitesDUnDepart } from './departs.ts';
export {
  compteDe,
  compteFermeLe,
  estCompteFerme,
  getCompteOuvert,
  getUtilisateurDeSession,
  getUtilisateurDeTitre,
  hasComptes,
  hasDemonstration,
  listComptes,
  listMandatsEveilles,
  listPersonas,
} from './sessions.queries.ts';
