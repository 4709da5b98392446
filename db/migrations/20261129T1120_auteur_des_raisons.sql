-- Two people of one institution who write at once learn of each other by name; the public reads the institution alone.
alter table retard_raisons add column par text not null default '';
select annoter('retard_raisons', null, '{"par": "identite"}');
