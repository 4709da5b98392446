-- What the tables of the audit chain and of sign-in hold, for the register of processing activities.
select annoter('audit', null, '{"numero": "technique", "mandat": "vie_professionnelle", "avant": "technique", "apres": "technique",
  "ligne": {"categorie": "connexion", "note": "L’entrée entière, telle qu’elle est digérée"}, "precedente": "technique", "empreinte": "technique"}');
select annoter('audit_tetes', '{"traitement": "journal", "duree": "Celle du journal"}',
  '{"contrat_id": "technique", "numero": "technique", "empreinte": "technique"}');
select annoter('audit_sceaux', '{"traitement": "journal", "duree": "Celle du journal"}',
  '{"contrat_id": "technique", "numero": "technique", "empreinte": "technique",
    "signataire": {"categorie": "vie_professionnelle", "note": "Nom de l’institution qui scelle"}, "cle_publique": "technique",
    "signature": "technique", "quand": "technique"}');
select annoter('audit_purges', '{"traitement": "journal", "duree": "Sans limite : c’est la preuve des purges"}',
  '{"contrat_id": "technique", "numero": "technique", "empreinte": "technique", "nombre": "technique", "motif": "contenu", "quand": "technique"}');

select annoter('comptes', null, '{"gestionnaire": "vie_professionnelle", "echecs": "connexion", "bloque_jusqua": "connexion",
  "totp": "authentification", "totp_depuis": "authentification", "totp_dernier": "authentification", "oidc_emetteur": "authentification",
  "oidc_sub": "pseudonyme"}');
select annoter('mandats', null, '{"delegue_de": "vie_professionnelle", "termine_par": "identite"}');
select annoter('sessions', null, '{"id": "technique", "moyen": "connexion", "forte": "connexion", "confirmee_le": "connexion",
  "adresse": "connexion", "agent": "connexion", "id_token": {"categorie": "authentification", "note": "Jeton du fournisseur d’identité : porte nom et courriel"}}');
select annoter('codes_secours', '{"traitement": "comptes", "duree": "Jusqu’à leur usage ou leur remplacement"}',
  '{"contrat_id": "technique", "compte_id": "pseudonyme", "empreinte": "authentification", "utilise_le": "connexion"}');
select annoter('cles_acces', '{"traitement": "comptes", "duree": "Jusqu’à leur retrait, au plus celle du compte"}',
  '{"contrat_id": "technique", "id": "authentification", "compte_id": "pseudonyme", "cle_publique": "authentification",
    "compteur": "authentification", "transports": "technique", "nom": "contenu", "cree_le": "technique", "vue_le": "connexion"}');
select annoter('etapes', '{"traitement": "comptes", "duree": "Quelques minutes (expire_le)"}',
  '{"contrat_id": "technique", "empreinte": "authentification", "compte_id": "pseudonyme", "genre": "technique",
    "charge": "authentification", "expire_le": "technique"}');
select annoter('liens', '{"traitement": "comptes", "duree": "Trente jours après leur expiration", "jours": 30}',
  '{"contrat_id": "technique", "id": "technique", "empreinte": "authentification", "genre": "technique", "courriel": "coordonnees",
    "compte_id": "pseudonyme", "charge": {"categorie": "identite", "note": "Nom, fonction et mandats de la personne invitée"},
    "cree_le": "technique", "cree_par": "pseudonyme", "expire_le": "technique", "utilise_le": "connexion"}');
select annoter('jetons_api', '{"traitement": "comptes", "duree": "Jusqu’à leur expiration ou leur révocation"}',
  '{"contrat_id": "technique", "id": "technique", "compte_id": "pseudonyme", "empreinte": "authentification", "nom": "contenu",
    "portees": "technique", "cree_le": "technique", "expire_le": "technique", "vu_le": "connexion", "revoque_le": "technique"}');
select annoter('organisations', '{"traitement": "comptes", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "acteur_id": "contrat", "siret": "contrat", "fermee_le": "technique"}');
select annoter('courriels', '{"traitement": "comptes", "duree": "Texte effacé à l’envoi ; trace gardée 90 jours", "jours": 90}',
  '{"contrat_id": "technique", "id": "technique", "destinataire": "coordonnees", "sujet": "contenu", "texte": "contenu", "etat": "technique",
    "essais": "technique", "erreur": "contenu", "cree_le": "technique", "prochain_le": "technique", "envoye_le": "technique"}');
