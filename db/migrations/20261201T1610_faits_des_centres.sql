-- What centres add to the facts of a crisis: whether a centre of the kind `care` was opened in it, and how many people were received, once it
-- is closed. Who is sent to the medical chain is counted, and not received: the code `victime` of `soutien.yaml`.
create or replace view faits_crises with (security_invoker = true) as
select k.contrat_id, k.id, (k.ouverte_le at time zone concorde_fuseau(k.contrat_id))::date as jour, null::date as fin, k.territoire_id,
  null::text as organisation_id, null::uuid as lot_id, k.titre, array[k.fiche] as fiches, '{}'::text[] as lignes,
  case when k.exercice then 'exercice' else 'reelle' end as nature, k.type,
  exists (select from crise_centres c where c.contrat_id = k.contrat_id and c.crise_id = k.id and c.genre = 'care' and c.ouvert_le is not null) as care,
  case when k.close_le is not null then (
    select sum(n.nombre)::int from crise_comptages n join crise_centres c on c.contrat_id = n.contrat_id and c.id = n.centre_id
    where c.contrat_id = k.contrat_id and c.crise_id = k.id and n.quoi = 'arrivee' and n.code <> 'victime') end as personnes
from crises k;
