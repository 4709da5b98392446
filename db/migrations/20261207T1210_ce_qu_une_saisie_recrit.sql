-- What a save makes the database do beside it, each thing once.

-- A new record has no link to take away: whether it says one is asked once.
create or replace function tenir_liens_activites() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  faux record;
begin
  -- A record just created has no link yet.
  if tg_op = 'UPDATE' then
    if not exists (select from ecrites e join liens_declares() d using (registre)) then return null; end if;
    delete from activite_liens l where l.ctid = any (array(
      select k.ctid from ecrites e cross join lateral (
        select t.ctid from activite_liens t
        where t.contrat_id = e.contrat_id and t.activite_id = e.id and t.cible_id::text is distinct from (e.donnees ->> t.champ)
        offset 0) k));
  end if;
  if not exists (select from ecrites e join liens_declares() d using (registre) where e.donnees ->> d.champ is not null) then return null; end if;
  insert into activite_liens (contrat_id, activite_id, champ, cible_id)
  select e.contrat_id, e.id, d.champ, (e.donnees ->> d.champ)::uuid
  from ecrites e join liens_declares() d using (registre)
  where e.donnees ->> d.champ is not null
  on conflict (contrat_id, activite_id, champ) do nothing;
  select v.champ, c.registre into faux
  from (
    select e.contrat_id, d.champ, d.vers, (e.donnees ->> d.champ)::uuid as cible
    from ecrites e join liens_declares() d using (registre)
    where e.donnees ->> d.champ is not null
    offset 0
  ) v
  cross join lateral (select a.registre from activites a where a.contrat_id = v.contrat_id and a.id = v.cible limit 1) c
  where c.registre <> v.vers
  limit 1;
  if found then raise exception 'le lien « % » ne va pas vers le registre « % »', faux.champ, faux.registre; end if;
  return null;
end $$;

-- An index of what is empty holds the number in its condition: no change of a cell was made in place, and each wrote all its keys again. What is
-- empty is found by what was taken away. Room is left in each page for the next state.
drop index mesure_cellules_vides;
drop index mesure_annees_vides;
alter table mesure_cellules set (fillfactor = 70);
alter table mesure_annees set (fillfactor = 70);
