-- Where reports come from, counted as they are written: by month, cell of a thousandth of a degree, kind, day of the week and part of the day.
-- Reserved reports are in none of these: whoever works on the contract reads them. What is erased later stays counted: a cell is not an address.

create function maille_de(lon double precision, lat double precision) returns bigint language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select floor((lat + 90) * 1000)::bigint * 1000000 + floor((lon + 180) * 1000)::bigint
$$;

create table mailles_comptees (
  contrat_id smallint not null references contrats (id),
  mois date not null check (extract(day from mois) = 1),
  -- a circuit, or `canal:` and the channel of imported ones
  origine text not null,
  -- category of the circuit, or theme
  categorie text not null,
  -- 1, Monday, to 7
  jour_semaine smallint not null check (jour_semaine between 1 and 7),
  -- six hours each, from midnight; 9: the hour was not said
  tranche smallint not null check (tranche in (0, 1, 2, 3, 9)),
  maille bigint not null,
  nombre integer not null,
  primary key (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille) include (nombre)
);
select proteger('mailles_comptees');
-- Cells from which something was ever reported, and the place that they are in: where a count of zero means something.
create table mailles_connues (
  contrat_id smallint not null references contrats (id),
  maille bigint not null,
  territoire_id text not null,
  nombre integer not null,
  primary key (contrat_id, maille, territoire_id)
);
select proteger('mailles_connues');
-- By which channels, in which places: with or without a point.
create table canaux_comptes (
  contrat_id smallint not null references contrats (id),
  mois date not null check (extract(day from mois) = 1),
  origine text not null,
  categorie text not null,
  canal text not null,
  territoire_id text not null,
  nombre integer not null,
  primary key (contrat_id, mois, origine, categorie, canal, territoire_id)
);
select proteger('canaux_comptes');
revoke insert, update on mailles_comptees, mailles_connues, canaux_comptes from concorde_application;

create type signalement_situe as (
  contrat_id smallint, jour date, origine text, categorie text, tranche smallint, maille bigint, territoire_id text, canal text
);
-- In the order of the keys: two writers cannot wait for each other in a circle.
create function compter_situes(lignes signalement_situe[]) returns void language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into mailles_comptees as m (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
  select l.contrat_id, date_trunc('month', l.jour)::date, l.origine, l.categorie, extract(isodow from l.jour)::smallint, l.tranche, l.maille, count(*)
  from unnest(lignes) l where l.maille is not null
  group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille) do update set nombre = m.nombre + excluded.nombre;
  insert into mailles_connues as m (contrat_id, maille, territoire_id, nombre)
  select l.contrat_id, l.maille, l.territoire_id, count(*) from unnest(lignes) l where l.maille is not null
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (contrat_id, maille, territoire_id) do update set nombre = m.nombre + excluded.nombre;
  insert into canaux_comptes as c (contrat_id, mois, origine, categorie, canal, territoire_id, nombre)
  select l.contrat_id, date_trunc('month', l.jour)::date, l.origine, l.categorie, l.canal, l.territoire_id, count(*) from unnest(lignes) l
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (contrat_id, mois, origine, categorie, canal, territoire_id) do update set nombre = c.nombre + excluded.nombre
$$;
create function compter_demandes_situees() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform compter_situes(array(
    select (e.contrat_id, e.jour, e.circuit, e.categorie, coalesce(e.heure / 6, 9)::smallint, e.maille, e.territoire_id, e.canal)::signalement_situe
    from ecrites e where e.lecteurs is null));
  return null;
end $$;
create function compter_signalements_situes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform compter_situes(array(
    select (e.contrat_id, e.jour, 'canal:' || e.canal, e.theme, 9::smallint, maille_de(e.lon::double precision, e.lat::double precision), e.territoire_id, e.canal)::signalement_situe
    from ecrits e));
  return null;
end $$;
revoke execute on function maille_de, compter_situes, compter_demandes_situees, compter_signalements_situes from public;
create trigger demandes_situees after insert on demandes referencing new table as ecrites
  for each statement execute function compter_demandes_situees();
create trigger signalements_situes after insert on signalements referencing new table as ecrits
  for each statement execute function compter_signalements_situes();

-- Those that were there before.
select compter_situes(array(
  select (e.contrat_id, e.jour, e.circuit, e.categorie, coalesce(e.heure / 6, 9)::smallint, e.maille, e.territoire_id, e.canal)::signalement_situe
  from demandes e where e.lecteurs is null));
select compter_situes(array(
  select (e.contrat_id, e.jour, 'canal:' || e.canal, e.theme, 9::smallint, maille_de(e.lon::double precision, e.lat::double precision), e.territoire_id, e.canal)::signalement_situe
  from signalements e));

select annoter('mailles_comptees', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "mois": "contenu", "origine": "contrat", "categorie": "contrat", "jour_semaine": "contenu", "tranche": "contenu",
    "maille": {"categorie": "contenu", "note": "Carré d’une centaine de mètres, jamais une adresse"}, "nombre": "contenu"}');
select annoter('mailles_connues', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "maille": "contenu", "territoire_id": "contrat", "nombre": "contenu"}');
select annoter('canaux_comptes', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "mois": "contenu", "origine": "contrat", "categorie": "contrat", "canal": "contenu", "territoire_id": "contrat",
    "nombre": "contenu"}');
