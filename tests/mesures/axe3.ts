/** Axis 3 of the contract, public space: fiches 3.1 to 3.5. */
import { type Cas, audit, campagne, demande, formation, intervention, marche, operation, poste, preconisation, site } from './essai.ts';

const route = { theme: 'securite-routiere' };
const bailleur = { categorie_structure: 'bailleur', etat: 'ouvert' };
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
      demande({ circuit: 'halls-occupes', categorie: 'hall', clos: '2025-07-01' }),
    ],
    non: [
      site({ type: 'hall', etat: 'clos' }, { jour: '2024-01-03', fin: '2024-11-30' }),
      site({ type: 'campement' }),
      demande({ circuit: 'halls-occupes', categorie: 'abords' }),
      demande({ circuit: 'halls-occupes', categorie: 'hall', clos: '2024-12-20' }, { jour: '2024-12-01' }),
    ],
    vaut: 4,
  },
  '3.5-03': { oui: [campagne({ theme: 'transports' })], non: [campagne(), intervention({ theme: 'transports' })], vaut: 1 },
};
