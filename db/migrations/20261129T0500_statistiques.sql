-- After ten thousand rows at once the planner still believes the tables empty, and looks for each row among all the others: what loads
-- them says so, and the reads that follow are planned for what is there. Only who serves a contract may ask, and it changes no row.
create function actualiser_statistiques() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  analyze public.lot_lignes, public.activites, public.faits_comptes;
end $$;
revoke execute on function actualiser_statistiques from public;
grant execute on function actualiser_statistiques to concorde_application;
