/** Bodies, for those who hold their sessions: the façade. */
export { buildInvitation } from './calendrier/ical.ts';
export type { FiltresCalendrier, SeanceDeCalendrier } from './calendrier/calendrier.rules.ts';
export { lireProfilDeSeances, type ProfilDeSeances } from './demo/seances.schema.ts';
export { heureDe, type InstanceDemo, type OptionsDemo, ouvrable, prochaineDe, tirerInstances } from './demo/tirage.rules.ts';
export { type EnteteDInstance, enteteDe, lireLogo } from './entetes/entetes.ts';
export { createDemande, listDemandesOuvertes, markDemandesInscrites, rouvrirDemande } from './instance/demandes.queries.ts';
export { pageInstance } from './instance/instance.pages.tsx';
export { heureSchema, minutesSchema, motifSchema } from './instance/instance.schema.ts';
export { type ChampsDOuverture, LECTEURS, MotifDOuverture } from './instance/pages/OuvrirInstancePage.tsx';
export { CADRE, filDe } from './instances.cadre.ts';
export { cadreDe, type Chargee, chargerInstance, pourSeance } from './instances.contexte.ts';
export { nomEntier } from './instances.noms.rules.ts';
export { origineInstance } from './instances.origine.ts';
export {
  type Cadre,
  cadreEssaye,
  egal,
  estSienne,
  peutDemander,
  peutGererInstance,
  peutLireSeances,
  peutTenir,
  peutVoirInstance,
  siegeDans,
} from './instances.policy.ts';
export { asseoirLesReferents } from './instances.referents.ts';
export { getInstance, listInstances, listInstancesOuvertes, lockInstance } from './instances.queries.ts';
export {
  aussiOuvertes,
  CONFIDENTIALITES,
  type Confidentialite,
  type EtatSeance,
  estPlusOuverte,
  laPlusFermee,
  OUVERTURE,
  QUALITES,
  type Qualite,
} from './instances.rules.ts';
export { origineDe } from './instances.services.ts';
export { dimensions, libellesAjoutes } from './instances.sources.ts';
export { AVEC_INSTANCE, AVEC_SIEGE, avecTenant, contributionAcceptee, nommeEncore, siegeEncore, siegesAuJour } from './instances.sql.ts';
export type { Instance } from './instances.types.ts';
export { duRessort, siege, siegeParmi, type Vue, visible, vueDe, vueDeLecture } from './instances.vue.ts';
export { porteursDe } from './liens/liens.queries.ts';
export { chercherALier, delier, lier, type ObjetLie, objetsLies, type Recherche } from './liens/liens.ts';
export { Liens } from './liens/pages/Liens.tsx';
export { getProbleme, listProblemes, listSuivis } from './problemes/problemes.queries.ts';
export { ETATS_PROBLEME, estClos } from './problemes/problemes.rules.ts';
export { listRecurrents } from './recurrents/recurrents.queries.ts';
export { direRythme, pointsAttendus, revient } from './recurrents/recurrents.rules.ts';
export { listRecues } from './remontees/remontees.queries.ts';
export { NATURES_REMONTEE, nomDit as nomDeRemontee } from './remontees/remontees.rules.ts';
export { inscrireRemontees } from './remontees/inscrire.ts';
export { EtatSeanceTag } from './pages/EtatSeanceTag.tsx';
export { listSeancesRapportees } from './rapport.ts';
export type { PageDInstance, Reunions } from './reunions.ts';
export { adressesDuSiege } from './sieges.queries.ts';
export type { InstanceMontree } from './surLaPage.ts';
export { limiteDeReunion } from './reunions.dus.ts';
export { suivreCadence } from './suivre.ts';
export { parSiegeOuRessort } from './tenir.ts';
