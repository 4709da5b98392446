/** What the audit trail calls each act of this module. */
export const ACTES = {
  'crise.ouverte': 'salle de crise ouverte',
  'crise.nommee': 'organisation nommée dans une crise',
  'crise.commandement': 'commandement d’une crise changé',
  'crise.correspondant': 'correspondant de la cellule d’aide aux victimes désigné',
  'crise.tache': 'tâche de crise pointée',
  'crise.jointe': 'crise jointe à une autre, pour le même événement',
  'crise.close': 'crise close',
  'crise.archivee': 'crise archivée',
  'crise.conseil': 'point pour le conseil écrit',
  'main-courante.ecrite': 'main courante écrite',
  'crise.note': 'note d’information envoyée aux mairies',
  'crise.note-accusee': 'note d’information accusée par une mairie',
  'crise.avis': 'événement appris par une mairie',
  'crise.avis-transmis': 'salle de commandement prévenue',
} as const;
