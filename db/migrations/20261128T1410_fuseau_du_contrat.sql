-- The wall clock of each contract. Until now every contract had that of Paris; from now on its folder says it at each loading.
alter table contrats add column fuseau text not null default 'Europe/Paris';
alter table contrats alter column fuseau drop default;
select annoter('contrats', null, '{"fuseau": "technique"}');

-- The zone in which the days and hours of this contract's instants are told: `instant at time zone concorde_fuseau(contrat_id)`.
create function concorde_fuseau(contrat smallint) returns text language sql stable parallel safe set search_path = pg_catalog, pg_temp
as $$ select c.fuseau from public.contrats c where c.id = contrat $$;

-- A body begins on a day of its own contract's clock.
create or replace view faits_instances with (security_invoker = true) as
select i.contrat_id, i.id, (i.cree_le at time zone concorde_fuseau(i.contrat_id))::date as jour, i.close_le as fin, i.territoire_id,
  i.porteur_id as organisation_id, null::uuid as lot_id,
  case when i.confidentialite = 'restreinte' then 'Instance restreinte' else i.nom end as titre, i.fiches, '{}'::text[] as lignes,
  coalesce(i.type, 'autre') as type
from instances i;
