/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'valeur.saisie': 'chiffre saisi',
  'valeur.validee': 'chiffre validé',
  'valeur.contestee': 'chiffre contesté',
  'valeur.tranchee': 'écart entre deux sources tranché',
  'verrou.pose': 'période figée',
  'verrou.leve': 'période rouverte',
  'verrou.exception': 'exception à une période figée',
  'verrou.exception_fermee': 'exception fermée avant son jour',
  'valeur.expliquee': 'chiffre qui surprend expliqué',
} as const;
