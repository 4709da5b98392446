-- A recommendation counts on the day it was done. Those that were done before that day was asked for take the day on which their record
-- first said so: that of the version which wrote it, or the day of the record when it was there from the beginning.
update activites a
set donnees = jsonb_set(a.donnees, '{preconisations}', (
  select jsonb_agg(case when l.ligne ->> 'etat' = 'realisee' and l.ligne ->> 'fait_le' is null
    then l.ligne || jsonb_build_object('fait_le', coalesce(premiere.jour, a.jour)) else l.ligne end order by l.rang)
  from jsonb_array_elements(a.donnees -> 'preconisations') with ordinality as l (ligne, rang)
  left join lateral (
    select case when v.version > 1 then greatest(a.jour, (v.modifie_le at time zone concorde_fuseau(a.contrat_id))::date) end as jour
    from (
      select version, contenu -> 'donnees' as donnees, modifie_le from activite_versions where contrat_id = a.contrat_id and activite_id = a.id
      union all
      select a.version, a.donnees, a.modifie_le
    ) as v
    where v.donnees -> 'preconisations' @> jsonb_build_array(jsonb_build_object('libelle', l.ligne ->> 'libelle', 'etat', 'realisee'))
    order by v.version
    limit 1
  ) as premiere on true))
where jsonb_typeof(a.donnees -> 'preconisations') = 'array'
  and a.donnees -> 'preconisations' @> '[{"etat": "realisee"}]';
