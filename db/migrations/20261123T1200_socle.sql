-- Ground of every module: extensions, the application role, row-level security, French text search.
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gist;

do $$
begin
  if not exists (select from pg_roles where rolname = 'concorde_application') then
    begin
      create role concorde_application nologin;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  execute format('grant concorde_application to %I', current_user);
end $$;
grant usage on schema public to concorde_application;
alter default privileges in schema public grant select, insert, update, delete on tables to concorde_application;
alter default privileges in schema public grant usage on sequences to concorde_application;

-- unaccent() is only stable; an index needs an immutable one bound to its dictionary.
create function sans_accents(t text) returns text
language sql immutable parallel safe strict as $$ select public.unaccent('public.unaccent'::regdictionary, lower(t)) $$;

create text search configuration concorde_fr (copy = french);
alter text search configuration concorde_fr
  alter mapping for hword, hword_part, word with unaccent, french_stem;

-- The contract on which the connection or transaction works; null shows nothing.
create function concorde_contrat() returns smallint
language sql stable parallel safe as $$ select nullif(current_setting('concorde.contrat_id', true), '')::smallint $$;

-- Row-level security for a table whose first key column is contrat_id: the application role sees one contract only.
create function proteger(cible regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', cible);
  execute format('alter table %s force row level security', cible);
  execute format(
    'create policy contrat_seul on %s to concorde_application using (contrat_id = (select concorde_contrat())) with check (contrat_id = (select concorde_contrat()))',
    cible
  );
  -- Migrations, loading and commands run as the owner, who is not confined to one contract.
  execute format('create policy proprietaire on %s to %I using (true) with check (true)', cible, current_user);
end $$;

create table contrats (
  id smallint generated always as identity primary key,
  slug text not null unique,
  nom text not null,
  cree_le timestamptz not null default now()
);
alter table contrats enable row level security;
create policy contrat_seul on contrats for select to concorde_application using (id = (select concorde_contrat()));
create policy proprietaire on contrats to current_user using (true) with check (true);
