/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'import.demande': 'import demandé',
} as const;
