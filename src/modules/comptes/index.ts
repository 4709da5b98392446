export { buildComptesRoutes, type OptionsComptes } from './comptes.routes.tsx';
export { faiblesse, hacher } from './mot-de-passe.ts';
export { createCompte, createSession, getUtilisateurDeSession, listPersonas, type NouveauCompte } from './sessions.queries.ts';
