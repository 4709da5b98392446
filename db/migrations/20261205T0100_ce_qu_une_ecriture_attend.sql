-- The same as `prendre_soumission` for whoever does not wait for its answer: what follows leaves with it, and fails with it when this key has an
-- answer that must be given again (CC001). `secondes`: how long a form that creates nothing is protected from the double click.
create function exiger_soumission(qui uuid, cle_prise bytea, dit bytea, chemin text, secondes int, cree boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare deja record;
begin
  select * into deja from public.prendre_soumission(qui, cle_prise, dit, chemin);
  if deja.reponse is not null and (cree or deja.contenu is distinct from dit or deja.le > now() - make_interval(secs => secondes)) then
    raise exception 'cette soumission a sa réponse' using errcode = 'CC001';
  end if;
end $$;
revoke execute on function exiger_soumission from public;
grant execute on function exiger_soumission to concorde_application, concorde_public, concorde_nominatif;

-- The channel is said by the connection that serves (`concorde.canal`), once; five tables changed by one save each asked for it.
create or replace function dire_changement() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare canal text := nullif(current_setting('concorde.canal', true), '');
begin
  if canal is not null then
    perform pg_notify('concorde_changement_' || canal, tg_table_name || ' ' || lower(tg_op));
  else
    -- The owner's writes may concern any contract.
    perform pg_notify('concorde_changement_' || c.canal, tg_table_name || ' ' || lower(tg_op)) from contrats c;
  end if;
  return null;
end $$;
revoke execute on function dire_changement from public;
