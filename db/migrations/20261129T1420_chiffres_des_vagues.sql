-- Which version of a contribution a closed wave gave: its results are public while that very version is. With the measure, the debtor,
-- the place and the period of the wave, it is the key of the contribution; a link says nothing, anybody who owes the figure may type one.
create table enquete_chiffres (
  contrat_id smallint not null,
  vague_id uuid not null,
  mesure_id text not null,
  version integer not null check (version > 0),
  primary key (contrat_id, vague_id, mesure_id),
  foreign key (contrat_id, vague_id) references enquete_vagues (contrat_id, id)
);
select proteger('enquete_chiffres');
revoke update on enquete_chiffres from concorde_application;
-- Those already closed: written at the very instant of the closing, with their link.
insert into enquete_chiffres (contrat_id, vague_id, mesure_id, version)
select e.contrat_id, e.id, v.mesure_id, v.version
from enquete_vagues e
join valeurs v on v.contrat_id = e.contrat_id and v.periode = e.periode and v.territoire_id = e.territoire_id and v.debiteur = e.debiteur
  and v.ventilation = '{}' and v.saisi_le = e.close_le and v.lien like '%/enquetes/vagues/' || e.id
on conflict do nothing;
select annoter('enquete_chiffres', '{"traitement": "enquetes", "duree": "Durée du contrat et de son évaluation"}',
  '{"contrat_id": "technique", "vague_id": "technique", "mesure_id": "contrat", "version": "technique"}');
