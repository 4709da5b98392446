-- What still waits may be removed once it is old: a letter that never left, a job that never ended. Until then it may not.
do $$
declare
  p record;
begin
  for p in
    select * from (values
      ('courriels', 'etat <> ''attente'' or cree_le < current_date - 88'),
      ('courriels_recus', 'etat <> ''recu'' or recu_le < current_date - 88'),
      ('travaux', 'etat in (''fait'', ''echec'') or cree_le < current_date - 118')) as x (nom, condition)
  loop
    execute format('alter policy effacement on public.%I using (current_user = %L or %s)', p.nom, current_user, p.condition);
  end loop;
end $$;
