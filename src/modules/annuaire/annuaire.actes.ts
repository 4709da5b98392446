/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'structure.creee': 'lieu d’aide créé',
  'structure.corrigee': 'lieu d’aide corrigé',
  'structure.confirmee': 'lieu d’aide confirmé sans changement',
  'structure.retablie': 'version d’un lieu d’aide rétablie',
  'structure.retiree': 'lieu d’aide retiré ou remis',
  'structure.service': 'service d’un lieu d’aide écrit',
  'structure.lien': 'lien de vérification envoyé',
  'structure.doublon': 'lieux réunis ou séparés',
  'structure.import': 'lieux d’aide importés',
  'referent.designe': 'référent désigné',
  'referent.corrige': 'référent corrigé',
} as const;
