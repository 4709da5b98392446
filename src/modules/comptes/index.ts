export { buildComptesRoutes, type OptionsComptes } from './comptes.routes.tsx';
export { faiblesse, hacher } from './mot-de-passe.ts';
export { createCompte, createSession, getUtilisateurDeSession, listPersonas, type NouveauCompte } from './sessions.queries.ts';
export { ajouterSceau, cosignerAudit, exporterAudit, verifierAudit } from './journal/commandes.ts';
export { purgerAudit } from './journal/journal.queries.ts';
export { buildJournalRoutes } from './journal/journal.routes.tsx';
export { CLE_AUDIT, scellerLaTete } from './journal/sceaux.ts';
