-- A referent who is forgotten is forgotten in the seats that they held: the seat, its organisation and its dates stay.
create function oublier_siege_du_referent() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update public.instance_membres
  set nom = 'Nom effacé', courriel = '', suppleant_nom = '', suppleant_courriel = '', version = version + 1
  where contrat_id = new.contrat_id and referent_id = new.id and (nom, courriel, suppleant_nom, suppleant_courriel) is distinct from ('Nom effacé', '', '', '');
  return null;
end $$;
create trigger sieges_oublies after update on referents for each row when (new.anonymisee_le is not null)
  execute function oublier_siege_du_referent();
update instance_membres m
set nom = 'Nom effacé', courriel = '', suppleant_nom = '', suppleant_courriel = '', version = m.version + 1
from referents r
where r.contrat_id = m.contrat_id and r.id = m.referent_id and r.anonymisee_le is not null;
create index instance_membres_referent on instance_membres (contrat_id, referent_id) where referent_id is not null;
