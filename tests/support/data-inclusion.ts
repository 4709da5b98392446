/**
 * data·inclusion v1 as its publisher documents it (release 1.0.10, pages « structure », « service » and their closed lists, Licence Ouverte), written
 * down apart from the module that reads and writes it: JSON Schema 2020-12, for a validator of somebody else.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

const mots = (t: string): string[] => t.split(/\s+/).filter(Boolean);
const sous = (theme: string, dits: string): string[] => mots(dits).map((x) => `${theme}--${x}`);

const THEMATIQUES = [
  ...sous('choisir-un-metier', 'confirmer-son-choix-de-metier connaitre-les-opportunites-demploi decouvrir-un-metier-ou-un-secteur-dactivite'),
  ...sous('choisir-un-metier', 'identifier-ses-points-forts-et-ses-competences'),
  ...sous('creer-une-entreprise', 'definir-son-projet-de-creation-dentreprise developper-son-entreprise structurer-son-projet-de-creation-dentreprise'),
  ...sous('difficultes-administratives-ou-juridiques', 'accompagnement-aux-demarches-administratives accompagnement-pour-lacces-a-la-citoyennete'),
  ...sous('difficultes-administratives-ou-juridiques', 'accompagnement-pour-lacces-aux-droits beneficier-dune-mesure-daccompagnement-adapte'),
  ...sous('difficultes-administratives-ou-juridiques', 'connaitre-ses-droits-face-a-une-discrimination prendre-en-compte-une-problematique-judiciaire'),
  ...sous('difficultes-financieres', 'acquerir-une-autonomie-budgetaire ameliorer-sa-gestion-budgetaire mettre-en-place-une-mesure-de-protection-financiere'),
  ...sous('difficultes-financieres', 'prevenir-une-degradation-de-la-situation-financiere situation-dendettement-surendettement'),
  ...sous('equipement-et-alimentation', 'aide-menagere alimentation electromenager habillement'),
  ...sous('famille', 'garde-denfants prise-en-charge-personne-dependante soutien-a-la-parentalite-et-a-leducation soutien-aidants'),
  ...sous('famille', 'surmonter-conflits-separation-violence'),
  ...sous('lecture-ecriture-calcul', 'maitriser-le-calcul maitriser-le-francais'),
  ...sous('logement-hebergement', 'acheter-un-logement changer-de-logement louer-un-logement rechercher-une-solution-dhebergement-temporaire'),
  ...sous('logement-hebergement', 'reduire-les-impayes-de-loyer se-maintenir-dans-le-logement sinformer-sur-les-demarches-liees-a-lacces-au-logement'),
  ...sous('mobilite', 'acceder-a-un-vehicule entretenir-reparer-son-vehicule etre-accompagne-dans-son-parcours-mobilite financer-ma-mobilite'),
  ...sous('mobilite', 'mobilite-douce-partagee-collective preparer-un-permis'),
  ...sous('numerique', 'acceder-a-des-services-en-ligne acceder-a-une-connexion-internet acquerir-un-equipement maitriser-les-fondamentaux-du-numerique'),
  ...sous('preparer-sa-candidature', 'developper-son-reseau organiser-ses-demarches-de-recherche-demploi realiser-un-cv-et-ou-une-lettre-de-motivation'),
  ...sous('preparer-sa-candidature', 'valoriser-ses-competences'),
  ...sous('remobilisation', 'activites-sportives-et-culturelles benevolat-action-citoyenne bien-etre-confiance-en-soi lien-social'),
  ...sous('sante', 'acces-aux-soins addictions constituer-un-dossier-mdph-invalidite sante-mentale sante-sexuelle'),
  ...sous('se-former', 'monter-son-dossier-de-formation trouver-sa-formation'),
  ...sous('souvrir-a-linternational', 'connaitre-les-opportunites-demploi-a-letranger sinformer-sur-les-aides-pour-travailler-a-letranger'),
  ...sous('souvrir-a-linternational', 'sorganiser-suite-a-son-retour-en-france'),
  ...sous('trouver-un-emploi', 'convaincre-un-recruteur-en-entretien faire-des-candidatures-spontanees maintien-dans-lemploi repondre-a-des-offres-demploi'),
  ...sous('trouver-un-emploi', 'suivre-ses-candidatures-et-relancer-les-employeurs'),
];
const RESEAUX = mots(`60000-rebonds aci action-logement adie afpa agefiph ai aidants-connect alliance-villes-emploi anlci apprentis-dauteuil ase
  banques-alimentaires caarud cada caf campus-connecte cap-emploi-reseau-cheops cava ccas-cias chambres-consulaires chantier-ecole chrs chu cidff cmp cms cnam
  collectif-emploi communes conseillers-numeriques coorace cpam cph creches-avip crepi cresus croix-rouge csapa delegataire-conseil-departemental departements
  duo-for-a-job ea eatt ecoles-de-la-deuxieme-chance egee ei eiti emmaus epide esat espaces-publics-numeriques etcld etti fabrique-de-territoire face fcsf
  federation-des-acteurs-de-la-solidarite federation-professionnelle-femmes france-active france-service france-travail french-tech geiq
  grandes-ecoles-du-numerique huda hup inae initiative-france konexio la-cravate-solidaire la-poste les-premieres maison-departementale-de-lautonomie
  maisons-de-l-emploi maisons-des-solidarites mdph mission-locale mjc mobin msap mutualite-sociale-agricole nqt pimms-mediation pjj plie points-conseil-budget
  points-justice positive-planet regions reseau-app reseau-bge reseau-entreprendre reseau-information-jeunesse residences-fjt ressourceries restos-du-coeur
  secours-populaire siao simplon singa snc spip tous-tes-possibles unaf unea unis-cite wimoov`);
const PUBLICS = mots(`actifs beneficiaires-des-minimas-sociaux demandeurs-emploi etudiants familles femmes jeunes personnes-en-situation-de-handicap
  personnes-en-situation-durgence personnes-en-situation-juridique-specifique personnes-exilees residents-qpv-frr seniors tous-publics`);

const texte = { type: ['string', 'null'] };
const uri = { type: ['string', 'null'], format: 'uri' };
const nombre = { type: ['number', 'null'] };
const un = (valeurs: readonly string[]) => ({ enum: [...valeurs, null] });
const plusieurs = (valeurs: readonly string[]) => ({ type: ['array', 'null'], items: { enum: valeurs }, uniqueItems: true });
/** Its producer, then its number there. */
const id = { type: 'string', pattern: '^.+--.+$' };
const nom = { type: 'string', minLength: 3, maxLength: 150 };
const lieu = {
  adresse: texte,
  complement_adresse: texte,
  commune: texte,
  code_postal: { type: ['string', 'null'], pattern: '^\\d{5}$' },
  code_insee: { type: ['string', 'null'], pattern: '^\\w{5}$' },
  longitude: nombre,
  latitude: nombre,
  telephone: texte,
  courriel: { type: ['string', 'null'], format: 'email' },
  horaires_accueil: texte,
  lien_source: uri,
};
const structure = {
  type: 'object',
  required: ['source', 'id', 'nom', 'date_maj'],
  additionalProperties: false,
  properties: {
    source: { type: 'string', minLength: 1 },
    id,
    nom,
    date_maj: { type: 'string', format: 'date' },
    description: { type: ['string', 'null'], maxLength: 10_000 },
    siret: { type: ['string', 'null'], pattern: '^\\d{14}$' },
    site_web: uri,
    accessibilite_lieu: uri,
    reseaux_porteurs: plusieurs(RESEAUX),
    ...lieu,
  },
};
const service = {
  type: 'object',
  required: ['source', 'structure_id', 'id', 'nom', 'description', 'date_maj'],
  additionalProperties: false,
  properties: {
    source: { type: 'string', minLength: 1 },
    structure_id: id,
    id,
    nom,
    description: { type: 'string', minLength: 1, maxLength: 10_000 },
    date_maj: { type: 'string', format: 'date' },
    type: un(mots('accompagnement aide-financiere aide-materielle atelier formation information')),
    thematiques: plusieurs(THEMATIQUES),
    // For everybody, or for some: never both.
    publics: { ...plusieurs(PUBLICS), anyOf: [{ maxItems: 1 }, { not: { type: 'array', contains: { const: 'tous-publics' } } }] },
    publics_precisions: texte,
    conditions_acces: texte,
    frais: un(['gratuit', 'payant']),
    frais_precisions: texte,
    modes_accueil: plusieurs(['a-distance', 'en-presentiel']),
    modes_mobilisation: plusieurs(mots('envoyer-un-courriel se-presenter telephoner utiliser-lien-mobilisation')),
    mobilisable_par: plusieurs(['professionnels', 'usagers']),
    mobilisation_precisions: texte,
    lien_mobilisation: uri,
    zone_eligibilite: { type: ['array', 'null'], items: { type: 'string', pattern: '^(\\d{2,3}|2[AB]|\\d{5}|2[AB]\\d{3}|\\d{9}|france)$' } },
    contact_nom_prenom: texte,
    volume_horaire_hebdomadaire: { type: ['number', 'null'], minimum: 0 },
    nombre_semaines: { type: ['integer', 'null'], minimum: 1 },
    ...lieu,
  },
};

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajvFormats.default(ajv);
export const SCHEMAS = { structure: ajv.compile(structure), service: ajv.compile(service) } as const;
type Objet = Record<string, unknown>;
/** « services 3, frais : must be equal to one of the allowed values »; empty when all of them follow it. */
export const fautesDuSchema = (quoi: keyof typeof SCHEMAS, objets: readonly Objet[]): string[] =>
  objets.flatMap((o, i) => {
    const valide: ValidateFunction = SCHEMAS[quoi];
    return valide(o) ? [] : (valide.errors ?? []).map((e) => `${quoi} ${i}, ${e.instancePath.slice(1)} : ${e.message} ${JSON.stringify(e.params)}`);
  });

const LISTES = ['reseaux_porteurs', 'thematiques', 'publics', 'modes_accueil', 'modes_mobilisation', 'mobilisable_par', 'zone_eligibilite'];
const NOMBRES = ['longitude', 'latitude', 'volume_horaire_hebdomadaire', 'nombre_semaines'];
/** Cells as the schema types them: an empty one says nothing, a list is JSON. */
export const deCellules = (ligne: Readonly<Record<string, string>>): Objet =>
  Object.fromEntries(
    Object.entries(ligne).map(([champ, v]) => [
      champ,
      v === '' ? null : LISTES.includes(champ) ? (JSON.parse(v) as unknown) : NOMBRES.includes(champ) ? Number(v) : v,
    ]),
  );
