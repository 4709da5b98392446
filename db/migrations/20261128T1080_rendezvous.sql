-- What is done at fixed times (seals, reminders): the last passage of each, for the administration page and the diagnosis.
create table rendezvous_passages (
  contrat_id smallint not null references contrats (id),
  code text not null,
  etat text not null check (etat in ('en_cours', 'fait', 'echec')),
  commence_le timestamptz not null,
  fini_le timestamptz,
  -- what it did, in words; why it failed
  message text not null default '',
  echecs_de_suite integer not null default 0 check (echecs_de_suite >= 0),
  dernier_succes_le timestamptz,
  primary key (contrat_id, code)
);
select proteger('rendezvous_passages');
grant select, insert, update on rendezvous_passages to concorde_application;
select annoter('rendezvous_passages', '{"traitement": "plateforme", "duree": "Le dernier passage de chacun"}',
  '{"contrat_id": "technique", "code": "technique", "etat": "technique", "commence_le": "technique", "fini_le": "technique",
    "message": "technique", "echecs_de_suite": "technique", "dernier_succes_le": "technique"}');

-- Several contracts may share a database, each served by its own processes: a job is taken only by those of its contract.
create or replace function ajouter_travail(contrat smallint, travail uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.exiger_contrat(contrat);
  perform graphile_worker.add_job('travail_' || contrat, json_build_object('contratId', contrat, 'id', travail), max_attempts => 2);
end $$;
