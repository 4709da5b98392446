-- A year after the end of a term, who held it is forgotten: role, place and dates stay, so that coverage still says since when nobody holds it.
alter table referents add column anonymisee_le timestamptz;
create function oublier_referent() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.anonymisee_le is not null then
    new.anonymisee_le := old.anonymisee_le;
  end if;
  if new.anonymisee_le is not null then
    new.nom := 'Nom effacé';
    new.fonction := '';
    new.courriel := '';
    new.telephone := '';
    new.suppleant_nom := '';
    new.suppleant_courriel := '';
    new.suppleant_telephone := '';
    new.maj_par := '';
    new.version := old.version + 1;
  end if;
  return new;
end $$;
create trigger oubli before update on referents for each row execute function oublier_referent();
select annoter('referents',
  '{"traitement": "annuaire", "duree": "Nom et coordonnées : un an après la fin du terme ; rôle, lieu et dates : durée du contrat", "jours": 365}',
  '{"anonymisee_le": "technique"}');
