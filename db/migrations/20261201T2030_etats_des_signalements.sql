-- Where an imported report stands for who published it, as each file says it: what no file said is not known, and is not « open ».
create table signalement_etats (
  contrat_id smallint not null,
  signalement_id bigint not null,
  -- the publisher's own word
  etat text not null check (char_length(etat) between 1 and 80),
  lot_id uuid not null,
  lu_le timestamptz not null,
  primary key (contrat_id, signalement_id, lu_le),
  foreign key (contrat_id, signalement_id) references signalements (contrat_id, id)
);
select proteger('signalement_etats');
revoke update on signalement_etats from concorde_application;
select annoter('signalement_etats', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "signalement_id": "technique", "etat": "contenu", "lot_id": "technique", "lu_le": "contenu"}');
