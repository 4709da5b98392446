-- What leaves a cell, and when: numbers of finished years, masked together and written once, so that no later reading differs from an earlier one
-- (decision 48). What a cell owes has a clock from its entry, and is told again each month.

alter table nominatif.cellule_compteurs
  drop constraint cellule_compteurs_quoi_check,
  add constraint cellule_compteurs_quoi_check check (quoi in ('recues', 'recevables', 'examinees', 'suivies', 'accompagnees', 'closes', 'orientations', 'accuses',
    'issues', 'detruites', 'seances', 'secours', 'droits'));

alter table nominatif.situations
  -- last year for which it was counted among those followed
  add column suivie_an smallint check (suivie_an between 2000 and 2999),
  -- who must know that the situation is examined, and until when it may wait without a stated reason
  add column a_informer text not null default 'personne' check (a_informer in ('personne', 'parents')),
  add column information_avant date,
  -- 0 nobody was told of the delay, 1 those named for it, 2 every member
  add column information_relance smallint not null default 0 check (information_relance between 0 and 2);
update nominatif.situations s set information_avant = s.creee_le + 30,
  a_informer = case when exists (select from nominatif.cellules c where c.contrat_id = s.contrat_id and c.id = s.cellule_id and c.genre = 'cenomed')
    then 'parents' else 'personne' end;
alter table nominatif.situations alter column information_avant set not null;

-- Those followed at some moment of a year: those that entered follow-up that year, and those that came into it followed.
insert into nominatif.cellule_compteurs (contrat_id, cellule_id, mois, quoi, nombre)
select contrat_id, cellule_id, mois, 'accompagnees', nombre from nominatif.cellule_compteurs where quoi = 'suivies';
insert into nominatif.cellule_compteurs as k (contrat_id, cellule_id, mois, quoi, nombre)
select s.contrat_id, s.cellule_id, an || '-01', 'accompagnees', count(*)
from nominatif.situations s,
  generate_series(extract(year from s.suivie_le)::int + 1, extract(year from case s.etat when 'suivie' then current_date else s.etat_le end)::int) as an
where s.suivie_le is not null
group by s.contrat_id, s.cellule_id, an
on conflict (contrat_id, cellule_id, mois, quoi) do update set nombre = k.nombre + excluded.nombre;
update nominatif.situations set suivie_an = extract(year from current_date) where etat = 'suivie';

-- Last day on which members were told that something waits.
alter table nominatif.cellules add column relancee_le date;

