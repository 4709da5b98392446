/**
 * Who owns each table: only its owner's SQL names it. Others ask the owner's functions, or read the views that it publishes
 * (`faits_…`). A new table is declared here, under the module whose folder reads and writes it.
 */
export const TABLES: Record<string, readonly string[]> = {
  core: ['audit', 'contrats', 'courriels', 'fichiers', 'morceaux', 'rendezvous_passages', 'roles_service', 'soumissions', 'travaux'],
  contrats: ['contrat_objets', 'contrat_chargements', 'contours', 'recherche', 'territoires', 'textes_officiels'],
  comptes: [
    'appareils',
    'audit_purges',
    'audit_sceaux',
    'audit_tetes',
    'cles_acces',
    'codes_secours',
    'comptes',
    'connexion_echecs',
    'demonstrations',
    'demandes_droits',
    'demandes_droits_versions',
    'etapes',
    'jetons_api',
    'liens',
    'mandats',
    'organisations',
    'propositions',
    'purges',
    'sessions',
  ],
  echeances: ['echeances', 'echeance_rappels', 'echeance_envois'],
  indicateurs: ['mesure_annees', 'mesure_cellules', 'mesure_formules', 'mouvements', 'valeurs'],
  registres: ['activites', 'activite_versions', 'import_colonnes', 'listes_extensions', 'lots', 'lot_lignes'],
  signalements: ['signalements', 'signalement_libelles', 'signalement_lots'],
  publications: ['bilan_textes', 'series_contexte'],
  decisions: ['decisions', 'decision_versions'],
  instances: ['calendrier_flux', 'entetes', 'instances', 'instance_demandes', 'instance_membres'],
  seances: [
    'releves',
    'releve_documents',
    'releve_envois',
    'releve_publications',
    'seances',
    'seance_amendements',
    'seance_approbations',
    'seance_brouillons',
    'seance_dates',
    'seance_dates_reponses',
    'seance_documents',
    'seance_notes',
    'seance_participants',
    'seance_points',
    'seance_votes',
  ],
};

/** `file or folder -> table`, and why it may. An exception that excuses nothing any more is refused. */
export const EXCEPTIONS: Record<string, string> = {
  'src/modules/contrats/ -> contrats': 'loading a contract makes the line from which core reads slug and channel',
  'src/modules/comptes/journal/ -> audit': 'the auditor’s desk reads, exports, checks and purges the trail that core writes',
  'src/modules/registres/demo/audit.ts -> audit': 'the journal of the fictive year, written in one statement when it is installed',
};
