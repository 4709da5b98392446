-- Places that a record may be at, besides its territory: priority districts and sectors, schools, stations and lines, police stations,
-- divisions, parks, halls. One row for each state of a place: a boundary that moves closes a row and opens another, nothing is removed.
create table lieux (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- of the contract's list « types-de-lieu »
  type text not null check (type ~ '^[a-z0-9-]{1,40}$'),
  -- stays the same from one state to the next: what records and formulas name
  code text not null check (code ~ '^[A-Za-z0-9._-]{1,80}$'),
  nom text not null check (nom <> ''),
  -- GeoJSON, in degrees: Point, Polygon or MultiPolygon
  geometrie jsonb not null check (geometrie ->> 'type' in ('Point', 'Polygon', 'MultiPolygon')),
  lon float8 generated always as (case when geometrie ->> 'type' = 'Point' then (geometrie #>> '{coordinates,0}')::float8 end) stored,
  lat float8 generated always as (case when geometrie ->> 'type' = 'Point' then (geometrie #>> '{coordinates,1}')::float8 end) stored,
  -- first and last day; null: as far as is known
  depuis date,
  jusqu_au date,
  -- it was wrong from its first day: another row says what it was, and nothing is attached to this one
  remplace boolean not null default false,
  source text not null,
  licence text not null,
  importe_par text not null,
  importe_le timestamptz not null default now(),
  primary key (contrat_id, id),
  check (depuis <= jusqu_au)
);
create index lieux_codes on lieux (contrat_id, type, code) where not remplace;
select proteger('lieux');
select annoter('lieux', '{"traitement": "registres", "titre": "Lieux datés : quartiers prioritaires, écoles, gares, parcs", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "type": "technique", "code": "technique", "nom": "contenu", "geometrie": "contenu", "lon": "contenu",
    "lat": "contenu", "depuis": "contenu", "jusqu_au": "contenu", "remplace": "technique", "source": "contenu", "licence": "contenu",
    "importe_par": {"categorie": "identification", "note": "Nom de qui a importé"}, "importe_le": "technique"}');

-- Rings of the places that have an area, as PostgreSQL compares them with a point; the first of each part is its outside, the others holes.
create table lieu_contours (
  contrat_id smallint not null,
  lieu_id uuid not null,
  partie integer not null,
  anneau integer not null,
  contour polygon not null,
  primary key (contrat_id, lieu_id, partie, anneau),
  foreign key (contrat_id, lieu_id) references lieux (contrat_id, id)
);
create index lieu_contours_emprise on lieu_contours using gist (box(contour));
select proteger('lieu_contours');
revoke insert, update, delete on lieu_contours from concorde_application;
select annoter('lieu_contours', '{"traitement": "registres", "titre": "Contours des lieux", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "lieu_id": "technique", "partie": "technique", "anneau": "technique", "contour": "technique"}');

-- Which places a record is at: those of its day that hold its point, and the one its author chose. Kept by triggers for every writer.
create table activite_lieux (
  contrat_id smallint not null,
  activite_id uuid not null,
  lieu_id uuid not null,
  type text not null,
  code text not null,
  choisi boolean not null,
  primary key (contrat_id, activite_id, lieu_id),
  foreign key (contrat_id, activite_id) references activites (contrat_id, id) on delete cascade,
  foreign key (contrat_id, lieu_id) references lieux (contrat_id, id)
);
create index activite_lieux_codes on activite_lieux (contrat_id, type, code);
select proteger('activite_lieux');
revoke insert, update, delete on activite_lieux from concorde_application;
select annoter('activite_lieux', '{"traitement": "registres", "titre": "Lieux des enregistrements", "duree": "Celle de l’enregistrement"}',
  '{"contrat_id": "technique", "activite_id": "technique", "lieu_id": "technique", "type": "technique", "code": "technique", "choisi": "technique"}');

select signaler(t) from unnest(array['lieux', 'activite_lieux']::regclass[]) as t;

create function tenir_lieu() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into lieu_contours (contrat_id, lieu_id, partie, anneau, contour)
    select new.contrat_id, new.id, p.partie, a.anneau - 1, ('(' || (
      select string_agg('(' || (s.point ->> 0) || ',' || (s.point ->> 1) || ')', ',' order by s.rang)
      from jsonb_array_elements(a.points) with ordinality as s (point, rang)) || ')')::polygon
    from jsonb_array_elements(case new.geometrie ->> 'type' when 'Polygon' then jsonb_build_array(new.geometrie -> 'coordinates')
        when 'MultiPolygon' then new.geometrie -> 'coordinates' else '[]' end) with ordinality as p (anneaux, partie),
      jsonb_array_elements(p.anneaux) with ordinality as a (points, anneau);
    -- What the search finds: the place under its latest name.
    insert into recherche (contrat_id, genre, id, titre, texte, url, poids)
    values (new.contrat_id, 'lieu', new.type || ':' || new.code, new.nom, new.type || ' ' || new.code, '/lieux/' || new.type || '/' || new.code, 1)
    on conflict (contrat_id, genre, id) do update set titre = excluded.titre, texte = excluded.texte, url = excluded.url;
  end if;
  return null;
end $$;
create trigger lieux_tenus after insert on lieux for each row execute function tenir_lieu();

-- The places that these records should have.
create function lieux_voulus(c smallint, choisies uuid[]) returns table (activite_id uuid, lieu_id uuid, type text, code text, choisi boolean)
language sql stable as $$
  with a as (
    select a.id, a.jour, p.id as lieu_id, p.type, p.code,
      case when a.lon is not null then point(a.lon, a.lat) when p.lon is not null then point(p.lon, p.lat) end as ici
    from activites a
    left join lieux p on p.contrat_id = a.contrat_id and not p.remplace
      and p.type = split_part(a.donnees ->> 'lieu_connu', ':', 1)
      and p.code = substr(a.donnees ->> 'lieu_connu', strpos(a.donnees ->> 'lieu_connu', ':') + 1)
      and a.jour between coalesce(p.depuis, '-infinity') and coalesce(p.jusqu_au, 'infinity')
    where a.contrat_id = c and a.id = any(choisies)
  ),
  places as (
    select a.id, a.lieu_id, a.type, a.code, true as choisi from a where a.lieu_id is not null
    union all
    select a.id, l.id, l.type, l.code, false
    from a
    join lieu_contours k on k.contrat_id = c and k.anneau = 0 and box(k.contour) && box(a.ici, a.ici) and k.contour @> a.ici
    join lieux l on l.contrat_id = c and l.id = k.lieu_id and not l.remplace
      and a.jour between coalesce(l.depuis, '-infinity') and coalesce(l.jusqu_au, 'infinity')
    where not exists (
      select from lieu_contours t
      where t.contrat_id = c and t.lieu_id = k.lieu_id and t.partie = k.partie and t.anneau > 0 and t.contour @> a.ici)
  )
  select distinct on (id, lieu_id) id, lieu_id, type, code, choisi from places order by id, lieu_id, choisi desc
$$;

-- Among these records, those whose places are not what they should be.
create function ecarts_de_lieux(c smallint, choisies uuid[]) returns table (activite_id uuid) language sql stable as $$
  select distinct coalesce(v.activite_id, t.activite_id)
  from lieux_voulus(c, choisies) v
  full join (select * from activite_lieux where contrat_id = c and activite_id = any(choisies)) t
    on t.activite_id = v.activite_id and t.lieu_id = v.lieu_id and t.choisi = v.choisi
  where v.activite_id is null or t.activite_id is null
$$;

create function rattacher_activites(c smallint, choisies uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if c is distinct from coalesce(concorde_contrat(), c) then raise exception 'ce contrat n’est pas celui que l’on sert'; end if;
  -- Waits for an import of places that is being written: what it changes is seen here, or by the job that follows it.
  perform pg_advisory_xact_lock_shared(hashtext('concorde:lieux'));
  delete from activite_lieux where contrat_id = c and activite_id = any(choisies);
  insert into activite_lieux (contrat_id, activite_id, lieu_id, type, code, choisi)
  select c, v.activite_id, v.lieu_id, v.type, v.code, v.choisi from lieux_voulus(c, choisies) v;
end $$;
revoke execute on function rattacher_activites(smallint, uuid[]) from public;
grant execute on function rattacher_activites(smallint, uuid[]) to concorde_application;

create function tenir_lieux_activites() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  c smallint;
begin
  for c in select distinct e.contrat_id from ecrites e where exists (select from lieux l where l.contrat_id = e.contrat_id) loop
    perform rattacher_activites(c, (select array_agg(e.id) from ecrites e where e.contrat_id = c));
  end loop;
  return null;
end $$;
create trigger activites_lieux_crees after insert on activites referencing new table as ecrites
  for each statement execute function tenir_lieux_activites();
create trigger activites_lieux_changes after update on activites referencing new table as ecrites
  for each statement execute function tenir_lieux_activites();
