/** What the audit trail calls each write of this module, and what the journal says of it. */
export const ACTES = {
  'convention.creee': 'acte créé',
  'convention.modifiee': 'acte modifié',
  'convention.importees': 'actes importés',
  'convention.partie': 'partie ajoutée à un acte',
  'convention.signee': 'signature d’un acte notée, confirmée, contestée ou corrigée',
  'convention.retrait': 'partie retirée d’un acte',
  'convention.texte': 'texte ou avenant déposé',
  'convention.revue': 'revue d’un acte notée',
  'convention.engagement': 'engagement d’un acte écrit ou arrêté',
  'convention.fait': 'engagement d’un acte tenu',
  'convention.parole': 'ce qui est dit au nom d’une partie confirmé, contesté ou retiré',
  'convention.denoncee': 'acte dénoncé, ou dénonciation annulée',
  'convention.publiee': 'acte rendu public ou restreint',
} as const;
