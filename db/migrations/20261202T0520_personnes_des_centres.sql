-- People are counted as they come into a centre. Who is in a centre that stands in another came in by the first one's door, or was counted
-- inside only: of both counts the larger is kept, and nobody is added twice for having gone from one to the other.
create or replace view faits_crises with (security_invoker = true) as
select k.contrat_id, k.id, (k.ouverte_le at time zone concorde_fuseau(k.contrat_id))::date as jour, null::date as fin, k.territoire_id,
  null::text as organisation_id, null::uuid as lot_id, k.titre, array[k.fiche] as fiches, '{}'::text[] as lignes,
  case when k.exercice then 'exercice' else 'reelle' end as nature, k.type,
  exists (select from crise_centres c where c.contrat_id = k.contrat_id and c.crise_id = k.id and c.genre = 'care' and c.ouvert_le is not null) as care,
  case when k.close_le is not null then (
    select sum(greatest(a.porte, a.dedans))::int from (
      select sum(n.nombre) filter (where c.parent_id is null) as porte, sum(n.nombre) filter (where c.parent_id is not null) as dedans
      from crise_comptages n join crise_centres c on c.contrat_id = n.contrat_id and c.id = n.centre_id
      where c.contrat_id = k.contrat_id and c.crise_id = k.id and n.quoi = 'arrivee' and n.code <> 'victime'
      group by coalesce(c.parent_id, c.id)) a) end as personnes
from crises k;
-- Figures that add these people are computed again at the next start.
update mesure_formules set empreinte = '' where valide_jusqu_a is null and calcul::text like '%"crises"%' and calcul::text like '%"personnes"%';
