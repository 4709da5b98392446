/** Written by `npm run types` from the migrated database: do not edit. A test fails when it is stale. */
import type { ColumnType } from "kysely";

type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[]
  ? U[]
  : ArrayTypeImpl<T>;

type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S[], I[], U[]>
  : T[];

type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

type Json = JsonValue;

type JsonArray = JsonValue[];

type JsonObject = {
  [x: string]: JsonValue | undefined;
};

type JsonPrimitive = boolean | number | string | null;

type JsonValue = JsonArray | JsonObject | JsonPrimitive;

type Numeric = ColumnType<number, number | string, number | string>;

type Timestamp = ColumnType<Date, Date | string, Date | string>;

interface AbonnementDemandes {
  adresse: Buffer;
  contratId: number;
  demandeLe: Timestamp;
  empreinte: string;
  genre: "tout" | "fiche" | "territoire";
  id: Generated<string>;
  jour: number;
  objet: string;
  reseau: string;
}

interface Abonnements {
  abonneId: string;
  contratId: number;
  ditJusqua: Timestamp;
  genre: "tout" | "fiche" | "territoire";
  objet: string;
}

interface Abonnes {
  adresse: Buffer;
  contratId: number;
  empreinte: string;
  id: Generated<string>;
  jour: number;
  prochainLe: string;
}

interface ActiviteLiens {
  activiteId: string;
  champ: string;
  cibleId: string;
  contratId: number;
}

interface ActiviteLieux {
  activiteId: string;
  choisi: boolean;
  code: string;
  contratId: number;
  lieuId: string;
  type: string;
}

interface Activites {
  acte: Generated<"creation" | "correction" | "retrait" | "retablissement" | "import" | "annulation" | "demonstration">;
  adresse: string | null;
  annulation: string | null;
  auteur: string;
  auteurId: string | null;
  commentaire: Generated<string>;
  contratId: number;
  creeLe: Generated<Timestamp>;
  diteLe: Timestamp | null;
  donnees: Generated<Json>;
  etape: Generated<"programmee" | "realisee" | "annulee">;
  fiches: Generated<string[]>;
  fin: string | null;
  id: Generated<string>;
  idExterne: string | null;
  jour: string;
  lat: number | null;
  lignes: Generated<string[]>;
  lon: number | null;
  lotId: string | null;
  lotVersion: number | null;
  modifieLe: Generated<Timestamp>;
  motif: Generated<string>;
  organisationId: string;
  recherche: Generated<string | null>;
  registre: string;
  serieId: string | null;
  statut: Generated<"publie" | "retire">;
  territoireId: string;
  titre: string;
  version: Generated<number>;
}

interface ActiviteVersions {
  acte: string;
  activiteId: string;
  auteur: string;
  auteurId: string | null;
  contenu: Json;
  contratId: number;
  lotId: string | null;
  lotVersion: number | null;
  modifieLe: Timestamp;
  motif: string;
  statut: string;
  version: number;
}

interface AdressesComptees {
  cle: string;
  contratId: number;
  diteLe: Generated<Timestamp>;
  jeton: string;
}

interface AlerteCles {
  contratId: number;
  creeeLe: Timestamp;
  ferme: Buffer;
  publique: string;
}

interface AlerteEnvois {
  accuseLe: Timestamp | null;
  alerteId: string;
  anonymiseeLe: Timestamp | null;
  contratId: number;
  duLe: Timestamp;
  envoyeLe: Timestamp;
  escaladeLe: Timestamp | null;
  fonction: string;
  genre: "validation" | "accuse" | "palier" | "point" | "fin";
  id: Generated<string>;
  inscritId: string;
  lettreDe: string | null;
  motif: "liste" | "astreinte" | "silence" | "rebond" | "retard" | "trou";
  nom: string;
  organisationId: string;
  partiLe: Timestamp | null;
  pour: Generated<string>;
  rappeleLe: Timestamp | null;
  rebondLe: Timestamp | null;
  relayePar: string | null;
  reponduLe: Timestamp | null;
  reponse: "vu" | "vais" | "rien" | "valide" | "ecarte" | "fait" | null;
  reponses: Generated<number>;
  territoire: string;
}

interface AlerteEvenements {
  acte: string;
  alerteId: string;
  auteur: Generated<string>;
  contratId: number;
  organisationId: string | null;
  quand: Timestamp;
  rang: number;
  texte: Generated<string>;
}

interface AlerteInscrits {
  anonymiseeLe: Timestamp | null;
  compteId: string | null;
  contratId: number;
  courriel: Generated<string>;
  fonction: string;
  id: Generated<string>;
  modifieLe: Timestamp;
  modifiePar: Generated<string>;
  nom: string;
  organisationId: string;
  permanent: Generated<boolean>;
  rang: Generated<number>;
  retireLe: Timestamp | null;
  telephone: Generated<string>;
  territoire: string;
  version: Generated<number>;
  voies: Generated<string[]>;
}

interface AlerteMessages {
  contratId: number;
  envoiId: string;
  envoyeLe: Timestamp | null;
  erreur: Generated<string>;
  essais: Generated<number>;
  etat: Generated<"attente" | "envoye" | "echec" | "retenu">;
  id: Generated<string>;
  navigateurId: string | null;
  prisJusqua: Timestamp | null;
  prochainLe: Timestamp;
  voie: "push" | "sms";
}

interface AlerteNavigateurs {
  compteId: string;
  contratId: number;
  creeLe: Timestamp;
  empreinte: string;
  ferme: Buffer;
  id: Generated<string>;
}

interface AlertePoints {
  alerteId: string;
  celluleLe: Timestamp | null;
  cellules: Generated<boolean>;
  code: string;
  contratId: number;
  duLe: Timestamp;
  faitLe: Timestamp | null;
  faitPar: Generated<string>;
  libelle: string;
  note: Generated<string>;
  ordre: number;
  qui: string;
}

interface Alertes {
  anonymiseeLe: Timestamp | null;
  appriseLe: Timestamp | null;
  auteur: string;
  auteurId: string | null;
  auteurOrganisation: string;
  closeLe: Timestamp | null;
  contratId: number;
  debut: Timestamp;
  diffuseeLe: Timestamp | null;
  doublonDe: string | null;
  ecarteeMotif: Generated<string>;
  ecriteLe: Timestamp;
  erreurLe: Timestamp | null;
  erreurMotif: Generated<string>;
  etat: Generated<"a-valider" | "diffusee" | "levee" | "close" | "ecartee">;
  exercice: Generated<boolean>;
  faits: Generated<string>;
  fin: Timestamp | null;
  genre: string;
  id: Generated<string>;
  issue: string | null;
  leveeLe: Timestamp | null;
  leveePar: Generated<string>;
  lieu: Generated<string>;
  palier: string;
  releveeLe: Timestamp | null;
  represaillesJusqua: Timestamp | null;
  retex: Generated<string>;
  retexDu: string | null;
  retexLe: Timestamp | null;
  retexPar: Generated<string>;
  survenue: Generated<boolean>;
  territoireId: string;
  trous: number | null;
  validation: Generated<"" | "garde" | "delai" | "directe">;
  valideePar: Generated<string>;
  validerAvant: Timestamp | null;
  version: Generated<number>;
}

interface AlerteTrousDits {
  contratId: number;
  ditLe: Timestamp;
  finDeSemaine: string;
  lettres: number;
  trous: number;
}

interface Appareils {
  compteId: string;
  contratId: number;
  empreinte: Buffer;
  vuLe: Timestamp;
}

interface Astreintes {
  annuleeLe: Timestamp | null;
  contratId: number;
  debut: Timestamp;
  fin: Timestamp;
  id: Generated<string>;
  inscritId: string;
  modifieLe: Timestamp;
  modifiePar: Generated<string>;
  suppleantId: string | null;
  suppleantPartiLe: Timestamp | null;
  version: Generated<number>;
}

interface Audit {
  action: string;
  adresse: string | null;
  apres: string | null;
  avant: string | null;
  compteId: string | null;
  contratId: number;
  details: Generated<Json>;
  empreinte: Buffer;
  ligne: string;
  mandat: string | null;
  numero: number;
  objet: string;
  organisationId: string | null;
  precedente: Buffer;
  quand: Timestamp;
}

interface AuditPurges {
  contratId: number;
  empreinte: Buffer;
  motif: string;
  nombre: number;
  numero: number;
  quand: Timestamp;
}

interface AuditSceaux {
  clePublique: string;
  contratId: number;
  empreinte: Buffer;
  numero: number;
  quand: Timestamp;
  signataire: string;
  signature: string;
}

interface AuditTetes {
  contratId: number;
  empreinte: Buffer;
  numero: number;
  quand: Timestamp | null;
}

interface BilanTextes {
  annee: number;
  auteur: string;
  contratId: number;
  fiche: Generated<string>;
  fonction: string;
  le: Timestamp;
  territoireId: string;
  texte: string;
  version: number;
}

interface CalendrierFlux {
  compteId: string;
  contratId: number;
  creeLe: Generated<Timestamp>;
  empreinte: Buffer;
  expireLe: Timestamp;
  forte: Generated<boolean>;
  id: Generated<string>;
  mandats: Generated<string[]>;
  revoqueLe: Timestamp | null;
  vuLe: Timestamp | null;
}

interface CampagneAcces {
  campagneId: string;
  compteId: string | null;
  contratId: number;
  courriel: string;
  creeLe: Timestamp;
  creePar: string;
  creeParId: string | null;
  delegueDe: string | null;
  envoyeLe: Timestamp | null;
  fermeLe: Timestamp | null;
  fermePar: Generated<string>;
  id: Generated<string>;
  mesures: Generated<string[]>;
  nom: string;
  organisationId: string;
  vuLe: Timestamp | null;
}

interface CampagneBrouillons {
  accesId: string;
  campagneId: string;
  champ: string;
  contratId: number;
  le: Timestamp;
  organisationId: string;
  valeur: string;
}

interface CampagneDemandes {
  campagneId: string;
  contratId: number;
  debiteur: string;
  donneeLe: Timestamp | null;
  mesureId: string;
  organisationId: string;
  periode: string;
  territoireId: string;
}

interface CampagneRemises {
  accesId: string;
  campagneId: string;
  contratId: number;
  contributions: number;
  id: Generated<string>;
  le: Timestamp;
  organisationId: string;
  voie: "page" | "collage" | "classeur" | "courriel";
}

interface Campagnes {
  closeLe: Timestamp | null;
  closePar: Generated<string>;
  contratId: number;
  dueLe: string;
  id: Generated<string>;
  message: Generated<string>;
  ouverteLe: Timestamp;
  ouvertePar: string;
  titre: string;
}

interface CanauxComptes {
  canal: string;
  categorie: string;
  contratId: number;
  mois: string;
  nombre: number;
  origine: string;
  territoireId: string;
}

interface CapRecus {
  contenu: Buffer;
  contratId: number;
  emetteur: string;
  envoyeLe: Timestamp;
  genre: "Alert" | "Update" | "Cancel" | "Ack" | "Error";
  id: Generated<string>;
  identifiant: string;
  portee: "Public" | "Restricted" | "Private";
  recuLe: Timestamp;
  recuPar: Generated<string>;
  signe: boolean;
  statut: "Actual" | "Exercise" | "System" | "Test" | "Draft";
  titre: Generated<string>;
  voie: "depot" | "adresse";
}

interface CelluleReunions {
  contratId: number;
  genre: string;
  id: Generated<string>;
  mois: string;
  nombre: number;
  territoireId: string;
}

interface Cibles {
  annee: number;
  contratId: number;
  decisionId: string;
  le: Timestamp;
  mesureId: string;
  par: string;
  parId: string | null;
  parOrganisation: string;
  rang: number;
  sens: "au-moins" | "au-plus" | null;
  territoireId: string;
  unite: string;
  valeur: Numeric | null;
}

interface CircuitPeriodes {
  compteur: string;
  contratId: number;
  debut: string;
  donneeLe: Timestamp | null;
  donneePar: Generated<string>;
  dueLe: string;
  fin: string;
  id: Generated<string>;
  organisationId: string;
  titre: string;
  version: Generated<number>;
}

