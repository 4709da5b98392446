-- Hot spots drawn anew. Kinds that were ever counted are found by skipping from one to the next; what was last said in a cell, among its reports of some days.
create index canaux_comptes_par_genre on canaux_comptes (contrat_id, origine, categorie);
drop index demandes_par_maille;
create index demandes_par_maille on demandes (contrat_id, maille, jour) where maille is not null;
