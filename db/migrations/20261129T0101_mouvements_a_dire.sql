-- What a write added to the cells, kept until it is told among the figures: telling reads figures, and a save does not wait for it.
-- `ordre` is that of the writes: what was written later is taken away again, so that each tells the figures as it found them.
create table mouvements_a_dire (
  contrat_id smallint not null references contrats (id),
  ordre bigint not null generated always as identity,
  chemin text not null check (chemin ~ '^/[^/]'),
  version integer not null,
  -- [{ cle, mois, territoireId, distinct, mouvement, parti, nombre, somme, sansValeur }]
  deltas jsonb not null,
  primary key (contrat_id, ordre)
);
select proteger('mouvements_a_dire');
revoke update on mouvements_a_dire from concorde_application;
-- told, it waits no more
grant delete on mouvements_a_dire to concorde_application;
select annoter('mouvements_a_dire', '{"traitement": "indicateurs", "titre": "Chiffres qu’un enregistrement a fait bouger, en attendant d’être dits",
  "duree": "Quelques secondes"}',
  '{"contrat_id": "technique", "ordre": "technique", "chemin": "technique", "version": "technique", "deltas": "contrat"}');
