/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'activite.corrigee': 'enregistrement corrigé',
  'activite.annulee': 'activité programmée annulée',
  'activite.creee': 'enregistrement créé',
  'activite.realisee': 'activité programmée réalisée',
  'activite.retablie': 'enregistrement rétabli',
  'activite.retiree': 'enregistrement retiré',
  'lieux.deposes': 'fichier de lieux déposé',
  'lieux.importes': 'lieux importés',
  'liste.etendue': 'liste complétée',
  'lot.annule': 'import annulé',
  'lot.colonnes': 'colonnes d’un fichier appariées',
  'lot.ligne-corrigee': 'ligne d’import corrigée',
  'lot.lignes-remplacees': 'valeur remplacée dans un import',
  'lot.publie': 'import publié',
} as const;
