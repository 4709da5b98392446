/** What the audit trail calls each act of this module. An answer is none: it has no author. */
export const ACTES = {
  'enquete.ouverte': 'vague d’enquête ouverte',
  'enquete.invitations': 'invitations à une enquête envoyées',
  'enquete.close': 'vague d’enquête close',
} as const;
