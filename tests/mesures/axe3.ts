/** Axis 3 of the contract. */
import {
  accompagnement,
  audit,
  campagne,
  type Cas,
  doleance,
  etablissement,
  evenement,
  formation,
  instance,
  intervention,
  marche,
  operation,
  placement,
  poste,
  preconisation,
  reunion,
  site,
} from './essai.ts';

const route = { theme: 'securite-routiere' };
const pm = { perimetre: 'police-municipale' };
const nuit = { theme: 'vie-nocturne' };
const bailleur = { categorie_structure: 'bailleur', etat: 'ouvert' };
const tension = { type: 'zone-tension-nuit' };
const chezLeBailleur = (type: string, autre: string): Cas => ({
  oui: [
    poste({ ...bailleur, type }),
    poste({ ...bailleur, type, etat: 'pourvu' }, { jour: '2024-03-01' }),
    poste({ ...bailleur, type }, { jour: '2024-03-01', suites: [{ le: '2026-05-01', donnees: { etat: 'suspendu' } }] }),
  ],
  non: [
    poste({ ...bailleur, type, etat: 'projet' }),
    poste({ ...bailleur, type, etat: 'suspendu' }),
    poste({ ...bailleur, type: autre }),
    poste({ ...bailleur, type, categorie_structure: 'ville' }),
  ],
  vaut: 3,
});

