-- Three planes. `partenariat` (group concorde_application) is what partners keep; `public` (concorde_public) reads only what pages that
-- belong to everyone show; `nominatif` (concorde_nominatif) alone enters the schema of the same name. LOGIN roles of each contract are
-- members of one group only (core/roles.ts).
do $$
declare groupe text;
begin
  foreach groupe in array array['concorde_public', 'concorde_nominatif'] loop
    if not exists (select from pg_roles where rolname = groupe) then
      begin
        execute format('create role %I nologin', groupe);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
end $$;
create schema nominatif;
revoke all on schema nominatif from public;
grant usage on schema nominatif to concorde_nominatif;
-- Functions and operators of extensions live there; no table comes with it.
grant usage on schema public to concorde_public, concorde_nominatif;

alter table roles_service
  drop constraint roles_service_genre_check,
  add constraint roles_service_genre_check check (genre in ('service', 'travaux', 'public', 'nominatif'));

-- The plane of the role that signed in; null for the owner and for the queue.
create function concorde_plan() returns text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select case s.genre when 'service' then 'partenariat' else nullif(s.genre, 'travaux') end
    from public.roles_service s where s.role = session_user);
end $$;

-- Row-level security by contract, for the role of one plane and no other, in whatever schema. What is nominative lives in schema
-- nominatif, and nothing else does. A table of plane `public` is written by partners and read by everyone.
create function proteger(cible regclass, plan text) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  groupe text := case plan when 'public' then 'concorde_application' when 'partenariat' then 'concorde_application'
    when 'nominatif' then 'concorde_nominatif' end;
begin
  if groupe is null then raise exception 'plan inconnu : %', plan; end if;
  if (plan = 'nominatif') <> ((select relnamespace from pg_class where oid = cible) = 'nominatif'::regnamespace) then
    raise exception '% : ce qui est nominatif est dans le schéma nominatif, et rien d’autre n’y est', cible;
  end if;
  execute format('alter table %s enable row level security', cible);
  execute format('alter table %s force row level security', cible);
  execute format(
    'create policy contrat_seul on %s to %I using (contrat_id = (select concorde_contrat())) with check (contrat_id = (select concorde_contrat()))',
    cible, groupe);
  execute format('create policy proprietaire on %s to %I using (true) with check (true)', cible, current_user);
  execute format('revoke all on %s from public, concorde_application, concorde_public, concorde_nominatif', cible);
  execute format('grant select, insert, update on %s to %I', cible, groupe);
  if plan = 'public' then perform ouvrir_en_lecture(cible, 'public'); end if;
end $$;
create or replace function proteger(cible regclass) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform proteger(cible, 'partenariat');
end $$;

-- Lets another plane read a table of the contract: its role gets SELECT on these columns, or on all of them, and nothing else.
create function ouvrir_en_lecture(cible regclass, plan text, colonnes text[] default null, cle text default 'contrat_id') returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if plan not in ('public', 'nominatif') or (select relnamespace from pg_class where oid = cible) = 'nominatif'::regnamespace then
    raise exception '% ne s’ouvre pas au plan %', cible, plan;
  end if;
  execute format('create policy %I on %s for select to %I using (%I = (select concorde_contrat()))', 'lecture_' || plan, cible, 'concorde_' || plan, cle);
  execute format('grant select %s on %s to %I',
    (select '(' || string_agg(quote_ident(c), ', ') || ')' from unnest(colonnes) as c), cible, 'concorde_' || plan);
end $$;
revoke execute on function proteger(regclass), proteger(regclass, text), ouvrir_en_lecture from public;

-- The catalogue of the contract, a signed and published text: what public pages are made of, and the only tables of partners that the
-- nominative plane reads (names of territories, actors, cards). Not the channel of the contract's live events.
select ouvrir_en_lecture('contrats', plan, '{id,slug,nom,cree_le}', 'id') from unnest(array['public', 'nominatif']) as plan;
select ouvrir_en_lecture(t, plan)
from unnest(array['contrat_chargements', 'contrat_objets', 'textes_officiels']::regclass[]) as t, unnest(array['public', 'nominatif']) as plan;
-- Published statistics of the observatory.
select ouvrir_en_lecture('series_contexte', 'public');
