-- Public pages and those of the day read these: unsaid, their changes kept those pages from being kept, and each visit drew them again.
select signaler('convention_revues');
select signaler('valeur_choix');
select signaler('cap_recus');
-- « Une cellule vous attend » is on the day's page of its members: that something of a cell changed is said, never what. Their plane reads no
-- contract but its own, and not on which channel it is spoken of: the owner looks it up.
create function dire_changement_nominatif() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_notify('concorde_changement_' || c.canal, tg_table_name || ' ' || lower(tg_op))
  from contrats c where c.id = concorde_contrat() or concorde_contrat() is null;
  return null;
end $$;
revoke execute on function dire_changement_nominatif from public;
do $$
declare t text;
begin
  foreach t in array array['cellules', 'cellule_membres', 'situations', 'situation_orientations', 'situation_informations', 'situation_demandes', 'situation_acces'] loop
    execute format('create trigger changement after insert or update or delete on nominatif.%I for each statement execute function dire_changement_nominatif()', t);
  end loop;
end $$;
