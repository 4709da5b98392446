/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'valeur.saisie': 'chiffre saisi',
  'valeur.validee': 'chiffre validé',
  'valeur.methode': 'note de méthode d’un chiffre écrite',
  'valeur.signee': 'bilan qualitatif signé',
  'valeur.confirmee': 'chiffre confirmé par qui le doit',
  'valeur.contestee': 'chiffre contesté',
  'valeur.contestation_retiree': 'contestation d’un chiffre retirée',
  'valeur.tranchee': 'écart entre deux sources tranché',
  'valeur.contre_proposee': 'contre-valeur proposée',
  'valeur.contre_reglee': 'contre-valeur réglée',
  'valeur.contre_retiree': 'contre-valeur retirée',
  'verrou.pose': 'période figée',
  'verrou.leve': 'période rouverte',
  'verrou.exception': 'exception à une période figée',
  'verrou.exception_fermee': 'exception fermée avant son jour',
  'valeur.expliquee': 'chiffre qui surprend expliqué',
} as const;
