import { type ChampLignes, defineRegistre } from '../definition.ts';
import { ETATS_PRECONISATION, liste, QUALITES } from '../listes.ts';

const preconisations: ChampLignes = {
  code: 'preconisations',
  libelle: 'Préconisations',
  type: 'lignes',
  aide: 'Une ligne par préconisation. Mettez à jour son état quand il change.',
  colonnes: [
    { code: 'libelle', libelle: 'Préconisation', type: 'texte', longueurMax: 300, obligatoire: true },
    { code: 'etat', libelle: 'État', type: 'liste', options: ETATS_PRECONISATION, obligatoire: true },
    { code: 'echeance', libelle: 'Échéance', type: 'date', sens: 'prevu' },
    { code: 'qualite', libelle: 'Qualité de l’aménagement réalisé', type: 'liste', options: QUALITES },
  ],
  quantites: [
    {
      code: 'preconisations_realisees',
      libelle: 'Préconisations réalisées',
      unite: 'aménagements',
      colonne: 'etat',
      valeur: 'realisee',
    },
    {
      code: 'preconisations_ecartees',
      libelle: 'Préconisations écartées',
      unite: 'préconisations',
      colonne: 'etat',
      valeur: 'ecartee',
    },
  ],
};

const impacts: ChampLignes = {
  code: 'impacts',
  libelle: 'Indicateurs d’impact de l’opération',
  type: 'lignes',
  aide: 'Pour une opération de grande envergure : les indicateurs retenus par les partenaires pendant la concertation.',
  colonnes: [
    { code: 'indicateur', libelle: 'Indicateur retenu', type: 'texte', longueurMax: 200, obligatoire: true },
    {
      code: 'suivi',
      libelle: 'Suivi',
      type: 'liste',
      options: liste({ retenu: 'Retenu, pas encore mesuré', mesure: 'Mesuré' }),
      obligatoire: true,
    },
    { code: 'avant', libelle: 'Valeur avant travaux', type: 'texte', longueurMax: 60 },
    { code: 'apres', libelle: 'Valeur après travaux', type: 'texte', longueurMax: 60 },
  ],
  quantites: [
    {
      code: 'impacts_retenus',
      libelle: 'Indicateurs d’impact à mesurer',
      unite: 'indicateurs',
      colonne: 'suivi',
      valeur: 'retenu',
    },
    {
      code: 'impacts_mesures',
      libelle: 'Indicateurs d’impact mesurés',
      unite: 'indicateurs',
      colonne: 'suivi',
      valeur: 'mesure',
    },
  ],
};

export default defineRegistre({
  code: 'audits',
  libelle: 'Audits et diagnostics',
  singulier: 'audit',
  genre: 'm',
  objet: 'Une étude, un audit, une enquête ou un diagnostic de sûreté, ses préconisations et ce qu’elles deviennent.',
  jour: 'Date de remise',
  sens: { jour: 'fait' },
  organisation: 'Réalisateur',
  publique: false,
  champs: [
    {
      code: 'type',
      libelle: 'Type',
      type: 'liste',
      options: liste({
        essp: 'Enquête de sûreté et de sécurité publique (ESSP)',
        etude: 'Étude',
        audit: 'Audit',
        enquete: 'Enquête',
        diagnostic: 'Diagnostic',
        action: 'Action ou aménagement de prévention situationnelle',
        residentialisation: 'Résidentialisation',
      }),
      obligatoire: true,
      colonne: true,
      filtre: true,
      public: true,
    },
    {
      code: 'theme',
      libelle: 'Thème',
      type: 'liste',
      liste: 'themes',
      obligatoire: true,
      filtre: true,
      public: true,
    },
    {
      code: 'institution',
      libelle: 'Institution du réalisateur',
      type: 'liste',
      liste: 'institutions-realisatrices',
      obligatoire: true,
      colonne: true,
      filtre: true,
      public: true,
    },
    {
      code: 'type_site',
      libelle: 'Type de site',
      type: 'liste',
      liste: 'types-de-lieu-audite',
      obligatoire: true,
      colonne: true,
      filtre: true,
      public: true,
    },
    { code: 'demandeur', libelle: 'Demandeur', type: 'acteur', aide: 'L’organisme qui a demandé l’audit.' },
    {
      code: 'grande_envergure',
      libelle: 'Opération d’aménagement de grande envergure',
      type: 'booleen',
      filtre: true,
      public: true,
    },
    { code: 'visite', libelle: 'Date de la visite sur place', type: 'date', sens: 'fait' },
    preconisations,
    impacts,
  ],
});
