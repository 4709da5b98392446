-- What two people may have open at once carries a mark that changes at each write, whoever writes, and says who wrote last.
create function monter_version() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.version = old.version then
    new.version := old.version + 1;
  end if;
  return new;
end $$;

alter table instances
  add column modifie_par text not null default '',
  add column modifie_le timestamptz;
alter table instance_membres
  add column version integer not null default 1,
  add column modifie_par text not null default '',
  add column modifie_le timestamptz;
alter table seances
  add column modifie_par text not null default '',
  add column modifie_le timestamptz;
alter table seance_points
  add column version integer not null default 1,
  add column modifie_par text not null default '',
  add column modifie_le timestamptz;
alter table organisations
  add column modifie_par text not null default '',
  add column modifie_le timestamptz;
-- what the person who published had taken out, as written in the minutes
alter table releve_publications add column passages text[] not null default '{}';

create trigger instances_version before update on instances
  for each row when (old.* is distinct from new.*) execute function monter_version();
create trigger instance_membres_version before update on instance_membres
  for each row when (old.* is distinct from new.*) execute function monter_version();
create trigger seances_version before update on seances
  for each row when (old.* is distinct from new.*) execute function monter_version();
create trigger seance_points_version before update on seance_points
  for each row when (old.* is distinct from new.*) execute function monter_version();

select annoter('instances', null, '{"modifie_par": "identite", "modifie_le": "technique"}');
select annoter('instance_membres', null, '{"version": "technique", "modifie_par": "identite", "modifie_le": "technique"}');
select annoter('seances', null, '{"modifie_par": "identite", "modifie_le": "technique"}');
select annoter('seance_points', null, '{"version": "technique", "modifie_par": "identite", "modifie_le": "technique"}');
select annoter('releve_publications', null, '{"passages": "contenu"}');
select annoter('organisations', null, '{"modifie_par": "identite", "modifie_le": "technique"}');
