-- An intervention that its author says did not settle it is no more handled than an answer that they contest: what is handled is what stands. Done again, or
-- answered again, it counts again.
create or replace view faits_demandes with (security_invoker = true) as
select d.contrat_id, d.id, (d.recu_le at time zone concorde_fuseau(d.contrat_id))::date as jour,
  (d.clos_le at time zone concorde_fuseau(d.contrat_id))::date as fin, d.territoire_id,
  null::text as organisation_id, null::uuid as lot_id,
  case when d.lecteurs is null then d.titre else 'Demande réservée à ses services' end as titre,
  '{}'::text[] as fiches, '{}'::text[] as lignes, d.circuit, d.canal, d.categorie, d.theme, d.service_id as service,
  -- a service went there, or gave an answer, and who reported did not say since that it is not settled
  (d.etat in ('fait', 'resolu', 'sans-retour', 'repondu') or d.confirme_le is not null) as traitee,
  (select jsonb_object_agg(q.question || '-' || o.option, true)
   from jsonb_each(d.reponses) as q (question, dites)
   cross join lateral jsonb_array_elements_text(case jsonb_typeof(q.dites) when 'array' then q.dites else '[]' end) as o (option)) as dites,
  -- otherwise each is a place of its own
  coalesce(d.lieu_cle, d.id::text) as lieu_compte
from demandes d;

-- Figures of it are worked out again at the next start, as if their formula had changed, and what proves them is written again.
update mesure_formules set empreinte = '' where valide_jusqu_a is null and calcul::text like '%traitee%';
update filtres_comptes set vide = false, repere_jour = null, repere_fait = null, entier_le = null where source = 'demandes' and not parti;
