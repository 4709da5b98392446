-- A file that papers still need: logos of letterheads, whose frozen minutes keep theirs. The purge of documents, which are made again on demand, leaves it.
alter table fichiers add column garde boolean not null default false;
update fichiers f set garde = true
where exists (select 1 from entetes e where e.contrat_id = f.contrat_id and e.logo_id = f.id)
  or exists (select 1 from releves r where r.contrat_id = f.contrat_id and r.contenu #>> '{entete,logo,fichier}' = f.id::text);
select annoter('fichiers', null, '{"garde": "technique"}');
