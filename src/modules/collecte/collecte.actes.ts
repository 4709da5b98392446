/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'campagne.acces': 'répondant ajouté à une campagne',
  'campagne.acces_ferme': 'lien de réponse fermé',
  'campagne.close': 'campagne close',
  'campagne.delegue': 'réponse déléguée',
  'campagne.ouverte': 'campagne ouverte',
  'campagne.relance': 'campagne relancée',
} as const;