interface CircuitReleves {
  auteur: string;
  auteurId: string | null;
  contratId: number;
  donneLe: Timestamp;
  nombres: Json;
  periodeId: string;
  source: string;
  version: number;
}

interface ClesAcces {
  clePublique: Buffer;
  compteId: string;
  compteur: Generated<number>;
  contratId: number;
  creeLe: Generated<Timestamp>;
  id: string;
  nom: string;
  transports: Generated<string[]>;
  vueLe: Timestamp | null;
}

interface CodesSecours {
  compteId: string;
  contratId: number;
  empreinte: Buffer;
  utiliseLe: Timestamp | null;
}

interface Comptes {
  alerteLe: Timestamp | null;
  contratId: number;
  courriel: string;
  creeLe: Generated<Timestamp>;
  demonstration: Generated<boolean>;
  fermeLe: Timestamp | null;
  fonction: string;
  gestionnaire: Generated<boolean>;
  id: Generated<string>;
  motDePasse: string | null;
  nom: string;
  oidcEmetteur: string | null;
  oidcSub: string | null;
  ordre: Generated<number>;
  organisationId: string;
  raccourcis: Generated<boolean>;
  totp: Buffer | null;
  totpDepuis: Timestamp | null;
  totpDernier: Generated<number>;
}

interface ConnexionEchecs {
  attendJusqua: Timestamp | null;
  cible: string;
  contratId: number;
  dernierLe: Timestamp;
  echecs: number;
  source: string;
}

interface ConsigneDiffusions {
  autoriteId: string;
  consigne: string;
  contratId: number;
  diffuseeLe: Timestamp;
  diffuseePar: string;
  duLe: string;
  exercice: boolean;
  id: Generated<string>;
  leveeLe: Timestamp | null;
  leveePar: Generated<string>;
  numero: number;
  ordonneeLe: Timestamp;
  organisationId: string;
  points: string[];
  precisionDite: Generated<string>;
  territoireId: string;
  titre: string;
}

interface ConsigneEnvois {
  accuseLe: Timestamp | null;
  accusePar: Generated<string>;
  accuseVoie: "lien" | "compte" | null;
  anonymiseeLe: Timestamp | null;
  contratId: number;
  courriel: Generated<string>;
  diffusionId: string;
  envoyeLe: Generated<Timestamp>;
  genre: "structure" | "site";
  id: Generated<string>;
  nom: string;
  objetId: string;
  organisationId: string;
  personne: Generated<string>;
  territoireId: string;
}

interface ContexteImports {
  connus: number;
  contratId: number;
  fichiers: string;
  le: Timestamp;
  lus: number;
  motifs: Json;
  nouveaux: number;
  par: string;
  rejetes: number;
  serie: string;
  version: number;
}

interface Contours {
  contratId: number;
  courant: Generated<boolean>;
  geometrie: Json;
  importeLe: Generated<Timestamp>;
  source: string;
  territoireId: string;
  version: number;
}

interface ContratChargements {
  chargeLe: Generated<Timestamp>;
  contratId: number;
  empreinte: string;
  misAJour: string | null;
  revision: Generated<number>;
}

interface ContratObjets {
  chargeLe: Generated<Timestamp>;
  contenu: Json;
  contratId: number;
  empreinte: string;
  genre: string;
  id: string;
  ordre: number;
  retireLe: Timestamp | null;
  version: number;
}

interface Contrats {
  canal: Generated<string>;
  creeLe: Generated<Timestamp>;
  fuseau: string;
  id: Generated<number>;
  nom: string;
  slug: string;
}

interface ContreValeurs {
  contratId: number;
  debiteur: string;
  id: Generated<string>;
  issue: "gardee" | "prise" | "retiree" | null;
  issueLe: Timestamp | null;
  issueMotif: string | null;
  issueOrganisation: string | null;
  issuePar: string | null;
  issueParId: string | null;
  le: Timestamp;
  mesureId: string;
  motif: string;
  organisation: string;
  par: string;
  parId: string | null;
  periode: string;
  source: string;
  territoireId: string;
  valeur: Numeric;
  ventilation: Generated<Json>;
}

interface Controles {
  cite: string[];
  contratId: number;
  debiteur: string;
  explication: string | null;
  id: Generated<string>;
  issue: "souleve" | "explique" | "corrige";
  le: Timestamp;
  message: string;
  mesureId: string;
  organisationId: string;
  par: string;
  parId: string | null;
  periode: string;
  reference: Numeric | null;
  regle: string;
  territoireId: string;
  valeur: Numeric;
  valeurId: string | null;
  ventilation: string;
}

interface ConventionCorrections {
  contratId: number;
  conventionId: string;
  effet: string | null;
  effetAvant: string | null;
  fin: string | null;
  finAvant: string | null;
  id: Generated<string>;
  motif: string;
  organisationId: string;
  par: string;
  preavisAvant: number;
  preavisJours: number;
  quand: Timestamp;
  reconductionAvant: number | null;
  reconductionMois: number | null;
}

interface ConventionEngagements {
  arreteLe: string | null;
  contratId: number;
  conventionId: string;
  creeLe: Timestamp;
  duLe: string;
  id: Generated<string>;
  libelle: string;
  organisationId: string;
  par: string;
  tousLesMois: number | null;
}

interface ConventionFaits {
  contratId: number;
  duLe: string;
  engagementId: string;
  faitLe: string;
  organisationId: Generated<string>;
  par: string;
  preuve: Generated<string>;
  quand: Timestamp;
}

interface ConventionParoles {
  acte: "notee" | "confirmee" | "contestee" | "annulee";
  contratId: number;
  conventionId: string;
  de: string;
  etat: "notee" | "confirmee" | "contestee" | "annulee" | "quittee";
  faitLe: string | null;
  genre: "retrait" | "promesse" | "tenu" | "avenant" | "revue" | "denonciation" | "correction";
  id: Generated<string>;
  jour: string | null;
  motif: Generated<string>;
  objetId: string;
  organisationId: string;
  par: string;
  parElle: boolean;
  quand: Timestamp;
  rang: number;
  texte: Generated<string>;
}

interface ConventionParties {
  contratId: number;
  conventionId: string;
  creeLe: Timestamp;
  id: Generated<string>;
  nom: Generated<string>;
  organisationId: string | null;
  par: string;
  retireeLe: string | null;
  signeeLe: string | null;
}

interface ConventionRevues {
  contratId: number;
  conventionId: string;
  id: Generated<string>;
  issue: "poursuivre" | "modifier" | "arreter";
  organisationId: Generated<string>;
  par: string;
  quand: Timestamp;
  tenueLe: string;
  texte: Generated<string>;
}

interface Conventions {
  auteur: string;
  contratId: number;
  creeLe: Timestamp;
  denonceeLe: string | null;
  denonceeMotif: Generated<string>;
  denonciationId: string | null;
  effet: string | null;
  fichiersPublics: Generated<string[]>;
  fin: string | null;
  heureA: Generated<string>;
  heureDe: Generated<string>;
  id: Generated<string>;
  interdits: Generated<string>;
  jours: Generated<number[]>;
  lieu: Generated<string>;
  lignes: Generated<string[]>;
  modifieLe: Timestamp;
  modifiePar: string;
  nature: "convention" | "protocole" | "charte" | "arrete" | "protocole-site";
  objet: Generated<string>;
  porteurId: string;
  preavisJours: Generated<number>;
  publieeLe: Timestamp | null;
  publieePar: Generated<string>;
  recherche: Generated<string | null>;
  reconductionMois: number | null;
  reference: Generated<string>;
  remplaceId: string | null;
  revueMois: number | null;
  saisonA: Generated<string>;
  saisonDe: Generated<string>;
  systemes: Generated<string[]>;
  territoires: Generated<string[]>;
  titre: string;
  version: Generated<number>;
}

interface ConventionSignataires {
  contratId: number;
  creeLe: Timestamp;
  fonction: Generated<string>;
  nom: string;
  partieId: string;
}

interface ConventionSignatures {
  acte: "notee" | "confirmee" | "contestee" | "corrigee" | "dates" | "annulee";
  contratId: number;
  etat: "notee" | "confirmee" | "contestee" | "suspendue" | "annulee";
  motif: Generated<string>;
  nomCorrige: Generated<boolean>;
  organisationId: string;
  par: string;
  parElle: Generated<boolean>;
  partieId: string;
  quand: Timestamp;
  rang: number;
  signeeLe: string | null;
}

interface ConventionVersions {
  contratId: number;
  conventionId: string;
  fichierId: string | null;
  fichierNom: Generated<string>;
  finApres: string | null;
  finAvant: string | null;
  finPremiere: string | null;
  genre: "texte" | "avenant";
  id: Generated<string>;
  numero: number;
  par: string;
  quand: Timestamp;
  reconductionAvant: number | null;
  resume: string;
  signeeLe: string | null;
  texte: Generated<string>;
}

interface Courriels {
  contratId: number;
  creeLe: Generated<Timestamp>;
  destinataire: string;
  envoyeLe: Timestamp | null;
  erreur: Generated<string>;
  essais: Generated<number>;
  etat: Generated<"attente" | "envoye" | "retenu" | "echec">;
  ferme: Buffer | null;
  ical: Generated<string>;
  icalMethode: Generated<"" | "REQUEST" | "CANCEL">;
  id: Generated<string>;
  objet: Generated<string>;
  oubli: Generated<string>;
  pieces: Generated<string[]>;
  prisJusqua: Timestamp | null;
  prochainLe: Generated<Timestamp>;
  sujet: string;
  texte: string;
}

interface CourrielsRecus {
  boite: string;
  contenu: Buffer | null;
  contratId: number;
  empreinte: Buffer;
  essais: Generated<number>;
  etat: Generated<"recu" | "traite" | "ecarte" | "echec">;
  expediteur: string;
  finiLe: Timestamp | null;
  id: Generated<string>;
  issue: Generated<string>;
  messageId: string;
  octets: number;
  recuLe: Generated<Timestamp>;
}

interface CriseActeurs {
  contratId: number;
  criseId: string;
  entite: string;
  entreeLe: Timestamp;
  entreePar: string;
  organisationId: string;
  territoireId: string;
}

interface CriseAvis {
  apprisLe: Timestamp;
  auteur: string;
  canal: string;
  confirme: Generated<string[]>;
  contratId: number;
  criseId: string | null;
  exercice: boolean;
  id: Generated<string>;
  objet: string;
  organisationId: string;
  relanceLe: Timestamp | null;
  territoireId: string;
  transmisLe: Timestamp | null;
  transmisPar: Generated<string>;
}

interface CriseCentres {
  adresse: string;
  capacite: number;
  contratId: number;
  creeLe: Timestamp;
  creePar: string;
  criseId: string;
  etat: "prevu" | "ouvert" | "ferme";
  fermeLe: Timestamp | null;
  genre: string;
  id: Generated<string>;
  lat: number | null;
  lon: number | null;
  nom: string;
  ouvertLe: Timestamp | null;
  parentId: string | null;
  territoireId: string;
}

interface CriseComptages {
  annule: string | null;
  centreId: string;
  code: Generated<string>;
  contratId: number;
  ditLe: Timestamp;
  guichet: string;
  id: string;
  nombre: number;
  parId: string;
  quoi: "arrivee" | "depart" | "besoin";
  recuLe: Timestamp;
}

interface CriseCorrespondants {
  contratId: number;
  criseId: string;
  designeLe: Timestamp;
  designePar: string;
  fonction: string;
  joignable: string;
  nom: string;
}

interface CriseMoyenEtats {
  contratId: number;
  demandeId: string;
  etat: "demande" | "accorde" | "refuse" | "retire" | "en_route" | "sur_place" | "rendu";
  le: Timestamp;
  motif: Generated<string>;
  organisationId: string;
  par: string;
  rang: number;
}

