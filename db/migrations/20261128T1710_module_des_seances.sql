-- Entries of the list of what is owed name the module that speaks for them: sessions have their own.
update echeances set module = 'seances' where genre in ('convocation', 'tenue', 'reponse', 'choix-date', 'releve', 'publication');
