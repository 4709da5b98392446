/** What the audit trail calls each act of the conduct of a crisis. */
export const ACTES_DE_CONDUITE = {
  'crise.moyen': 'moyen de crise demandé ou avancé',
  'crise.stock': 'nombre de moyens de crise déclaré',
  'crise.centre': 'centre d’accueil prévu, ouvert ou fermé',
  'crise.comptage': 'personnes comptées à un guichet',
  'crise.service': 'état d’un service dit',
  'crise.rythme': 'rythme des points de situation changé',
  'crise.point': 'point de situation préparé',
  'crise.point-signe': 'point de situation signé',
  'exercice.prepare': 'scénario d’exercice choisi',
  'exercice.horloge': 'horloge d’un exercice changée',
  'exercice.inject': 'événement d’exercice traité',
  'retex.constat': 'constat de retour d’expérience ajouté',
  'retex.signe': 'retour d’expérience signé',
} as const;
