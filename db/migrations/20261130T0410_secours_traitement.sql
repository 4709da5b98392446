-- What the register of processing says of corrected procedures.
select annoter('secours_corrections', '{"traitement": "orientation", "duree": "Celle du contrat", "titre": "Procédures d’orientation corrigées par les institutions",
  "finalite": "Dire au public et aux professionnels comment être aidé, dans les mots de l’institution qui le fait",
  "base_legale": "Mission d’intérêt public", "personnes": "Agents qui écrivent pour leur institution", "destinataires": ["Public", "Partenaires du contrat"]}',
  '{"contrat_id": "technique", "demarche": "technique", "version": "technique",
    "etapes": {"categorie": "contenu", "note": "Publié : le formulaire demande de ne nommer personne"},
    "organisation_id": "vie_professionnelle", "le": "technique"}');
