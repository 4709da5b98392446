-- Two rooms opened for one event: one goes on, the other closes, points to it and counts no more.
alter table crises add column jointe_a uuid,
  add foreign key (contrat_id, jointe_a) references crises (contrat_id, id),
  add check (jointe_a is null or (jointe_a <> id and etat <> 'ouverte'));
grant update (jointe_a) on crises to concorde_application;
create index crises_jointes on crises (contrat_id, jointe_a) where jointe_a is not null;
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
from crises k where k.jointe_a is null;
select annoter('crises', null, '{"jointe_a": "technique"}');
