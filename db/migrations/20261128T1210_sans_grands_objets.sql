-- A file that comes in piece by piece waits in rows of its contract, which row-level security holds, no longer in large objects, which it
-- does not see. Unlogged: they never outlive the transaction that brings them.
create unlogged table morceaux (
  contrat_id smallint not null references contrats (id),
  id uuid not null,
  rang integer not null,
  octets bytea not null,
  primary key (contrat_id, id, rang)
);
alter table morceaux alter column octets set storage external;
select proteger('morceaux');
revoke update on morceaux from concorde_application;
grant delete on morceaux to concorde_application;
select annoter('morceaux', '{"traitement": "plateforme", "duree": "Le temps de l’envoi d’un fichier : rien n’en reste à la fin de la transaction"}',
  '{"contrat_id": "technique", "id": "technique", "rang": "technique", "octets": "contenu"}');

-- Nobody needs large objects any more. Whoever may write them by default is everybody; only who administers the server can say otherwise.
do $$
declare f record;
begin
  for f in
    select p.oid::regprocedure as nom from pg_proc p
    where p.pronamespace = 'pg_catalog'::regnamespace and (p.proname like 'lo\_%' or p.proname in ('lowrite', 'loread'))
      and has_function_privilege('public', p.oid, 'execute')
  loop
    execute format('revoke execute on function %s from public', f.nom);
  end loop;
exception when insufficient_privilege then
  raise notice 'grands objets : à retirer par un administrateur de la base';
end $$;
