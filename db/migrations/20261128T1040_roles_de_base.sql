-- Each contract is served through a LOGIN role of its own. Which contract a connection sees follows from the role that
-- signed in (session_user, which only a superuser can change), no longer from a setting that any statement may rewrite.
create table roles_service (
  contrat_id smallint not null references contrats (id),
  role name not null unique,
  genre text not null check (genre in ('service', 'travaux')),
  -- The database for which the role was made: a restored copy does not inherit the original's roles.
  base oid not null,
  primary key (contrat_id, role)
);
-- The owner alone: no policy for anyone else.
alter table roles_service enable row level security;
alter table roles_service force row level security;
create policy proprietaire on roles_service to current_user using (true) with check (true);
revoke all on roles_service from concorde_application;
select annoter('roles_service', '{"traitement": "journal", "duree": "Tant que le compte de la base existe"}',
  '{"contrat_id": "technique", "role": "technique", "genre": "technique", "base": "technique"}');

-- PL/pgSQL keeps its plan: this runs once for each protected table of each query.
create or replace function concorde_contrat() returns smallint
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare contrat smallint;
begin
  select s.contrat_id into contrat from public.roles_service s where s.role = session_user;
  if contrat is null and pg_has_role(session_user, current_user, 'member') then
    -- The owner, who sees everything anyway, may narrow himself to one contract.
    contrat := nullif(current_setting('concorde.contrat_id', true), '')::smallint;
  end if;
  return contrat;
end $$;

-- Refuses another contract than the caller's own: these functions run with the owner's rights.
create function exiger_contrat(contrat smallint) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if contrat is distinct from public.concorde_contrat() then
    raise exception 'contrat % interdit à cette connexion', contrat using errcode = '42501';
  end if;
end $$;

create or replace function ajouter_travail(contrat smallint, travail uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.exiger_contrat(contrat);
  perform graphile_worker.add_job('travail', json_build_object('contratId', contrat, 'id', travail), max_attempts => 2);
end $$;

-- A temporary table of the same name would otherwise be found first, even by functions that run as the owner. A trigger
-- function that anyone may attach to a table of theirs runs on rows of their making.
do $$
declare f record;
begin
  for f in
    select p.oid::regprocedure as nom, p.prorettype = 'trigger'::regtype as declencheur
    from pg_proc p
    join pg_language l on l.oid = p.prolang
    where p.pronamespace = 'public'::regnamespace and l.lanname = 'plpgsql'
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('alter function %s set search_path = pg_catalog, public, pg_temp', f.nom);
    if f.declencheur then execute format('revoke execute on function %s from public', f.nom); end if;
  end loop;
end $$;
revoke execute on function proteger, signaler from public;
