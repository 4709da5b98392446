/** Everything that is owed, in one list: the façade. */
export { accorder, accorderTout, verifierEcheances } from './accorder.ts';
export { etatDe, ETATS, grouper, plusJours } from './echeances.rules.ts';
export { type EcheanceDeCalendrier, getJourDesEcheances, type GroupeDuJour, listEcheancesDuCalendrier } from './echeances.journee.ts';
export { routes } from './echeances.routes.tsx';
export { EcheancesDuJour } from './pages/EcheancesDuJour.tsx';
export type { Adresses, Attendue, Destinataire, Dues, Echeance, Lecteur, Prevenir, Source } from './echeances.types.ts';
export { installerEcheances } from './genres.ts';
export { type Comptes, envoyerRappels, relancer } from './rappels/rappels.ts';
