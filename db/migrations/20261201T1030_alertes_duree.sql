-- How long the words of an alert are kept, as the rule applies it.
select annoter('alertes', '{"traitement": "alertes", "duree": "Durée du contrat ; les mots, le lieu exact et les auteurs 90 jours après la clôture", "jours": 90,
  "titre": "Alertes, astreintes et accusés de réception",
  "finalite": "Prévenir à temps ceux qui doivent agir, savoir qu’ils l’ont été, et en tirer des leçons",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) ; L. 132-4 et s. du code de la sécurité intérieure",
  "personnes": "Agents d’astreinte et partenaires prévenus",
  "destinataires": ["Fonctions des listes de l’arrondissement et des communes voisines"]}');
