-- When this contract was served as a demonstration: whatever was made then was made by anybody.
create table demonstrations (
  contrat_id smallint not null references contrats (id),
  debut timestamptz not null,
  -- null while it lasts
  fin timestamptz,
  primary key (contrat_id, debut)
);
create unique index demonstrations_en_cours on demonstrations (contrat_id) where fin is null;
select proteger('demonstrations');
revoke insert, update, delete on demonstrations from concorde_application;
select annoter('demonstrations', '{"traitement": "comptes", "duree": "Durée du contrat : dit que des données fictives ont été faites ici"}',
  '{"contrat_id": "technique", "debut": "technique", "fin": "technique"}');
insert into demonstrations (contrat_id, debut) select contrat_id, min(cree_le) from comptes where demonstration group by contrat_id;
