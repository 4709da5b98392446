-- A once-only key and its answer in one writing, where nothing was waited for in between. A key that is known already is taken as before: whoever
-- holds it is waited for, and CC001 says that it has its answer.
create function tenir_soumission(qui uuid, cle_prise bytea, dit bytea, chemin text, secondes int, cree boolean, reponse_faite bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.soumissions (contrat_id, compte_id, cle, contenu, route, reponse)
  values (public.exiger_un_contrat(), qui, cle_prise, dit, chemin, reponse_faite)
  on conflict (contrat_id, compte_id, cle) do nothing;
  if not found then
    perform public.exiger_soumission(qui, cle_prise, dit, chemin, secondes, cree);
    perform public.garder_reponse(qui, cle_prise, dit, reponse_faite);
  end if;
end $$;
revoke execute on function tenir_soumission from public;
grant execute on function tenir_soumission to concorde_application, concorde_public, concorde_nominatif;
