import { defineRegistre } from '../definition.ts';
import { ETATS_PRECONISATION, liste, parmi, PUBLICS, QUALITES } from '../listes.ts';

const preconisations = {
  lignes: { min: 2, max: 8 },
  colonnes: {
    libelle: ['Réparer un candélabre', 'Tailler une haie', 'Ouvrir une perspective', 'Déplacer un abri', 'Nettoyer un passage', 'Poser un banc', 'Revoir la signalétique'],
    etat: ['emise', 'acceptee', 'programmee', 'realisee', 'realisee', 'ecartee'],
  },
} as const;

export default defineRegistre({
  code: 'marches',
  libelle: 'Marches exploratoires',
  singulier: 'marche exploratoire',
  genre: 'f',
  objet: 'Une marche faite avec des habitantes et habitants pour repérer ce qui inquiète et proposer des changements.',
  jour: 'Date de la marche',
  organisation: 'Organisateur',
  publique: true,
  champs: [
    {
      code: 'creneau',
      libelle: 'Moment',
      type: 'liste',
      options: liste({ diurne: 'De jour', nocturne: 'De nuit' }),
      obligatoire: true,
      colonne: true,
      filtre: true,
      public: true,
    },
    {
      code: 'public',
      libelle: 'Participants',
      type: 'liste',
      options: parmi(PUBLICS, 'femmes', 'habitants', 'seniors', 'handicap', 'jeunes-hors-scolaire', 'locataires', 'eleves', 'autre'),
      obligatoire: true,
      filtre: true,
      public: true,
    },
    {
      code: 'objectif',
      libelle: 'Objectif',
      type: 'liste',
      options: liste({
        'prevention-situationnelle': 'Améliorer la sécurité d’un lieu',
        'femmes-espace-public': 'Place des femmes dans l’espace public',
        'vie-nocturne': 'Vie nocturne',
        'parc-social': 'Cadre de vie du parc social',
        accessibilite: 'Accessibilité',
      }),
      obligatoire: true,
      filtre: true,
      public: true,
    },
    {
      code: 'participants',
      libelle: 'Nombre de participants',
      type: 'nombre',
      unite: 'personnes',
      entier: true,
      max: 500,
      colonne: true,
      public: true,
    },
    {
      code: 'constats',
      libelle: 'Constats',
      type: 'texte-long',
      longueurMax: 4000,
      aide: 'Des lieux et des usages, jamais des personnes.',
    },
    {
      code: 'preconisations',
      libelle: 'Préconisations',
      type: 'lignes',
      aide: 'Une ligne par préconisation. Mettez à jour son état quand il change.',
      colonnes: [
        { code: 'libelle', libelle: 'Préconisation', type: 'texte', longueurMax: 300, obligatoire: true },
        { code: 'etat', libelle: 'État', type: 'liste', options: ETATS_PRECONISATION, obligatoire: true },
        { code: 'echeance', libelle: 'Échéance', type: 'date' },
        { code: 'qualite', libelle: 'Qualité de l’aménagement réalisé', type: 'liste', options: QUALITES },
      ],
      quantites: [
        { code: 'preconisations_realisees', libelle: 'Préconisations réalisées', unite: 'aménagements', colonne: 'etat', valeur: 'realisee' },
        { code: 'preconisations_ecartees', libelle: 'Préconisations écartées', unite: 'préconisations', colonne: 'etat', valeur: 'ecartee' },
      ],
    },
  ],
  demo: [
    {
      parAn: 16,
      croissance: 0.12,
      mois: [3, 4, 5, 6, 9, 10, 11],
      niveau: 'quartier',
      organisations: ['MA', 'ASLOC', 'CQ'],
      titres: ['Marche exploratoire, {territoire}'],
      valeurs: { creneau: ['diurne', 'diurne', 'nocturne'], public: ['femmes', 'femmes', 'habitants', 'seniors', 'locataires'], objectif: ['prevention-situationnelle', 'femmes-espace-public', 'parc-social'], participants: { min: 8, max: 32 }, preconisations },
      fiches: ['3.3'],
      lignes: ['3.3-R1.4'],
    },
    {
      parAn: 8,
      croissance: 0.1,
      mois: [1, 2, 3, 10, 11, 12],
      niveau: 'quartier',
      organisations: ['MA', 'ACTRIGHT', 'ASLOC'],
      titres: ['Marche exploratoire nocturne des femmes, {territoire}'],
      valeurs: { creneau: 'nocturne', public: 'femmes', objectif: ['femmes-espace-public', 'vie-nocturne'], participants: { min: 8, max: 28 }, preconisations },
      fiches: ['3.6', '3.3', '3.7'],
      lignes: ['3.6-R4.5', '3.3-R1.4'],
    },
  ],
});