-- Which kinds of partners brought situations, by year: with the month, the one that came in that month would be told.
create table nominatif.cellule_origines (
  contrat_id smallint not null references contrats (id),
  cellule_id uuid not null,
  annee text not null check (annee ~ '^\d{4}$'),
  partenaire text not null check (partenaire ~ '^[a-z-]{2,40}$'),
  nombre integer not null check (nombre >= 0),
  primary key (contrat_id, cellule_id, annee, partenaire),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.cellule_origines', 'nominatif');

-- What a finished year says outside the cell, written once after its end: null, what is not told.
create table nominatif.cellule_nombres (
  contrat_id smallint not null references contrats (id),
  cellule_id uuid not null,
  annee text not null check (annee ~ '^\d{4}$'),
  quoi text not null check (quoi ~ '^[a-z-]{2,40}(:[a-z-]{2,40})?$'),
  nombre integer check (nombre = 0 or nombre >= 5 or quoi = 'seances'),
  primary key (contrat_id, cellule_id, annee, quoi),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.cellule_nombres', 'nominatif');
revoke update on nominatif.cellule_nombres from concorde_nominatif;

-- What cells tell the figures. `entiere`: the cell was there for the whole year; otherwise the number is not that of the year.
drop function nombres_de_cellules();
create function nombres_de_cellules()
returns table (genre text, territoire_id text, annee text, quoi text, nombre integer, entiere boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select c.genre, c.territoire_id, n.annee, n.quoi, n.nombre, extract(year from c.creee_le at time zone 'UTC')::int < n.annee::int
    from nominatif.cellule_nombres n
    join nominatif.cellules c on c.contrat_id = n.contrat_id and c.id = n.cellule_id
    where n.contrat_id = public.exiger_un_contrat();
end $$;
-- How many sessions a cell held, by finished month: neither a day nor who was there.
create function seances_de_cellules()
returns table (genre text, territoire_id text, mois text, nombre integer)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select c.genre, c.territoire_id, k.mois, k.nombre from nominatif.cellule_compteurs k
    join nominatif.cellules c on c.contrat_id = k.contrat_id and c.id = k.cellule_id
    where k.contrat_id = public.exiger_un_contrat() and k.quoi = 'seances' and k.mois < to_char(now(), 'YYYY-MM');
end $$;

-- What waits past its day in each cell, without saying of whom: `membres` see to it, `garants` review; `fin`, nothing of it is kept.
create view nominatif.cellule_attentes with (security_invoker = true) as
select o.contrat_id, o.cellule_id, 'membres'::text as qui, case when o.accuse_le is null then o.accuse_avant else o.issue_avant end as le, s.destruction_le as fin
from nominatif.situation_orientations o
join nominatif.situations s on s.contrat_id = o.contrat_id and s.id = o.situation_id
where o.issue is null
union all
select s.contrat_id, s.cellule_id, 'membres', coalesce(
    (select i.avant_le from nominatif.situation_informations i where i.contrat_id = s.contrat_id and i.situation_id = s.id and i.qui = s.a_informer
      order by i.rang desc limit 1), s.information_avant), s.destruction_le
from nominatif.situations s
where not exists (select from nominatif.situation_informations i
  where i.contrat_id = s.contrat_id and i.situation_id = s.id and i.qui = s.a_informer and i.avant_le is null)
union all
select s.contrat_id, s.cellule_id, 'membres', s.examen_avant, s.destruction_le from nominatif.situations s
where s.examen_avant is not null and s.etat in ('recue', 'recevable')
union all
select d.contrat_id, d.cellule_id, 'tous', d.avant_le, 'infinity' from nominatif.situation_demandes d where d.reponse is null
union all
select a.contrat_id, a.cellule_id, 'garants', a.expire_le::date, 'infinity' from nominatif.situation_acces a
where a.genre = 'secours' and a.accorde_le is not null and a.avis is null;
grant select on nominatif.cellule_attentes to concorde_nominatif;

-- « A cell waits for you, since … »: for one account, a day for each cell, and nothing of which, of what or of whom. Who composes it or decides its
-- durations is told a week after its members.
create function cellules_en_attente(compte uuid, jour date)
returns table (depuis date)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select min(a.le) from nominatif.cellules c
    join nominatif.cellule_attentes a on a.contrat_id = c.contrat_id and a.cellule_id = c.id and a.le < jour and a.fin > jour
    where c.contrat_id = public.exiger_un_contrat() and (
      (a.qui <> 'garants' and exists (select from nominatif.cellule_membres m
        where m.contrat_id = c.contrat_id and m.cellule_id = c.id and m.compte_id = compte and m.exclu_le is null and m.boite is not null
          and m.debut <= jour and (m.fin is null or m.fin >= jour)))
      or (compte in (c.creee_par, c.durees_par) and (a.qui = 'garants' or a.le < jour - 7)))
    group by c.id
    order by 1;
end $$;
revoke execute on function nombres_de_cellules, seances_de_cellules, cellules_en_attente from public;
grant execute on function nombres_de_cellules to concorde_application, concorde_nominatif;
grant execute on function seances_de_cellules, cellules_en_attente to concorde_application;

select annoter('nominatif.cellule_origines', '{"traitement": "cellules", "titre": "D’où viennent les situations, par année", "duree": "Sans limite : ne nomme personne"}',
  '{"contrat_id":"technique","cellule_id":"technique","annee":"technique","partenaire":"contenu","nombre":"contenu"}');
select annoter('nominatif.cellule_nombres', '{"traitement": "cellules", "titre": "Nombres des années finies", "duree": "Sans limite : ne nomme personne"}',
  '{"contrat_id":"technique","cellule_id":"technique","annee":"technique","quoi":"technique","nombre":"contenu"}');
select annoter('nominatif.situations', null, '{"suivie_an":"technique","a_informer":"contenu","information_avant":"technique","information_relance":"technique"}');
select annoter('nominatif.cellules', null, '{"relancee_le":"technique"}');
