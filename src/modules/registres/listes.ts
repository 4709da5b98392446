/**
 * Closed lists shared by several registers, so that a code means the same thing wherever a measure filters on it.
 * A code is never renamed nor removed: records and formulas hold it. Labels may improve. An administrator adds values of
 * the contract at hand (`listes_extensions`); what stands here is common to local prevention contracts.
 */
import type { OptionListe } from './definition.ts';

/** Options from `{ code: label }`; the order written is the order shown. */
export function liste(libelles: Readonly<Record<string, string>>): readonly OptionListe[] {
  return Object.entries(libelles).map(([code, libelle]) => ({ code, libelle }));
}

/** The options of `source` with these codes, in this order; throws on a code that the list does not have. */
export function parmi(source: readonly OptionListe[], ...codes: readonly string[]): readonly OptionListe[] {
  return codes.map((code) => {
    const option = source.find((o) => o.code === code);
    if (!option) throw new Error(`La liste n’a pas de valeur « ${code} ».`);
    return option;
  });
}

export const THEMES = liste({
  citoyennete: 'Citoyenneté et valeurs de la République',
  'harcelement-scolaire': 'Harcèlement scolaire et cyberharcèlement',
  decrochage: 'Absentéisme et décrochage scolaire',
  rixes: 'Rixes, bandes et violences en réunion',
  recidive: 'Prévention de la récidive',
  'mineurs-non-accompagnes': 'Mineurs non accompagnés',
  radicalisation: 'Radicalisation',
  'aide-aux-victimes': 'Aide aux victimes',
  vss: 'Violences sexistes et sexuelles',
  vif: 'Violences intrafamiliales et conjugales',
  'harcelement-de-rue': 'Outrage sexiste et harcèlement de rue',
  prostitution: 'Prostitution et exploitation sexuelle',
  'grande-precarite': 'Grande précarité et personnes à la rue',
  discriminations: 'Racisme, antisémitisme, discriminations et haine anti-LGBT',
  seniors: 'Sécurité des seniors',
  touristes: 'Accueil et sécurité des touristes',
  'derives-sectaires': 'Dérives sectaires',
  'securite-routiere': 'Sécurité routière',
  'vente-a-la-sauvette': 'Vente à la sauvette',
  incivilites: 'Incivilités et nuisances du quotidien',
  'prevention-situationnelle': 'Prévention situationnelle',
  'parc-social': 'Tranquillité du parc social',
  transports: 'Sécurité dans les transports et les gares',
  'vie-nocturne': 'Vie nocturne',
  stupefiants: 'Stupéfiants et conduites addictives',
  'usagers-de-drogue': 'Accompagnement des usagers de drogue',
  'grands-evenements': 'Grands événements',
  'gestion-de-crise': 'Gestion de crise et mise en sûreté',
  rapprochement: 'Rapprochement entre la population et les forces de sécurité',
  autre: 'Autre thème',
});

/** Teams that act on the ground. */
export const SERVICES = liste({
  'police-municipale': 'Police municipale',
  'police-nationale': 'Police nationale (voie publique)',
  mpce: 'Missions de prévention, de contact et d’écoute (MPCE)',
  dpp: 'Division partenariat prévention (DPP)',
  'police-transports': 'Police des transports',
  'mediation-ville': 'Médiateurs de la Ville',
  epm: 'Équipe de médiation de la Ville (EPM)',
  uasa: 'Unité d’assistance aux sans-abri (UASA)',
  bapsa: 'Brigade d’assistance aux personnes sans-abri (BAPSA)',
  'agents-accueil-surveillance': 'Agents d’accueil et de surveillance',
  'proprete-ville': 'Services de propreté de la Ville',
  'action-sociale-ville': 'Services sociaux de la Ville',
  'autre-service-ville': 'Autre service de la Ville',
  'services-etat': 'Autres services de l’État',
  emas: 'Équipe mobile académique de sécurité (EMAS)',
  'personnels-education': 'Personnels de l’Éducation nationale',
  justice: 'Justice (PJJ, SPIP, parquet)',
  'prevention-specialisee': 'Prévention spécialisée',
  association: 'Association',
  bailleur: 'Bailleur social',
  'surveillance-bailleurs': 'Groupement de surveillance des bailleurs',
  transporteur: 'Opérateur de transport',
  secours: 'Sapeurs-pompiers et secours',
  sante: 'Services de santé',
  autre: 'Autre intervenant',
});

export const INSTITUTIONS = liste({
  ville: 'Ville',
  'mairie-arrondissement': 'Mairie d’arrondissement ou de secteur',
  'prefecture-de-police': 'Préfecture de Police',
  'prefecture-de-region': 'Préfecture et services déconcentrés de l’État',
  parquet: 'Parquet et tribunal judiciaire',
  rectorat: 'Éducation nationale',
  bailleur: 'Bailleur social',
  transporteur: 'Opérateur de transport',
  association: 'Association',
  entreprise: 'Entreprise ou organisation professionnelle',
  sante: 'Établissement ou autorité de santé',
  autre: 'Autre',
});

