/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'bilan.demande': 'bilan demandé',
  'contexte.importe': 'série de contexte importée',
  'document.diffuse': 'document diffusé à une liste',
  'document.lu': 'document lu par qui le reçoit',
  'document.lien': 'autre lien envoyé à un lecteur',
  'document.retire': 'document retiré',
  'document.remplace': 'document remplacé par une version',
  'bilan.redige': 'texte du bilan écrit',
} as const;
