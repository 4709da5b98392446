/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'decision.corrigee': 'décision corrigée en séance',
  'decision.creee': 'décision écrite',
  'decision.echeance': 'échéances de décisions changées',
  'decision.modifiee': 'décision modifiée',
  'decision.relancee': 'décisions relancées',
  'decision.retiree': 'décision retirée en séance',
  'decision.suivie': 'décision suivie',
  'cible.fixee': 'cible fixée par une décision',
  'cible.retiree': 'cible retirée par une décision',
} as const;
