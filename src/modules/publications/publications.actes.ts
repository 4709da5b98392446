/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'bilan.demande': 'bilan demandé',
  'contexte.importe': 'série de contexte importée',
  'bilan.redige': 'texte du bilan écrit',
} as const;
