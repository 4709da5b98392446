-- Late ones of a place, and reserved parts of sessions (a few among thousands of sessions), each read without the rest.
create index decisions_ouvertes_du_lieu on decisions (contrat_id, territoire_id, echeance) include (origine_genre, origine_id, confidentialite)
  where close_le is null;
create index seances_parties on seances (contrat_id, id) where partie_de is not null;
