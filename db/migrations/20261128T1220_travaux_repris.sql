-- Jobs that waited under the name that all contracts shared are taken by the processes of their contract, as those queued since.
do $$
declare t record;
begin
  if to_regclass('graphile_worker._private_jobs') is null then return; end if;
  for t in execute $q$
    with vieux as (
      delete from graphile_worker._private_jobs j using graphile_worker._private_tasks k
      where k.id = j.task_id and k.identifier = 'travail'
      returning j.payload)
    select distinct x.contrat_id, x.id from vieux v
    join travaux x on x.contrat_id = (v.payload ->> 'contratId')::smallint and x.id = (v.payload ->> 'id')::uuid
    where x.etat in ('attente', 'en_cours') $q$
  loop
    perform graphile_worker.add_job('travail_' || t.contrat_id, json_build_object('contratId', t.contrat_id, 'id', t.id), max_attempts => 2);
  end loop;
end $$;
