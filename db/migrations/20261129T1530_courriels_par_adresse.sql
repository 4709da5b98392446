-- Letters are counted by the address they were sent to: the sender is whatever the sender says.
drop index courriels_recus_expediteur;
create index courriels_recus_adresse on courriels_recus (contrat_id, empreinte, recu_le desc);
