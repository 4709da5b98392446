/** Words of the journal for what this module audits. */
export const ACTES = { 'echeances.rappels': 'rappels d’échéances' } as const;