interface CriseMoyens {
  contratId: number;
  criseId: string;
  demandeurId: string;
  etat: "demande" | "accorde" | "refuse" | "retire" | "en_route" | "sur_place" | "rendu";
  etatLe: Timestamp;
  id: Generated<string>;
  lieu: string;
  moyen: string;
  nombre: number;
  numero: number;
}

interface CriseNoteEnvois {
  contratId: number;
  duLe: Timestamp;
  envoyeLe: Timestamp;
  escaladeLe: Timestamp | null;
  fonction: string;
  id: Generated<string>;
  inscritId: string;
  mairieId: string;
  motif: "liste" | "astreinte" | "silence" | "rebond" | "retard";
  partiLe: Timestamp | null;
  rebondLe: Timestamp | null;
}

interface CriseNoteMairies {
  accuseFonction: string | null;
  accuseLe: Timestamp | null;
  accuseVoie: "lien" | "compte" | null;
  contratId: number;
  criseId: string;
  id: Generated<string>;
  note: number;
  organisationId: string;
  retour: number | null;
  sansSuiteLe: Timestamp | null;
  territoireId: string;
}

interface CriseNotes {
  contratId: number;
  corrige: number | null;
  criseId: string;
  entree: number;
  envoyeeLe: Timestamp;
  numero: number;
  origine: string;
}

interface CrisePoints {
  au: Timestamp;
  auNumero: number;
  contenu: Json;
  contratId: number;
  criseId: string;
  du: Timestamp;
  duNumero: Generated<number>;
  id: Generated<string>;
  numero: number;
  redigeLe: Timestamp;
  redigePar: string;
  signeFonction: string | null;
  signeLe: Timestamp | null;
  signePar: string | null;
  synthese: Generated<string>;
  version: Generated<number>;
}

interface CriseRetex {
  contratId: number;
  criseId: string;
  participants: number;
  signeLe: Timestamp;
  signePar: string;
  synthese: string;
  temps: "chaud" | "froid";
  tenuLe: string;
}

interface CriseRythmes {
  contratId: number;
  criseId: string;
  le: Timestamp;
  minutes: number;
  par: string;
  rang: number;
}

interface Crises {
  anonymiseeLe: Timestamp | null;
  archiveeLe: Timestamp | null;
  closeLe: Timestamp | null;
  commandement: string;
  commandementLe: Timestamp;
  contratId: number;
  erreurLe: Timestamp | null;
  etat: Generated<"ouverte" | "close" | "archivee">;
  exercice: boolean;
  fiche: string;
  id: Generated<string>;
  jointeA: string | null;
  lieu: Generated<string>;
  ouverteLe: Timestamp;
  ouvertePar: string | null;
  pourLeConseil: Generated<string>;
  territoireId: string;
  titre: string;
  type: string;
  version: Generated<number>;
}

interface CriseServices {
  contratId: number;
  criseId: string;
  depuis: Timestamp;
  ditPar: string;
  etat: "normal" | "degrade" | "ferme" | "renforce";
  id: Generated<string>;
  le: Timestamp;
  lieu: Generated<string>;
  note: Generated<string>;
  organisationId: string | null;
  par: string;
  service: string;
  territoireId: string;
}

interface CriseStocks {
  contratId: number;
  ditLe: Timestamp | null;
  ditPar: Generated<string>;
  moyen: string;
  total: number | null;
}

interface CriseTaches {
  contratId: number;
  criseId: string;
  entite: string;
  faiteLe: Timestamp | null;
  numero: number;
  organisationId: string;
  par: string;
  tache: string;
}

interface DecisionComptes {
  cle: string;
  confidentialite: string;
  contratId: number;
  etat: string;
  nombre: number;
  origineGenre: string;
  origineId: string;
}

interface Decisions {
  auteur: string;
  cherche: Generated<string | null>;
  closeLe: string | null;
  condition: Generated<string>;
  confidentialite: "publique" | "partenaires" | "restreinte" | "nommee";
  contratId: number;
  creeLe: Timestamp;
  diteLe: Timestamp | null;
  diteOrganisation: string | null;
  ditePar: string | null;
  echeance: string | null;
  etat: Generated<"a_faire" | "en_cours" | "bloque" | "fait" | "abandonne">;
  fiche: string | null;
  id: Generated<string>;
  libelle: string;
  ligne: string | null;
  modifieLe: Timestamp;
  modifiePar: string;
  motif: Generated<string>;
  nature: "decision" | "action";
  numero: number;
  origineGenre: string;
  origineId: string;
  pointId: string | null;
  preuve: Generated<string>;
  preuveLien: Generated<string>;
  recherche: Generated<string | null>;
  responsableCourriel: Generated<string>;
  responsableId: string;
  responsableNom: Generated<string>;
  seanceId: string | null;
  territoireId: string;
  version: Generated<number>;
}

interface DecisionVersions {
  contenu: Json;
  contratId: number;
  decisionId: string;
  par: string;
  quand: Timestamp;
  version: number;
}

interface DemandeBilanComptes {
  circuit: string;
  contestes: number;
  contratId: number;
  faits: number;
  minutes: number;
  periode: string;
  recus: number;
  repondus: number;
  resolus: number;
  territoireId: string;
}

interface DemandeBilanLignes {
  cle: string;
  contestes: number | null;
  contratId: number;
  faits: number | null;
  genre: "total" | "lieu" | "partie" | "circuit";
  lieu: string;
  minutes: number | null;
  periode: string;
  recus: number | null;
  repondus: number | null;
  resolus: number | null;
}

interface DemandeBilans {
  arreteLe: Timestamp;
  contratId: number;
  notes: Generated<number>;
  periode: string;
  totalDesNotes: Generated<number>;
}

interface DemandeComptes {
  circuit: string;
  contratId: number;
  etat: string;
  nombre: number;
  part: number;
  serviceId: string;
}

interface DemandeEvenements {
  acte: string;
  auteur: Generated<string>;
  auteurId: string | null;
  contratId: number;
  de: string | null;
  demandeId: string;
  jour: string | null;
  lecteurs: string[] | null;
  lien: Generated<string>;
  listee: Generated<boolean>;
  message: Generated<string>;
  motif: Generated<string>;
  note: Generated<string>;
  organisationId: string | null;
  quand: Timestamp;
  rang: number;
  serviceId: string | null;
  vers: string | null;
}

interface DemandeMois {
  circuit: string;
  contestes: number;
  contratId: number;
  faits: number;
  minutesDeReponse: number;
  mois: string;
  notes: number;
  ouverts: number;
  part: number;
  recus: number;
  repondus: number;
  resolus: number;
  territoireId: string;
  totalDesNotes: number;
}

interface DemandeOperations {
  activiteId: string;
  contratId: number;
  demandeId: string;
  lieeLe: Timestamp;
  lieePar: string;
  rendueLe: Timestamp | null;
}

interface DemandePhotos {
  contenu: Buffer | null;
  contratId: number;
  decideeLe: Timestamp | null;
  decideePar: Generated<string>;
  demandeId: string;
  etat: Generated<"retenue" | "publiee" | "ecartee" | "effacee">;
  hauteur: number;
  id: Generated<string>;
  largeur: number;
  recueLe: Timestamp;
}

interface DemandeQuartierLignes {
  chaud: boolean | null;
  contratId: number;
  genre: "total" | "lieu" | "quartier";
  lieu: string;
  nombre: number | null;
  periode: string;
  voie: string;
}

interface DemandeQuartiers {
  arreteLe: Timestamp;
  contratId: number;
  periode: string;
  voie: string;
}

interface Demandes {
  activiteId: string | null;
  adresse: Generated<string>;
  agent: Generated<string>;
  agentId: string | null;
  anonymiseeLe: Timestamp | null;
  auteurId: string | null;
  auteurOrganisation: string | null;
  canal: string;
  categorie: string;
  circuit: string;
  closLe: Timestamp | null;
  confirmeLe: Timestamp | null;
  contesteLe: Timestamp | null;
  contratId: number;
  duLe: string | null;
  effaceApres: Timestamp | null;
  etat: string;
  etatLe: Timestamp;
  faitLe: Timestamp | null;
  heure: number | null;
  id: string;
  jour: string;
  lat: number | null;
  lecteurs: string[] | null;
  lieuCle: string | null;
  lon: number | null;
  maille: Generated<number | null>;
  meneurId: string | null;
  modifieLe: Timestamp;
  modifiePar: Generated<string>;
  note: number | null;
  numero: Generated<number>;
  prevueLe: string | null;
  qualifieeLe: Timestamp | null;
  recuLe: Timestamp;
  registre: string | null;
  reponduLe: Timestamp | null;
  reponses: Generated<Json>;
  roleReferent: Generated<string>;
  serviceId: string;
  territoireId: string;
  texte: Generated<string>;
  textePublic: Generated<string>;
  theme: string;
  titre: string;
  version: Generated<number>;
}

interface DemandesDroits {
  anonymiseeLe: Timestamp | null;
  contratId: number;
  creeLe: Generated<Timestamp>;
  creePar: string | null;
  demandeur: string | null;
  echeance: Generated<string>;
  etat: Generated<"recue" | "en_cours" | "prolongee" | "repondue" | "refusee">;
  id: Generated<string>;
  modifieLe: Generated<Timestamp>;
  modifiePar: string | null;
  motif: string | null;
  moyen: "courriel" | "courrier" | "guichet" | "telephone" | "autre";
  nature: "acces" | "rectification" | "effacement" | "limitation" | "opposition" | "information";
  objet: string;
  prolongeeLe: string | null;
  recueLe: string;
  repondueLe: string | null;
  reponse: string | null;
  version: Generated<number>;
}

interface DemandesDroitsVersions {
  contratId: number;
  demandeId: string;
  echeance: string;
  etat: string;
  modifieLe: Timestamp;
  modifiePar: string | null;
  motif: string | null;
  reponse: string | null;
  version: number;
}

interface DemandeSuiveurs {
  anonymiseeLe: Timestamp | null;
  confirmeLe: Timestamp | null;
  contact: Buffer | null;
  contratId: number;
  creeLe: Timestamp;
  demandeId: string;
  dit: "resolu" | "non-resolu" | "conteste" | null;
  ditLe: Timestamp | null;
  effacerLe: Timestamp | null;
  empreinte: Buffer;
  id: Generated<string>;
  note: number | null;
  sceau: Generated<string>;
}

interface Demonstrations {
  contratId: number;
  debut: Timestamp;
  fin: Timestamp | null;
}

interface DocumentLecteurs {
  anonymiseeLe: Timestamp | null;
  compteId: string | null;
  contratId: number;
  courriel: string;
  documentId: string;
  envoyeLe: Timestamp;
  id: Generated<string>;
  luLe: Timestamp | null;
  luVoie: "compte" | "lien" | null;
  nom: string;
  organisationId: string;
  ouvertLe: Timestamp | null;
  tour: Generated<number>;
}

interface DocumentsDiffuses {
  anonymiseeLe: Timestamp | null;
  contratId: number;
  diffuseLe: Timestamp;
  diffusePar: string;
  fichier: Buffer | null;
  fichierNom: Generated<string>;
  fichierType: Generated<string>;
  id: Generated<string>;
  jusquAu: string;
  lireAvant: string;
  liste: string;
  organisationId: string;
  pourInstances: Generated<string[]>;
  pourOrganisations: Generated<string[]>;
  pourRoles: Generated<string[]>;
  remplace: string | null;
  retireLe: Timestamp | null;
  retireMotif: Generated<string>;
  retirePar: Generated<string>;
  texte: string;
  titre: string;
  version: number;
}

interface EcheanceEnvois {
  contratId: number;
  destinataire: string;
  jour: string;
  lignes: number;
}

interface EcheanceRappels {
  base: string;
  contratId: number;
  destinataire: string;
  echeanceId: string;
  envoyeLe: Timestamp;
  motif: "rappel" | "escalade" | "demande";
  pas: number;
}

