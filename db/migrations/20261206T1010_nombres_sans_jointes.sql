-- One child told twice is one: what is joined to another is counted by its lead alone, from the step after its reception, whatever it had reached before it
-- was joined. What was separated since counts again.
create or replace function nombres_de_circuits(codes text[], avant integer)
returns table (circuit text, etape text, annee text, nombre integer, entiere boolean)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with recues as (
    select d.contrat_id, d.id, d.circuit, d.meneur_id, extract(year from d.recu_le at time zone concorde_fuseau(d.contrat_id))::int as an
    from demandes d where d.contrat_id = exiger_un_contrat() and d.circuit = any(codes)
  ),
  passages as (
    select r.circuit, e.etape, r.id, min(extract(year from v.quand at time zone concorde_fuseau(r.contrat_id))::int) as an
    from recues r
    join demande_evenements v on v.contrat_id = r.contrat_id and v.demande_id = r.id and v.acte = 'etat'
    cross join lateral (select unnest(array[v.vers, v.vers || ':' || v.service_id]) as etape) as e
    where e.etape is not null and r.meneur_id is null
    group by 1, 2, 3
  ),
  comptes as (
    select r.circuit, 'recu' as etape, r.an, count(*)::int as n from recues r group by 1, 3
    union all
    select p.circuit, p.etape, p.an, count(*)::int from passages p where p.etape <> 'recu' group by 1, 2, 3
  )
  select c.circuit, c.etape, c.an::text, c.n, (select min(r.an) from recues r where r.circuit = c.circuit) < c.an
  from comptes c where c.an < avant
$$;
