-- An operation made for reports: what it did is told to all of those who made them.
create table demande_operations (
  contrat_id smallint not null,
  activite_id uuid not null,
  demande_id uuid not null,
  liee_par text not null check (char_length(liee_par) <= 200),
  liee_le timestamptz not null,
  -- when what was done was told to its author; null while it was not
  rendue_le timestamptz,
  primary key (contrat_id, activite_id, demande_id),
  foreign key (contrat_id, demande_id) references demandes (contrat_id, id)
);
select proteger('demande_operations');
create index demande_operations_par_demande on demande_operations (contrat_id, demande_id);
create index demande_operations_recentes on demande_operations (contrat_id, liee_le desc);
select annoter('demande_operations', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "activite_id": "technique", "demande_id": "technique", "liee_par": "identite", "liee_le": "contenu", "rendue_le": "contenu"}');