interface Echeances {
  chemin: string;
  contratId: number;
  courriel: Generated<string>;
  dueLe: string | null;
  fiche: string | null;
  genre: string;
  id: Generated<string>;
  module: string;
  objet: Generated<string | null>;
  objetId: string;
  ordre: Generated<string | null>;
  organisationId: string;
  ouverteLe: string;
  periode: Generated<string>;
  personne: Generated<string>;
  sansObjetLe: Timestamp | null;
  sansObjetMotif: Generated<string>;
  soldeChemin: Generated<string>;
  soldeeLe: Timestamp | null;
  soldeePar: Generated<string>;
  soldeEtat: Generated<"" | "a_valider" | "valide" | "conteste">;
  sujet: string;
  suspendueLe: string | null;
  territoireId: string | null;
  titre: string;
}

interface EnqueteChiffres {
  contratId: number;
  mesureId: string;
  vagueId: string;
  version: number;
}

interface EnqueteComptes {
  contratId: number;
  nombre: number;
  question: string;
  strate: string;
  vagueId: string;
  valeur: string;
}

interface EnqueteInvitations {
  contratId: number;
  empreinte: Buffer;
  utilisee: Generated<boolean>;
  vagueId: string;
}

interface EnqueteInvites {
  adresse: string;
  contratId: number;
  vagueId: string;
}

interface EnqueteTextes {
  contratId: number;
  id: Generated<string>;
  question: string;
  texte: string;
  vagueId: string;
}

interface EnqueteVagues {
  acces: "ouvert" | "invitation";
  closeLe: Timestamp | null;
  closePar: string | null;
  contratId: number;
  creeeLe: Timestamp;
  creeePar: string;
  creeeParId: string;
  debiteur: string;
  debut: string;
  definition: Json;
  demandeurs: Generated<Json>;
  enquete: string;
  fin: string;
  id: Generated<string>;
  invites: number | null;
  mesures: Generated<Json>;
  organisationId: string;
  periode: string;
  releveesLe: string | null;
  reponses: Generated<number>;
  reponsesRelevees: Generated<number>;
  territoireId: string;
  tirage: "aleatoire" | "volontaires" | "tous";
}

interface Entetes {
  adresse: Generated<string>;
  contratId: number;
  courriel: Generated<string>;
  lieu: Generated<string>;
  logoAlt: Generated<string>;
  logoId: string | null;
  modifieLe: Timestamp;
  modifiePar: string;
  nom: string;
  organisationId: string;
  telephone: Generated<string>;
  territoireId: string;
  version: Generated<number>;
}

interface Etapes {
  charge: Generated<Json>;
  compteId: string | null;
  contratId: number;
  empreinte: Buffer;
  expireLe: Timestamp;
  genre: "second_facteur" | "cle" | "inscription_cle" | "oidc";
}

interface ExerciceInjects {
  attendu: string;
  contratId: number;
  criseId: string;
  destinataireId: string;
  id: Generated<string>;
  minute: number;
  organisationId: string | null;
  rang: number;
  suite: string | null;
  texte: string;
  titre: string;
  traiteLe: Timestamp | null;
  traiteMinute: number | null;
  traitePar: string | null;
}

interface Exercices {
  contratId: number;
  criseId: string;
  departLe: Timestamp | null;
  etablissementId: string | null;
  finLe: Timestamp | null;
  pauseLe: Timestamp | null;
  pausesS: Generated<number>;
  population: Generated<number>;
  populationOu: Generated<string>;
  scenario: string;
}

interface Fichiers {
  contenu: Buffer;
  contratId: number;
  creeLe: Generated<Timestamp>;
  garde: Generated<boolean>;
  id: Generated<string>;
  nom: string;
  type: string;
}

interface FiltresComptes {
  contratId: number;
  entierLe: Timestamp | null;
  filtre: number;
  parti: Generated<boolean>;
  repereFait: string | null;
  repereJour: string | null;
  source: string;
  vide: Generated<boolean>;
}

interface FormulaireDiffusions {
  circuit: string;
  contratId: number;
  mois: string;
  nombre: Generated<number>;
}

interface ImportColonnes {
  colonnes: Json;
  constantes: Generated<Json>;
  contratId: number;
  employeLe: Timestamp;
  fichier: string;
  modifieLe: Timestamp;
  modifiePar: string;
  organisationId: string;
  registre: string;
  version: Generated<number>;
}

interface InstanceContributions {
  accepteeLe: Timestamp | null;
  anonymiseeLe: Timestamp | null;
  contratId: number;
  demandeId: string | null;
  ecarteeLe: Timestamp | null;
  etat: Generated<"recue" | "acceptee" | "ecartee" | "repondue">;
  id: Generated<string>;
  instanceId: string;
  motif: Generated<string>;
  objet: string;
  recueLe: Timestamp;
  repondueLe: Timestamp | null;
  reponse: Generated<string>;
  texte: string;
  traitePar: Generated<string>;
}

interface InstanceDemandes {
  auteur: string;
  compteId: string | null;
  contratId: number;
  creeLe: Generated<Timestamp>;
  etat: Generated<"ouverte" | "inscrite" | "ecartee">;
  expose: Generated<string>;
  habitant: Generated<boolean>;
  id: Generated<string>;
  instanceId: string;
  organisationId: string;
  reponse: Generated<string>;
  titre: string;
}

interface InstanceLiens {
  activiteId: string;
  contratId: number;
  id: Generated<string>;
  par: string;
  porteur: "probleme" | "seance";
  porteurId: string;
  quand: Timestamp;
  registre: string;
  retireLe: Timestamp | null;
  retirePar: Generated<string>;
}

interface InstanceMembres {
  absentJusquau: string | null;
  contratId: number;
  courriel: Generated<string>;
  debut: string;
  fin: string | null;
  fonction: string;
  id: Generated<string>;
  instanceId: string;
  modifieLe: Timestamp | null;
  modifiePar: Generated<string>;
  nom: Generated<string>;
  ordre: Generated<number>;
  organisationId: string;
  qualite: "president" | "secretaire" | "membre" | "invite";
  referentId: string | null;
  roleReferents: Generated<string>;
  suppleantCourriel: Generated<string>;
  suppleantNom: Generated<string>;
  version: Generated<number>;
}

interface InstanceRattachements {
  contratId: number;
  debut: string;
  fin: string | null;
  id: Generated<string>;
  instanceId: string;
  mission: Generated<string>;
  modifieLe: Generated<Timestamp>;
  modifiePar: Generated<string>;
  parenteId: string;
  version: Generated<number>;
}

interface InstanceRemontees {
  auteur: string;
  compteId: string | null;
  contratId: number;
  creeLe: Timestamp;
  decisionId: string | null;
  deConfidentialite: "publique" | "partenaires" | "restreinte" | "nommee";
  deId: string;
  etat: Generated<"transmise" | "inscrite" | "decidee" | "refusee" | "retiree">;
  expose: Generated<string>;
  id: Generated<string>;
  inscriteJour: string | null;
  inscriteSeanceId: string | null;
  nature: "proposition" | "avis" | "point";
  reponduLe: Timestamp | null;
  reponduPar: Generated<string>;
  reponse: Generated<string>;
  seanceId: string | null;
  titre: string;
  versConfidentialite: "publique" | "partenaires" | "restreinte" | "nommee";
  versId: string;
}

interface Instances {
  cadenceMois: number | null;
  closeLe: string | null;
  confidentialite: "publique" | "partenaires" | "restreinte" | "nommee";
  confidentialiteMotif: Generated<string>;
  contratId: number;
  creeLe: Generated<Timestamp>;
  creePar: string | null;
  dureeMinutes: Generated<number>;
  fiches: Generated<string[]>;
  heure: Generated<string>;
  id: Generated<string>;
  lieu: Generated<string>;
  modifieLe: Timestamp | null;
  modifiePar: Generated<string>;
  nom: string;
  nomEntier: Generated<string>;
  objet: Generated<string>;
  porteurId: string;
  recherche: Generated<string | null>;
  territoireId: string;
  type: string | null;
  version: Generated<number>;
  vote: Generated<boolean>;
}

interface JetonsApi {
  compteId: string;
  contratId: number;
  creeLe: Generated<Timestamp>;
  empreinte: Buffer;
  expireLe: Timestamp;
  forte: Generated<boolean>;
  id: Generated<string>;
  mandats: Generated<string[]>;
  nom: string;
  portees: string[];
  revoqueLe: Timestamp | null;
  vuLe: Timestamp | null;
}

interface Liens {
  charge: Generated<Json>;
  compteId: string | null;
  contratId: number;
  courriel: string;
  creeLe: Generated<Timestamp>;
  creePar: string | null;
  empreinte: Buffer;
  expireLe: Timestamp;
  forte: Generated<boolean>;
  genre: "invitation" | "mot_de_passe";
  id: Generated<string>;
  utiliseLe: Timestamp | null;
}

interface LieuContours {
  anneau: number;
  contour: string;
  contratId: number;
  lieuId: string;
  partie: number;
}

interface LieuImports {
  auteur: string;
  avertissements: Generated<string[]>;
  bilan: Json | null;
  contratId: number;
  creeLe: Generated<Timestamp>;
  creePar: string | null;
  depuis: string | null;
  fermer: Generated<boolean>;
  fichier: string;
  id: Generated<string>;
  licence: string;
  lus: Json;
  publieLe: Timestamp | null;
  source: string;
  type: string;
}

interface Lieux {
  code: string;
  contratId: number;
  depuis: string | null;
  geometrie: Json;
  id: Generated<string>;
  importeLe: Generated<Timestamp>;
  importePar: string;
  jusquAu: string | null;
  lat: Generated<number | null>;
  licence: string;
  lon: Generated<number | null>;
  nom: string;
  remplace: Generated<boolean>;
  source: string;
  type: string;
}

interface ListesExtensions {
  auteur: string;
  champ: string;
  code: string;
  contratId: number;
  creeLe: Generated<Timestamp>;
  libelle: string;
  registre: string;
}

interface LotLignes {
  activiteId: string | null;
  avertissements: Generated<Json>;
  cellules: Generated<Json>;
  contenu: Json | null;
  contratId: number;
  erreurs: Generated<Json>;
  etat: "nouvelle" | "corrigee" | "connue" | "erreur";
  idExterne: string | null;
  lotId: string;
  numero: number;
  revision: Generated<number>;
  revueLe: Timestamp | null;
  revuePar: Generated<string>;
  version: number | null;
}

interface Lots {
  aApparier: Generated<boolean>;
  annuleLe: Timestamp | null;
  annulePar: string | null;
  auteur: string;
  classeur: Buffer | null;
  colonnesDe: Json | null;
  connues: Generated<number>;
  constantes: Generated<Json>;
  contratId: number;
  corrigees: Generated<number>;
  creeLe: Generated<Timestamp>;
  creePar: string | null;
  empreinte: string;
  encodage: string | null;
  enErreur: Generated<number>;
  entetes: Generated<Json>;
  etat: Generated<"prepare" | "publie" | "annule">;
  feuille: string | null;
  feuilles: Generated<Json>;
  fichier: string;
  gardees: Generated<number>;
  id: Generated<string>;
  ligneTitres: number | null;
  lues: Generated<number>;
  nouvelles: Generated<number>;
  publieLe: Timestamp | null;
  publiePar: string | null;
  registre: string;
  remarques: Generated<Json>;
  retablies: Generated<number>;
  separateur: string | null;
}

interface MaillesAjoutees {
  categorie: string;
  contratId: number;
  jourSemaine: number;
  maille: number;
  mois: string;
  nombre: number;
  origine: string;
  rang: Generated<number>;
  tranche: number;
}

interface MaillesComptees {
  categorie: string;
  contratId: number;
  jourSemaine: number;
  maille: number;
  mois: string;
  nombre: number;
  origine: string;
  tranche: number;
}

interface MaillesConnues {
  contratId: number;
  maille: number;
  nombre: number;
  territoireId: string;
}

interface MaillesPliees {
  categorie: string;
  contratId: number;
  jours: "" | "semaine" | "week-end";
  mailles: ArrayType<number>;
  mois: string;
  nombres: number[];
  origine: string;
  tranche: number;
}

