/** Axis 2 of the contract. */
import {
  accompagnement,
  audit,
  campagne,
  type Cas,
  demande,
  evenement,
  formation,
  intervention,
  operation,
  placement,
  poste,
  preconisation,
  reunion,
} from './essai.ts';

const touristes = { theme: 'touristes' };
const plan = { plan: 'plan-tourisme' };
const commune = { theme: 'discriminations', employeur: 'plusieurs' };
const conduite = { service: 'uasa', public: 'victimes', destination: 'commissariat' };

const famille = { circuit: 'urgence-sociale', categorie: 'famille', service: 'UASA' };
export const AXE_2: Readonly<Record<string, Cas>> = {
  '2.1-05a': {
    oui: [
      formation({ theme: 'aide-aux-victimes' }),
      formation({ theme: 'vif', employeur: 'police-nationale', public: 'police-nationale' }),
      formation({ theme: 'vss' }),
    ],
    non: [
      formation({ theme: 'vif', employeur: 'sans-employeur', public: 'habitants' }),
      formation({ theme: 'discriminations' }),
      formation({ theme: 'seniors' }),
    ],
    vaut: 3,
  },
  '2.1-05b': {
    oui: [formation({ theme: 'aide-aux-victimes', participants: 9 }), formation({ theme: 'vif', participants: 21 })],
    non: [formation({ theme: 'vif', public: 'eleves', participants: 60 }), formation({ theme: 'seniors', participants: 9 })],
    vaut: 30,
  },
  '2.1-06': {
    oui: [
      accompagnement({ ...conduite, personnes: 5 }),
      accompagnement({ ...conduite, service: 'police-municipale', destination: 'service-specialise', personnes: 3 }),
    ],
    non: [
      accompagnement({ ...conduite, public: 'personnes-a-la-rue', destination: 'hopital', personnes: 77 }),
      accompagnement({ ...conduite, destination: 'hopital', personnes: 4 }),
      accompagnement({ ...conduite, public: 'touristes', personnes: 6 }),
      accompagnement({ ...conduite, service: 'police-nationale', personnes: 8 }),
    ],
    vaut: 8,
  },
  '2.2-02': {
    oui: [intervention({ theme: 'vss' }), evenement({ theme: 'vss', type: 'village-prevention' })],
    non: [
      intervention({ theme: 'vss', nature: 'maraude' }),
      intervention({ theme: 'harcelement-de-rue' }),
      intervention({ theme: 'vif' }),
      campagne({ theme: 'vss' }),
      evenement({ theme: 'vss', type: 'grand-evenement' }),
    ],
    vaut: 2,
  },
  '2.2-06': {
    oui: [
      intervention({ theme: 'vif', public_rencontre: 'femmes' }),
      intervention({ theme: 'vif', public_rencontre: 'hommes' }),
      evenement({ theme: 'vif', type: 'reunion-publique' }),
    ],
    non: [intervention({ theme: 'vif', nature: 'sollicitation' }), intervention({ theme: 'vss' }), formation({ theme: 'vif' })],
    vaut: 3,
  },
  '2.2-15a': {
    oui: [poste({ type: 'hebergement', public: 'victimes', places: 12 }), poste({ type: 'hebergement', public: 'femmes', places: 4, etat: 'pourvu' })],
    non: [
      poste({ type: 'hebergement', public: 'personnes-a-la-rue', places: 30 }),
      poste({ type: 'hebergement', places: 9 }),
      poste({ type: 'accueil-jour', public: 'victimes', places: 5 }),
    ],
    vaut: 16,
  },
  '2.2-15b': {
    oui: [placement({ dispositif: 'hebergement', public: 'victimes', personnes: 7 })],
    non: [placement({ dispositif: 'hebergement', public: 'familles', personnes: 9 }), placement({ dispositif: 'stage-violences', personnes: 9 })],
    vaut: 7,
  },
  '2.2-16': {
    oui: [placement({ dispositif: 'stage-citoyennete', sessions: 3 }), placement({ dispositif: 'stage-outrage-sexiste', sessions: 1 })],
    non: [placement({ dispositif: 'stage-violences', sessions: 4 }), placement({ dispositif: 'stage-stupefiants', sessions: 2 })],
    vaut: 4,
  },
  '2.2-18': {
    oui: [placement({ dispositif: 'stage-violences', sessions: 4 })],
    non: [placement({ dispositif: 'stage-citoyennete', sessions: 3 }), placement({ dispositif: 'stage-parentalite', sessions: 3 })],
    vaut: 4,
  },
  '2.3-02': {
    oui: [placement({ dispositif: 'stage-achat-actes-sexuels', sessions: 2 })],
    non: [placement({ dispositif: 'stage-violences', sessions: 4 })],
    vaut: 2,
  },
  '2.3-05': {
    oui: [intervention({ theme: 'prostitution' })],
    non: [intervention({ theme: 'prostitution', nature: 'maraude' }), intervention({ theme: 'vss' })],
    vaut: 1,
  },
  '2.4-02': {
    oui: [demande({ ...famille, reponses: { 'mineurs-presents': ['oui'] } })],
    non: [
      demande({ ...famille, reponses: { 'mineurs-presents': ['non'] } }),
      demande({ ...famille, reponses: { 'mineurs-presents': ['inconnu'] } }),
      demande({ ...famille, reponses: { 'mineurs-presents': 'oui' } }),
      demande({ ...famille, categorie: 'personne-isolee', reponses: { 'mineurs-presents': ['oui'] } }),
    ],
    vaut: 1,
  },
  '2.4-01': {
    oui: [operation({ type: 'mise-a-l-abri', personnes: 40, familles: 6 }), operation({ type: 'mise-a-l-abri', personnes: 9, familles: 2 })],
    non: [operation({ type: 'nettoyage', familles: 3 }), operation({ type: 'distribution-alimentaire', familles: 5 })],
    vaut: 8,
  },
  '2.5-03': {
    oui: [
      intervention({ theme: 'discriminations', service: 'mpce', beneficiaires: 30 }),
      intervention({ theme: 'discriminations', service: 'dpp', beneficiaires: 4 }),
    ],
    non: [
      intervention({ theme: 'discriminations', service: 'mediation-ville', beneficiaires: 9 }),
      intervention({ theme: 'vss', service: 'mpce', beneficiaires: 9 }),
    ],
    vaut: 34,
  },
  '2.5-04': {
    oui: [
      evenement({ theme: 'discriminations', porteur: 'ville', participants: 50 }),
      evenement({ theme: 'discriminations', porteur: 'mairie-arrondissement', participants: 20 }),
      intervention({ theme: 'discriminations', service: 'mediation-ville', beneficiaires: 5 }),
    ],
    non: [
      evenement({ theme: 'discriminations', porteur: 'association', participants: 90 }),
      intervention({ theme: 'discriminations', service: 'mpce', beneficiaires: 90 }),
      evenement({ theme: 'rixes', porteur: 'ville', participants: 90 }),
    ],
    vaut: 75,
  },
  '2.5-06': {
    oui: [
      formation({ theme: 'discriminations', employeur: 'police-nationale' }),
      formation({ theme: 'discriminations', employeur: 'dpmp' }),
      // both polices in one session: one training
      formation({ ...commune, dont_dpmp: 4, dont_police_nationale: 3 }),
      formation({ ...commune, dont_police_nationale: 2 }),
    ],
    non: [formation(commune), formation({ ...commune, dont_dpmp: 0, dont_police_nationale: 0 }), formation({ theme: 'discriminations', employeur: 'mairie' })],
    vaut: 4,
  },
  '2.5-07': {
    oui: [formation({ theme: 'discriminations', participants: 12 }), formation({ theme: 'discriminations', employeur: 'sans-employeur', participants: 8 })],
    non: [formation({ theme: 'vss', participants: 9 })],
    vaut: 20,
  },
  '2.6-02a': { oui: [formation({ theme: 'seniors' })], non: [intervention({ theme: 'seniors' }), formation()], vaut: 1 },
  '2.6-02b': {
    oui: [intervention({ theme: 'seniors', public: 'seniors' })],
    non: [intervention({ theme: 'seniors', nature: 'sollicitation' }), formation({ theme: 'seniors' })],
    vaut: 1,
  },
  '2.6-03a': { oui: [reunion({ type: 'rav-seniors' })], non: [reunion({ type: 'rav' })], vaut: 1 },
  '2.6-03b': {
    oui: [evenement({ type: 'reunion-publique', theme: 'seniors' })],
    non: [evenement({ type: 'reunion-publique' }), evenement({ type: 'village-prevention', theme: 'seniors' })],
    vaut: 1,
  },
  '2.6-04': {
    oui: [accompagnement({ dispositif: 'tranquillite-seniors', public: 'seniors', personnes: 6 })],
    non: [
      accompagnement({ public: 'seniors', personnes: 9 }),
      accompagnement({ dispositif: 'autre', public: 'seniors', personnes: 9 }),
      accompagnement({ dispositif: 'tranquillite-seniors', service: 'police-nationale', public: 'seniors', personnes: 9 }),
    ],
    vaut: 6,
  },
  '2.7-01a': {
    oui: [operation({ ...plan, type: 'patrouille', conjointe: true })],
    non: [
      operation({ ...plan, type: 'patrouille' }),
      operation({ ...plan, type: 'patrouille', conjointe: false }),
      operation({ type: 'patrouille', conjointe: true }),
      operation({ ...plan, type: 'sauvette', conjointe: true }),
    ],
    vaut: 1,
  },
  '2.7-01b': {
    oui: [operation({ ...plan, type: 'operation-conjointe', conjointe: true }), operation({ ...plan, type: 'controle-routier', conjointe: true })],
    non: [
      operation({ ...plan, type: 'patrouille', conjointe: true }),
      operation({ ...plan, type: 'sauvette', conjointe: false }),
      operation({ plan: 'plan-touriste-xl', type: 'transports', conjointe: true }),
    ],
    vaut: 2,
  },
  '2.7-02f': {
    oui: [operation({ type: 'transport-touristique', verbalisations: 14 })],
    non: [operation({ type: 'controle-routier', usagers: 'tuk-tuk', verbalisations: 9 })],
    vaut: 14,
  },
  '2.7-03': { oui: [campagne(touristes), campagne({ ...touristes, cible: 'ciblee' })], non: [campagne()], vaut: 2 },
  '2.7-04': {
    oui: [intervention({ ...touristes, public: 'hoteliers' }), intervention({ ...touristes, public: 'acteurs-tourisme' })],
    non: [intervention({ ...touristes, public: 'touristes' }), intervention({ public: 'hoteliers' })],
    vaut: 2,
  },
  '2.7-05': {
    oui: [formation({ ...touristes, employeur: 'dpmp' }), formation({ ...touristes, employeur: 'plusieurs', dont_dpmp: 5 })],
    non: [formation({ ...touristes, employeur: 'plusieurs' }), formation({ ...touristes, employeur: 'police-nationale' }), formation({ employeur: 'dpmp' })],
    vaut: 2,
  },
  '2.7-06a': {
    oui: [audit({ ...touristes, type: 'audit', type_site: 'hotel' }), audit({ type: 'essp', type_site: 'hotel' }), audit({ ...touristes, type: 'diagnostic' })],
    non: [audit({ ...touristes, type: 'etude' }), audit({ type: 'essp' }), audit({ ...touristes, type: 'action' })],
    vaut: 3,
  },
  '2.7-06b': {
    oui: [
      // an action with its recommendation done: one action
      audit({ ...touristes, type: 'action', preconisations: [preconisation('realisee', '2025-06-20')] }),
      // delivered earlier, done now
      audit({ ...touristes, type: 'audit', preconisations: [preconisation('realisee', '2025-04-02'), preconisation('ecartee')] }, { jour: '2024-02-01' }),
    ],
    non: [
      audit({ ...touristes, type: 'audit', preconisations: [preconisation('realisee', '2026-03-01'), preconisation('acceptee')] }),
      audit({ type: 'action' }),
      audit({ type: 'audit', preconisations: [preconisation('realisee', '2025-04-02')] }),
    ],
    vaut: 2,
  },
  '2.7-07': { oui: [reunion({ type: 'suivi-plan-tourisme' })], non: [reunion({ type: 'copil-touristes-asiatiques' })], vaut: 1 },
  '2.8-01': {
    oui: [formation({ theme: 'derives-sectaires', participants: 15 })],
    non: [
      formation({ theme: 'derives-sectaires', public: 'eleves', participants: 300 }),
      formation({ theme: 'derives-sectaires', employeur: 'sans-employeur', participants: 10 }),
      formation({ theme: 'radicalisation', participants: 10 }),
    ],
    vaut: 15,
  },
  '2.8-02': {
    oui: [intervention({ theme: 'derives-sectaires', beneficiaires: 44 })],
    non: [intervention({ theme: 'radicalisation', beneficiaires: 9 })],
    vaut: 44,
  },
};