export const AXE_3: Readonly<Record<string, Cas>> = {
  '3.1-02a': { oui: [intervention({ ...route, public: '2rm' })], non: [intervention({ ...route, public: 'edpm' }), intervention({ public: '2rm' })], vaut: 1 },
  '3.1-02b': { oui: [intervention({ ...route, public: 'edpm' })], non: [intervention({ ...route, public: '2rm' })], vaut: 1 },
  '3.1-02c': {
    oui: [intervention({ ...route, public: 'pietons' }), intervention({ ...route, public: 'pietons-seniors' })],
    non: [intervention({ ...route, public: 'cyclistes' }), intervention({ public: 'pietons' })],
    vaut: 2,
  },
  '3.1-02d': {
    oui: [intervention({ ...route, public: '2rm' }), intervention(route)],
    non: [intervention({ ...route, nature: 'mediation' }), operation(route)],
    vaut: 2,
  },
  '3.1-02e': {
    oui: [intervention({ ...route, beneficiaires: 30 }), intervention({ ...route, public: 'edpm', beneficiaires: 12 })],
    non: [intervention({ theme: 'incivilites', beneficiaires: 9 })],
    vaut: 42,
  },
  '3.1-03': { oui: [operation({ type: 'alternative-sanction' })], non: [operation({ type: 'controle-routier' })], vaut: 1 },
  '3.1-04': {
    oui: [intervention({ ...route, cadre: 'milieu-scolaire' })],
    non: [intervention({ ...route, cadre: 'jrj' }), intervention({ cadre: 'milieu-scolaire' })],
    vaut: 1,
  },
  '3.1-05': {
    oui: [intervention({ ...route, cadre: 'entreprise-publique' }), intervention({ ...route, cadre: 'entreprise-privee' })],
    non: [intervention({ ...route, cadre: 'milieu-scolaire' }), intervention({ cadre: 'entreprise-privee' })],
    vaut: 2,
  },
  '3.1-06': { oui: [operation({ type: 'orcas' })], non: [operation({ type: 'controle-routier' })], vaut: 1 },
  '3.1-07': {
    oui: ['2rm', 'cyclistes', 'edpm', 'tuk-tuk', 'plusieurs'].map((usagers) => operation({ type: 'controle-routier', usagers })),
    non: [
      operation({ type: 'controle-routier', usagers: 'automobilistes' }),
      operation({ type: 'controle-routier' }),
      operation({ type: 'orcas', usagers: '2rm' }),
    ],
    vaut: 5,
  },
  '3.2-01': {
    oui: [operation({ type: 'sauvette', conjointe: true })],
    non: [operation({ type: 'sauvette' }), operation({ type: 'patrouille', conjointe: true })],
    vaut: 1,
  },
  '3.2-02': {
    oui: [
      operation({ type: 'sauvette', verbalisations: 12 }),
      operation({ type: 'sauvette', service: 'police-nationale', conjointe: true, verbalisations: 3 }),
    ],
    non: [operation({ type: 'verbalisation-incivilites', verbalisations: 40 })],
    vaut: 15,
  },
  '3.2-03': {
    oui: [operation({ type: 'sauvette', saisies_kg: 120.5, nature_saisie: 'fruits-legumes' })],
    non: [operation({ type: 'sauvette', saisies_unites: 400 }), operation({ type: 'stupefiants', saisies_kg: 2 })],
    vaut: 120.5,
  },
  '3.2-05': {
    oui: [
      operation({ type: 'verbalisation-incivilites', verbalisations: 30, incivilite: 'dechets' }),
      operation({ type: 'tags-affichage', verbalisations: 4 }),
    ],
    non: [
      operation({ type: 'verbalisation-incivilites', service: 'police-nationale', verbalisations: 50 }),
      operation({ type: 'sauvette', verbalisations: 12 }),
      operation({ type: 'controle-routier', verbalisations: 12 }),
    ],
    vaut: 34,
  },
  '3.3-01': {
    oui: [
      // two indicators: one operation that has some
      audit({
        grande_envergure: true,
        impacts: [
          { indicateur: 'Plaintes', suivi: 'retenu' },
          { indicateur: 'Passage', suivi: 'mesure' },
        ],
      }),
      audit({ grande_envergure: true, impacts: [{ indicateur: 'Éclairage', suivi: 'mesure' }] }),
    ],
    non: [audit({ grande_envergure: true }), audit({ impacts: [{ indicateur: 'Plaintes', suivi: 'retenu' }] })],
    vaut: 2,
  },
  '3.3-03': {
    oui: [audit({ type: 'essp', institution: 'prefecture-de-police' }), audit({ type: 'diagnostic', institution: 'ville' })],
    non: [
      audit({ type: 'audit', institution: 'bailleur' }),
      audit({ type: 'action', institution: 'ville' }),
      audit({ type: 'residentialisation', institution: 'ville' }),
    ],
    vaut: 2,
  },
  '3.3-04a': {
    oui: [
      audit({ preconisations: [preconisation('realisee', '2025-11-03'), preconisation('programmee')] }, { jour: '2023-05-04' }),
      marche({ preconisations: [preconisation('realisee', '2025-07-01')] }),
    ],
    non: [
      audit({ preconisations: [preconisation('realisee', '2026-11-03')] }),
      audit({ preconisations: [preconisation('ecartee'), preconisation('acceptee')] }),
      // emitted this year, done the next
      marche(
        { preconisations: [preconisation('emise')] },
        { suites: [{ le: '2026-02-01', donnees: { preconisations: [preconisation('realisee', '2026-01-20')] } }] },
      ),
    ],
    vaut: 2,
  },
  '3.3-05': {
    oui: [marche({ objectif: 'prevention-situationnelle', creneau: 'nocturne' })],
    non: ['femmes-espace-public', 'vie-nocturne', 'parc-social', 'accessibilite'].map((objectif) => marche({ objectif })),
    vaut: 1,
  },
  '3.4-02a': {
    oui: [operation({ type: 'initiative-gup', plan: 'gup' }), operation({ type: 'nettoyage', plan: 'gup' })],
    non: [operation({ type: 'nettoyage', plan: 'gpo' }), operation({ type: 'parc-social' })],
    vaut: 2,
  },
  '3.4-03a': chezLeBailleur('tig', 'reparation-penale'),
  '3.4-03b': chezLeBailleur('reparation-penale', 'tig'),
  '3.4-03c': chezLeBailleur('chantier-educatif', 'chantier-insertion'),
  '3.4-05a': {
    oui: [formation({ public: 'personnels-bailleurs', employeur: 'bailleur', participants: 18 })],
    non: [formation({ public: 'mediateurs', employeur: 'bailleur', participants: 9 })],
    vaut: 18,
  },
  '3.4-10': {
    oui: [
      site({ type: 'hall' }),
      site({ type: 'hall', etat: 'en-traitement' }, { jour: '2024-03-03' }),
      site({ type: 'hall', etat: 'clos' }, { jour: '2024-03-03', fin: '2025-02-01' }),
    ],
    non: [site({ type: 'hall', etat: 'clos' }, { jour: '2024-01-03', fin: '2024-11-30' }), site({ type: 'campement' })],
    vaut: 3,
  },
  '3.5-03': { oui: [campagne({ theme: 'transports' })], non: [campagne(), intervention({ theme: 'transports' })], vaut: 1 },
  '3.6-01': { oui: [reunion({ type: 'debits-de-boissons' })], non: [reunion({ type: 'concertation-vie-nocturne' })], vaut: 1 },
  '3.6-02': {
    oui: ['copil-vie-nocturne', 'gt-tranquillite-nuit', 'concertation-vie-nocturne', 'campagnes-nuit'].map((type) => reunion({ type })),
    non: [reunion({ type: 'debits-de-boissons' })],
    vaut: 4,
  },
  '3.6-04a': { oui: [formation(nuit), formation({ ...nuit, public: 'professionnels-nuit' })], non: [formation()], vaut: 2 },
  '3.6-04b': { oui: [formation({ ...nuit, participants: 22 })], non: [formation({ participants: 9 })], vaut: 22 },
  '3.6-05': { oui: [campagne(nuit)], non: [campagne(), intervention(nuit)], vaut: 1 },
  '3.6-06': {
    oui: [
      etablissement({ charte_signee: 'fetez-clairs' }, { jour: '2024-05-01' }),
      etablissement({}, { suites: [{ le: '2025-09-01', donnees: { charte_signee: 'fetez-clairs' } }] }),
    ],
    non: [
      etablissement({ charte: true }),
      etablissement({ charte_signee: 'charte-locale' }),
      // signed the year after
      etablissement({}, { suites: [{ le: '2026-02-01', donnees: { charte_signee: 'fetez-clairs' } }] }),
    ],
    vaut: 2,
  },
  '3.6-07a': {
    oui: [
      etablissement({ suivi: 'mediation-nocturne' }, { jour: '2024-05-01' }),
      // followed by others since
      etablissement({ suivi: 'mediation-nocturne' }, { suites: [{ le: '2026-02-01', donnees: { suivi: 'controle' } }] }),
    ],
    non: [
      etablissement({ suivi: 'controle' }),
      etablissement({ suivi: 'controle' }, { suites: [{ le: '2026-02-01', donnees: { suivi: 'mediation-nocturne' } }] }),
    ],
    vaut: 2,
  },
  '3.6-08a': {
    oui: [instance({ type: 'concertation-vie-nocturne' }, { jour: '2024-01-10' })],
    non: [instance({ type: 'gup' }), instance({ type: 'concertation-vie-nocturne' }, { jour: '2026-01-10' })],
    vaut: 1,
  },
  '3.6-09a': {
    oui: [
      operation({ ...nuit, type: 'controle-etablissements', verbalisations: 6 }),
      operation({ ...nuit, type: 'controle-etablissements', service: 'police-nationale', verbalisations: 2 }),
    ],
    non: [operation({ type: 'controle-etablissements', verbalisations: 9 }), operation({ ...nuit, type: 'secteur-festif', verbalisations: 9 })],
    vaut: 8,
  },
  '3.6-11': {
    oui: [
      operation({ type: 'secteur-festif', verbalisations: 10 }),
      operation({ type: 'verbalisation-incivilites', lieu: 'secteur-festif', verbalisations: 5 }),
      // night, festive and by theme: its fines count once
      operation({ ...nuit, type: 'secteur-festif', lieu: 'secteur-festif', verbalisations: 3 }),
    ],
    non: [
      operation({ type: 'secteur-festif', service: 'police-nationale', verbalisations: 20 }),
      operation({ ...nuit, type: 'controle-etablissements', verbalisations: 6 }),
      operation({ type: 'verbalisation-incivilites', verbalisations: 8 }),
    ],
    vaut: 18,
  },
  '3.6-12': {
    oui: [
      site({ ...tension, dispositif: 'mediation' }),
      site({ ...tension, dispositif: 'patrouilles' }, { jour: '2024-02-02' }),
      site({ ...tension, dispositif: 'aucun' }),
      site(tension),
    ],
    non: [
      site({ type: 'hall', dispositif: 'mediation' }),
      site({ ...tension, dispositif: 'mediation', etat: 'clos' }, { jour: '2024-02-02', fin: '2024-12-01' }),
    ],
    vaut: 50,
  },
  '3.6-13': {
    oui: [doleance({ theme: 'vie-nocturne' }), doleance({ theme: 'vie-nocturne', canal: 'totem' })],
    non: [doleance({ theme: 'incivilites' })],
    vaut: 2,
  },
  '3.7-01': {
    oui: [operation({ theme: 'harcelement-de-rue', verbalisations: 5 })],
    non: [operation({ theme: 'vss', verbalisations: 9 })],
    vaut: 5,
  },
  '3.7-04': {
    oui: [intervention({ theme: 'harcelement-de-rue' })],
    non: [intervention({ theme: 'vss' }), intervention({ theme: 'harcelement-de-rue', nature: 'maraude' })],
    vaut: 1,
  },
  '3.7-05': {
    oui: [
      formation({ theme: 'vss', employeur: 'dpmp' }),
      formation({ theme: 'harcelement-de-rue', employeur: 'dpmp' }),
      formation({ theme: 'harcelement-de-rue', employeur: 'plusieurs', dont_dpmp: 10 }),
    ],
    non: [
      formation({ theme: 'vss', employeur: 'plusieurs' }),
      formation({ theme: 'vss', employeur: 'police-nationale' }),
      formation({ theme: 'vif', employeur: 'dpmp' }),
    ],
    vaut: 3,
  },
  '3.7-06': {
    oui: [intervention({ service: 'mpce', theme: 'vss' }), intervention({ service: 'mpce', theme: 'harcelement-de-rue' })],
    non: [intervention({ service: 'dpp', theme: 'vss' }), intervention({ service: 'mpce', theme: 'rixes' })],
    vaut: 2,
  },
  '3.8-03': {
    oui: ['coordination-grande-precarite', 'coordination-veille-sociale', 'comite-veille-sociale'].map((type) => reunion({ type })),
    non: [reunion({ type: 'gt-sante-mentale-rue' })],
    vaut: 3,
  },
  '3.8-05a': {
    oui: [operation({ type: 'mise-a-l-abri', personnes: 30 }), operation({ type: 'mise-a-l-abri' })],
    non: [operation({ type: 'nettoyage' })],
    vaut: 2,
  },
  '3.8-05b': { oui: [operation({ type: 'mise-a-l-abri', personnes: 30 })], non: [operation({ type: 'distribution-alimentaire', personnes: 200 })], vaut: 30 },
  '3.8-06': {
    oui: [operation({ type: 'nettoyage', service: 'proprete-ville' })],
    non: [operation({ type: 'nettoyage', service: 'bailleur' }), operation({ type: 'mise-a-l-abri', service: 'proprete-ville' })],
    vaut: 1,
  },
  '3.8-07': {
    oui: [operation({ type: 'mise-a-l-abri', protocole: 'petits-campements' })],
    non: [operation({ type: 'mise-a-l-abri', protocole: 'par' })],
    vaut: 1,
  },
  '3.9-02a': { oui: [formation({ theme: 'stupefiants' })], non: [formation({ theme: 'usagers-de-drogue' }), intervention({ theme: 'stupefiants' })], vaut: 1 },
  '3.9-02b': {
    oui: [intervention({ theme: 'stupefiants' }), campagne({ theme: 'stupefiants' })],
    non: [intervention({ theme: 'usagers-de-drogue' }), intervention({ theme: 'stupefiants', nature: 'maraude' }), formation({ theme: 'stupefiants' })],
    vaut: 2,
  },
  '3.12-01': {
    oui: [
      operation({ cadre: 'grand-evenement', conjointe: true, lieu: 'lieux-competition' }),
      operation({ cadre: 'grand-evenement', conjointe: true, lieu: 'lieux-festivites', type: 'patrouille' }),
    ],
    non: [
      operation({ cadre: 'grand-evenement', lieu: 'lieux-competition' }),
      operation({ cadre: 'grand-evenement', conjointe: true }),
      operation({ cadre: 'grand-evenement', conjointe: true, lieu: 'gare-station' }),
      operation({ conjointe: true, lieu: 'lieux-festivites' }),
    ],
    vaut: 2,
  },
  '3.12-02': { oui: [campagne({ cadre: 'grand-evenement' })], non: [campagne({ theme: 'grands-evenements' })], vaut: 1 },
  '3.12-05': {
    oui: [
      accompagnement({ evenement: 'avant', public: 'personnes-a-la-rue', personnes: 9 }),
      accompagnement({ evenement: 'pendant', public: 'familles', personnes: 4 }),
    ],
    non: [
      accompagnement({ evenement: 'non', public: 'familles', personnes: 20 }),
      accompagnement({ public: 'personnes-a-la-rue', personnes: 20 }),
      accompagnement({ evenement: 'pendant', public: 'touristes', personnes: 20 }),
      placement({ dispositif: 'hebergement', personnes: 5 }),
    ],
    vaut: 13,
  },
  '3.14-01': {
    oui: [doleance({ canal: 'totem' }), doleance({ canal: 'terrain' }), doleance({ canal: 'parcs-et-jardins' })],
    non: [doleance({ canal: '3975' }), doleance({ canal: 'nuisances-pro' }), doleance({ canal: 'dmr', ...pm })],
    vaut: 3,
  },
  '3.14-02': { oui: [doleance({ canal: 'nuisances-pro' })], non: [doleance({ canal: 'totem' })], vaut: 1 },
  '3.14-04a': {
    oui: [
      doleance({ canal: 'dmr', ...pm, type: 'terrasses' }),
      doleance({ canal: 'dmr', ...pm, type: 'stationnement' }),
      doleance({ canal: 'dmr', ...pm, type: 'terrasses' }),
    ],
    non: [doleance({ canal: 'dmr' }), doleance({ canal: '3975', ...pm })],
    vaut: 3,
  },
  '3.14-04b': {
    oui: [
      doleance({ canal: 'dmr', ...pm, type: 'terrasses' }),
      doleance({ canal: 'dmr', ...pm, type: 'stationnement' }),
      doleance({ canal: 'dmr', ...pm, type: 'terrasses' }),
    ],
    non: [doleance({ canal: 'dmr', type: 'voirie' }), doleance({ canal: '3975', ...pm, type: 'bruit' })],
    vaut: 2,
  },
  '3.14-05': {
    oui: [
      evenement({ type: 'rapprochement', theme: 'rapprochement', stand_police: true }),
      evenement({ type: 'jrj', theme: 'rapprochement' }),
      evenement({ type: 'village-prevention', stand_police: true }),
      intervention({ theme: 'rapprochement' }),
    ],
    non: [
      evenement({ type: 'grand-evenement', stand_police: true }),
      evenement({ type: 'jrj' }),
      evenement({ type: 'village-prevention', stand_police: false }),
      intervention({ theme: 'rapprochement', nature: 'mediation' }),
    ],
    vaut: 4,
  },
};
