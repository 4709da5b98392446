-- What a report is about, where and when may be corrected by who handles it: hot spots then count it where it is. An erased place stays counted where it was.
alter table demandes add column qualifiee_le timestamptz;
select annoter('demandes', null, '{"qualifiee_le": "technique"}');

create function situer_de_nouveau() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.lecteurs is not null then
    return null;
  end if;
  update mailles_comptees set nombre = nombre - 1
  where contrat_id = old.contrat_id and mois = date_trunc('month', old.jour)::date and origine = old.circuit and categorie = old.categorie
    and jour_semaine = extract(isodow from old.jour)::smallint and tranche = coalesce(old.heure / 6, 9)::smallint and maille = old.maille;
  update mailles_connues set nombre = nombre - 1 where contrat_id = old.contrat_id and maille = old.maille and territoire_id = old.territoire_id;
  delete from mailles_connues where contrat_id = old.contrat_id and maille = old.maille and territoire_id = old.territoire_id and nombre = 0;
  update canaux_comptes set nombre = nombre - 1
  where contrat_id = old.contrat_id and mois = date_trunc('month', old.jour)::date and origine = old.circuit and categorie = old.categorie
    and canal = old.canal and territoire_id = old.territoire_id;
  perform compter_situes(array[
    (new.contrat_id, new.jour, new.circuit, new.categorie, coalesce(new.heure / 6, 9)::smallint, new.maille, new.territoire_id, new.canal)::signalement_situe]);
  return null;
end $$;
revoke execute on function situer_de_nouveau from public;
create trigger demande_situee_de_nouveau after update on demandes for each row
  when (new.qualifiee_le is distinct from old.qualifiee_le) execute function situer_de_nouveau();
