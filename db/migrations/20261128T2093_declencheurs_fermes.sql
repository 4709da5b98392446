-- Triggers run by themselves: nobody calls their functions, which act with the owner's rights.
revoke execute on function tenir_liens_activites() from public;
revoke execute on function tenir_lieu() from public;
revoke execute on function tenir_lieux_activites() from public;

-- Who imported places is a person.
select annoter('lieu_imports', '{"traitement": "registres", "titre": "Imports de lieux", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "type": "technique", "fichier": "contenu", "lus": "contenu", "avertissements": "contenu",
    "depuis": "contenu", "fermer": "technique", "source": "contenu", "licence": "contenu", "cree_par": "technique",
    "auteur": "identite", "cree_le": "technique", "publie_le": "technique", "bilan": "technique"}');
select annoter('lieux', '{"traitement": "registres", "titre": "Lieux datés : quartiers prioritaires, écoles, gares, parcs", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "type": "technique", "code": "technique", "nom": "contenu", "geometrie": "contenu", "lon": "contenu",
    "lat": "contenu", "depuis": "contenu", "jusqu_au": "contenu", "remplace": "technique", "source": "contenu", "licence": "contenu",
    "importe_par": "identite", "importe_le": "technique"}');