interface MainCourante {
  arriveLe: Timestamp;
  auteur: string;
  auteurId: string | null;
  automatique: Generated<boolean>;
  canal: string;
  classe: string;
  cle: string;
  confirme: Generated<string[]>;
  contenu: string;
  contratId: number;
  criseId: string;
  decideur: Generated<string>;
  duLe: Timestamp | null;
  ecartMs: Generated<number>;
  empreinte: Buffer;
  ligne: string;
  numero: number;
  ordre: number;
  organisationId: string;
  poste: string;
  precedente: Buffer;
  renvoi: number | null;
  renvoiGenre: "correction" | "fait" | null;
  saisiLe: Timestamp;
  source: Generated<string>;
  survenuLe: Timestamp;
  tardive: Generated<boolean>;
  vers: Generated<string>;
}

interface MainCouranteTetes {
  contratId: number;
  criseId: string;
  effaceeLe: Timestamp | null;
  empreinte: Buffer;
  numero: number;
}

interface Mandats {
  accordePar: string;
  compteId: string;
  contratId: number;
  creeLe: Generated<Timestamp>;
  debut: string;
  delegueDe: string | null;
  fiche: string | null;
  fin: string | null;
  id: Generated<string>;
  propositionId: string | null;
  registre: string | null;
  role: string;
  terminePar: string | null;
  territoireId: string | null;
}

interface MessagesRelayes {
  aConfirmerAvant: Timestamp | null;
  capRecuId: string | null;
  confirmeCompteId: string | null;
  confirmeLe: Timestamp | null;
  confirmePar: Generated<string>;
  contratId: number;
  empreinte: string;
  exercice: boolean;
  expireLe: Timestamp;
  fin: "expire" | "retire" | "remplace" | "non-confirme" | null;
  finiLe: Timestamp | null;
  finMotif: Generated<string>;
  finPar: Generated<string>;
  genre: string;
  id: Generated<string>;
  organisationId: string;
  origineEmetteur: Generated<string>;
  origineId: string;
  origineIdentifiant: Generated<string>;
  origineLe: Timestamp;
  origineLien: Generated<string>;
  porteeId: string;
  recopie: boolean;
  relayeCompteId: string | null;
  relayeLe: Timestamp;
  relayePar: string;
  remplaceId: string | null;
  territoireId: string;
  texte: string;
  titre: string;
}

interface MesureAnnees {
  annee: number;
  contratId: number;
  mesureId: string;
  nombre: number;
  sansValeur: Generated<number>;
  somme: Generated<Numeric>;
  territoireId: string;
  ventilation: Generated<Json>;
}

interface MesureCellules {
  contratId: number;
  mesureId: string;
  mois: string;
  nombre: number;
  sansValeur: Generated<number>;
  somme: Generated<Numeric>;
  territoireId: string;
  ventilation: Generated<Json>;
}

interface MesureFormules {
  calcul: Json;
  contratId: number;
  empreinte: string;
  mesureId: string;
  valideDepuis: Generated<Timestamp>;
  valideJusquA: Timestamp | null;
  version: number;
}

interface Methodes {
  contratId: number;
  debiteur: string;
  depuis: string;
  le: Timestamp;
  limites: string;
  mesureId: string;
  methode: string;
  organisationId: string;
  par: string;
  parId: string | null;
  territoireId: string;
  version: number;
}

interface Morceaux {
  contratId: number;
  id: string;
  octets: Buffer;
  rang: number;
}

interface Mouvements {
  autres: Generated<number>;
  chemin: string;
  chiffres: Json;
  contratId: number;
  version: number;
}

interface MouvementsADire {
  chemin: string;
  contratId: number;
  deltas: Json;
  ordre: Generated<number>;
  version: number;
}

interface NominatifCelluleAttentes {
  celluleId: string | null;
  contratId: number | null;
  fin: string | null;
  le: string | null;
  qui: string | null;
}

interface NominatifCelluleChartes {
  celluleId: string;
  contratId: number;
  empreinte: string;
  le: Timestamp;
  texte: Json;
  version: string;
}

interface NominatifCelluleCles {
  boite: Buffer;
  celluleId: string;
  contratId: number;
  epoque: number;
}

interface NominatifCelluleCompteurs {
  celluleId: string;
  contratId: number;
  mois: string;
  nombre: number;
  quoi: "recues" | "recevables" | "examinees" | "suivies" | "accompagnees" | "closes" | "orientations" | "accuses" | "issues" | "detruites" | "seances" | "secours" | "droits";
}

interface NominatifCelluleMembres {
  ancienneBoite: Buffer | null;
  ancienneEnfermee: Buffer | null;
  anciennePublique: Buffer | null;
  boite: Buffer | null;
  boiteEpoque: number | null;
  celluleId: string;
  compteId: string;
  contratId: number;
  debut: string;
  enfermee: Buffer | null;
  enfermeePrf: Buffer | null;
  excluLe: Timestamp | null;
  fin: string | null;
  fonction: string;
  id: Generated<string>;
  motif: "mandat" | "manquement" | "demande" | null;
  nom: string;
  organisationId: string;
  prfCle: string | null;
  prfSel: Buffer | null;
  publique: Buffer | null;
  sceau: Buffer | null;
}

interface NominatifCelluleNombres {
  annee: string;
  celluleId: string;
  contratId: number;
  nombre: number | null;
  quoi: string;
}

interface NominatifCelluleOrigines {
  annee: string;
  celluleId: string;
  contratId: number;
  nombre: number;
  partenaire: string;
}

interface NominatifCellulePoints {
  closLe: Timestamp | null;
  contratId: number;
  id: Generated<string>;
  membreId: string;
  ouvertLe: Timestamp | null;
  rang: number;
  seanceId: string;
  situationId: string;
}

interface NominatifCellulePresences {
  contratId: number;
  id: Generated<string>;
  le: Timestamp;
  membreId: string;
  partiLe: Timestamp | null;
  seanceId: string;
}

interface NominatifCelluleRecherches {
  contratId: number;
  jour: string;
  membreId: string;
  nombre: number;
}

interface NominatifCelluleReglements {
  acte: Generated<string>;
  adopteLe: string;
  celluleId: string;
  contratId: number;
  empreinte: string;
  le: Timestamp;
  par: string;
  parNom: string;
  rang: number;
  reference: string;
}

interface NominatifCellules {
  apresSuiviMois: number | null;
  contratId: number;
  controle: Buffer | null;
  creeeLe: Timestamp;
  creeePar: string;
  dernierNumero: Generated<number>;
  dureesLe: Timestamp | null;
  dureesPar: string | null;
  epoque: Generated<number>;
  genre: string;
  id: Generated<string>;
  partsEpoque: number | null;
  relanceeLe: string | null;
  rotationDueLe: Timestamp | null;
  sansSuiteMois: number | null;
  suiviMois: number | null;
  territoireId: string;
}

interface NominatifCelluleSeances {
  celluleId: string;
  closeLe: Timestamp | null;
  contratId: number;
  creeeLe: Timestamp;
  heure: string;
  id: Generated<string>;
  jour: string;
  membreId: string | null;
  ouverteLe: Timestamp | null;
  presideId: string;
  urgenceId: string | null;
}

interface NominatifCelluleSignatures {
  contratId: number;
  empreinte: string;
  fonction: string;
  membreId: string;
  organisationId: string;
  signeeLe: Timestamp;
  version: string;
}

interface NominatifCelluleUrgences {
  alerteId: string;
  alerteLe: Timestamp;
  celluleId: string;
  contratId: number;
  id: Generated<string>;
  jusquAu: string;
  ouverteLe: Timestamp;
  ouvertePar: string;
  palier: string;
}

interface NominatifCertificats {
  celluleId: string;
  contenu: string;
  contratId: number;
  etabliLe: Timestamp;
  publique: Buffer;
  signature: Buffer;
  situationId: string;
}

interface NominatifSituationAcces {
  accordeLe: Timestamp | null;
  accordePar: string | null;
  avis: "fonde" | "infonde" | null;
  celluleId: string;
  contratId: number;
  demandeLe: Timestamp;
  expireLe: Timestamp;
  genre: "secours" | "archive";
  id: Generated<string>;
  membreId: string;
  motif: string;
  numero: number;
  refuseLe: Timestamp | null;
  relance: Generated<boolean>;
  revuLe: Timestamp | null;
  revuPar: string | null;
  situationId: string;
}

interface NominatifSituationContenus {
  boite: Buffer | null;
  contratId: number;
  groupe: "saisine" | "identite" | "apport" | "differe";
  id: Generated<string>;
  le: Timestamp;
  membreId: string;
  organisationId: string;
  retireeLe: Timestamp | null;
  situationId: string;
}

interface NominatifSituationDemandes {
  avantLe: string;
  celluleId: string;
  contratId: number;
  droit: "acces" | "rectification" | "opposition" | "effacement";
  id: Generated<string>;
  membreId: string;
  motif: string | null;
  numero: number;
  prolongee: Generated<boolean>;
  qui: "personne" | "parents";
  recueLe: string;
  relance: Generated<boolean>;
  repondueLe: string | null;
  reponse: "accueillie" | "refusee" | null;
  situationId: string;
}

interface NominatifSituationHabilitations {
  contratId: number;
  le: Timestamp;
  membreId: string;
  parMembreId: string;
  situationId: string;
}

interface NominatifSituationInformations {
  avantLe: string | null;
  contratId: number;
  id: Generated<string>;
  le: string;
  membreId: string;
  motif: string | null;
  qui: "personne" | "parents";
  rang: Generated<number>;
  relance: Generated<boolean>;
  situationId: string;
}

interface NominatifSituationLectures {
  celluleId: string;
  contratId: number;
  groupes: string[];
  id: Generated<number>;
  le: Timestamp;
  membreId: string;
  motif: string | null;
  numero: number;
  organisationId: string;
  seanceId: string | null;
  situationId: string;
  titre: Generated<"designe" | "present" | "projection" | "secours" | "archive">;
}

interface NominatifSituationOrientations {
  accuseAvant: string;
  accuseLe: string | null;
  celluleId: string;
  contratId: number;
  faiteLe: string;
  genre: string;
  id: Generated<string>;
  issue: string | null;
  issueAvant: string;
  issueLe: string | null;
  lien: Buffer;
  membreId: string;
  relance: Generated<number>;
  situationId: string;
}

interface NominatifSituations {
  aInformer: Generated<"personne" | "parents">;
  celluleId: string;
  contratId: number;
  creeeLe: string;
  destructionLe: string;
  empreinte: Buffer | null;
  etat: "recue" | "recevable" | "examinee" | "suivie" | "close";
  etatLe: string;
  examenAvant: string | null;
  examenRelance: Generated<boolean>;
  id: Generated<string>;
  informationAvant: string;
  informationRelance: Generated<number>;
  numero: number;
  suivieAn: number | null;
  suivieLe: string | null;
  version: Generated<number>;
}

interface NominatifTrousseaux {
  contratId: number;
  creeLe: Timestamp;
  temoin: Buffer;
}

interface Open311Demandes {
  categorie: string;
  circuit: string;
  close: Generated<boolean>;
  contratId: number;
  demandeId: string;
  lieu: string;
  titre: string;
}

interface Open311Mois {
  arreteLe: Timestamp;
  contratId: number;
  mois: string;
}

interface Organisations {
  acteurId: string;
  contratId: number;
  fermeeLe: Timestamp | null;
  modifieLe: Timestamp | null;
  modifiePar: Generated<string>;
  siret: string;
}

interface PointsRecurrents {
  arrete: Generated<boolean>;
  contratId: number;
  expose: Generated<string>;
  id: Generated<string>;
  instanceId: string;
  minutes: Generated<number>;
  modifieLe: Timestamp;
  modifiePar: string;
  rapporteur: Generated<string>;
  titre: string;
  tousLes: Generated<number>;
  version: Generated<number>;
}

