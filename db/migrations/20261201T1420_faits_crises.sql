-- Crises as facts, from the day they were opened; whether each was real or an exercise is a dimension of every count.
create view faits_crises with (security_invoker = true) as
select k.contrat_id, k.id, (k.ouverte_le at time zone concorde_fuseau(k.contrat_id))::date as jour, null::date as fin, k.territoire_id,
  null::text as organisation_id, null::uuid as lot_id, k.titre, array[k.fiche] as fiches, '{}'::text[] as lignes,
  case when k.exercice then 'exercice' else 'reelle' end as nature, k.type
from crises k;
grant select on faits_crises to concorde_application;
