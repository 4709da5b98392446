/** Axis 1 of the contract. */
import { alerte, type Cas, demande, evenement, formation, intervention, placement, poste, reunion } from './essai.ts';

const mpce = { service: 'mpce', cadre: 'milieu-scolaire', public: 'eleves' };
const rixes = { theme: 'rixes' };
const EXCLU_1_4 = [
  placement({ dispositif: 'mesure-responsabilisation', personnes: 5 }),
  placement({ dispositif: 'hebergement', categorie_structure: 'mairie', personnes: 5 }, { organisation: 'PP' }),
];

export const AXE_1: Readonly<Record<string, Cas>> = {
  '1.6-01a': {
    oui: [alerte({ palier: 'rixe', issue: 'survenue', survenue: true }), alerte({ palier: 'alerte', issue: 'survenue', survenue: true })],
    non: [alerte(), alerte({ palier: 'rixe', issue: 'survenue', survenue: true, exercice: true })],
    vaut: 2,
  },
  '1.6-02': {
    oui: [alerte(), alerte({ palier: 'rixe', survenue: true }), alerte({ palier: 'grave' })],
    non: [alerte({ exercice: true })],
    vaut: 3,
  },
  '1.1-02a': {
    oui: [evenement({ type: 'rallye-citoyen', participants: 80 }), evenement({ type: 'rallye-citoyen' })],
    non: [evenement({ type: 'jrj', participants: 300 }), evenement({ type: 'village-prevention' })],
    vaut: 2,
  },
  '1.1-02b': {
    oui: [evenement({ type: 'rallye-citoyen', participants: 80 }), evenement({ type: 'rallye-citoyen', participants: 45 })],
    non: [evenement({ type: 'jrj', participants: 300 })],
    vaut: 125,
  },
  '1.1-04': {
    oui: [evenement({ type: 'jrj', participants: 300 }), evenement({ type: 'jrj', participants: 20 })],
    non: [evenement({ type: 'rallye-citoyen', participants: 80 })],
    vaut: 320,
  },
  '1.1-05a': {
    oui: [intervention({ ...mpce, theme: 'citoyennete' }), intervention({ ...mpce, nature: 'mediation', theme: 'rixes' })],
    non: [intervention({ ...mpce, nature: 'sollicitation' }), intervention({ ...mpce, cadre: 'jrj' }), intervention({ ...mpce, service: 'police-municipale' })],
    vaut: 2,
  },
  '1.1-05b': {
    oui: [intervention({ ...mpce, beneficiaires: 60 }), intervention({ ...mpce, theme: 'rixes', beneficiaires: 25 })],
    non: [intervention({ ...mpce, cadre: 'espace-public', beneficiaires: 90 }), intervention({ ...mpce, service: 'association', beneficiaires: 30 })],
    vaut: 85,
  },
  '1.1-06': {
    oui: [
      poste({ type: 'service-civique', etat: 'pourvu' }),
      // begun before, still there
      poste({ type: 'service-civique', etat: 'pourvu' }, { jour: '2024-10-01' }),
      // suspended since: it was there all the same
      poste({ type: 'service-civique', etat: 'pourvu' }, { jour: '2024-03-01', suites: [{ le: '2026-11-02', donnees: { etat: 'suspendu' } }] }),
    ],
    non: [
      poste({ type: 'service-civique', etat: 'ouvert' }),
      poste({ type: 'service-civique', etat: 'projet' }, { suites: [{ le: '2026-02-01', donnees: { etat: 'pourvu' } }] }),
      poste(
        { type: 'service-civique', etat: 'pourvu' },
        { jour: '2024-02-01', suites: [{ le: '2025-03-01', donnees: { etat: 'suspendu', depuis: '2024-12-15' } }] },
      ),
      poste({ type: 'tig', etat: 'pourvu' }),
    ],
    vaut: 3,
  },
  '1.2-05a': {
    oui: [placement({ dispositif: 'mesure-responsabilisation', majorite: 'mineurs', personnes: 4 })],
    non: [
      placement({ dispositif: 'accueil-alternatif', majorite: 'mineurs', personnes: 9 }),
      placement({ dispositif: 'reparation-penale', majorite: 'mineurs', personnes: 9 }),
    ],
    vaut: 4,
  },
  '1.2-05b': {
    oui: [
      placement({ dispositif: 'accueil-alternatif', categorie_structure: 'centre-social', majorite: 'mineurs', personnes: 3 }),
      placement({ dispositif: 'accueil-alternatif', categorie_structure: 'centre-animation', majorite: 'mineurs', personnes: 2 }),
    ],
    non: [placement({ dispositif: 'accueil-alternatif', categorie_structure: 'association', majorite: 'mineurs', personnes: 9 })],
    vaut: 5,
  },
  '1.3-01': {
    oui: [reunion({ type: 'cenomed' }), reunion({ type: 'cenomed' })],
    non: [reunion({ type: 'copil-cenomed' }), reunion({ type: 'cenomed', etat: 'preparation' })],
    vaut: 2,
  },
  '1.4-01a': {
    oui: [
      poste({ type: 'tig', etat: 'ouvert' }),
      poste({ type: 'reparation-penale', etat: 'pourvu' }, { jour: '2024-01-15' }),
      // opened, then taken: one job
      poste({ type: 'tig', etat: 'ouvert' }, { jour: '2025-02-01', suites: [{ le: '2025-09-01', donnees: { etat: 'pourvu' } }] }),
      // left and came back within the year: one job
      poste(
        { type: 'tig', etat: 'pourvu' },
        {
          jour: '2025-01-10',
          suites: [
            { le: '2025-03-01', donnees: { etat: 'suspendu' } },
            { le: '2025-10-01', donnees: { etat: 'pourvu' } },
          ],
        },
      ),
    ],
    non: [
      poste({ type: 'tig', etat: 'projet' }),
      poste({ type: 'tig', etat: 'suspendu' }),
      poste({ type: 'service-civique', etat: 'pourvu' }),
      poste({ type: 'tig', etat: 'ouvert' }, { jour: '2024-01-01', fin: '2024-12-31' }),
    ],
    vaut: 4,
  },
  '1.4-01b': {
    oui: [
      // opened before, still there
      poste({ type: 'tig', domaine: 'proprete' }, { jour: '2024-05-01' }),
      poste({ type: 'tig', domaine: 'accueil', etat: 'pourvu' }),
      poste({ type: 'reparation-penale', domaine: 'accueil' }),
    ],
    non: [
      poste({ type: 'tig', domaine: 'espaces-verts', etat: 'projet' }),
      poste({ type: 'tig', domaine: 'solidarite', etat: 'suspendu' }),
      poste({ type: 'chantier-educatif', domaine: 'logistique' }),
    ],
    vaut: 2,
  },
  '1.4-01c': {
    oui: [
      poste({ type: 'tig', creneau: 'soiree' }),
      poste({ type: 'tig', creneau: 'journee' }),
      poste({ type: 'reparation-penale', creneau: 'journee', etat: 'pourvu' }),
      poste({ type: 'tig', creneau: 'week-end' }, { jour: '2024-01-15' }),
    ],
    non: [poste({ type: 'tig', creneau: 'soiree', etat: 'projet' }), poste({ type: 'service-civique', creneau: 'soiree' })],
    vaut: 50,
  },
  '1.4-02a': {
    oui: [
      placement({ dispositif: 'tig' }, { organisation: 'VILLE' }),
      placement({ dispositif: 'stage-violences' }, { organisation: 'DPP' }),
      placement({ dispositif: 'stage-achat-actes-sexuels' }, { organisation: 'DPP' }),
    ],
    non: EXCLU_1_4,
    vaut: 2,
  },
  '1.4-02b': {
    oui: [
      placement({ dispositif: 'tig', categorie_structure: 'ville' }),
      placement({ dispositif: 'stage-violences', categorie_structure: 'association' }),
      placement({ dispositif: 'tnr', categorie_structure: 'association' }),
    ],
    non: [...EXCLU_1_4, placement({ dispositif: 'insertion-justice', categorie_structure: 'entreprise' })],
    vaut: 2,
  },
  '1.4-03': {
    oui: [
      placement({ dispositif: 'tig', personnes: 3 }),
      placement({ dispositif: 'stage-violences', personnes: 7 }),
      placement({ dispositif: 'insertion-justice', personnes: 2 }),
    ],
    non: EXCLU_1_4,
    vaut: 12,
  },
  '1.4-04b': {
    oui: [placement({ dispositif: 'stage-parentalite', personnes: 6 }), placement({ dispositif: 'stage-parentalite', personnes: 5 })],
    non: [placement({ dispositif: 'stage-citoyennete', personnes: 9 })],
    vaut: 11,
  },
  '1.4-05': {
    oui: [placement({ dispositif: 'insertion-justice', personnes: 8 }), placement({ dispositif: 'insertion-justice', majorite: 'mineurs', personnes: 1 })],
    non: [placement({ dispositif: 'tig', personnes: 9 }), placement({ dispositif: 'chantier-insertion', personnes: 9 })],
    vaut: 9,
  },
  '1.6-03a': { oui: [reunion({ type: 'cellule-veille-rixes' })], non: [reunion({ type: 'gltd-rixes' })], vaut: 1 },
  '1.6-04a': {
    oui: ['gltd-rixes', 'cellule-bandes', 'copil-cenomed', 'copil-sppr'].map((type) => reunion({ type })),
    non: [reunion({ type: 'cenomed' }), reunion({ type: 'cellule-veille-rixes' })],
    vaut: 4,
  },
  '1.6-05a': {
    oui: [
      formation({ ...rixes, type: 'temps-echange' }),
      formation({ ...rixes, employeur: 'dpmp', public: 'police-municipale' }),
      evenement({ ...rixes, type: 'matinale' }),
      evenement({ ...rixes, type: 'colloque' }),
    ],
    non: [
      evenement({ ...rixes, type: 'activite-vacances' }),
      evenement({ ...rixes, type: 'animation-quartier' }),
      formation({ ...rixes, public: 'eleves' }),
      formation({ ...rixes, employeur: 'sans-employeur', public: 'habitants' }),
      formation({ theme: 'vif' }),
      evenement({ type: 'matinale', theme: 'vif' }),
    ],
    vaut: 4,
  },
  '1.6-08': {
    oui: [
      intervention({ ...rixes, service: 'mediation-ville', cadre: 'milieu-scolaire' }),
      intervention({ ...rixes, service: 'epm', cadre: 'milieu-scolaire' }),
    ],
    non: [
      intervention({ ...rixes, service: 'mediation-ville', cadre: 'abords-etablissement' }),
      intervention({ ...rixes, service: 'mpce', cadre: 'milieu-scolaire' }),
      intervention({ theme: 'vif', service: 'epm', cadre: 'milieu-scolaire' }),
    ],
    vaut: 2,
  },
  '1.6-09': {
    oui: [intervention({ ...rixes, service: 'mpce', cadre: 'milieu-scolaire' }), intervention({ ...rixes, service: 'dpp', cadre: 'jrj' })],
    non: [intervention({ ...rixes, service: 'mediation-ville', cadre: 'jrj' }), intervention({ ...rixes, service: 'mpce', nature: 'mediation' })],
    vaut: 2,
  },
  '1.6-10a': { oui: [formation(rixes), formation({ ...rixes, employeur: 'dpmp' })], non: [formation({ theme: 'radicalisation' })], vaut: 2 },
  '1.6-10b': {
    oui: [formation({ ...rixes, employeur: 'dpmp', participants: 14 }), formation({ ...rixes, employeur: 'plusieurs', participants: 30, dont_dpmp: 6 })],
    non: [formation({ ...rixes, employeur: 'police-nationale', participants: 11 }), formation({ theme: 'vif', employeur: 'dpmp', participants: 9 })],
    vaut: 20,
  },
  '1.6-10c': {
    oui: [
      formation({ ...rixes, employeur: 'police-nationale', participants: 11 }),
      formation({ ...rixes, employeur: 'plusieurs', participants: 30, dont_police_nationale: 5, dont_dpmp: 6 }),
    ],
    non: [formation({ ...rixes, employeur: 'dpmp', participants: 14 })],
    vaut: 16,
  },
  '1.7-01': {
    oui: [demande({ circuit: 'rims', categorie: 'rixe', service: 'COMM' }), demande({ circuit: 'rims', categorie: 'intrusion', service: 'MPCE', fait: true })],
    non: [demande({ circuit: 'signaux-scolaires', categorie: 'rixe', service: 'MPCE' }), demande({ circuit: 'urgence-sociale' })],
    vaut: 2,
  },
  '1.7-04a': {
    oui: [
      intervention({ cadre: 'milieu-scolaire', public: 'eleves' }),
      intervention({ cadre: 'milieu-scolaire', nature: 'mediation', public: 'personnels-scolaires' }),
    ],
    non: [intervention({ cadre: 'abords-etablissement' }), intervention({ cadre: 'milieu-scolaire', nature: 'sollicitation' })],
    vaut: 2,
  },
  '1.7-04b': {
    oui: [intervention({ cadre: 'milieu-scolaire', public: 'eleves' })],
    non: [intervention({ cadre: 'milieu-scolaire', public: 'parents' }), intervention({ cadre: 'milieu-scolaire', public: 'eleves', nature: 'mediation' })],
    vaut: 1,
  },
  '1.7-04c': {
    oui: [formation({ public: 'personnels-scolaires', employeur: 'education-nationale' })],
    non: [formation({ public: 'eleves' }), formation()],
    vaut: 1,
  },
  '1.7-05': {
    oui: [
      intervention({ nature: 'sollicitation', cadre: 'abords-etablissement', service: 'mediation-ville' }),
      intervention({ nature: 'sollicitation', cadre: 'abords-etablissement', service: 'epm', suite: 'sans-suite' }),
      demande({ circuit: 'demandes-partenaires', categorie: 'presence-abords', service: 'EPM' }),
    ],
    non: [
      intervention({ nature: 'mediation', cadre: 'abords-etablissement', service: 'epm' }),
      intervention({ nature: 'sollicitation', cadre: 'milieu-scolaire', service: 'epm' }),
      intervention({ nature: 'sollicitation', cadre: 'abords-etablissement', service: 'mpce' }),
      demande({ circuit: 'demandes-partenaires', categorie: 'intervention-scolaire', service: 'MPCE' }),
    ],
    vaut: 3,
  },
  '1.8-04': {
    oui: [
      formation({ theme: 'radicalisation', participants: 20 }),
      formation({ theme: 'radicalisation', employeur: 'education-nationale', public: 'personnels-scolaires', participants: 12 }),
    ],
    non: [
      formation({ theme: 'radicalisation', employeur: 'sans-employeur', public: 'habitants', participants: 50 }),
      formation({ theme: 'radicalisation', employeur: 'education-nationale', public: 'eleves', participants: 30 }),
      formation({ theme: 'derives-sectaires', participants: 9 }),
    ],
    vaut: 32,
  },
};
