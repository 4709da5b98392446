-- The worker's queue has a role of its own too (`concorde_travaux`, granted by core/roles.ts once the queue exists): it sees
-- the tasks of its contract only, known by their names (« travail_1 », « rendezvous_1_sceau »).
create function file_du_contrat(tache text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return tache ~ ('_' || public.concorde_contrat() || '(_|$)');
end $$;

-- Any session may LISTEN on any channel whose name it knows: each contract's channels have a name that only it can read.
alter table contrats add column canal uuid not null default gen_random_uuid();
select annoter('contrats', null, '{"canal": "technique"}');

create or replace function dire_changement() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- The service role sees its contract's line only; the owner's writes may concern any.
  perform pg_notify('concorde_changement_' || canal, '') from contrats;
  return null;
end $$;
revoke execute on function dire_changement from public;

-- Serving says by itself whether the database is the one it was built for.
alter table migrations enable row level security;
create policy lecture on migrations for select to concorde_application using (true);
grant select on migrations to concorde_application;
