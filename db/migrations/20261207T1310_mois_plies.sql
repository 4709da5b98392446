-- Months that are over, added up by what is asked of them: one row of cells and numbers for each question, in place of a row for nearly each report. Made at night from
-- `mailles_comptees`, which stays the count; what is written in such a month takes its rows away, in its own transaction, and the month is read in `mailles_comptees` until the next night.
create table mailles_pliees (
  contrat_id smallint not null references contrats (id),
  mois date not null check (extract(day from mois) = 1),
  origine text not null,
  -- empty: all of them
  categorie text not null,
  jours text not null check (jours in ('', 'semaine', 'week-end')),
  -- -1: all, with the hours that were not said
  tranche smallint not null check (tranche in (-1, 0, 1, 2, 3)),
  mailles bigint[] not null,
  nombres integer[] not null check (cardinality(nombres) = cardinality(mailles)),
  primary key (contrat_id, mois, origine, categorie, jours, tranche)
);
select proteger('mailles_pliees');
revoke insert, update on mailles_pliees from concorde_application;
select annoter('mailles_pliees', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "mois": "contenu", "origine": "contrat", "categorie": "contrat", "jours": "contenu", "tranche": "contenu",
    "mailles": {"categorie": "contenu", "note": "Carrés d’une centaine de mètres, jamais une adresse"}, "nombres": "contenu"}');

-- Held until the commit: a month is not folded while somebody counts in it. Who folds waits for nobody.
create function deplier_mailles(contrat smallint, le_mois date, l_origine text) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('mailles ' || contrat || ' ' || (le_mois - date '2000-01-01') || ' ' || l_origine, 0));
  delete from mailles_pliees where contrat_id = contrat and mois = le_mois and origine = l_origine;
end $$;
-- False where somebody counts in that month at this moment: another night will do.
create function plier_mailles(le_mois date, l_origine text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  contrat smallint := exiger_un_contrat();
begin
  if not pg_try_advisory_xact_lock(hashtextextended('mailles ' || contrat || ' ' || (le_mois - date '2000-01-01') || ' ' || l_origine, 0)) then
    return false;
  end if;
  delete from mailles_pliees where contrat_id = contrat and mois = le_mois and origine = l_origine;
  insert into mailles_pliees (contrat_id, mois, origine, categorie, jours, tranche, mailles, nombres)
  select contrat, le_mois, l_origine, coalesce(s.categorie, ''), coalesce(s.jours, ''), coalesce(s.tranche, -1),
    array_agg(s.maille order by s.maille), array_agg(s.nombre order by s.maille)
  from (
    select m.maille, m.categorie, m.jours, m.tranche, sum(m.nombre)::int as nombre
    from (
      select maille, categorie, case when jour_semaine < 6 then 'semaine' else 'week-end' end as jours, tranche, nombre
      from mailles_comptees where contrat_id = contrat and mois = le_mois and origine = l_origine
    ) m
    group by m.maille, cube (m.categorie, m.jours, m.tranche)
    having sum(m.nombre) <> 0
  ) s
  where s.tranche is distinct from 9
  group by 4, 5, 6;
  return true;
end $$;
revoke execute on function deplier_mailles, plier_mailles from public;
grant execute on function plier_mailles to concorde_application;

create or replace function compter_demandes_situees() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform deplier_mailles(m.contrat_id, m.mois, m.circuit) from (
    select distinct e.contrat_id, date_trunc('month', e.jour::timestamp)::date as mois, e.circuit from ecrites e
    where e.lecteurs is null and e.maille is not null) m;
  insert into mailles_comptees as m (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, e.circuit, e.categorie, extract(isodow from e.jour)::smallint,
    coalesce(e.heure / 6, 9)::smallint, e.maille, count(*)
  from ecrites e where e.lecteurs is null and e.maille is not null
  group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille) do update set nombre = m.nombre + excluded.nombre;
  insert into mailles_connues as m (contrat_id, maille, territoire_id, nombre)
  select e.contrat_id, e.maille, e.territoire_id, count(*) from ecrites e where e.lecteurs is null and e.maille is not null
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (contrat_id, maille, territoire_id) do update set nombre = m.nombre + excluded.nombre;
  insert into canaux_comptes as c (contrat_id, mois, origine, categorie, canal, territoire_id, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, e.circuit, e.categorie, e.canal, e.territoire_id, count(*)
  from ecrites e where e.lecteurs is null
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (contrat_id, mois, origine, categorie, canal, territoire_id) do update set nombre = c.nombre + excluded.nombre;
  return null;
end $$;
-- Beside the trigger that counts what is imported, once for a packet.
create function deplier_les_mois_importes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform deplier_mailles(m.contrat_id, m.mois, 'canal:' || m.canal) from (
    select e.contrat_id, date_trunc('month', e.jour::timestamp)::date as mois, e.canal from ecrits e where e.lon is not null and e.lat is not null group by 1, 2, 3) m;
  return null;
end $$;
create trigger signalements_deplies after insert on signalements referencing new table as ecrits
  for each statement execute function deplier_les_mois_importes();
create function deplier_les_mois_corriges() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform deplier_mailles(old.contrat_id, date_trunc('month', old.jour::timestamp)::date, old.circuit);
  perform deplier_mailles(new.contrat_id, date_trunc('month', new.jour::timestamp)::date, new.circuit);
  return null;
end $$;
create trigger demande_depliee after update on demandes for each row
  when (new.qualifiee_le is distinct from old.qualifiee_le) execute function deplier_les_mois_corriges();
revoke execute on function deplier_les_mois_importes, deplier_les_mois_corriges from public;

-- The zone of a contract is asked three times for each report that is written; a function in SQL is planned at each call, this one once for a session.
create or replace function concorde_fuseau(contrat smallint) returns text language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp
as $$
begin
  return (select c.fuseau from public.contrats c where c.id = contrat);
end $$;
