-- A body in full, for papers and letters, where its usual name is an acronym; empty: made from its kind and its place.
alter table instances add column nom_entier text not null default '' check (char_length(nom_entier) <= 300);
select annoter('instances', null, '{"nom_entier": "contenu"}');
