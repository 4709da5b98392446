-- What happened since reception, by moment: programs of others ask for what is new. The line of reception is not in it: arrivals do not pay for it.
create index demande_evenements_par_moment on demande_evenements (contrat_id, quand desc) where rang > 1 and vers is not null;
