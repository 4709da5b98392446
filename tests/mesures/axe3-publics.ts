/** Axis 3 of the contract, nights, publics and events: fiches 3.6 to 3.14. */
import {
  accompagnement,
  campagne,
  type Cas,
  crise,
  demande,
  doleance,
  etablissement,
  evenement,
  formation,
  instance,
  intervention,
  operation,
  placement,
  reunion,
  site,
} from './essai.ts';

const pm = { perimetre: 'police-municipale' };
const nuit = { theme: 'vie-nocturne' };
const tension = { type: 'zone-tension-nuit' };

const social = { circuit: 'urgence-sociale', categorie: 'campement', service: 'MUS' };
export const AXE_3_PUBLICS: Readonly<Record<string, Cas>> = {
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
    oui: [doleance({ theme: 'vie-nocturne' }), doleance({ theme: 'vie-nocturne', canal: 'totem' }), demande({ theme: 'vie-nocturne', canal: 'web' })],
    non: [doleance({ theme: 'incivilites' }), demande({ theme: 'incivilites' })],
    vaut: 3,
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
  '3.8-01a': {
    oui: [demande(social), demande({ ...social, service: 'SSP' }), demande({ ...social, categorie: 'nettoyage', service: 'DPE' })],
    non: [demande(), demande({ circuit: 'demandes-partenaires', service: 'UASA' })],
    vaut: 3,
  },
  '3.8-01b': {
    oui: [demande({ ...social, etat: 'fait', fait: true }), demande({ ...social, etat: 'repondu', service: 'UASA' })],
    non: [
      demande(social),
      demande({ ...social, etat: 'conteste' }),
      demande({ ...social, etat: 'non-resolu', fait: true }),
      demande({ ...social, etat: 'fait', fait: true, service: 'SSP' }),
      demande({ etat: 'fait', fait: true }),
    ],
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
  '3.13-01a': { oui: [crise(), crise({ type: 'inondation', centre: 'care' })], non: [crise({ exercice: true })], vaut: 2 },
  '3.13-01b': {
    oui: [crise({ centre: 'care' })],
    non: [crise(), crise({ centre: 'local' }), crise({ exercice: true, centre: 'care' })],
    vaut: 1,
  },
  '3.13-02': {
    oui: [crise({ centre: 'care', personnes: 12 }), crise({ centre: 'local', personnes: 5, victimes: 3 })],
    non: [crise({ exercice: true, centre: 'care', personnes: 40 }), crise({ centre: 'care', victimes: 4 })],
    vaut: 17,
  },
  '3.14-01': {
    oui: [doleance({ canal: 'totem' }), doleance({ canal: 'terrain' }), doleance({ canal: 'parcs-et-jardins' }), demande({ canal: 'totem' })],
    non: [doleance({ canal: '3975' }), doleance({ canal: 'nuisances-pro' }), doleance({ canal: 'dmr', ...pm }), demande({ canal: '3975' }), demande()],
    vaut: 4,
  },
  '3.14-02': {
    oui: [doleance({ canal: 'nuisances-pro' }), demande({ circuit: 'nuisances-pro', canal: 'nuisances-pro' })],
    non: [doleance({ canal: 'totem' }), demande({ circuit: 'nuisances-pro', canal: 'web' })],
    vaut: 2,
  },
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
