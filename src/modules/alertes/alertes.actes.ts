/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'alerte.ecrite': 'alerte écrite',
} as const;
