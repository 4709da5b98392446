-- What the public reads of minutes is found by its words: the latest published version alone, since a later one may have taken words out.
create index releve_publications_recherche on releve_publications
  using gin (jsonb_to_tsvector('concorde_fr'::regconfig, contenu, '["string"]')) where retire_le is null;
create function chercher_releves(requete text, combien integer) returns table (seance_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query execute $q$
    select p.seance_id from releve_publications p
    where p.contrat_id = $1 and p.retire_le is null
      and jsonb_to_tsvector('concorde_fr'::regconfig, p.contenu, '["string"]') @@ to_tsquery('concorde_fr'::regconfig, $2)
      and not exists (
        select from releve_publications v
        where v.contrat_id = p.contrat_id and v.seance_id = p.seance_id and v.retire_le is null and v.version > p.version)
    order by p.publie_le desc, p.seance_id limit $3 $q$ using concorde_contrat(), requete, combien;
end $$;
revoke execute on function chercher_releves from public;
grant execute on function chercher_releves to concorde_application;
