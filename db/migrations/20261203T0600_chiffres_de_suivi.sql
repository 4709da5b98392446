-- A figure followed beside the measures is of a fiche too: its lock holds it.
create or replace function fiche_de_mesure(contrat smallint, mesure text) returns text language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((
    select i.contenu ->> 'fiche'
    from contrat_objets m
    join contrat_objets i on i.contrat_id = m.contrat_id and i.genre = 'indicateur' and i.id = m.contenu ->> 'indicateur'
    where m.contrat_id = contrat and m.genre = 'mesure' and m.id = mesure
    order by m.version desc, i.version desc
    limit 1
  ), (
    select s.contenu ->> 'fiche' from contrat_objets s
    where s.contrat_id = contrat and s.genre = 'suivi' and s.id = mesure
    order by s.version desc
    limit 1
  ))
$$;
