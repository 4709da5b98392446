/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'valeur.saisie': 'chiffre saisi',
  'valeur.validee': 'chiffre validé',
  'valeur.contestee': 'chiffre contesté',
  'valeur.tranchee': 'écart entre deux sources tranché',
  'valeur.expliquee': 'chiffre qui surprend expliqué',
} as const;
