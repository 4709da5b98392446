-- A commit says which tables it changed, and how: what is kept in memory is forgotten by subject, not all at once.
create or replace function dire_changement() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- The service role sees its contract's line only; the owner's writes may concern any.
  perform pg_notify('concorde_changement_' || canal, tg_table_name || ' ' || lower(tg_op)) from contrats;
  return null;
end $$;
revoke execute on function dire_changement from public;
-- What a person's day is made of, beside what public pages show.
select signaler(t) from unnest(array['comptes', 'mandats', 'instance_membres', 'instance_remontees', 'releves', 'propositions', 'seance_participants']::regclass[]) as t;