/** Who is addressed by an intervention, an event or a campaign. */
export const PUBLICS = liste({
  eleves: 'Élèves',
  'jeunes-hors-scolaire': 'Jeunes hors temps scolaire',
  etudiants: 'Étudiants',
  parents: 'Parents et familles',
  'personnels-scolaires': 'Personnels des établissements scolaires',
  habitants: 'Habitants, grand public',
  femmes: 'Femmes',
  victimes: 'Victimes',
  seniors: 'Seniors',
  handicap: 'Personnes en situation de handicap',
  'personnes-a-la-rue': 'Personnes à la rue',
  familles: 'Familles à la rue',
  'mineurs-non-accompagnes': 'Mineurs non accompagnés',
  'usagers-de-drogue': 'Usagers de drogue',
  noctambules: 'Noctambules',
  'professionnels-nuit': 'Professionnels de la nuit',
  touristes: 'Touristes et visiteurs',
  hoteliers: 'Hôteliers',
  'acteurs-tourisme': 'Autres acteurs du tourisme',
  'professionnels-immobilier': 'Professionnels de l’immobilier',
  commercants: 'Commerçants',
  salaries: 'Salariés et employeurs',
  locataires: 'Locataires et gardiens du parc social',
  voyageurs: 'Usagers des transports',
  '2rm': 'Conducteurs de deux-roues motorisés',
  edpm: 'Usagers de trottinettes et autres engins (EDPM)',
  cyclistes: 'Cyclistes',
  pietons: 'Piétons',
  'pietons-seniors': 'Piétons seniors',
  professionnels: 'Professionnels de terrain',
  autre: 'Autre public',
});

export const TYPES_ETABLISSEMENT = liste({
  ecole: 'École',
  college: 'Collège',
  'lycee-general': 'Lycée général et technologique',
  'lycee-professionnel': 'Lycée professionnel',
  superieur: 'Enseignement supérieur',
  'autre-etablissement': 'Autre établissement',
});

export const TRANCHES_AGE = liste({
  '6-10': '6 à 10 ans',
  '11-14': '11 à 14 ans',
  '15-17': '15 à 17 ans',
  '18-25': '18 à 25 ans',
  '26-64': '26 à 64 ans',
  '65-plus': '65 ans et plus',
  'tous-ages': 'Plusieurs tranches d’âge',
});

export const MAJORITE = liste({ mineurs: 'Mineurs', majeurs: 'Majeurs', tous: 'Mineurs et majeurs' });

export const ZONES = liste({
  qpv: 'Quartier prioritaire (QPV)',
  qrr: 'Quartier de reconquête républicaine (QRR)',
  zsp: 'Zone de sécurité prioritaire (ZSP)',
  'hors-zone': 'Hors zone prioritaire',
});

export const PERIODES_SCOLAIRES = liste({
  vacances: 'Vacances scolaires',
  mercredi: 'Mercredi',
  'hors-vacances': 'Autre jour',
});

export const CADRES_ACTION = liste({ ordinaire: 'Activité ordinaire', 'grand-evenement': 'Grand événement' });

export const ECHELONS = liste({ local: 'Local (quartier, arrondissement)', parisien: 'Toute la ville' });

export const CRENEAUX = liste({
  journee: 'En journée',
  soiree: 'En soirée',
  'week-end': 'Le week-end',
  'soiree-et-week-end': 'En soirée et le week-end',
});

export const CATEGORIES_STRUCTURE = liste({
  ville: 'Service de la Ville',
  mairie: 'Mairie d’arrondissement ou de secteur',
  etat: 'Service de l’État',
  'operateur-public': 'Opérateur public, SEM ou SPL',
  'centre-social': 'Centre social',
  'centre-animation': 'Centre d’animation',
  bailleur: 'Bailleur social',
  transporteur: 'Opérateur de transport',
  association: 'Association',
  entreprise: 'Entreprise',
});

/** State of a recommendation, from an audit or a walk. */
export const ETATS_PRECONISATION = liste({
  emise: 'Émise',
  acceptee: 'Acceptée',
  programmee: 'Programmée',
  realisee: 'Réalisée',
  ecartee: 'Écartée',
});

/** Judgement on what was built or done after a recommendation. */
export const QUALITES = liste({
  'non-evaluee': 'Pas encore évaluée',
  satisfaisante: 'Satisfaisante',
  partielle: 'Partielle',
  insuffisante: 'Insuffisante',
});

export const TYPES_SITE = liste({
  'etablissement-scolaire': 'Établissement scolaire et abords',
  'equipement-municipal': 'Équipement municipal',
  'ensemble-immobilier': 'Ensemble immobilier social',
  'espace-public': 'Rue, place, espace public',
  'parc-jardin': 'Parc, jardin, bois',
  hotel: 'Hôtel',
  'site-touristique': 'Site touristique ou culturel',
  'gare-station': 'Gare ou station',
  'lieu-festif': 'Établissement ou secteur festif',
  'lieu-de-culte': 'Lieu de culte',
  'operation-amenagement': 'Opération d’aménagement',
  'autre-site': 'Autre site',
});
