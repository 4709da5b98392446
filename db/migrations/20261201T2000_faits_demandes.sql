-- Reports and requests as facts, by the day of their reception. A joined one was received too. Of who reported, nothing; of a reserved one,
-- that there was one.
create view faits_demandes with (security_invoker = true) as
select d.contrat_id, d.id, (d.recu_le at time zone concorde_fuseau(d.contrat_id))::date as jour, null::date as fin, d.territoire_id,
  null::text as organisation_id, null::uuid as lot_id,
  case when d.lecteurs is null then d.titre else 'Demande réservée à ses services' end as titre,
  '{}'::text[] as fiches, '{}'::text[] as lignes, d.circuit, d.canal, d.categorie, d.theme, d.service_id as service,
  -- a service went there, or gave an answer that stands
  (d.fait_le is not null or d.etat = 'repondu') as traitee,
  (select jsonb_object_agg(q.question || '-' || o.option, true)
   from jsonb_each(d.reponses) as q (question, dites)
   cross join lateral jsonb_array_elements_text(case jsonb_typeof(q.dites) when 'array' then q.dites else '[]' end) as o (option)) as dites
from demandes d;
grant select on faits_demandes to concorde_application;
