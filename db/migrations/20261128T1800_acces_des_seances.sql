-- How to come in: an entrance, a badge to fetch, a bell; told to members with the place.
alter table seances add column acces text not null default '' check (char_length(acces) <= 300);
select annoter('seances', null, '{"acces": "contenu"}');
