-- A decision carries what made it: a kind, declared by the module that owns it, and which one. Bodies made all of them until now.
-- The promise is given by whoever writes it: nothing here reads the tables of others any more.
drop trigger decisions_promesse on decisions;
drop function promettre_decision();

alter table decisions rename column instance_id to origine_id;
alter table decisions drop constraint decisions_contrat_id_instance_id_fkey, drop constraint decisions_contrat_id_instance_id_numero_key;
alter table decisions add column origine_genre text not null default 'instance';
-- Every new one says its own.
alter table decisions alter column origine_genre drop default;
-- running number within its origin
alter table decisions add constraint decisions_origine_numero unique (contrat_id, origine_genre, origine_id, numero);
drop index decisions_instance;
create index decisions_origine on decisions (contrat_id, origine_genre, origine_id, cree_le desc);

-- Entries of the list of what is owed name the module that speaks for them.
update echeances set module = 'decisions' where genre = 'decision';

select annoter('decisions', null, '{"origine_genre": "technique", "origine_id": "technique"}');