interface Problemes {
  auteur: string;
  closLe: string | null;
  confidentialite: "publique" | "partenaires" | "restreinte";
  constat: string;
  contratId: number;
  creeLe: Timestamp;
  critere: Generated<string>;
  echeance: string | null;
  etat: Generated<"ouvert" | "en_cours" | "resolu" | "abandonne">;
  id: Generated<string>;
  instanceId: string;
  lieu: Generated<string>;
  modifieLe: Timestamp;
  modifiePar: string;
  organisationId: string | null;
  publicPhrase: Generated<string>;
  publicValideeLe: Timestamp | null;
  publicValideePar: Generated<string>;
  qui: Generated<string>;
  reponse: Generated<string>;
  resultat: Generated<string>;
  territoireId: string;
  titre: string;
  version: Generated<number>;
}

interface ProblemeSuivis {
  contratId: number;
  de: Generated<string>;
  id: Generated<string>;
  par: string;
  problemeId: string;
  quand: Timestamp;
  texte: string;
  vers: string;
}

interface Propositions {
  charge: Generated<Json>;
  compteId: string;
  contratId: number;
  decideLe: Timestamp | null;
  decidePar: string | null;
  etat: Generated<"ouverte" | "confirmee" | "refusee" | "retiree">;
  expireLe: Timestamp;
  genre: "accorder" | "deleguer" | "finir" | "fermer";
  id: Generated<string>;
  mandatId: string | null;
  motif: string;
  proposeLe: Generated<Timestamp>;
  proposePar: string;
}

interface Purges {
  contratId: number;
  id: Generated<number>;
  limite: Timestamp;
  nombre: number;
  par: string | null;
  quand: Timestamp;
  regle: string;
  simulation: boolean;
}

interface Recherche {
  approche: Generated<string | null>;
  cle: Generated<string | null>;
  contratId: number;
  genre: string;
  id: string;
  poids: Generated<number>;
  texte: string;
  titre: string;
  url: string;
  vecteur: Generated<string | null>;
}

interface RechercheApprise {
  contratId: number;
  jusquA: Timestamp;
}

interface RechercheManques {
  contratId: number;
  dernierJour: string;
  empreinte: string;
  jours: string[];
  mot: string | null;
}

interface RechercheMots {
  contratId: number;
  mot: string;
}

interface RecurrenceDecisions {
  contratId: number;
  decisionId: string;
  effet: Generated<string>;
  effetLe: Timestamp | null;
  lieeLe: Timestamp;
  lieePar: string;
  recurrenceId: string;
}

interface RecurrenceDemandes {
  contratId: number;
  demandeId: string;
  lieeLe: Timestamp;
  recurrenceId: string;
}

interface RecurrenceEvenements {
  acte: string;
  auteur: Generated<string>;
  contratId: number;
  lien: Generated<string>;
  message: Generated<string>;
  organisationId: string | null;
  quand: Timestamp;
  rang: number;
  recurrenceId: string;
}

interface Recurrences {
  adresse: Generated<string>;
  anonymiseeLe: Timestamp | null;
  categorie: string;
  circuit: string;
  closeLe: Timestamp | null;
  contratId: number;
  effaceApres: Timestamp | null;
  id: Generated<string>;
  lat: number | null;
  lecteurs: string[] | null;
  lon: number | null;
  maille: Generated<number | null>;
  modifieLe: Timestamp;
  modifiePar: Generated<string>;
  ouverteLe: Timestamp;
  retours: Generated<number>;
  serviceId: string;
  territoireId: string;
  titre: string;
  version: Generated<number>;
}

interface RecurrenceSuiveurs {
  anonymiseeLe: Timestamp | null;
  confirmeLe: Timestamp | null;
  contact: Buffer | null;
  contratId: number;
  creeLe: Timestamp;
  effacerLe: Timestamp | null;
  id: Generated<string>;
  recurrenceId: string;
  sceau: Generated<string>;
  suiveurId: string;
}

interface Referents {
  absentJusquau: string | null;
  anonymiseeLe: Timestamp | null;
  contratId: number;
  courriel: Generated<string>;
  creeLe: Timestamp;
  debut: string;
  fin: string | null;
  fonction: Generated<string>;
  id: Generated<string>;
  majLe: Timestamp;
  majPar: Generated<string>;
  nom: string;
  organisationId: string;
  role: string;
  suppleantCourriel: Generated<string>;
  suppleantNom: Generated<string>;
  suppleantTelephone: Generated<string>;
  telephone: Generated<string>;
  territoireId: string;
  version: Generated<number>;
}

interface ReleveDocuments {
  contratId: number;
  demandeLe: Timestamp;
  docxId: string | null;
  faitsLe: Timestamp | null;
  origine: string;
  pdfId: string | null;
  seanceId: string;
  travailId: string;
  version: number;
}

interface ReleveEnvois {
  contratId: number;
  envoyeLe: Timestamp;
  joints: number;
  sansAdresse: number;
  seanceId: string;
  vacants: number;
  version: number;
}

interface RelevePublications {
  contenu: Json;
  contratId: number;
  gardes: Generated<Json>;
  passages: Generated<string[]>;
  publieLe: Timestamp;
  publiePar: string;
  retireLe: Timestamp | null;
  retraits: Generated<number>;
  seanceId: string;
  version: number;
}

interface Releves {
  contenu: Json;
  contratId: number;
  empreinte: string;
  figeLe: Timestamp;
  figePar: string;
  motif: Generated<string>;
  numero: string;
  seanceId: string;
  version: number;
}

interface RendezvousPassages {
  code: string;
  commenceLe: Timestamp;
  contratId: number;
  dernierSuccesLe: Timestamp | null;
  echecsDeSuite: Generated<number>;
  etat: "en_cours" | "fait" | "echec";
  finiLe: Timestamp | null;
  message: Generated<string>;
}

interface RetardRaisons {
  attenduLe: string | null;
  contratId: number;
  echeanceId: string;
  le: Timestamp;
  motif: string;
  organisationId: string;
  par: Generated<string>;
  version: number;
}

interface RetexConstats {
  contratId: number;
  criseId: string;
  decisionId: string | null;
  id: Generated<string>;
  le: Timestamp;
  nature: "fort" | "ameliorer";
  organisationId: string;
  par: string;
  temps: "chaud" | "froid";
  texte: string;
}

interface RolesService {
  base: number;
  contratId: number;
  genre: "service" | "travaux" | "public" | "nominatif";
  role: string;
}

interface SeanceAdressesEcartees {
  adresse: string;
  contratId: number;
  organisationId: string;
  par: string;
  participantId: string;
  quand: Timestamp;
}

interface SeanceAmendements {
  auteur: string;
  contratId: number;
  etat: Generated<"propose" | "retenu" | "ecarte">;
  id: Generated<string>;
  participantId: string;
  pointId: string | null;
  quand: Timestamp;
  reponse: Generated<string>;
  seanceId: string;
  texte: string;
}

interface SeanceApprobationReponses {
  acte: "confirmee" | "contestee" | "reprise";
  adresse: Generated<string>;
  contratId: number;
  depuis: Generated<boolean>;
  empreinte: string;
  motif: Generated<string>;
  par: string;
  parLien: Generated<boolean>;
  participantId: string;
  quand: Timestamp;
  rang: number;
  seanceId: string;
  voie: Generated<"" | "titulaire" | "suppleant" | "successeur" | "suppleant_successeur" | "convoque_dabord">;
}

interface SeanceApprobations {
  adresse: Generated<string>;
  contratId: number;
  depuis: Generated<boolean>;
  empreinte: string;
  noteeCompte: string | null;
  noteeDe: Generated<string>;
  noteePar: Generated<string>;
  par: string;
  participantId: string;
  piece: Generated<string>;
  prevenus: number | null;
  quand: Timestamp;
  seanceId: string;
  voie: Generated<"" | "titulaire" | "suppleant" | "successeur" | "suppleant_successeur">;
}

interface SeanceBrouillons {
  champs: Json;
  compteId: string;
  contratId: number;
  ecarteLe: Timestamp | null;
  ecartePar: Generated<string>;
  formulaire: string;
  id: string;
  par: string;
  quand: Timestamp;
  seanceId: string;
}

interface SeanceConvocations {
  adresse: string;
  contratId: number;
  nom: Generated<string>;
  participantId: string;
  partie: Generated<boolean>;
  quand: Timestamp;
  suppleant: boolean;
}

interface SeanceDates {
  contratId: number;
  heure: string;
  id: Generated<string>;
  jour: string;
  seanceId: string;
}

interface SeanceDatesReponses {
  contratId: number;
  dateId: string;
  par: Generated<string>;
  participantId: string;
  quand: Timestamp;
  reponse: "oui" | "si_besoin" | "non";
  voie: Generated<"" | "titulaire" | "notee" | "suppleant">;
}

interface SeanceDocuments {
  contenu: Buffer;
  contratId: number;
  deposeLe: Timestamp;
  deposePar: string;
  id: Generated<string>;
  nom: string;
  octets: number;
  pointId: string | null;
  seanceId: string;
  titre: string;
  type: string;
}

interface SeanceEcartes {
  cle: string;
  contratId: number;
  motif: string;
  par: string;
  quand: Timestamp;
  seanceId: string;
  titre: string;
}

interface SeanceNotes {
  contratId: number;
  par: string;
  pointId: string;
  quand: Timestamp;
  texte: string;
  version: number;
}

interface SeanceParticipants {
  absentJusquau: string | null;
  contratId: number;
  convoqueLe: Timestamp | null;
  courriel: Generated<string>;
  fonction: string;
  id: Generated<string>;
  membreId: string | null;
  nom: Generated<string>;
  nommeEnSeance: Generated<boolean>;
  ordre: Generated<number>;
  organisationId: string;
  presence: "present" | "represente" | "excuse" | "absent" | null;
  qualite: "president" | "secretaire" | "membre" | "invite";
  reponse: "accepte" | "provisoire" | "refuse" | null;
  reponseLe: Timestamp | null;
  reponseMot: Generated<string>;
  reponsePar: Generated<string>;
  reponseVoie: "titulaire" | "notee" | null;
  representeDit: Generated<string>;
  representePar: Generated<string>;
  retireLe: Timestamp | null;
  seanceId: string;
  suppleantCourriel: Generated<string>;
  suppleantNom: Generated<string>;
  suppleantReponse: "accepte" | "provisoire" | "refuse" | null;
  suppleantReponseLe: Timestamp | null;
  suppleantReponseMot: Generated<string>;
  suppleantReponsePar: Generated<string>;
}

interface SeancePoints {
  cle: Generated<string>;
  contratId: number;
  dossier: Json | null;
  dossierLe: Timestamp | null;
  etat: Generated<"a_venir" | "en_cours" | "traite" | "reporte">;
  expose: Generated<string>;
  fiche: string | null;
  genre: "ouverture" | "decision" | "chiffre" | "preuve" | "lieu" | "demande" | "remontee" | "probleme" | "recurrent" | "libre" | "reserve";
  id: Generated<string>;
  ligne: string | null;
  minutes: Generated<number>;
  modifieLe: Timestamp | null;
  modifiePar: Generated<string>;
  notes: Generated<string>;
  notesLe: Timestamp | null;
  notesPar: Generated<string>;
  notesVersion: Generated<number>;
  rang: number;
  rapporteur: Generated<string>;
  seanceId: string;
  secondes: Generated<number>;
  territoireId: string | null;
  titre: string;
  version: Generated<number>;
}

interface SeancePresenceMots {
  acte: "notee" | "contestee" | "reprise" | "classee";
  adresse: Generated<string>;
  avantNom: Generated<string>;
  avantPar: Generated<string>;
  avantPresence: "present" | "represente" | "excuse" | "absent" | null;
  contratId: number;
  depuis: Generated<boolean>;
  motif: Generated<string>;
  nom: Generated<string>;
  organisationId: Generated<string>;
  par: string;
  parLien: Generated<boolean>;
  participantId: string;
  presence: "present" | "represente" | "excuse" | "absent" | null;
  quand: Timestamp;
  rang: number;
  representePar: Generated<string>;
  seanceId: string;
  voie: Generated<"" | "titulaire" | "suppleant" | "representant" | "convoque_dabord">;
}

