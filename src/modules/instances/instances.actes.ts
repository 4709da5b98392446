/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'calendrier.flux_cree': 'adresse de calendrier créée',
  'calendrier.flux_revoque': 'adresse de calendrier révoquée',
  'instance.close': 'instance close',
  'instance.confidentialite': 'confidentialité d’une instance changée',
  'instance.creee': 'instance créée',
  'instance.demande': 'point demandé par un membre',
  'instance.demande_ecartee': 'point demandé écarté',
  'instance.membre_ajoute': 'membre ajouté à une instance',
  'instance.membre_modifie': 'membre d’une instance modifié',
  'instance.modifiee': 'instance modifiée',
  'papiers.entete': 'en-tête des papiers changé',
} as const;
