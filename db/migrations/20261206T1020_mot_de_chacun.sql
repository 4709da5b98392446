-- Who reported says that it is solved, or that it is not, of their report and of no other: one that is opened again because somebody else, joined to it, says
-- no, keeps the word of its own author. Numbers count people by what they said themselves. What waits, by service and state, is what stands in the inbox: what is
-- joined to another waits with it.
alter table demandes add column confirme_le timestamptz;
select annoter('demandes', null, '{"confirme_le": "contenu"}');

-- The word of somebody joined was written on the lead too, in the same act.
update demandes m set conteste_le = null
where m.conteste_le is not null and exists (
  select from demandes j where j.contrat_id = m.contrat_id and j.meneur_id = m.id and j.conteste_le = m.conteste_le);
update demandes d set confirme_le = coalesce(
    (select max(s.dit_le) from demande_suiveurs s where s.contrat_id = d.contrat_id and s.demande_id = d.id and s.declarant and s.dit = 'resolu'), d.etat_le)
where d.etat = 'resolu' or exists (
  select from demande_suiveurs s where s.contrat_id = d.contrat_id and s.demande_id = d.id and s.declarant and s.dit = 'resolu');

create or replace function tenir_comptes_demandes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into demande_comptes as c (contrat_id, circuit, service_id, etat, part, nombre)
    select d.contrat_id, d.circuit, d.service_id, d.etat, (get_byte(uuid_send(d.id), 15) & 7)::smallint, count(*)
    from ecrites d where d.meneur_id is null
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (contrat_id, circuit, service_id, etat, part) do update set nombre = c.nombre + excluded.nombre;
    insert into demande_mois as m (contrat_id, mois, territoire_id, circuit, part, recus, repondus, faits, resolus, contestes, ouverts,
      minutes_de_reponse, notes, total_des_notes)
    select d.contrat_id, date_trunc('month', d.recu_le at time zone concorde_fuseau(d.contrat_id))::date, d.territoire_id, d.circuit,
      (get_byte(uuid_send(d.id), 15) & 7)::smallint, count(*), count(d.repondu_le), count(d.fait_le), count(d.confirme_le),
      count(d.conteste_le), count(*) filter (where d.clos_le is null), coalesce(sum(floor(extract(epoch from d.repondu_le - d.recu_le) / 60)::bigint), 0),
      count(d.note), coalesce(sum(d.note), 0)
    from ecrites d
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (contrat_id, mois, territoire_id, circuit, part) do update set recus = m.recus + excluded.recus, repondus = m.repondus + excluded.repondus,
      faits = m.faits + excluded.faits, resolus = m.resolus + excluded.resolus, contestes = m.contestes + excluded.contestes,
      ouverts = m.ouverts + excluded.ouverts, minutes_de_reponse = m.minutes_de_reponse + excluded.minutes_de_reponse,
      notes = m.notes + excluded.notes, total_des_notes = m.total_des_notes + excluded.total_des_notes;
    return null;
  end if;
  -- What no count looks at moves none.
  if exists (
    select from ecrites e join effacees a using (contrat_id, id)
    where (e.circuit, e.service_id, e.etat, e.territoire_id, e.repondu_le, e.fait_le, e.confirme_le, e.conteste_le, e.clos_le, e.note, e.meneur_id is null)
      is distinct from (a.circuit, a.service_id, a.etat, a.territoire_id, a.repondu_le, a.fait_le, a.confirme_le, a.conteste_le, a.clos_le, a.note, a.meneur_id is null)) then
    perform ajouter_aux_comptes_demandes(array(select row(e.*)::demandes from ecrites e), array(select row(a.*)::demandes from effacees a));
  end if;
  return null;
end $$;
create or replace function ajouter_aux_comptes_demandes(ecrites demandes[], effacees demandes[]) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into demande_comptes as c (contrat_id, circuit, service_id, etat, part, nombre)
  select d.contrat_id, d.circuit, d.service_id, d.etat, part_de(d.id), sum(d.signe)
  from (select 1 as signe, e.* from unnest(ecrites) e union all select -1, a.* from unnest(effacees) a) d
  where d.meneur_id is null
  group by 1, 2, 3, 4, 5 having sum(d.signe) <> 0 order by 1, 2, 3, 4, 5
  on conflict (contrat_id, circuit, service_id, etat, part) do update set nombre = c.nombre + excluded.nombre;
  insert into demande_mois as m (contrat_id, mois, territoire_id, circuit, part, recus, repondus, faits, resolus, contestes, ouverts,
    minutes_de_reponse, notes, total_des_notes)
  select d.contrat_id, date_trunc('month', d.recu_le at time zone concorde_fuseau(d.contrat_id))::date, d.territoire_id, d.circuit, part_de(d.id),
    sum(d.signe), sum(d.signe * (d.repondu_le is not null)::int), sum(d.signe * (d.fait_le is not null)::int), sum(d.signe * (d.confirme_le is not null)::int),
    sum(d.signe * (d.conteste_le is not null)::int), sum(d.signe * (d.clos_le is null)::int),
    coalesce(sum(d.signe * floor(extract(epoch from d.repondu_le - d.recu_le) / 60)::bigint), 0),
    sum(d.signe * (d.note is not null)::int), coalesce(sum(d.signe * d.note), 0)
  from (select 1 as signe, e.* from unnest(ecrites) e union all select -1, a.* from unnest(effacees) a) d
  group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (contrat_id, mois, territoire_id, circuit, part) do update set recus = m.recus + excluded.recus, repondus = m.repondus + excluded.repondus,
    faits = m.faits + excluded.faits, resolus = m.resolus + excluded.resolus, contestes = m.contestes + excluded.contestes,
    ouverts = m.ouverts + excluded.ouverts, minutes_de_reponse = m.minutes_de_reponse + excluded.minutes_de_reponse,
    notes = m.notes + excluded.notes, total_des_notes = m.total_des_notes + excluded.total_des_notes
$$;
update demande_mois set resolus = 0 where resolus <> 0;
update demande_mois m set resolus = k.n
from (
  select d.contrat_id, date_trunc('month', d.recu_le at time zone concorde_fuseau(d.contrat_id))::date as mois, d.territoire_id, d.circuit, part_de(d.id) as part,
    count(*) as n
  from demandes d where d.confirme_le is not null
  group by 1, 2, 3, 4, 5) k
where (m.contrat_id, m.mois, m.territoire_id, m.circuit, m.part) = (k.contrat_id, k.mois, k.territoire_id, k.circuit, k.part);
update demande_comptes c set nombre = c.nombre - k.n
from (
  select d.contrat_id, d.circuit, d.service_id, d.etat, part_de(d.id) as part, count(*) as n
  from demandes d where d.meneur_id is not null
  group by 1, 2, 3, 4, 5) k
where (c.contrat_id, c.circuit, c.service_id, c.etat, c.part) = (k.contrat_id, k.circuit, k.service_id, k.etat, k.part);
