-- A late report or a correction made its whole finished month be counted again at each page until the night. A month stays folded: what is counted in it
-- since stands beside it, one row a change, and pages add both. The night folds it again and these rows go.
create table mailles_ajoutees (
  contrat_id smallint not null,
  mois date not null check (extract(day from mois) = 1),
  origine text not null,
  rang bigint generated always as identity,
  categorie text not null,
  jour_semaine smallint not null check (jour_semaine between 1 and 7),
  tranche smallint not null check (tranche in (0, 1, 2, 3, 9)),
  maille bigint not null,
  -- below zero: what left that cell
  nombre integer not null check (nombre <> 0),
  primary key (contrat_id, mois, origine, rang)
);
select proteger('mailles_ajoutees');
revoke insert, update on mailles_ajoutees from concorde_application;
select annoter('mailles_ajoutees', '{"traitement": "signalements", "duree": "Jusqu’à la nuit"}',
  '{"contrat_id": "technique", "mois": "contenu", "origine": "contrat", "rang": "technique", "categorie": "contrat", "jour_semaine": "contenu",
    "tranche": "contenu", "maille": {"categorie": "contenu", "note": "Carré d’une centaine de mètres, jamais une adresse"}, "nombre": "contenu"}');

-- Whatever writes counts comes here: reports received, imported or corrected. Each month is held until the commit, so that nobody folds it meanwhile; who
-- had begun to fold it is waited for, and the next statement sees it folded. Rows are only added: two who write wait for nobody. Of a whole import, the
-- month is rather read in its counts until the night; rows written beside it by others are then read by nobody.
create function ajouter_aux_mois_plies() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  touche record;
begin
  -- Both triggers are called for each statement that counts; most change no row that was there, and this is all that they pay for it.
  if tg_op = 'UPDATE' and not exists (select from ecrites) then
    return null;
  end if;
  for touche in select contrat_id, mois, origine, count(*) as lignes from ecrites group by 1, 2, 3 order by 1, 2, 3 loop
    perform pg_advisory_xact_lock_shared(hashtextextended('mailles ' || touche.contrat_id || ' ' || (touche.mois - date '2000-01-01') || ' ' || touche.origine, 0));
    if touche.lignes > 500 then
      delete from mailles_pliees where contrat_id = touche.contrat_id and mois = touche.mois and origine = touche.origine;
    elsif exists (select from mailles_pliees where contrat_id = touche.contrat_id and mois = touche.mois and origine = touche.origine
        and categorie = '' and jours = '' and tranche = -1) then
      if tg_op = 'INSERT' then
        insert into mailles_ajoutees (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
        select e.contrat_id, e.mois, e.origine, e.categorie, e.jour_semaine, e.tranche, e.maille, e.nombre
        from ecrites e where e.contrat_id = touche.contrat_id and e.mois = touche.mois and e.origine = touche.origine and e.nombre <> 0;
      else
        insert into mailles_ajoutees (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
        select e.contrat_id, e.mois, e.origine, e.categorie, e.jour_semaine, e.tranche, e.maille, e.nombre - a.nombre
        from ecrites e join effacees a using (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille)
        where e.contrat_id = touche.contrat_id and e.mois = touche.mois and e.origine = touche.origine and e.nombre <> a.nombre;
      end if;
    end if;
  end loop;
  return null;
end $$;
create trigger mailles_ecrites after insert on mailles_comptees referencing new table as ecrites
  for each statement execute function ajouter_aux_mois_plies();
create trigger mailles_changees after update on mailles_comptees referencing new table as ecrites old table as effacees
  for each statement execute function ajouter_aux_mois_plies();
-- No count is ever taken away; one that would be leaves its month to be read in its counts.
create function deplier_les_mois_effaces() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  touche record;
begin
  for touche in select distinct contrat_id, mois, origine from effacees order by 1, 2, 3 loop
    perform pg_advisory_xact_lock_shared(hashtextextended('mailles ' || touche.contrat_id || ' ' || (touche.mois - date '2000-01-01') || ' ' || touche.origine, 0));
    delete from mailles_pliees where contrat_id = touche.contrat_id and mois = touche.mois and origine = touche.origine;
  end loop;
  return null;
end $$;
create trigger mailles_effacees after delete on mailles_comptees referencing old table as effacees
  for each statement execute function deplier_les_mois_effaces();
revoke execute on function ajouter_aux_mois_plies, deplier_les_mois_effaces from public;

-- False where somebody counts in that month at this moment: another night will do.
create or replace function plier_mailles(le_mois date, l_origine text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  contrat smallint := exiger_un_contrat();
begin
  if not pg_try_advisory_xact_lock(hashtextextended('mailles ' || contrat || ' ' || (le_mois - date '2000-01-01') || ' ' || l_origine, 0)) then
    return false;
  end if;
  delete from mailles_pliees where contrat_id = contrat and mois = le_mois and origine = l_origine;
  delete from mailles_ajoutees where contrat_id = contrat and mois = le_mois and origine = l_origine;
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

-- Those that took a month away.
drop trigger signalements_deplies on signalements;
drop trigger demande_depliee on demandes;
drop function deplier_les_mois_importes, deplier_les_mois_corriges;
create or replace function compter_demandes_situees() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
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
drop function deplier_mailles;

-- What was last said in a cell among its reports of some days: in the order of the index, the first that is asked for, where all of them were sorted.
drop index demandes_par_maille;
create index demandes_par_maille on demandes (contrat_id, maille, jour, id) where maille is not null;
-- Chosen by mistake while statistics are old (after a day of many reports), it read every month of a circuit: with the month, what it reads for nothing is in the index.
drop index canaux_comptes_par_genre;
create index canaux_comptes_par_genre on canaux_comptes (contrat_id, origine, categorie, mois);