interface Seances {
  acces: Generated<string>;
  annuleeLe: Timestamp | null;
  confidentialite: "publique" | "partenaires" | "restreinte" | "nommee";
  confidentialiteMotif: Generated<string>;
  contratId: number;
  convoqueeLe: Timestamp | null;
  creeLe: Generated<Timestamp>;
  creePar: string | null;
  dureeMinutes: Generated<number>;
  etat: Generated<"preparation" | "convoquee" | "ouverte" | "relecture" | "figee" | "annulee" | "declaree">;
  figeeLe: Timestamp | null;
  heure: string | null;
  id: Generated<string>;
  instanceId: string;
  jour: string | null;
  leveeLe: Timestamp | null;
  leveePar: Generated<string>;
  lieu: Generated<string>;
  modifieLe: Timestamp | null;
  modifiePar: Generated<string>;
  mot: Generated<string>;
  motifAnnulation: Generated<string>;
  motifRectification: Generated<string>;
  ouverteLe: Timestamp | null;
  partieDe: string | null;
  pointCourant: string | null;
  pointDepuis: Timestamp | null;
  presents: number | null;
  recherche: Generated<string | null>;
  relectureCloseLe: Timestamp | null;
  relectureClosePar: string | null;
  relectureJusquA: string | null;
  relectureTerme: string | null;
  reserveA: string[] | null;
  sequence: Generated<number>;
  titre: string;
  version: Generated<number>;
  visio: Generated<string>;
}

interface SeanceVotes {
  abstention: number;
  contratId: number;
  contre: number;
  id: Generated<string>;
  objet: string;
  par: string;
  pointId: string;
  pour: number;
  quand: Timestamp;
  seanceId: string;
}

interface SecoursCorrections {
  contratId: number;
  demarche: string;
  etapes: string;
  le: Timestamp;
  organisationId: string;
  version: number;
}

interface SecoursReserves {
  contratId: number;
  demarche: string;
  le: Timestamp;
  organisationId: string;
  texte: string;
  version: number;
}

interface SecoursVerifications {
  contratId: number;
  empreinte: string;
  juste: boolean | null;
  le: string;
  moyen: "appel" | "page" | null;
  numero: string;
  organisationId: string | null;
  par: Generated<string>;
  version: number;
}

interface SeriesContexte {
  annee: number;
  contratId: number;
  denominateur: string;
  etat: "valeur" | "secret";
  importeLe: Generated<Timestamp>;
  indicateur: string;
  serie: string;
  taux: Numeric | null;
  territoireId: string;
  unite: string;
  valeur: Numeric | null;
  version: number;
}

interface Sessions {
  adresse: string | null;
  agent: string | null;
  compteId: string;
  confirmeeLe: Generated<Timestamp>;
  contratId: number;
  empreinte: Buffer;
  expireLe: Timestamp;
  forte: Generated<boolean>;
  id: Generated<string>;
  idToken: string | null;
  moyen: Generated<string>;
  ouverteLe: Generated<Timestamp>;
  vueLe: Generated<Timestamp>;
}

interface SignalementEtats {
  contratId: number;
  etat: string;
  lotId: string;
  luLe: Timestamp;
  signalementId: number;
}

interface SignalementLibelles {
  code: string;
  contratId: number;
  genre: "type" | "service";
  libelle: string;
}

interface SignalementLots {
  avertis: number;
  canal: string;
  connus: number;
  contratId: number;
  couvre: Generated<string>;
  derniers: Generated<string>;
  fichier: string;
  id: Generated<string>;
  importeLe: Generated<Timestamp>;
  importePar: string;
  lus: number;
  motifs: Generated<Json>;
  nouveaux: number;
  portee: "tout" | "partie" | null;
  rejetes: number;
  source: string;
}

interface SignalementLotsOuverts {
  contratId: number;
  lotId: string;
}

interface Signalements {
  adresse: string | null;
  canal: string;
  contratId: number;
  id: Generated<number>;
  idExterne: string;
  jour: string;
  lat: number | null;
  lon: number | null;
  lotId: string;
  perimetre: string;
  service: string;
  sousType: string;
  territoireId: string;
  theme: string;
  type: string;
}

interface Soumissions {
  cle: Buffer;
  compteId: string;
  contenu: Buffer;
  contratId: number;
  enCours: Generated<boolean>;
  le: Generated<Timestamp>;
  reponse: Buffer | null;
  route: string;
}

interface StructureAcces {
  contratId: number;
  courriel: string;
  creeLe: Timestamp;
  envoyeLe: Timestamp | null;
  fermeLe: Timestamp | null;
  id: Generated<string>;
  nom: string;
  reponduLe: Timestamp | null;
  structureId: string;
}

interface StructureDoublons {
  contratId: number;
  decideLe: Timestamp | null;
  decidePar: Generated<string>;
  doubleId: string;
  etat: Generated<"propose" | "joint" | "separe">;
  gardeId: string;
  id: Generated<string>;
  raisons: string[];
  trouveLe: Timestamp;
}

interface StructureImports {
  bilan: Json;
  contratId: number;
  fautes: Generated<Json>;
  fichier: string;
  id: Generated<string>;
  le: Timestamp;
  par: string;
}

interface Structures {
  accessibilite: Generated<string[]>;
  accessibiliteLien: Generated<string>;
  adresse: Generated<string>;
  aRelire: Generated<boolean>;
  cleAdresse: Generated<string>;
  cleContrat: Generated<string>;
  cleNom: string;
  cleTelephone: Generated<string>;
  codeInsee: Generated<string>;
  codePostal: Generated<string>;
  commune: Generated<string>;
  complement: Generated<string>;
  contratId: number;
  correspondantCourriel: Generated<string>;
  correspondantNom: Generated<string>;
  corrigeLe: string | null;
  corrigePar: Generated<string>;
  courriel: Generated<string>;
  description: Generated<string>;
  etat: Generated<"publiee" | "retiree">;
  fictive: Generated<boolean>;
  horaires: Generated<string>;
  id: Generated<string>;
  jointeA: string | null;
  label: Generated<string>;
  langues: Generated<string[]>;
  latitude: number | null;
  lienSource: Generated<string>;
  lieuSur: Generated<boolean>;
  longitude: number | null;
  majLe: Timestamp;
  majPar: Generated<string>;
  nom: string;
  organisationId: Generated<string>;
  ouvertures: Generated<string>;
  ouverturesJusquAu: Timestamp | null;
  parenteId: string | null;
  reseaux: Generated<string[]>;
  revoirLe: string;
  secteurId: Generated<string>;
  siret: Generated<string>;
  siteWeb: Generated<string>;
  source: Generated<string>;
  sourceId: Generated<string>;
  sourceLe: string | null;
  systemes: Generated<string[]>;
  telephone: Generated<string>;
  territoireId: string;
  venir: Generated<string>;
  verifieLe: string | null;
  verifiePar: Generated<string>;
  version: Generated<number>;
}

interface StructureServices {
  anonyme: Generated<boolean>;
  autres: Generated<Json>;
  besoins: Generated<string[]>;
  carteId: string;
  conditions: Generated<string>;
  contratId: number;
  description: Generated<string>;
  frais: Generated<"" | "gratuit" | "payant">;
  fraisPrecisions: Generated<string>;
  id: Generated<string>;
  lienMobilisation: Generated<string>;
  majLe: Timestamp;
  majPar: Generated<string>;
  mobilisablePar: Generated<string[]>;
  mobilisationPrecisions: Generated<string>;
  modesAccueil: Generated<string[]>;
  modesMobilisation: Generated<string[]>;
  nom: string;
  publics: Generated<string[]>;
  publicsPrecisions: Generated<string>;
  retireLe: Timestamp | null;
  sansRdv: Generated<boolean>;
  source: Generated<string>;
  sourceId: Generated<string>;
  structureId: string;
  thematiques: Generated<string[]>;
  type: Generated<string>;
  version: Generated<number>;
  zoneEligibilite: Generated<string[]>;
}

interface StructureVersions {
  champs: Generated<Json>;
  contratId: number;
  le: Timestamp;
  par: string;
  quoi: string;
  structureId: string;
  version: number;
  voie: "page" | "lien" | "import" | "commande";
}

interface Syntheses {
  annee: number;
  auteur: string;
  contratId: number;
  empreinte: string;
  fiche: string;
  le: Timestamp;
  organisationId: string;
  territoireId: string;
  texte: string;
  version: number;
}

interface TensionPropositions {
  alerteId: string | null;
  anonymiseeLe: Timestamp | null;
  contratId: number;
  decideeLe: Timestamp | null;
  decideePar: Generated<string>;
  depuis: string;
  etat: Generated<"ouverte" | "alerte" | "ecartee">;
  id: Generated<string>;
  motif: Generated<string>;
  ouverteLe: Timestamp;
  regle: string;
  signaux: number;
  territoireId: string;
}

interface Tensions {
  ailleurs: "oui" | "non" | "inconnu";
  anonymiseeLe: Timestamp | null;
  auteur: Generated<string>;
  auteurId: string | null;
  contratId: number;
  creneau: string;
  ecriteLe: Timestamp;
  fiabilite: number;
  id: Generated<string>;
  jour: string;
  lieu: string;
  nature: string;
  organisationId: string;
  retireeLe: Timestamp | null;
  retireePar: Generated<string>;
  retraitMotif: Generated<string>;
  territoireId: string;
  texte: Generated<string>;
}

interface Territoires {
  code: string | null;
  contratId: number;
  id: string;
  nom: string;
  ordre: number;
  parentId: string | null;
  type: string;
  valideA: string | null;
  valideDe: string | null;
}

interface TextesOfficiels {
  contratId: number;
  importeLe: Generated<Timestamp>;
  objetId: string;
  page: number | null;
  source: string;
  texte: string;
}

interface Travaux {
  charge: Generated<Json>;
  contratId: number;
  creeLe: Generated<Timestamp>;
  demandePar: string | null;
  etat: Generated<"attente" | "en_cours" | "fait" | "echec">;
  fait: Generated<number>;
  finiLe: Timestamp | null;
  genre: string;
  id: Generated<string>;
  libelle: string;
  message: Generated<string>;
  resultat: Json | null;
  total: number | null;
}

interface ValeurChoix {
  contratId: number;
  debiteur: string;
  id: Generated<string>;
  le: Timestamp;
  mesureId: string;
  motif: string;
  par: string;
  parOrganisation: string;
  periode: string;
  rectifieVerrou: string | null;
  territoireId: string;
}

interface ValeurContestations {
  contratId: number;
  duDebiteur: boolean;
  id: Generated<string>;
  le: Timestamp;
  motif: string;
  organisationId: string;
  par: string;
  parId: string | null;
  retireeLe: Timestamp | null;
  retireePar: string | null;
  valeurId: string;
}

interface ValeurPieces {
  contratId: number;
  fichierId: string;
  nom: string;
  rang: number;
  valeurId: string;
}

interface ValeurRecits {
  appuis: string;
  contratId: number;
  difficultes: string;
  faits: string;
  institution: string;
  perspectives: string;
  redacteur: string;
  signataire: string | null;
  signeLe: string | null;
  valeurId: string;
}

interface Valeurs {
  commentaire: Generated<string>;
  confirmeLe: Timestamp | null;
  confirmeOrganisation: string | null;
  confirmePar: string | null;
  confirmeParId: string | null;
  contesteePar: Generated<string[]>;
  contratId: number;
  courante: Generated<boolean>;
  debiteur: string;
  documentAuteur: string | null;
  documentLe: string | null;
  etat: "valeur" | "secret" | "sans_objet";
  fichierId: string | null;
  fichierNom: string | null;
  id: Generated<string>;
  lien: string | null;
  mesureId: string;
  parole: Generated<string>;
  periode: string;
  pourAutrui: Generated<boolean>;
  preparePar: Generated<string[]>;
  rectifieException: string | null;
  rectifieMotif: string | null;
  rectifieVerrou: string | null;
  saisiLe: Generated<Timestamp>;
  saisiPar: string;
  saisiParId: string | null;
  saisiParOrganisation: string;
  source: string;
  territoireId: string;
  texte: string | null;
  valeur: Numeric | null;
  validee: Generated<boolean>;
  valideLe: Timestamp | null;
  valideOrganisation: string | null;
  validePar: string | null;
  valideParId: string | null;
  ventilation: Generated<Json>;
  version: number;
}

