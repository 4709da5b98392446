-- What a search offers changes with the words that it knows.
select signaler('recherche_mots');
