/** What the audit trail calls each act of this module, and what the journal says of it. */
export const ACTES = {
  'import.demande': 'import demandé',
  'demande.recue': 'demande reçue',
  'demande.fichier': 'demandes reçues par un fichier',
  'demande.etat': 'état d’une demande changé',
  'demande.note': 'note écrite sur une demande',
  'demande.lot': 'plusieurs demandes traitées ensemble',
  'demande.jointe': 'demande jointe à une autre',
  'demande.disjointe': 'demande séparée d’une autre',
  'demande.operation': 'opération faite pour des demandes',
  'demande.compte-rendu': 'compte rendu d’une opération à ceux qui ont signalé',
  'demande.photo': 'photo d’une demande montrée ou écartée',
  'recurrence.ouverte': 'lieu qui revient suivi',
  'recurrence.close': 'suivi d’un lieu clos',
  'recurrence.decision': 'décision liée à un lieu qui revient',
  'recurrence.effet': 'effet d’une décision dit à ceux qui ont signalé',
  'demande.dite': 'réponse de la personne qui a signalé',
} as const;
