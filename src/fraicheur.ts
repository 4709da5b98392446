/**
 * How soon a public page follows what it shows. What is said here may be shown as it was, for a second at most (`TARD_MS`), while the
 * new page is rendered: something was added, or a total follows what was added. Everything else shows at once: what is corrected, withdrawn,
 * contested, published, frozen, closed or ended, a licence, a contract; and any table that is not named here.
 */
import type { Operation, Politique } from './core/direct/changes.ts';

type Regle = readonly Operation[];
const AJOUTE: Regle = ['insert'];
/** Follows from other tables: late when they only had something added, at once as soon as one of them must be. */
const SUIT: Regle = ['insert', 'update', 'delete'];

const TARD: Readonly<Record<string, Regle>> = {
  // Records, reports, meetings and places that are added; correcting or withdrawing one is an update.
  activites: AJOUTE,
  activite_lieux: AJOUTE,
  lieux: AJOUTE,
  signalements: AJOUTE,
  signalement_lots: AJOUTE,
  demandes: AJOUTE,
  lots: AJOUTE,
  fichiers: AJOUTE,
  decisions: AJOUTE,
  problemes: AJOUTE,
  // What is owed, brought to what the other tables say.
  echeances: SUIT,
};

/** At once whatever is done to them: they are named so that the list is whole. */
const AUSSITOT = new Set([
  'contrat_objets',
  'contrat_chargements',
  'textes_officiels',
  'territoires',
  'contours',
  'recherche',
  'recherche_mots',
  'mesure_formules',
  'valeurs',
  'valeur_choix',
  'valeur_totaux',
  'cibles',
  'contre_valeurs',
  'controles',
  'methodes',
  'valeur_contestations',
  'valeur_pieces',
  'valeur_signatures',
  'enquete_comptes',
  'enquete_vagues',
  'verrous',
  'verrou_exceptions',
  'listes_extensions',
  'series_contexte',
  'instances',
  'instance_rattachements',
  'seances',
  'seance_participants',
  'seance_convocations',
  'seance_adresses_ecartees',
  'releve_publications',
  'seance_approbations',
  'seance_approbation_reponses',
  'seance_presence_mots',
  'bilan_textes',
  'syntheses',
  'comptes',
  'mandats',
  'instance_membres',
  'instance_remontees',
  'releves',
  'retard_raisons',
  'echeance_rappels',
  'campagne_acces',
  'propositions',
  'structures',
  'structure_services',
  'alertes',
  'alerte_envois',
  'alerte_inscrits',
  'secours_corrections',
  'secours_verifications',
  'messages_relayes',
  'cap_recus',
  'recurrences',
  'demande_bilans',
  'demande_quartiers',
  'open311_mois',
  'circuit_periodes',
  'cellule_reunions',
  'cellules',
  'cellule_membres',
  'situations',
  'situation_orientations',
  'situation_informations',
  'situation_demandes',
  'situation_acces',
  'crises',
  'crise_acteurs',
  'crise_avis',
  'crise_note_mairies',
  'conventions',
  'convention_corrections',
  'convention_parties',
  'convention_paroles',
  'convention_signatures',
  'convention_revues',
  'convention_versions',
  'documents_diffuses',
  'document_lecteurs',
  'instance_contributions',
]);

/** Counts of records, in whatever tables they are kept, moved by the transaction that writes the records. */
const estUnCompte = (table: string): boolean => table.startsWith('mesure_') && table !== 'mesure_formules';
const regleDe = (table: string): Regle | undefined => (estUnCompte(table) ? SUIT : TARD[table]);

/** Never written but with another table, which says so: no notice of their own. Who serves which contract is decided before serving begins. */
const DITES: Readonly<Record<string, readonly string[]>> = {
  roles_service: [],
  contrats: ['contrat_chargements'],
  migrations: [],
  faits_comptes: ['mesure_cellules', 'mesure_annees'],
  // Which way a proof is read, never what it says.
  filtres_comptes: [],
  decision_comptes: ['decisions'],
  demande_comptes: ['demandes'],
  demande_mois: ['demandes'],
  demande_bilan_lignes: ['demande_bilans'],
  demande_bilan_comptes: ['demande_bilans'],
  demande_quartier_lignes: ['demande_quartiers'],
  open311_demandes: ['open311_mois'],
  // Where reports come from, counted by the triggers of those that are added or corrected.
  mailles_comptees: ['demandes', 'signalements'],
  // Folded or not, a month says the same.
  mailles_pliees: ['demandes', 'signalements'],
  mailles_ajoutees: ['demandes', 'signalements'],
  mailles_connues: ['demandes', 'signalements'],
  canaux_comptes: ['demandes', 'signalements'],
  demande_evenements: ['demandes'],
  circuit_releves: ['circuit_periodes'],
};

export const FRAICHEUR: Politique = {
  fraicheur: (table, operation) => {
    const regle = regleDe(table);
    if (regle) return regle.includes(operation) ? 'tard' : 'aussitot';
    return AUSSITOT.has(table) ? 'aussitot' : null;
  },
  suit: (table) => regleDe(table) === SUIT,
  ditPar: (table) => DITES[table] ?? null,
  toujours: ['contrat_objets', 'contrat_chargements', 'textes_officiels'],
};
