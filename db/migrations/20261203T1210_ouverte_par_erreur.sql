-- A room opened by mistake: said within a day, with a reason. Its main courante stays; it counts nowhere and owes no lessons.
alter table crises add column erreur_le timestamptz check (erreur_le >= ouverte_le and erreur_le <= ouverte_le + interval '24 hours');
alter table crises add constraint crises_erreur_close check (erreur_le is null or etat <> 'ouverte');
grant update (erreur_le) on crises to concorde_application;

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
from crises k
where k.erreur_le is null and k.jointe_a is null;

create or replace function archiver_avec_retex() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.erreur_le is null and new.jointe_a is null and (select count(*) from crise_retex r where r.contrat_id = new.contrat_id and r.crise_id = new.id) < 2 then
    raise exception 'le retour d’expérience à chaud et à froid précède l’archivage' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

select annoter('crises', null, '{"erreur_le": "contenu"}');
