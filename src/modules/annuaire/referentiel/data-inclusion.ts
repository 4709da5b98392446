/** Closed lists of data·inclusion v1 (gip-inclusion/data-inclusion-schema, Licence Ouverte): codes of the exchange, as they are published. */
const THEMES: Readonly<Record<string, string>> = {
  'choisir-un-metier':
    'confirmer-son-choix-de-metier connaitre-les-opportunites-demploi decouvrir-un-metier-ou-un-secteur-dactivite identifier-ses-points-forts-et-ses-competences',
  'creer-une-entreprise': 'definir-son-projet-de-creation-dentreprise developper-son-entreprise structurer-son-projet-de-creation-dentreprise',
  'difficultes-administratives-ou-juridiques':
    'accompagnement-aux-demarches-administratives accompagnement-pour-lacces-a-la-citoyennete accompagnement-pour-lacces-aux-droits beneficier-dune-mesure-daccompagnement-adapte connaitre-ses-droits-face-a-une-discrimination prendre-en-compte-une-problematique-judiciaire',
  'difficultes-financieres':
    'acquerir-une-autonomie-budgetaire ameliorer-sa-gestion-budgetaire mettre-en-place-une-mesure-de-protection-financiere prevenir-une-degradation-de-la-situation-financiere situation-dendettement-surendettement',
  'equipement-et-alimentation': 'aide-menagere alimentation electromenager habillement',
  famille: 'garde-denfants prise-en-charge-personne-dependante soutien-a-la-parentalite-et-a-leducation soutien-aidants surmonter-conflits-separation-violence',
  'lecture-ecriture-calcul': 'maitriser-le-calcul maitriser-le-francais',
  'logement-hebergement':
    'acheter-un-logement changer-de-logement louer-un-logement rechercher-une-solution-dhebergement-temporaire reduire-les-impayes-de-loyer se-maintenir-dans-le-logement sinformer-sur-les-demarches-liees-a-lacces-au-logement',
  mobilite:
    'acceder-a-un-vehicule entretenir-reparer-son-vehicule etre-accompagne-dans-son-parcours-mobilite financer-ma-mobilite preparer-un-permis mobilite-douce-partagee-collective',
  numerique: 'acceder-a-des-services-en-ligne acceder-a-une-connexion-internet acquerir-un-equipement maitriser-les-fondamentaux-du-numerique',
  'preparer-sa-candidature':
    'developper-son-reseau organiser-ses-demarches-de-recherche-demploi realiser-un-cv-et-ou-une-lettre-de-motivation valoriser-ses-competences',
  remobilisation: 'activites-sportives-et-culturelles benevolat-action-citoyenne bien-etre-confiance-en-soi lien-social',
  sante: 'acces-aux-soins addictions constituer-un-dossier-mdph-invalidite sante-mentale sante-sexuelle',
  'se-former': 'monter-son-dossier-de-formation trouver-sa-formation',
  'souvrir-a-linternational':
    'connaitre-les-opportunites-demploi-a-letranger sinformer-sur-les-aides-pour-travailler-a-letranger sorganiser-suite-a-son-retour-en-france',
  'trouver-un-emploi':
    'convaincre-un-recruteur-en-entretien faire-des-candidatures-spontanees maintien-dans-lemploi repondre-a-des-offres-demploi suivre-ses-candidatures-et-relancer-les-employeurs',
};
const mots = (t: string): readonly string[] => t.split(/\s+/).filter(Boolean);

export const THEMATIQUES: readonly string[] = Object.entries(THEMES).flatMap(([domaine, sous]) => mots(sous).map((s) => `${domaine}--${s}`));
export const RESEAUX = mots(`
  60000-rebonds aci action-logement adie afpa agefiph ai aidants-connect alliance-villes-emploi anlci apprentis-dauteuil ase banques-alimentaires
  caarud cada caf campus-connecte cap-emploi-reseau-cheops cava ccas-cias chambres-consulaires chantier-ecole chrs chu cidff cmp cms cnam
  collectif-emploi communes coorace conseillers-numeriques cpam cph creches-avip crepi cresus croix-rouge csapa delegataire-conseil-departemental
  departements duo-for-a-job ea eatt ecoles-de-la-deuxieme-chance egee ei eiti emmaus epide esat espaces-publics-numeriques etcld etti
  fabrique-de-territoire face fcsf federation-professionnelle-femmes federation-des-acteurs-de-la-solidarite france-active france-service
  france-travail french-tech geiq grandes-ecoles-du-numerique huda hup inae initiative-france konexio la-cravate-solidaire la-poste les-premieres
  maisons-de-l-emploi maison-departementale-de-lautonomie maisons-des-solidarites mdph mission-locale mjc mobin msap mutualite-sociale-agricole nqt
  pimms-mediation pjj plie points-conseil-budget points-justice positive-planet regions reseau-app reseau-bge reseau-entreprendre
  reseau-information-jeunesse residences-fjt ressourceries restos-du-coeur secours-populaire siao simplon singa snc spip tous-tes-possibles unaf unea
  unis-cite wimoov
`);
export const PUBLICS: Readonly<Record<string, string>> = {
  actifs: 'Personnes qui travaillent',
  'beneficiaires-des-minimas-sociaux': 'Bénéficiaires de minima sociaux',
  'demandeurs-emploi': 'Demandeurs d’emploi',
  etudiants: 'Étudiants',
  familles: 'Familles',
  femmes: 'Femmes',
  jeunes: 'Jeunes',
  'personnes-en-situation-de-handicap': 'Personnes handicapées',
  'personnes-en-situation-durgence': 'Personnes en situation d’urgence',
  'personnes-en-situation-juridique-specifique': 'Personnes suivies par la justice',
  'personnes-exilees': 'Personnes exilées',
  'residents-qpv-frr': 'Habitants des quartiers prioritaires',
  seniors: 'Seniors',
  'tous-publics': 'Tous publics',
};
export const TYPES: readonly string[] = ['accompagnement', 'aide-financiere', 'aide-materielle', 'atelier', 'formation', 'information'];
export const FRAIS: Readonly<Record<string, string>> = { gratuit: 'Gratuit', payant: 'Payant' };
export const MODES_ACCUEIL: Readonly<Record<string, string>> = { 'en-presentiel': 'Sur place', 'a-distance': 'À distance' };
export const MODES_MOBILISATION: Readonly<Record<string, string>> = {
  'se-presenter': 'Se présenter',
  telephoner: 'Téléphoner',
  'envoyer-un-courriel': 'Envoyer un courriel',
  'utiliser-lien-mobilisation': 'Passer par son site',
};
export const MOBILISABLE_PAR: Readonly<Record<string, string>> = { usagers: 'Le public', professionnels: 'Les professionnels' };
/** Code of a commune, of an EPCI, a département, a région or the country. */
export const ZONE = /^(\d{5}|2[AB]\d{3}|\d{9}|\d{2,3}|2[AB]|france)$/;