interface ValeurSignatures {
  contratId: number;
  fonction: string;
  le: Timestamp;
  organisationId: string;
  par: string;
  parId: string;
  valeurId: string;
}

interface ValeurTotaux {
  attend: boolean;
  attendues: number;
  contratId: number;
  details: Generated<Json>;
  ensemble: "valide" | "recent";
  etat: "valeur" | "manquant" | "secret" | "sans_objet";
  mesureId: string;
  partiel: boolean;
  periode: string;
  provisoire: boolean;
  recues: number;
  territoireId: string;
  texte: string | null;
  valeur: Numeric | null;
  ventilation: Generated<string>;
}

interface VerrouExceptions {
  contratId: number;
  debiteur: string | null;
  fermeeLe: Timestamp | null;
  fermeePar: string | null;
  id: Generated<string>;
  jusquAu: string;
  le: Timestamp;
  mesureId: string;
  motif: string;
  par: string;
  parId: string | null;
  parOrganisation: string;
  verrouId: string;
}

interface Verrous {
  contratId: number;
  fiche: string | null;
  id: Generated<string>;
  le: Timestamp;
  leveLe: Timestamp | null;
  leveMotif: string | null;
  levePar: string | null;
  leveParId: string | null;
  leveParOrganisation: string | null;
  motif: string;
  par: string;
  parId: string | null;
  parOrganisation: string;
  periode: string;
}

export interface DB {
  abonnementDemandes: AbonnementDemandes;
  abonnements: Abonnements;
  abonnes: Abonnes;
  activiteLiens: ActiviteLiens;
  activiteLieux: ActiviteLieux;
  activites: Activites;
  activiteVersions: ActiviteVersions;
  adressesComptees: AdressesComptees;
  alerteCles: AlerteCles;
  alerteEnvois: AlerteEnvois;
  alerteEvenements: AlerteEvenements;
  alerteInscrits: AlerteInscrits;
  alerteMessages: AlerteMessages;
  alerteNavigateurs: AlerteNavigateurs;
  alertePoints: AlertePoints;
  alertes: Alertes;
  alerteTrousDits: AlerteTrousDits;
  appareils: Appareils;
  astreintes: Astreintes;
  audit: Audit;
  auditPurges: AuditPurges;
  auditSceaux: AuditSceaux;
  auditTetes: AuditTetes;
  bilanTextes: BilanTextes;
  calendrierFlux: CalendrierFlux;
  campagneAcces: CampagneAcces;
  campagneBrouillons: CampagneBrouillons;
  campagneDemandes: CampagneDemandes;
  campagneRemises: CampagneRemises;
  campagnes: Campagnes;
  canauxComptes: CanauxComptes;
  capRecus: CapRecus;
  celluleReunions: CelluleReunions;
  cibles: Cibles;
  circuitPeriodes: CircuitPeriodes;
  circuitReleves: CircuitReleves;
  clesAcces: ClesAcces;
  codesSecours: CodesSecours;
  comptes: Comptes;
  connexionEchecs: ConnexionEchecs;
  consigneDiffusions: ConsigneDiffusions;
  consigneEnvois: ConsigneEnvois;
  contexteImports: ContexteImports;
  contours: Contours;
  contratChargements: ContratChargements;
  contratObjets: ContratObjets;
  contrats: Contrats;
  contreValeurs: ContreValeurs;
  controles: Controles;
  conventionCorrections: ConventionCorrections;
  conventionEngagements: ConventionEngagements;
  conventionFaits: ConventionFaits;
  conventionParoles: ConventionParoles;
  conventionParties: ConventionParties;
  conventionRevues: ConventionRevues;
  conventions: Conventions;
  conventionSignataires: ConventionSignataires;
  conventionSignatures: ConventionSignatures;
  conventionVersions: ConventionVersions;
  courriels: Courriels;
  courrielsRecus: CourrielsRecus;
  criseActeurs: CriseActeurs;
  criseAvis: CriseAvis;
  criseCentres: CriseCentres;
  criseComptages: CriseComptages;
  criseCorrespondants: CriseCorrespondants;
  criseMoyenEtats: CriseMoyenEtats;
  criseMoyens: CriseMoyens;
  criseNoteEnvois: CriseNoteEnvois;
  criseNoteMairies: CriseNoteMairies;
  criseNotes: CriseNotes;
  crisePoints: CrisePoints;
  criseRetex: CriseRetex;
  criseRythmes: CriseRythmes;
  crises: Crises;
  criseServices: CriseServices;
  criseStocks: CriseStocks;
  criseTaches: CriseTaches;
  decisionComptes: DecisionComptes;
  decisions: Decisions;
  decisionVersions: DecisionVersions;
  demandeBilanComptes: DemandeBilanComptes;
  demandeBilanLignes: DemandeBilanLignes;
  demandeBilans: DemandeBilans;
  demandeComptes: DemandeComptes;
  demandeEvenements: DemandeEvenements;
  demandeMois: DemandeMois;
  demandeOperations: DemandeOperations;
  demandePhotos: DemandePhotos;
  demandeQuartierLignes: DemandeQuartierLignes;
  demandeQuartiers: DemandeQuartiers;
  demandes: Demandes;
  demandesDroits: DemandesDroits;
  demandesDroitsVersions: DemandesDroitsVersions;
  demandeSuiveurs: DemandeSuiveurs;
  demonstrations: Demonstrations;
  documentLecteurs: DocumentLecteurs;
  documentsDiffuses: DocumentsDiffuses;
  echeanceEnvois: EcheanceEnvois;
  echeanceRappels: EcheanceRappels;
  echeances: Echeances;
  enqueteChiffres: EnqueteChiffres;
  enqueteComptes: EnqueteComptes;
  enqueteInvitations: EnqueteInvitations;
  enqueteInvites: EnqueteInvites;
  enqueteTextes: EnqueteTextes;
  enqueteVagues: EnqueteVagues;
  entetes: Entetes;
  etapes: Etapes;
  exerciceInjects: ExerciceInjects;
  exercices: Exercices;
  fichiers: Fichiers;
  filtresComptes: FiltresComptes;
  formulaireDiffusions: FormulaireDiffusions;
  importColonnes: ImportColonnes;
  instanceContributions: InstanceContributions;
  instanceDemandes: InstanceDemandes;
  instanceLiens: InstanceLiens;
  instanceMembres: InstanceMembres;
  instanceRattachements: InstanceRattachements;
  instanceRemontees: InstanceRemontees;
  instances: Instances;
  jetonsApi: JetonsApi;
  liens: Liens;
  lieuContours: LieuContours;
  lieuImports: LieuImports;
  lieux: Lieux;
  listesExtensions: ListesExtensions;
  lotLignes: LotLignes;
  lots: Lots;
  maillesAjoutees: MaillesAjoutees;
  maillesComptees: MaillesComptees;
  maillesConnues: MaillesConnues;
  maillesPliees: MaillesPliees;
  mainCourante: MainCourante;
  mainCouranteTetes: MainCouranteTetes;
  mandats: Mandats;
  messagesRelayes: MessagesRelayes;
  mesureAnnees: MesureAnnees;
  mesureCellules: MesureCellules;
  mesureFormules: MesureFormules;
  methodes: Methodes;
  morceaux: Morceaux;
  mouvements: Mouvements;
  mouvementsADire: MouvementsADire;
  "nominatif.celluleAttentes": NominatifCelluleAttentes;
  "nominatif.celluleChartes": NominatifCelluleChartes;
  "nominatif.celluleCles": NominatifCelluleCles;
  "nominatif.celluleCompteurs": NominatifCelluleCompteurs;
  "nominatif.celluleMembres": NominatifCelluleMembres;
  "nominatif.celluleNombres": NominatifCelluleNombres;
  "nominatif.celluleOrigines": NominatifCelluleOrigines;
  "nominatif.cellulePoints": NominatifCellulePoints;
  "nominatif.cellulePresences": NominatifCellulePresences;
  "nominatif.celluleRecherches": NominatifCelluleRecherches;
  "nominatif.celluleReglements": NominatifCelluleReglements;
  "nominatif.cellules": NominatifCellules;
  "nominatif.celluleSeances": NominatifCelluleSeances;
  "nominatif.celluleSignatures": NominatifCelluleSignatures;
  "nominatif.celluleUrgences": NominatifCelluleUrgences;
  "nominatif.certificats": NominatifCertificats;
  "nominatif.situationAcces": NominatifSituationAcces;
  "nominatif.situationContenus": NominatifSituationContenus;
  "nominatif.situationDemandes": NominatifSituationDemandes;
  "nominatif.situationHabilitations": NominatifSituationHabilitations;
  "nominatif.situationInformations": NominatifSituationInformations;
  "nominatif.situationLectures": NominatifSituationLectures;
  "nominatif.situationOrientations": NominatifSituationOrientations;
  "nominatif.situations": NominatifSituations;
  "nominatif.trousseaux": NominatifTrousseaux;
  open311Demandes: Open311Demandes;
  open311Mois: Open311Mois;
  organisations: Organisations;
  pointsRecurrents: PointsRecurrents;
  problemes: Problemes;
  problemeSuivis: ProblemeSuivis;
  propositions: Propositions;
  purges: Purges;
  recherche: Recherche;
  rechercheApprise: RechercheApprise;
  rechercheManques: RechercheManques;
  rechercheMots: RechercheMots;
  recurrenceDecisions: RecurrenceDecisions;
  recurrenceDemandes: RecurrenceDemandes;
  recurrenceEvenements: RecurrenceEvenements;
  recurrences: Recurrences;
  recurrenceSuiveurs: RecurrenceSuiveurs;
  referents: Referents;
  releveDocuments: ReleveDocuments;
  releveEnvois: ReleveEnvois;
  relevePublications: RelevePublications;
  releves: Releves;
  rendezvousPassages: RendezvousPassages;
  retardRaisons: RetardRaisons;
  retexConstats: RetexConstats;
  rolesService: RolesService;
  seanceAdressesEcartees: SeanceAdressesEcartees;
  seanceAmendements: SeanceAmendements;
  seanceApprobationReponses: SeanceApprobationReponses;
  seanceApprobations: SeanceApprobations;
  seanceBrouillons: SeanceBrouillons;
  seanceConvocations: SeanceConvocations;
  seanceDates: SeanceDates;
  seanceDatesReponses: SeanceDatesReponses;
  seanceDocuments: SeanceDocuments;
  seanceEcartes: SeanceEcartes;
  seanceNotes: SeanceNotes;
  seanceParticipants: SeanceParticipants;
  seancePoints: SeancePoints;
  seancePresenceMots: SeancePresenceMots;
  seances: Seances;
  seanceVotes: SeanceVotes;
  secoursCorrections: SecoursCorrections;
  secoursReserves: SecoursReserves;
  secoursVerifications: SecoursVerifications;
  seriesContexte: SeriesContexte;
  sessions: Sessions;
  signalementEtats: SignalementEtats;
  signalementLibelles: SignalementLibelles;
  signalementLots: SignalementLots;
  signalementLotsOuverts: SignalementLotsOuverts;
  signalements: Signalements;
  soumissions: Soumissions;
  structureAcces: StructureAcces;
  structureDoublons: StructureDoublons;
  structureImports: StructureImports;
  structures: Structures;
  structureServices: StructureServices;
  structureVersions: StructureVersions;
  syntheses: Syntheses;
  tensionPropositions: TensionPropositions;
  tensions: Tensions;
  territoires: Territoires;
  textesOfficiels: TextesOfficiels;
  travaux: Travaux;
  valeurChoix: ValeurChoix;
  valeurContestations: ValeurContestations;
  valeurPieces: ValeurPieces;
  valeurRecits: ValeurRecits;
  valeurs: Valeurs;
  valeurSignatures: ValeurSignatures;
  valeurTotaux: ValeurTotaux;
  verrouExceptions: VerrouExceptions;
  verrous: Verrous;
}
