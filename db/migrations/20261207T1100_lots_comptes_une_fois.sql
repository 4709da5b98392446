-- What an import brings is counted once, by cell and by channel, when its batch is told; reports that come otherwise are counted as they are
-- written, as before. Counted packet by packet, nearly each row of each packet wrote a count of its own: half of what an import cost.

-- Batches under way. Of one transaction: what is here at its end was counted nowhere, and the transaction fails.
create table signalement_lots_ouverts (
  contrat_id smallint not null,
  lot_id uuid not null,
  primary key (contrat_id, lot_id)
);
select proteger('signalement_lots_ouverts');
revoke update on signalement_lots_ouverts from concorde_application;
select annoter('signalement_lots_ouverts', '{"traitement": "signalements", "duree": "Le temps d’un import"}',
  '{"contrat_id": "technique", "lot_id": "technique"}');

create function exiger_lot_dit() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from signalement_lots_ouverts where contrat_id = new.contrat_id and lot_id = new.lot_id) then
    raise exception 'lot de signalements % : commencé, et dit nulle part', new.lot_id;
  end if;
  return null;
end $$;
create constraint trigger lot_dit after insert on signalement_lots_ouverts deferrable initially deferred
  for each row execute function exiger_lot_dit();

create or replace function compter_signalements_situes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Those of a batch under way are counted with it.
  if not exists (
    select from ecrits e
    where not exists (select from signalement_lots_ouverts o where o.contrat_id = e.contrat_id and o.lot_id = e.lot_id)) then
    return null;
  end if;
  insert into mailles_comptees as m (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, 'canal:' || e.canal, e.theme, extract(isodow from e.jour)::smallint, 9::smallint,
    floor((e.lat::double precision + 90) * 1000)::bigint * 1000000 + floor((e.lon::double precision + 180) * 1000)::bigint, count(*)
  from ecrits e where e.lon is not null and e.lat is not null
    and not exists (select from signalement_lots_ouverts o where o.contrat_id = e.contrat_id and o.lot_id = e.lot_id)
  group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille) do update set nombre = m.nombre + excluded.nombre;
  insert into mailles_connues as m (contrat_id, maille, territoire_id, nombre)
  select e.contrat_id, floor((e.lat::double precision + 90) * 1000)::bigint * 1000000 + floor((e.lon::double precision + 180) * 1000)::bigint,
    e.territoire_id, count(*)
  from ecrits e where e.lon is not null and e.lat is not null
    and not exists (select from signalement_lots_ouverts o where o.contrat_id = e.contrat_id and o.lot_id = e.lot_id)
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (contrat_id, maille, territoire_id) do update set nombre = m.nombre + excluded.nombre;
  insert into canaux_comptes as c (contrat_id, mois, origine, categorie, canal, territoire_id, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, 'canal:' || e.canal, e.theme, e.canal, e.territoire_id, count(*)
  from ecrits e
  where not exists (select from signalement_lots_ouverts o where o.contrat_id = e.contrat_id and o.lot_id = e.lot_id)
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (contrat_id, mois, origine, categorie, canal, territoire_id) do update set nombre = c.nombre + excluded.nombre;
  return null;
end $$;

-- The reports of the batch are read once, then what they add up to. In the order of the keys, as everywhere. Of rows just written there are no
-- statistics: expecting a few, PostgreSQL would sort a million of them to group them, four times dearer than by hashing (`enable_sort`).
create function compter_lot_de_signalements() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp set enable_sort = off as $$
begin
  delete from signalement_lots_ouverts where contrat_id = new.contrat_id and lot_id = new.id;
  -- Told without having been begun: its reports were counted as they were written.
  if not found then
    return null;
  end if;
  with ecrits as materialized (
    select jour, theme, canal, territoire_id,
      floor((lat::double precision + 90) * 1000)::bigint * 1000000 + floor((lon::double precision + 180) * 1000)::bigint as maille, count(*) as nombre
    from signalements where contrat_id = new.contrat_id and lot_id = new.id
    group by 1, 2, 3, 4, 5
  ),
  mailles as (
    insert into mailles_comptees as m (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
    select new.contrat_id, date_trunc('month', jour::timestamp)::date, 'canal:' || canal, theme, extract(isodow from jour)::smallint, 9::smallint, maille,
      somme_entiere(nombre)
    from ecrits where maille is not null
    group by 2, 3, 4, 5, 7 order by 2, 3, 4, 5, 7
    on conflict (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille) do update set nombre = m.nombre + excluded.nombre
  ),
  connues as (
    insert into mailles_connues as m (contrat_id, maille, territoire_id, nombre)
    select new.contrat_id, maille, territoire_id, somme_entiere(nombre) from ecrits where maille is not null
    group by 2, 3 order by 2, 3
    on conflict (contrat_id, maille, territoire_id) do update set nombre = m.nombre + excluded.nombre
  )
  insert into canaux_comptes as c (contrat_id, mois, origine, categorie, canal, territoire_id, nombre)
  select new.contrat_id, date_trunc('month', jour::timestamp)::date, 'canal:' || canal, theme, canal, territoire_id, somme_entiere(nombre)
  from ecrits
  group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
  on conflict (contrat_id, mois, origine, categorie, canal, territoire_id) do update set nombre = c.nombre + excluded.nombre;
  return null;
end $$;
revoke execute on function exiger_lot_dit, compter_lot_de_signalements from public;
create trigger lot_compte after insert on signalement_lots for each row execute function compter_lot_de_signalements();
