-- What a write moved among the figures, told when it was made: a later look at the figures could not tell it any more, others
-- have written since. `chemin` is the page of the record or of the batch, `version` which of its writes.
create table mouvements (
  contrat_id smallint not null references contrats (id),
  chemin text not null check (chemin ~ '^/[^/]'),
  version integer not null,
  -- [{ mesureId, libelle, unite, periode, territoireId, avant, apres }], the main ones first
  chiffres jsonb not null,
  -- measures that moved too
  autres integer not null default 0,
  primary key (contrat_id, chemin, version)
);
select proteger('mouvements');
-- written once
revoke update on mouvements from concorde_application;
select annoter('mouvements', '{"traitement": "indicateurs", "titre": "Chiffres qu’un enregistrement a fait bouger",
  "duree": "Celle de l’enregistrement ou de l’import qui les a fait bouger"}',
  '{"contrat_id": "technique", "chemin": "technique", "version": "technique", "chiffres": "contrat", "autres": "contrat"}');
