-- How many decisions are in each state, by what made them and the promise under which they were: kept in the transaction of the decision
-- itself, so that no list counts history. Every decision counts under '', and under its territory, its fiche and its action line.
create table decision_comptes (
  contrat_id smallint not null references contrats (id),
  -- '', `territoire:<id>`, `fiche:<numero>`, `ligne:<id>`
  cle text not null,
  origine_genre text not null,
  origine_id uuid not null,
  confidentialite text not null,
  etat text not null,
  nombre integer not null,
  primary key (contrat_id, cle, origine_genre, origine_id, confidentialite, etat)
);
select proteger('decision_comptes');
-- Only the trigger writes: no writer can forget it, none can do otherwise.
revoke insert, update on decision_comptes from concorde_application;

create function cles_de_decision(territoire text, fiche text, ligne text) returns text[] language sql immutable parallel safe as $$
  select array_remove(array['', 'territoire:' || territoire, 'fiche:' || fiche, 'ligne:' || ligne], null)
$$;

-- In the order of the key: two writers cannot wait for each other.
create function tenir_comptes_decisions() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into decision_comptes as c (contrat_id, cle, origine_genre, origine_id, confidentialite, etat, nombre)
    select d.contrat_id, cle, d.origine_genre, d.origine_id, d.confidentialite, d.etat, count(*)
    from ecrites d cross join unnest(cles_de_decision(d.territoire_id, d.fiche, d.ligne)) cle
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
    on conflict (contrat_id, cle, origine_genre, origine_id, confidentialite, etat) do update set nombre = c.nombre + excluded.nombre;
  elsif tg_op = 'DELETE' then
    insert into decision_comptes as c (contrat_id, cle, origine_genre, origine_id, confidentialite, etat, nombre)
    select d.contrat_id, cle, d.origine_genre, d.origine_id, d.confidentialite, d.etat, -count(*)
    from effacees d cross join unnest(cles_de_decision(d.territoire_id, d.fiche, d.ligne)) cle
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
    on conflict (contrat_id, cle, origine_genre, origine_id, confidentialite, etat) do update set nombre = c.nombre + excluded.nombre;
  else
    insert into decision_comptes as c (contrat_id, cle, origine_genre, origine_id, confidentialite, etat, nombre)
    select m.contrat_id, m.cle, m.origine_genre, m.origine_id, m.confidentialite, m.etat, sum(m.signe)
    from (
      select d.contrat_id, cle, d.origine_genre, d.origine_id, d.confidentialite, d.etat, 1 as signe
      from ecrites d cross join unnest(cles_de_decision(d.territoire_id, d.fiche, d.ligne)) cle
      union all
      select d.contrat_id, cle, d.origine_genre, d.origine_id, d.confidentialite, d.etat, -1
      from effacees d cross join unnest(cles_de_decision(d.territoire_id, d.fiche, d.ligne)) cle
    ) m
    group by 1, 2, 3, 4, 5, 6 having sum(m.signe) <> 0 order by 1, 2, 3, 4, 5, 6
    on conflict (contrat_id, cle, origine_genre, origine_id, confidentialite, etat) do update set nombre = c.nombre + excluded.nombre;
  end if;
  return null;
end $$;
revoke execute on function tenir_comptes_decisions() from public;
create trigger decisions_comptees after insert on decisions referencing new table as ecrites
  for each statement execute function tenir_comptes_decisions();
create trigger decisions_recomptees after update on decisions referencing old table as effacees new table as ecrites
  for each statement execute function tenir_comptes_decisions();
create trigger decisions_decomptees after delete on decisions referencing old table as effacees
  for each statement execute function tenir_comptes_decisions();

insert into decision_comptes (contrat_id, cle, origine_genre, origine_id, confidentialite, etat, nombre)
select d.contrat_id, cle, d.origine_genre, d.origine_id, d.confidentialite, d.etat, count(*)
from decisions d cross join unnest(cles_de_decision(d.territoire_id, d.fiche, d.ligne)) cle
group by 1, 2, 3, 4, 5, 6;

select annoter('decision_comptes', '{"traitement": "instances", "duree": "Celle des décisions qu’il compte"}',
  '{"contrat_id": "technique", "cle": "contrat", "origine_genre": "technique", "origine_id": "technique", "confidentialite": "technique",
    "etat": "contenu", "nombre": "contenu"}');
